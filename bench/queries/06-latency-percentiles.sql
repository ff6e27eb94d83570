SELECT OperationId, P[1] AS percentile_TotalTime_50, P[2] AS percentile_TotalTime_95, P[3] AS percentile_TotalTime_99, Mean
FROM (
  SELECT OperationId, quantile_disc(TotalTime, [0.5, 0.95, 0.99]) AS P, avg(BackendTime) AS Mean
  FROM ApiManagementGatewayLogs
  WHERE TimeGenerated > TIMESTAMP '2026-03-22'
  GROUP BY OperationId
)
