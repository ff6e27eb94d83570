import type { Row } from '../../../data/generator/row.ts';

/**
 * What rules 1 to 4 must say over a whole month, run by run, computed from the rows alone: plain loops, no KQL and
 * nothing of the generator's own arithmetic. Figures have two decimals, as an alert shows them.
 */
export type Detection = {
  readonly rule: string;
  readonly runAt: string;
  readonly key: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, number>>;
};

/** The rules' own, where absent. */
export type Thresholds = {
  readonly minimumBaselineWindows: number;
  readonly deviations?: number;
  readonly minimumCalls?: number;
  readonly multiple?: number;
  readonly minimumCallsOfOne?: number;
  readonly minimumValues?: number;
  readonly minimumAddresses?: number;
  readonly minimumTransactions?: number;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const window = 20 * minute;

type Call = {
  readonly at: number;
  readonly endpoint: string;
  readonly statusClass: string;
  readonly address: string;
  readonly url: string;
};

type Run = {
  readonly at: number;
  readonly baselineFrom: number;
  readonly evaluatedFrom: number;
  readonly evaluatedUntil: number;
};

/** Windows are named by their start; a window is evaluated when its end lies in (run - 70 min, run - 10 min]. */
function hourlyRuns(from: number, until: number): Run[] {
  const runs: Run[] = [];
  for (let at = from + hour; at <= until + hour; at += hour) {
    runs.push({ at, baselineFrom: at - 14 * day, evaluatedFrom: at - 80 * minute, evaluatedUntil: at - 30 * minute });
  }
  return runs;
}

export function expectedDetections(
  tables: { readonly gateway: Iterable<Row>; readonly firewall: Iterable<Row> },
  from: string,
  until: string,
  thresholds: Thresholds,
): Detection[] {
  const calls: Call[] = [];
  // Row by row: rows that are made while they are read need not all be kept.
  for (const row of tables.gateway) calls.push(readCall(row));
  const runs = hourlyRuns(Date.parse(from), Date.parse(until));
  return [
    ...populationSpikes(calls, runs, thresholds),
    ...singleAddressSpikes(calls, runs, thresholds),
    ...enumerations(calls, runs, thresholds),
    ...injections([...tables.firewall], runs, thresholds),
  ].sort((a, b) => compare(a.runAt, b.runAt) || compare(a.rule, b.rule));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function readCall(row: Row): Call {
  const method = String(row.Method);
  const url = String(row.Url);
  const operation = String(row.OperationId ?? '');
  const path = url.replace(/^https:\/\/[^/]*/, '').split('?')[0] ?? '';
  const name = operation === '' ? path : operation;
  const headers = row.RequestHeaders as Readonly<Record<string, string>> | undefined;
  const forwarded = headers?.['X-Forwarded-For']?.split(',')[0]?.trim();
  return {
    at: Date.parse(String(row.TimeGenerated)),
    endpoint: name.startsWith(`${method} `) ? name : `${method} ${name}`,
    statusClass: `${Math.floor(Number(row.ResponseCode) / 100)}XX`,
    address: forwarded === undefined ? String(row.CallerIpAddress) : withoutPort(forwarded),
    url,
  };
}

/** `198.18.0.1:443`, `[2001:db8::1]:443`, and either without a port. */
function withoutPort(hop: string): string {
  if (hop.startsWith('[')) {
    return hop.slice(1, hop.indexOf(']'));
  }
  return hop.split(':').length === 2 ? hop.slice(0, hop.indexOf(':')) : hop;
}

function windowOf(at: number): number {
  return at - (at % window);
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const found = groups.get(key);
    if (found === undefined) {
      groups.set(key, [item]);
    } else {
      found.push(item);
    }
  }
  return groups;
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function sampleDeviation(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1));
}

/** For each run and each window it evaluates: the value and the values of the baseline's active windows. */
function* evaluations(
  values: ReadonlyMap<number, number>,
  runs: readonly Run[],
  least: number,
): Generator<{ run: Run; start: number; value: number; baseline: number[] }> {
  for (const run of runs) {
    for (let start = run.evaluatedFrom; start <= run.evaluatedUntil; start += window) {
      const value = values.get(start);
      if (value !== undefined && value >= least) {
        const baseline = [...values].filter(([at]) => at >= run.baselineFrom && at < run.evaluatedFrom);
        yield { run, start, value, baseline: baseline.map(([, count]) => count) };
      }
    }
  }
}

function deviation(value: number, baseline: readonly number[]): Record<string, number> {
  const mean = meanOf(baseline);
  const standardDeviation = sampleDeviation(baseline);
  return {
    Observed: value,
    Mean: twoDecimals(mean),
    StandardDeviation: twoDecimals(standardDeviation),
    Deviation: twoDecimals((value - mean) / standardDeviation),
    BaselineWindows: baseline.length,
  };
}

function deviates(value: number, baseline: readonly number[], thresholds: Thresholds): boolean {
  const { minimumBaselineWindows, deviations = 6 } = thresholds;
  return (
    baseline.length >= minimumBaselineWindows && (value - meanOf(baseline)) / sampleDeviation(baseline) >= deviations
  );
}

function populationSpikes(calls: readonly Call[], runs: readonly Run[], thresholds: Thresholds): Detection[] {
  const found: Detection[] = [];
  for (const of of group(calls, ({ endpoint, statusClass }) => `${endpoint}\n${statusClass}`).values()) {
    const counts = new Map<number, number>();
    for (const { at } of of) {
      counts.set(windowOf(at), (counts.get(windowOf(at)) ?? 0) + 1);
    }
    for (const { run, value, baseline } of evaluations(counts, runs, thresholds.minimumCalls ?? 200)) {
      if (deviates(value, baseline, thresholds)) {
        const key = { Endpoint: of[0]?.endpoint ?? '', StatusClass: of[0]?.statusClass ?? '' };
        found.push({
          rule: 'api-traffic-population-spike',
          runAt: iso(run.at),
          key,
          figures: deviation(value, baseline),
        });
      }
    }
  }
  return found;
}

function singleAddressSpikes(calls: readonly Call[], runs: readonly Run[], thresholds: Thresholds): Detection[] {
  const { multiple = 50, minimumCallsOfOne = 100 } = thresholds;
  const found: Detection[] = [];
  for (const of of group(calls, ({ endpoint, statusClass }) => `${endpoint}\n${statusClass}`).values()) {
    const byAddress = [...group(of, ({ at, address }) => `${windowOf(at)}\n${address}`).values()].map((some) => ({
      start: windowOf(some[0]?.at ?? 0),
      address: some[0]?.address ?? '',
      calls: some.length,
    }));
    for (const loud of byAddress.filter((one) => one.calls >= minimumCallsOfOne)) {
      const run = runs.find(
        ({ evaluatedFrom, evaluatedUntil }) => loud.start >= evaluatedFrom && loud.start <= evaluatedUntil,
      );
      const earlier = byAddress.filter(({ start }) => run && start >= run.baselineFrom && start < run.evaluatedFrom);
      const mean = meanOf(earlier.map((one) => one.calls));
      const windows = new Set(earlier.map(({ start }) => start)).size;
      if (run !== undefined && windows >= thresholds.minimumBaselineWindows && loud.calls / mean >= multiple) {
        found.push({
          rule: 'api-traffic-single-address-spike',
          runAt: iso(run.at),
          key: { Endpoint: of[0]?.endpoint ?? '', StatusClass: of[0]?.statusClass ?? '', ClientAddress: loud.address },
          figures: {
            Observed: loud.calls,
            Mean: twoDecimals(mean),
            Multiple: twoDecimals(loud.calls / mean),
            BaselineWindows: windows,
          },
        });
      }
    }
  }
  return found;
}

function enumerations(calls: readonly Call[], runs: readonly Run[], thresholds: Thresholds): Detection[] {
  const uses = calls.flatMap(({ at, endpoint, address, url }) =>
    (url.split('?')[1] ?? '')
      .split('&')
      .filter((pair) => pair.includes('='))
      .map((pair) => ({ at, endpoint, address, parameter: pair.slice(0, pair.indexOf('=')), value: pair })),
  );
  const found: Detection[] = [];
  for (const of of group(uses, ({ endpoint, parameter }) => `${endpoint}\n${parameter}`).values()) {
    const values = new Map<number, number>();
    const addresses = new Map<number, number>();
    for (const some of group(of, ({ at }) => String(windowOf(at))).values()) {
      const start = windowOf(some[0]?.at ?? 0);
      values.set(start, new Set(some.map(({ value }) => value)).size);
      addresses.set(start, new Set(some.map(({ address }) => address)).size);
    }
    for (const { run, start, value, baseline } of evaluations(values, runs, thresholds.minimumValues ?? 1000)) {
      if ((addresses.get(start) ?? 0) >= (thresholds.minimumAddresses ?? 10) && deviates(value, baseline, thresholds)) {
        const key = { Endpoint: of[0]?.endpoint ?? '', Parameter: of[0]?.parameter ?? '' };
        found.push({
          rule: 'api-distributed-parameter-enumeration',
          runAt: iso(run.at),
          key,
          figures: deviation(value, baseline),
        });
      }
    }
  }
  return found;
}

/** A transaction counts when a rule of group 942 matched and the verdict was to block or to report it. */
function injections(rows: readonly Row[], runs: readonly Run[], { minimumTransactions = 3 }: Thresholds): Detection[] {
  const attacks: { at: number; client: string; host: string; isBlocked: boolean }[] = [];
  for (const rowsOfOne of group(rows, (row) => String(row.TransactionId)).values()) {
    const isMatched = rowsOfOne.some((row) => row.Action === 'Matched' && String(row.RuleId).startsWith('942'));
    const verdict = rowsOfOne.find((row) => row.Action === 'Blocked' || row.Action === 'Detected');
    if (isMatched && verdict !== undefined) {
      const at = Date.parse(String(verdict.TimeGenerated));
      const isBlocked = verdict.Action === 'Blocked';
      attacks.push({ at, client: String(verdict.ClientIp), host: String(verdict.Hostname), isBlocked });
    }
  }
  const found: Detection[] = [];
  for (const run of runs) {
    const due = attacks.filter(({ at }) => at > run.at - 70 * minute && at <= run.at - 10 * minute);
    for (const of of group(due, ({ client, host }) => `${client}\n${host}`).values()) {
      if (of.length >= minimumTransactions) {
        const key = { ClientAddress: of[0]?.client ?? '', Host: of[0]?.host ?? '' };
        found.push({
          rule: 'waf-sql-injection',
          runAt: iso(run.at),
          key,
          figures: { Observed: of.length, Blocked: of.filter(({ isBlocked }) => isBlocked).length },
        });
      }
    }
  }
  return found;
}
