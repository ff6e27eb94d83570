import type { BenchCase, CaseOutcome, RuleOutcome } from './bench-case.ts';

export type MeasuredCase = { readonly case: BenchCase; readonly outcome: CaseOutcome };

export type BenchResults = {
  readonly measured: readonly MeasuredCase[];
  readonly machine: string;
  readonly writingMs: number;
};

/** What the figures mean; written for those of the committed page. */
const NOTES =
  'A run reads the rows of its window and nothing else, so the rows scanned follow from runs and rules and not from the size of the month. They grow faster than the month for another reason: an anomaly rule reads its 14 days of baseline only in runs in which a window reaches the minimum number of calls (docs/decisions/0003), and the busier the API, the more runs have one. In api-traffic-single-address-spike, seven tenths of the time is the regular expression over `X-Forwarded-For`, which every run does anew for its rows: sharing that between runs that overlap would be the next thing to win.';

/** The page of results. Processor time is what counts: the machine that measures is seldom idle. */
export function formatResults({ measured, machine, writingMs }: BenchResults): string {
  const rows = named(measured, 'rows');
  const full = rows.at(-1);
  const withFull = (name: string) => [...named(measured, name), ...(full === undefined ? [] : [full])];
  return `${[
    '# What a replay costs',
    `Measured by \`node --import tsx bench/replay/run.ts\` on ${machine}. The month is the benchmark month of \`pack sample\` (seed 20260601), the rules are those of \`analytics-rules/\`; four of them run hourly, one every quarter of an hour, one every minute. Times are processor time of all threads, because the machine that measures has other work; the wall clock stands beside them. *One scan* is one query that reads the whole month of the gateway's log once (\`summarize count() by\` time, operation and status).`,
    '## Rows: all rules over 28 days',
    casesTable(rows),
    NOTES,
    '## Runs: all rules over the last days of the month, at full size',
    casesTable(withFull('runs')),
    '## Rules: 28 days at full size',
    casesTable(withFull('rules')),
    rulesTable(full?.outcome.rules ?? []),
    '## Reading the month once',
    readingTable(measured, full, writingMs),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function named(measured: readonly MeasuredCase[], name: string): readonly MeasuredCase[] {
  return measured.filter((one) => one.case.name === name);
}

function casesTable(measured: readonly MeasuredCase[]): string {
  const lines = measured.map(({ case: { scale, days }, outcome }) => {
    const total = sum(outcome.rules, ({ replaying }) => replaying.cpuMs);
    const scanned = sum(outcome.rules, ({ rowsScanned }) => rowsScanned);
    return [
      count(outcome.rows),
      String(scale),
      String(days),
      String(outcome.rules.length),
      count(sum(outcome.rules, (rule) => rule.runs)),
      count(scanned),
      seconds(total),
      seconds(sum(outcome.rules, ({ replaying }) => replaying.wallMs)),
      `${Math.round((1e6 * total) / Math.max(1, scanned))} ns`,
      seconds(outcome.scanning.cpuMs),
      `${Math.round(outcome.tablesMb)} MB`,
      `${Math.round(outcome.peakMb)} MB`,
    ];
  });
  const titles = [
    'rows',
    'scale',
    'days',
    'rules',
    'runs',
    'rows scanned',
    'replay',
    'wall clock',
    'a row scanned',
    'one scan',
    'tables',
    'peak',
  ];
  return table(titles, lines);
}

function rulesTable(rules: readonly RuleOutcome[]): string {
  const lines = rules.map(({ slug, runs, rowsScanned, alerts, replaying }) => [
    slug,
    count(runs),
    count(rowsScanned),
    String(alerts),
    seconds(replaying.cpuMs),
    `${(replaying.cpuMs / runs).toFixed(2)} ms`,
  ]);
  return table(['rule', 'runs', 'rows scanned', 'alerts', 'replay', 'a run'], lines);
}

function readingTable(measured: readonly MeasuredCase[], full: MeasuredCase | undefined, writingMs: number): string {
  const [files] = named(measured, 'files');
  const lines = [
    ['made in memory as columns', full?.outcome],
    ['loaded from .ndjson.gz', files?.outcome],
  ] as const;
  return [
    table(
      ['the month at full size', 'rows', 'processor time', 'wall clock', 'resident', 'one scan'],
      lines.flatMap(([what, outcome]) =>
        outcome === undefined
          ? []
          : [
              [
                what,
                count(outcome.rows),
                seconds(outcome.making.cpuMs),
                seconds(outcome.making.wallMs),
                `${Math.round(outcome.tablesMb)} MB`,
                seconds(outcome.scanning.cpuMs),
              ],
            ],
      ),
    ),
    `Writing it as .ndjson.gz took ${seconds(writingMs)} by the wall clock.`,
  ].join('\n\n');
}

function table(titles: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map((_, index) => (index === 0 ? '---' : '---:'))), ...lines.map(line)].join('\n');
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
