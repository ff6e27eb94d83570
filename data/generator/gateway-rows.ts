import { estate } from './estate.ts';
import { guid } from './identifiers.ts';
import type { Random } from './random.ts';
import { type ApiRequest, isSuccess } from './request.ts';
import type { Row, RowValue } from './row.ts';
import { formatTime } from './time-window.ts';

/** What the gateway adds to a request by chance: the ids of its log, and which of its instances answered. */
export type GatewayDraws = { readonly ids: Random; readonly instances: Random };

/** A column that is filled: its value for a request, undefined where the row has none. */
export type GatewayColumn = {
  readonly name: string;
  readonly value: (request: ApiRequest, draws: GatewayDraws) => RowValue | undefined;
  /** The value of every row, where it is the same. */
  readonly constant?: RowValue;
};

const resourceId = estate.apiManagementId.toLowerCase();

function column(name: string, value: GatewayColumn['value']): GatewayColumn {
  return { name, value };
}

function always(name: string, value: RowValue): GatewayColumn {
  return { name, value: () => value, constant: value };
}

/**
 * The columns of ApiManagementGatewayLogs in the order of a row. Rows of text and columns of numbers are both made from
 * this list; the values are asked for in its order, because two of them draw.
 */
export const gatewayColumns: readonly GatewayColumn[] = [
  column('TimeGenerated', ({ atMs }) => formatTime(atMs)),
  always('OperationName', 'Microsoft.ApiManagement/GatewayLogs'),
  always('Category', 'GatewayLogs'),
  column('CorrelationId', (_request, { ids }) => guid(ids)),
  always('Region', estate.region),
  column('Method', ({ method }) => method),
  column('Url', ({ target }) => `https://${estate.host}${target}`),
  column('CallerIpAddress', ({ client }, { instances }) =>
    client.inside === true ? client.address : instances.pick(estate.applicationGatewayAddresses),
  ),
  always('ClientProtocol', 'HTTP/1.1'),
  always('ClientTlsVersion', '1.2'),
  column('RequestHeaders', requestHeaders),
  column('RequestSize', ({ requestBytes }) => requestBytes),
  column('ResponseCode', ({ answer }) => answer.status),
  column('ResponseSize', ({ responseBytes }) => responseBytes),
  column('IsRequestSuccess', ({ answer }) => isSuccess(answer)),
  column('Cache', ({ isCached, operation }) => (isCached ? 'hit' : operation?.cachedShare ? 'miss' : 'none')),
  column('ClientTime', ({ clientMs }) => clientMs),
  column('BackendTime', ({ backendMs }) => backendMs),
  column('TotalTime', ({ totalMs }) => totalMs),
  column('ApiId', ({ operation }) => operation?.api.id),
  column('ApiRevision', ({ operation }) => operation?.api.revision),
  column('OperationId', ({ operation }) => operation?.id),
  column('ProductId', ({ operation }) => operation?.api.product),
  column('BackendResponseCode', ({ answer, isCached }) => (isCached ? undefined : answer.backendStatus)),
  column('LastErrorReason', ({ answer }) => answer.error?.reason),
  column('LastErrorSource', ({ answer }) => answer.error?.source),
  column('LastErrorSection', ({ answer }) => answer.error?.section),
  column('LastErrorScope', ({ answer }) => answer.error?.scope),
  column('LastErrorMessage', ({ answer }) => answer.error?.message),
  column('LastErrorElapsed', ({ answer, totalMs }) => (answer.error === undefined ? undefined : totalMs)),
  always('_ResourceId', resourceId),
  always('Type', 'ApiManagementGatewayLogs'),
];

/** Rows of ApiManagementGatewayLogs, in the order of the requests; `random` draws the ids and the gateway's instances. */
export function* gatewayRows(random: Random, requests: readonly ApiRequest[]): Generator<Row> {
  const draws = { ids: random, instances: random };
  for (const request of requests) {
    yield gatewayRow(request, draws);
  }
}

export function gatewayRow(request: ApiRequest, draws: GatewayDraws): Row {
  const row: Record<string, RowValue> = {};
  for (const { name, value } of gatewayColumns) {
    const cell = value(request, draws);
    if (cell !== undefined) {
      row[name] = cell;
    }
  }
  return row;
}

/** A piece of a line: text that stands in every row, or a column with the text before its value. */
type LinePiece = { readonly text: string } | { readonly before: string; readonly value: GatewayColumn['value'] };

/** Every column but the first starts with a comma; the first is never absent. */
const linePieces: readonly LinePiece[] = gatewayColumns.map(({ name, value, constant }, index): LinePiece => {
  const before = `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`;
  return constant === undefined ? { before, value } : { text: before + JSON.stringify(constant) };
});

/** `JSON.stringify(gatewayRow(request, draws))` in a third of the time: a month is millions of rows. */
export function gatewayLine(request: ApiRequest, draws: GatewayDraws): string {
  let line = '';
  for (const piece of linePieces) {
    if ('text' in piece) {
      line += piece.text;
      continue;
    }
    const cell = piece.value(request, draws);
    if (cell !== undefined) {
      line += piece.before + (typeof cell === 'number' ? cell : JSON.stringify(cell));
    }
  }
  return `${line}}`;
}

/** The client's end of a connection; all its requests have the same headers. */
export type ConnectionEnd = Pick<ApiRequest, 'client' | 'port'>;

/**
 * Application Gateway appends the end of the connection as `address:port` (an IPv6 address in brackets); a forward proxy
 * has put its client before it, without a port. Inside the virtual network nobody forwards.
 */
export function requestHeaders({ client, port }: ConnectionEnd): Readonly<Record<string, string>> {
  if (client.inside === true) {
    return { 'User-Agent': client.userAgent };
  }
  const end = client.forwardedBy ?? client.address;
  const bracketed = end.includes(':') ? `[${end}]:${port}` : `${end}:${port}`;
  const forwarded = client.forwardedBy === undefined ? bracketed : `${client.address}, ${bracketed}`;
  return client.userAgent === ''
    ? { 'X-Forwarded-For': forwarded }
    : { 'X-Forwarded-For': forwarded, 'User-Agent': client.userAgent };
}
