WITH refused AS (
  SELECT CallerIpAddress, OperationId, count(*) AS Refused, min(TimeGenerated) AS FirstRefused
  FROM ApiManagementGatewayLogs
  WHERE ResponseCode = 401
  GROUP BY ALL
  HAVING count(*) >= 5
), admitted AS (
  SELECT CallerIpAddress, OperationId, count(*) AS Admitted, max(TimeGenerated) AS LastAdmitted
  FROM ApiManagementGatewayLogs
  WHERE ResponseCode < 300
  GROUP BY ALL
)
SELECT refused.CallerIpAddress, count(*) AS Operations, sum(Refused) AS Refused, sum(Admitted) AS Admitted
FROM refused
JOIN admitted ON refused.CallerIpAddress = admitted.CallerIpAddress AND refused.OperationId = admitted.OperationId
WHERE LastAdmitted > FirstRefused
GROUP BY refused.CallerIpAddress
