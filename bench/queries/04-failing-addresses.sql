SELECT CallerIpAddress, Calls, Failed, Operations, Failed::DOUBLE / Calls AS FailedShare
FROM (
  SELECT CallerIpAddress, count(*) AS Calls, count(*) FILTER (ResponseCode BETWEEN 400 AND 499) AS Failed,
    count(DISTINCT OperationId) AS Operations
  FROM ApiManagementGatewayLogs
  GROUP BY CallerIpAddress
)
WHERE Calls >= 50 AND Failed::DOUBLE / Calls > 0.2
