SELECT CallerIpAddress, Latest.TimeGenerated, Latest.OperationId, Latest.ResponseCode, Latest.Url, Errors
FROM (
  SELECT CallerIpAddress, count(*) AS Errors, arg_max({
    'TimeGenerated': TimeGenerated, 'OperationId': OperationId, 'ResponseCode': ResponseCode, 'Url': Url
  }, TimeGenerated) AS Latest
  FROM ApiManagementGatewayLogs
  WHERE ResponseCode >= 400
  GROUP BY CallerIpAddress
)
