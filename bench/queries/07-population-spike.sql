WITH windows AS MATERIALIZED (
  SELECT epoch_us(TimeGenerated) // 1200000000 AS WindowNumber, OperationId, ResponseCode // 100 AS Class, count(*) AS Calls
  FROM ApiManagementGatewayLogs
  WHERE TimeGenerated >= TIMESTAMP '2026-03-15'
  GROUP BY ALL
), baseline AS (
  SELECT OperationId, Class, avg(Calls) AS Mean, stddev_samp(Calls) AS Deviation
  FROM windows
  WHERE WindowNumber < epoch_us(TIMESTAMP '2026-03-27') // 1200000000
  GROUP BY ALL
  HAVING count(*) >= 10
)
SELECT make_timestamp(WindowNumber * 1200000000) AS "Window", windows.OperationId, windows.Class, Calls, Mean, Deviation
FROM windows
JOIN baseline ON windows.OperationId = baseline.OperationId AND windows.Class = baseline.Class
WHERE WindowNumber >= epoch_us(TIMESTAMP '2026-03-27') // 1200000000
  AND Calls >= 200
  AND Calls - Mean >= 6 * Deviation
