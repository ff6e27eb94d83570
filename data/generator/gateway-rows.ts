import { estate } from './estate.ts';
import { guid } from './identifiers.ts';
import type { Random } from './random.ts';
import { type ApiRequest, isSuccess } from './request.ts';
import type { Row, RowValue } from './row.ts';
import { formatTime } from './time-window.ts';

const resourceId = estate.apiManagementId.toLowerCase();

/** Rows of ApiManagementGatewayLogs, in the order of the requests; `random` draws the ids and the gateway's instances. */
export function* gatewayRows(random: Random, requests: readonly ApiRequest[]): Generator<Row> {
  for (const request of requests) {
    yield gatewayRow(random, request);
  }
}

function gatewayRow(random: Random, request: ApiRequest): Row {
  const { operation, answer, client } = request;
  const row: Record<string, RowValue> = {
    TimeGenerated: formatTime(request.atMs),
    OperationName: 'Microsoft.ApiManagement/GatewayLogs',
    Category: 'GatewayLogs',
    CorrelationId: guid(random),
    Region: estate.region,
    Method: request.method,
    Url: `https://${estate.host}${request.target}`,
    CallerIpAddress: client.inside === true ? client.address : random.pick(estate.applicationGatewayAddresses),
    ClientProtocol: 'HTTP/1.1',
    ClientTlsVersion: '1.2',
    RequestHeaders: requestHeaders(request),
    RequestSize: request.requestBytes,
    ResponseCode: answer.status,
    ResponseSize: request.responseBytes,
    IsRequestSuccess: isSuccess(answer),
    Cache: request.isCached ? 'hit' : operation?.cachedShare ? 'miss' : 'none',
    ClientTime: request.clientMs,
    BackendTime: request.backendMs,
    TotalTime: request.totalMs,
  };
  if (operation !== undefined) {
    row.ApiId = operation.api.id;
    row.ApiRevision = operation.api.revision;
    row.OperationId = operation.id;
    row.ProductId = operation.api.product;
  }
  if (answer.backendStatus !== undefined && !request.isCached) {
    row.BackendResponseCode = answer.backendStatus;
  }
  if (answer.error !== undefined) {
    row.LastErrorReason = answer.error.reason;
    row.LastErrorSource = answer.error.source;
    row.LastErrorSection = answer.error.section;
    row.LastErrorScope = answer.error.scope;
    row.LastErrorMessage = answer.error.message;
    row.LastErrorElapsed = request.totalMs;
  }
  row._ResourceId = resourceId;
  row.Type = 'ApiManagementGatewayLogs';
  return row;
}

/**
 * Application Gateway appends the end of the connection as `address:port`; a forward proxy has put its client before
 * it, without a port. Inside the virtual network nobody forwards.
 */
function requestHeaders({ client, port }: ApiRequest): RowValue {
  if (client.inside === true) {
    return { 'User-Agent': client.userAgent };
  }
  const seen = client.forwardedBy === undefined ? client.address : `${client.address}, ${client.forwardedBy}`;
  const forwarded = `${seen}:${port}`;
  return client.userAgent === ''
    ? { 'X-Forwarded-For': forwarded }
    : { 'X-Forwarded-For': forwarded, 'User-Agent': client.userAgent };
}
