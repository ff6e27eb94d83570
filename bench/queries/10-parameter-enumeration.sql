SELECT make_timestamp(WindowNumber * 3600000000) AS "Window", OperationId, Values, Terms, Addresses
FROM (
  SELECT epoch_us(TimeGenerated) // 3600000000 AS WindowNumber, OperationId, count(DISTINCT Customer) AS Values,
    count(DISTINCT Term) AS Terms, count(DISTINCT CallerIpAddress) AS Addresses
  FROM (
    SELECT TimeGenerated, OperationId, CallerIpAddress, regexp_extract(Url, '[?&]customer=([^&]*)', 1) AS Customer,
      split_part(split_part(Url, '?q=', 2), '&', 1) AS Term
    FROM ApiManagementGatewayLogs
    WHERE suffix(OperationId::VARCHAR, '/search')
  )
  WHERE Customer <> ''
  GROUP BY ALL
)
WHERE Values >= 100 AND Addresses >= 10
