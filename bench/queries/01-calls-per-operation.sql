-- Whole numbers of windows are grouped faster than time_bucket() gives timestamps.
SELECT make_timestamp(WindowNumber * 1200000000) AS "Window", OperationId, concat(Class, 'XX') AS StatusClass, Calls
FROM (
  SELECT epoch_us(TimeGenerated) // 1200000000 AS WindowNumber, OperationId, ResponseCode // 100 AS Class, count(*) AS Calls
  FROM ApiManagementGatewayLogs
  GROUP BY ALL
)
