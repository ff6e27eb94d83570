import { Batch } from '../src/kql/columns/batch.ts';
import type { Column } from '../src/kql/columns/column.ts';
import { NARROW_EPOCH_TICKS } from '../src/kql/columns/column.ts';
import { parseDatetime } from '../src/kql/values/parse-datetime.ts';
import type { ColumnDefinition } from '../src/kql/values/value.ts';
import { attackUrls, type Operation, operations } from './operations.ts';
import { createRandom } from './random.ts';

/** A text column as it is held: row i is `values[codes[i]]`. */
export type TextColumn = { readonly codes: Int32Array; readonly values: readonly string[] };

/** Rows shaped like ApiManagementGatewayLogs, in the order of their time. */
export type GatewayLogs = {
  readonly rowCount: number;
  /** Microseconds since 1970. */
  readonly time: Float64Array;
  readonly texts: Readonly<Record<TextName, TextColumn>>;
  readonly ints: Readonly<Record<IntName, Int32Array>>;
  readonly longs: Readonly<Record<LongName, Float64Array>>;
};

export const textNames = ['ApiId', 'OperationId', 'Method', 'CallerIpAddress', 'Url', 'UserAgent'] as const;
export const intNames = ['ResponseCode', 'RequestSize', 'ResponseSize'] as const;
export const longNames = ['BackendTime', 'TotalTime'] as const;
export type TextName = (typeof textNames)[number];
export type IntName = (typeof intNames)[number];
export type LongName = (typeof longNames)[number];

const SEED = 20260301;
const ADDRESSES = 24_000;
const AGENTS = 300;
const MINUTES = 28 * 24 * 60;
const START_US = Date.UTC(2026, 2, 1) * 1000;

/** Every so many addresses is a scanner: it asks for what is not there, and for what it must not have. */
const SCANNER_EVERY = 97;

export function generateGatewayLogs(rowCount: number): GatewayLogs {
  const random = createRandom(SEED);
  const time = generateTimes(rowCount, random);
  const urls = new UrlDictionary();
  const pickOperation = weightedPick(operations.map(({ weight }) => weight));
  const code = { ApiId: column(rowCount), OperationId: column(rowCount), Method: column(rowCount) };
  const address = column(rowCount);
  const url = column(rowCount);
  const agent = column(rowCount);
  const ints = { ResponseCode: column(rowCount), RequestSize: column(rowCount), ResponseSize: column(rowCount) };
  const longs = { BackendTime: new Float64Array(rowCount), TotalTime: new Float64Array(rowCount) };
  const apiIds = distinct(operations.map(({ apiId }) => apiId));
  const methods = distinct(operations.map(({ method }) => method));
  for (let row = 0; row < rowCount; row++) {
    const at = spikeAt(time[row] as number, random) ?? pickOperation(random());
    const operation = operations[at] as Operation;
    const caller = Math.floor(ADDRESSES * random() ** 3);
    const isScanner = caller % SCANNER_EVERY === 5;
    address[row] = caller;
    code.OperationId[row] = at;
    code.ApiId[row] = apiIds.indexOf(operation.apiId);
    code.Method[row] = methods.indexOf(operation.method);
    agent[row] = (caller * 7 + Math.floor(3 * random())) % AGENTS;
    url[row] = isScanner && random() < 0.02 ? urls.attack(random()) : urls.call(at, operation, random);
    ints.ResponseCode[row] = responseCode(operation, isScanner, random());
    ints.RequestSize[row] = 200 + Math.floor(800 * random() ** 2);
    ints.ResponseSize[row] = Math.floor(150 + 60_000 * random() ** 6);
    const backend = Math.floor(3 + 40 * random() + 3000 * random() ** 20);
    longs.BackendTime[row] = backend;
    longs.TotalTime[row] = backend + Math.floor(10 * random());
  }
  const texts = {
    ApiId: { codes: code.ApiId, values: apiIds },
    OperationId: { codes: code.OperationId, values: operations.map(({ operationId }) => operationId) },
    Method: { codes: code.Method, values: methods },
    CallerIpAddress: { codes: address, values: addressesOf(createRandom(SEED + 1)) },
    Url: { codes: url, values: urls.values },
    UserAgent: { codes: agent, values: agentsOf() },
  };
  return { rowCount, time, texts, ints, longs };
}

const column = (rowCount: number): Int32Array => new Int32Array(rowCount);
const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** More calls by day than by night and fewer on weekends, spread evenly within each minute. */
function generateTimes(rowCount: number, random: () => number): Float64Array {
  const weights = Float64Array.from({ length: MINUTES }, (_, minute) => {
    const hour = (minute / 60) % 24;
    const weekday = Math.floor(minute / 1440) % 7;
    return (1.2 + Math.sin(((hour - 8) / 24) * 2 * Math.PI)) * (weekday === 0 || weekday === 6 ? 0.6 : 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const time = new Float64Array(rowCount);
  let reached = 0;
  let row = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    reached += weights[minute] as number;
    const end = minute === MINUTES - 1 ? rowCount : Math.round((reached / total) * rowCount);
    const step = 60_000_000 / Math.max(1, end - row);
    for (let at = 0; row < end; row++, at++) {
      time[row] = START_US + minute * 60_000_000 + Math.floor((at + random()) * step);
    }
  }
  return time;
}

/** In four windows of 20 minutes most calls go to one operation. */
function spikeAt(time: number, random: () => number): number | undefined {
  const window = Math.floor((time - START_US) / 1_200_000_000);
  return window >= 1500 && window % 100 === 37 && random() < 0.7 ? ((window / 10) % operations.length) | 0 : undefined;
}

/** Picks an index with a probability in proportion to its weight, from a number in [0, 1). */
function weightedPick(weights: readonly number[]): (share: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table = new Uint8Array(4096);
  let reached = 0;
  let from = 0;
  for (const [index, weight] of weights.entries()) {
    reached += weight;
    const to = Math.round((reached / total) * table.length);
    table.fill(index, from, to);
    from = to;
  }
  return (share) => table[Math.floor(share * table.length)] as number;
}

function responseCode({ method }: Operation, isScanner: boolean, share: number): number {
  if (isScanner && share < 0.4) return share < 0.2 ? 404 : share < 0.33 ? 401 : 403;
  if (share > 0.998) return share > 0.9995 ? 503 : 500;
  if (share > 0.965) return share > 0.985 ? 404 : share > 0.97 ? 401 : 429;
  return method === 'POST' ? 201 : method === 'DELETE' || method === 'PUT' ? 204 : 200;
}

/** Numbers the URLs as they are met; each is written out once. */
class UrlDictionary {
  readonly values: string[] = [...attackUrls];
  private readonly codes = operations.map(({ ids, variants }) => new Int32Array(ids * variants));

  attack(share: number): number {
    return Math.floor(share * attackUrls.length);
  }

  call(at: number, { ids, variants, url }: Operation, random: () => number): number {
    const id = Math.floor(ids * random() ** 2);
    const variant = Math.floor(variants * random());
    const codes = this.codes[at] as Int32Array;
    const known = codes[id * variants + variant] as number;
    if (known > 0) return known;
    const code = this.values.push(url(id, variant)) - 1;
    codes[id * variants + variant] = code;
    return code;
  }
}

function addressesOf(random: () => number): readonly string[] {
  const addresses = new Set<string>();
  while (addresses.size < ADDRESSES) {
    const part = (): number => Math.floor(254 * random()) + 1;
    addresses.add(`${20 + Math.floor(70 * random())}.${part()}.${part()}.${part()}`);
  }
  return [...addresses];
}

const agentsOf = (): readonly string[] =>
  Array.from({ length: AGENTS }, (_, index) =>
    index % 3 === 0
      ? `ContosoShop/5.${index}.0 (Android ${10 + (index % 6)})`
      : `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/${100 + index}.0.0.0 Safari/537.36`,
  );

/** The rows as the engine holds them. */
export function toBatch({ rowCount: length, time, texts, ints, longs }: GatewayLogs): Batch {
  const unixEpoch = Number((parseDatetime('1970-01-01') as bigint) - NARROW_EPOCH_TICKS);
  const columns: Column[] = [
    { kind: 'int64', type: 'datetime', length, data: time.map((us) => us * 10 + unixEpoch), nulls: undefined },
    ...textNames.map((name): Column => ({ kind: 'pooled', type: 'string', length, ...texts[name] })),
    ...intNames.map((name): Column => ({ kind: 'int', type: 'int', length, data: ints[name], nulls: undefined })),
    ...longNames.map((name): Column => ({ kind: 'int64', type: 'long', length, data: longs[name], nulls: undefined })),
  ];
  const names = ['TimeGenerated', ...textNames, ...intNames, ...longNames];
  const definitions = columns.map(({ type }, index): ColumnDefinition => ({ name: names[index] as string, type }));
  return new Batch(definitions, length, columns);
}
