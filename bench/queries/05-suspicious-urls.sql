-- `has` is a whole term: the substring is searched first, so that the pattern sees few texts.
SELECT OperationId, count(*) AS Calls, count(DISTINCT CallerIpAddress) AS Addresses, count(DISTINCT Url) AS Urls
FROM ApiManagementGatewayLogs
WHERE (contains(lower(Url), 'admin') AND regexp_matches(Url, '(?i)(^|[^\pL\pN])admin([^\pL\pN]|$)'))
  OR contains(Url, '../')
  OR regexp_matches(Url, '(?i)union\s+select')
GROUP BY OperationId
