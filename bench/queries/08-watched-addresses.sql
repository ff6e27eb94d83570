SELECT CallerIpAddress, ResponseCode, count(*) AS Calls, count(DISTINCT OperationId) AS Operations,
  min(TimeGenerated) AS First, max(TimeGenerated) AS Last
FROM ApiManagementGatewayLogs
WHERE ResponseCode IN (401, 403, 404) AND CallerIpAddress IN (
    '24.79.249.204', '49.32.24.23', '39.177.212.212', '37.253.116.39', '51.101.112.81', '42.4.200.119',
    '48.198.48.89', '76.99.145.217', '58.114.184.83', '61.60.102.245', '81.130.122.165', '68.202.90.251',
    '42.220.10.236', '55.48.186.44', '58.161.194.136', '87.233.204.146', '56.238.121.142', '47.186.25.180',
    '63.179.142.184', '26.170.59.78', '88.108.76.67', '24.163.247.4', '65.163.11.71', '21.153.163.125',
    '25.36.236.233', '55.70.74.42', '82.152.112.129', '83.91.45.226', '64.5.33.63', '43.28.138.176')
GROUP BY CallerIpAddress, ResponseCode
