SELECT make_timestamp(HourNumber * 3600000000) AS "Hour", Addresses
FROM (
  SELECT epoch_us(TimeGenerated) // 3600000000 AS HourNumber, count(DISTINCT CallerIpAddress) AS Addresses
  FROM ApiManagementGatewayLogs
  GROUP BY ALL
)
