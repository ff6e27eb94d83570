SELECT CallerIpAddress, count(*) AS Calls, sum(ResponseSize) AS Bytes, max(TimeGenerated) AS LastSeen
FROM ApiManagementGatewayLogs
GROUP BY CallerIpAddress
ORDER BY Bytes DESC
LIMIT 20
