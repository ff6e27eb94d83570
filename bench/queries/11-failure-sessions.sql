SELECT CallerIpAddress, count(*) AS Calls,
  count(*) FILTER (Previous IS NULL OR TimeGenerated - Previous > INTERVAL 30 MINUTE) AS Sessions
FROM (
  SELECT CallerIpAddress, TimeGenerated,
    lag(TimeGenerated) OVER (PARTITION BY CallerIpAddress ORDER BY TimeGenerated) AS Previous
  FROM ApiManagementGatewayLogs
  WHERE ResponseCode >= 400
)
GROUP BY CallerIpAddress
HAVING count(*) >= 10
