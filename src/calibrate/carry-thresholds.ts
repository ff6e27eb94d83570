import { type Catalog, symbolsOf, type Value } from '../kql/index.ts';
import { parseQuery } from '../kql/parse/parse-query.ts';
import { listOf, type SyntaxNode } from '../kql/parse/syntax.ts';
import { findThresholds, type Threshold, type ThresholdOperator } from './find-thresholds.ts';
import type { Axis, Setting, Sweep } from './sweep.ts';
import { followToResult } from './threshold-flow.ts';

/** What the result of the carrying query holds of one threshold. */
export type CarriedThreshold = {
  readonly parameter: string;
  readonly operator: ThresholdOperator;
  /** The column with what was measured, exact as it was compared. */
  readonly column: string;
};

/** One query that holds the results of all settings: each result with what decides about it. */
export type CarryingQuery = {
  readonly text: string;
  readonly thresholds: readonly CarriedThreshold[];
  /** The values that it runs with. */
  readonly setting: Setting;
};

/** Whether the results of a setting are among those of the carrying query: no threshold is more permissive. */
export const covers = ({ thresholds, setting }: CarryingQuery, other: Setting): boolean =>
  Object.entries(other).every(([parameter, value]) => {
    const own = thresholds.filter((threshold) => threshold.parameter === parameter);
    const carried = setting[parameter] as number;
    return own.length === 0
      ? value === carried
      : own.every((one) => (isAtMost(one) ? value <= carried : value >= carried));
  });

/**
 * The query of the most permissive setting, whose results carry what each threshold measured, so that the results of
 * every other setting are those of its results that hold against the setting's values. Undefined where that is not
 * proven (find-thresholds.ts, threshold-flow.ts): then each setting has to be run.
 */
export function carryThresholds(
  queryOf: (setting: Setting) => string,
  sweep: Sweep,
  catalog: Catalog,
): CarryingQuery | undefined {
  const swept = sweep.axes.filter(({ values }) => values.length > 1);
  const lowest = settingOf(sweep.axes, (axis) => axis.values[0] as number);
  const directions = locate(queryOf, swept, lowest, catalog)?.thresholds;
  if (directions === undefined) return undefined;
  const permissive = settingOf(sweep.axes, ({ parameter, values }) => {
    const isUpperLimit = directions.some((threshold) => threshold.parameter === parameter && isAtMost(threshold));
    return (isUpperLimit ? values.at(-1) : values[0]) as number;
  });
  const located = locate(queryOf, swept, permissive, catalog);
  const isMixed = swept.some(({ parameter }) => {
    const own = directions.filter((threshold) => threshold.parameter === parameter);
    return new Set(own.map(isAtMost)).size > 1;
  });
  if (located === undefined || isMixed) return undefined;
  const carried = carry(queryOf(permissive), located.root, located.thresholds);
  return carried === undefined ? undefined : { ...carried, setting: permissive };
}

const isAtMost = ({ operator }: Pick<Threshold, 'operator'>): boolean => operator.startsWith('<');

const settingOf = (axes: readonly Axis[], choose: (axis: Axis) => number): Setting =>
  Object.fromEntries(axes.map((axis) => [axis.parameter, choose(axis)]));

type Located = { readonly root: SyntaxNode; readonly thresholds: readonly Threshold[] };

/** Every threshold of the swept parameters in the query of a setting. */
function locate(
  queryOf: (setting: Setting) => string,
  swept: readonly Axis[],
  setting: Setting,
  catalog: Catalog,
): Located | undefined {
  const parse = (values: Setting): SyntaxNode => parseQuery(queryOf(values), symbolsOf(catalog));
  const root = parse(setting);
  const thresholds: Threshold[] = [];
  for (const { parameter, values } of swept) {
    const other = values.find((value) => value !== setting[parameter]) as number;
    const found = findThresholds(parameter, root, parse({ ...setting, [parameter]: other }));
    if (found === undefined) return undefined;
    thresholds.push(...found);
  }
  return { root, thresholds };
}

type Insertion = { readonly at: number; readonly text: string };

function carry(
  query: string,
  root: SyntaxNode,
  thresholds: readonly Threshold[],
): Omit<CarryingQuery, 'setting'> | undefined {
  const insertions: Insertion[] = [];
  const carried: CarriedThreshold[] = [];
  for (const [index, { parameter, operator, measured, pipe }] of thresholds.entries()) {
    const flow = followToResult(pipe, root);
    const column = `CarriedThreshold${index}`;
    if (flow === undefined || query.includes(column)) return undefined;
    const expression = query.slice(measured.span.start, measured.span.end);
    const at = pipe.node.children.Bar?.span.start ?? 0;
    insertions.push({ at, text: `| extend ${column} = ${expression} ` });
    for (const project of flow.projects) {
      insertions.push({ at: listOf(project, 'Expressions').at(-1)?.span.end ?? 0, text: `, ${column}` });
    }
    carried.push({ parameter, operator, column });
  }
  return { text: insert(query, insertions), thresholds: carried };
}

/** From the end, so that places before stay where they are; texts for one place keep their order. */
function insert(query: string, insertions: readonly Insertion[]): string {
  return [...insertions]
    .reverse()
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), query);
}

const holds: Readonly<Record<ThresholdOperator, (measured: number | bigint, value: number) => boolean>> = {
  '>=': (measured, value) => measured >= value,
  '>': (measured, value) => measured > value,
  '<=': (measured, value) => measured <= value,
  '<': (measured, value) => measured < value,
};

/** Whether what was measured passes a threshold; null passes none, and neither does a real that is no number. */
export const passes = (measured: Value, operator: ThresholdOperator, value: number): boolean =>
  (typeof measured === 'number' || typeof measured === 'bigint') && holds[operator](measured, value);
