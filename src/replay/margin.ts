import { formatValue, KqlError, type Value } from '../kql/index.ts';
import type { MeasuredRow, QueryCondition, QueryThreshold, QueryWindow } from './query-engine.ts';
import { beyond, type MeasuredType } from './query-thresholds.ts';

/** How far a threshold is from changing what a run finds. */
export type Margin = {
  /** `Calls >= 200` */
  readonly threshold: string;
  /** Whether the value misses the threshold now, or holds it. */
  readonly side: 'misses' | 'holds';
  /** The nearest value on that side. */
  readonly value: number;
  readonly limit: number;
  readonly valueText: string;
  /**
   * How far the value is from the value that just passes, without a sign: a whole number that must be greater than 0
   * passes at 1.
   */
  readonly distanceText: string;
  readonly distance: number;
  /** The distance as a share of what just passes, or itself where that is zero. */
  readonly relative: number;
  /**
   * Whether moving this threshold alone past the value changes the results of the run: else another condition decides
   * too, and the value is only the nearest there is.
   */
  readonly decides: boolean;
  /** The row that has the value: its columns as text, empty ones left out. */
  readonly row: Readonly<Record<string, string>>;
};

/**
 * The margins of one run: for each threshold of its query the nearest value that misses it, and the nearest that holds
 * it. What a value decides is found by running the query again with the threshold moved just past it.
 * @param resultCount how many results the run has as the query stands
 */
export async function measureMargins(
  thresholds: readonly QueryThreshold[],
  window: QueryWindow,
  resultCount: number,
): Promise<readonly Margin[]> {
  const margins: Margin[] = [];
  for (const threshold of thresholds) {
    margins.push(...((await unlessFailing(() => measureThreshold(threshold, window, resultCount))) ?? []));
  }
  return margins;
}

async function measureThreshold(
  threshold: QueryThreshold,
  window: QueryWindow,
  resultCount: number,
): Promise<readonly Margin[]> {
  const values = distinctValues(await threshold.measure(window));
  const changes = async (cut: number): Promise<boolean> =>
    (await threshold.countResults(window, limitAt(cut, values, threshold))) !== resultCount;
  const { misses, holds } = stepsAway(values, threshold);
  const margins: Margin[] = [];
  for (const [side, steps] of [
    ['misses', misses],
    ['holds', holds],
  ] as const) {
    const margin = await nearestChange(steps, changes);
    if (margin !== undefined) margins.push(marginOf(threshold, side, margin));
  }
  return margins;
}

/** Rows that a condition keeps away may be such that the query fails on them: then there is nothing to tell. */
export async function unlessFailing<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KqlError) return undefined;
    throw error;
  }
}

type Measured = { readonly number: number; readonly value: Value; readonly row: MeasuredRow };

/** Ascending, each value once with the first row that has it; nulls and NaN can reach no threshold. */
function distinctValues(rows: readonly MeasuredRow[]): readonly Measured[] {
  const distinct = new Map<number, Measured>();
  for (const row of rows) {
    const number = row.value === null ? Number.NaN : Number(row.value);
    if (!Number.isNaN(number) && !distinct.has(number)) distinct.set(number, { number, value: row.value, row });
  }
  return [...distinct.values()].sort((a, b) => a.number - b.number);
}

/** A cut lies before the value of its number: it parts the values below from those from there on. */
type Step = { readonly cut: number; readonly passed: Measured };

/** The cuts on either side of where the threshold cuts now, nearest first, each with the value that it comes to pass. */
function stepsAway(
  values: readonly Measured[],
  { operator, limit }: QueryThreshold,
): { readonly misses: readonly Step[]; readonly holds: readonly Step[] } {
  const strict = operator === '>' || operator === '<=';
  const bound = Number(limit);
  const first = values.findIndex(({ number }) => (strict ? number > bound : number >= bound));
  const cut = first < 0 ? values.length : first;
  const below = Array.from({ length: cut }, (_, index) => ({
    cut: cut - 1 - index,
    passed: values[cut - 1 - index] as Measured,
  }));
  const above = values.slice(cut).map((passed, index) => ({ cut: cut + 1 + index, passed }));
  const passesAbove = operator === '>' || operator === '>=';
  return passesAbove ? { misses: below, holds: above } : { misses: above, holds: below };
}

/** The constant that makes the comparison cut there. */
function limitAt(cut: number, values: readonly Measured[], { operator, type }: QueryThreshold): Value {
  const strict = operator === '>' || operator === '<=';
  if (strict) return values[cut - 1]?.value ?? beyond(values[0]?.value ?? 0, type, -1);
  return values[cut]?.value ?? beyond(values.at(-1)?.value ?? 0, type, 1);
}

type NearestChange = { readonly passed: Measured; readonly decides: boolean };

/**
 * The nearest step that changes the results, by halving: a filter that lets more rows through finds no less. Where not
 * even the farthest step changes them, the nearest value, which does not decide.
 */
async function nearestChange(
  steps: readonly Step[],
  changes: (cut: number) => Promise<boolean>,
): Promise<NearestChange | undefined> {
  const [nearest] = steps;
  const farthest = steps.at(-1);
  if (nearest === undefined || farthest === undefined) return undefined;
  if (await changes(nearest.cut)) return { passed: nearest.passed, decides: true };
  if (!(await changes(farthest.cut))) return { passed: nearest.passed, decides: false };
  let [low, high] = [0, steps.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (await changes((steps[middle] as Step).cut)) high = middle;
    else low = middle;
  }
  return { passed: (steps[high] as Step).passed, decides: true };
}

function marginOf(
  { text, operator, type, limit }: QueryThreshold,
  side: Margin['side'],
  { passed, decides }: NearestChange,
): Margin {
  const { columns, cells } = passed.row;
  const passing = justPassing(Number(limit), operator, type);
  const distance = Math.abs(passed.number - passing);
  const texts = columns.map(({ name, type: columnType }, index) => [
    name,
    formatValue(cells[index] ?? null, columnType),
  ]);
  return {
    threshold: text,
    side,
    value: passed.number,
    limit: Number(limit),
    valueText: formatMeasured(passed, type),
    distanceText: formatDistance(distance, type),
    distance,
    relative: distance / (passing === 0 ? 1 : Math.abs(passing)),
    decides,
    row: Object.fromEntries(texts.filter(([, cell]) => cell !== '')),
  };
}

/** Numbers with the digits that say something, other values as KQL writes them. */
const formatMeasured = ({ number, value }: Measured, type: MeasuredType): string =>
  type === 'timespan' ? formatValue(value, type) : formatDistance(number, type);

function formatDistance(distance: number, type: MeasuredType): string {
  return type === 'timespan' ? formatValue(BigInt(distance), type) : String(Number(distance.toPrecision(6)));
}

/** The value that a threshold lets through and that is nearest to it. */
function justPassing(limit: number, operator: QueryThreshold['operator'], type: MeasuredType): number {
  if (type === 'real' || type === 'decimal') return limit;
  return operator === '>' ? limit + 1 : operator === '<' ? limit - 1 : limit;
}

/** A condition without which a run would have found something else. */
export type DecidingCondition = { readonly text: string; readonly isTime: boolean };

/** The conditions of a query of which each alone decides what a run finds. */
export async function findDeciding(
  conditions: readonly QueryCondition[],
  window: QueryWindow,
  resultCount: number,
): Promise<readonly DecidingCondition[]> {
  const deciding: DecidingCondition[] = [];
  for (const { text, isTime, countWithout } of conditions) {
    const count = await unlessFailing(() => countWithout(window));
    if (count !== undefined && count !== resultCount) deciding.push({ text, isTime });
  }
  return deciding;
}
