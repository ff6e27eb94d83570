import { isTime } from './column-origin.ts';
import { type Expression, inputsOf, type Plan, type PlanOf, sitesOf, subexpressionsOf, subqueriesOf } from './plan.ts';
import { offsetOf } from './time-offset.ts';

/** A table that a query reads: the columns that it needs, and how far back it asks for rows, in ticks. */
export type TableRead = {
  readonly table: string;
  readonly columns: readonly string[];
  /** Undefined where the query does not say: then as far as it is given. */
  readonly backTicks: bigint | undefined;
};

/** Columns of a plan's rows that somebody needs, and the time from which somebody needs rows, by position. */
type Need = { readonly columns: ReadonlySet<number>; readonly times: readonly TimeNeed[] };
type TimeNeed = { readonly column: number; readonly offsetTicks: bigint };

/**
 * What a query reads of its tables, as the service would: columns that nothing uses and rows before a bound on
 * TimeGenerated are not read. A table that stands in the query twice is read twice, but what is materialized once.
 */
export function readsOf(query: Plan): readonly TableRead[] {
  const shared = new Map<Plan, Set<number>>();
  const collect = (): readonly TableRead[] => {
    const reads: TableRead[] = [];
    const reader = new NeedReader(reads, shared);
    reader.read(query, { columns: allOf(query), times: [] });
    for (const [plan, columns] of [...shared]) reader.read(plan, { columns, times: [] });
    return reads;
  };
  // A shared result may need more of another one that was read before: again, until nothing is new.
  for (let known = -1; known !== sizeOf(shared); ) {
    known = sizeOf(shared);
    collect();
  }
  return collect();
}

const sizeOf = (shared: ReadonlyMap<Plan, ReadonlySet<number>>): number =>
  [...shared.values()].reduce((sum, columns) => sum + columns.size + 1, 0);

class NeedReader {
  private readonly reads: TableRead[];
  private readonly shared: Map<Plan, Set<number>>;

  constructor(reads: TableRead[], shared: Map<Plan, Set<number>>) {
    this.reads = reads;
    this.shared = shared;
  }

  read(plan: Plan, need: Need): void {
    for (const { expression } of sitesOf(plan)) {
      for (const subquery of subqueriesOf(expression)) this.read(subquery, { columns: allOf(subquery), times: [] });
    }
    switch (plan.operator) {
      case 'table':
        this.reads.push(tableRead(plan, need));
        return;
      case 'where':
        this.read(plan.input, {
          columns: union(need.columns, columnsIn([plan.predicate])),
          times: [...need.times, ...timesIn(plan.predicate)],
        });
        return;
      case 'extend':
        this.read(plan.input, throughExtend(plan, need));
        return;
      case 'project':
        this.read(plan.input, throughOutputs(plan.outputs, need));
        return;
      case 'summarize':
        this.read(plan.input, throughGroups(plan, need));
        return;
      case 'union':
        for (const { plan: input, outputs } of plan.inputs) this.read(input, throughOutputs(outputs, need));
        return;
      case 'join':
        this.read(plan.left, throughJoin(plan, 'left', need));
        this.read(plan.right, throughJoin(plan, 'right', need));
        return;
      case 'sort':
      case 'top':
        this.read(plan.input, {
          columns: union(need.columns, columnsIn(plan.keys.map(({ expression }) => expression))),
          times: need.times,
        });
        return;
      case 'mv-expand':
        this.read(plan.input, throughExpansion(plan, need));
        return;
      case 'count':
        this.read(plan.input, { columns: new Set(), times: [] });
        return;
      case 'materialize':
        this.share(plan.input, need);
        return;
      default:
        // Of operators that are not looked into, everything may be needed.
        for (const input of inputsOf(plan)) this.read(input, { columns: allOf(input), times: [] });
    }
  }

  private share(plan: Plan, { columns }: Need): void {
    this.shared.set(plan, new Set([...(this.shared.get(plan) ?? []), ...columns]));
  }
}

function tableRead({ name, columns }: PlanOf<'table'>, need: Need): TableRead {
  const bounds = need.times.filter(({ column }) => isTime({ table: name, column: columns[column]?.name ?? '' }));
  const latest = bounds.reduce<bigint | undefined>(
    (best, { offsetTicks }) => (best === undefined || offsetTicks > best ? offsetTicks : best),
    undefined,
  );
  return {
    table: name,
    columns: columns.flatMap((column, index) => (need.columns.has(index) ? [column.name] : [])),
    backTicks: latest === undefined ? undefined : -latest,
  };
}

function throughExtend({ columns, outputs, input }: PlanOf<'extend'>, need: Need): Need {
  const sourceOf = (column: number): Expression | undefined =>
    outputs.findLast(({ name }) => name === columns[column]?.name)?.expression;
  const kept = [...need.columns].filter((column) => sourceOf(column) === undefined && column < input.columns.length);
  const computed = [...need.columns].flatMap((column) => sourceOf(column) ?? []);
  const times = need.times.flatMap((time) => movedTo(time, sourceOf(time.column) ?? 'itself'));
  return { columns: union(new Set(kept), columnsIn(computed)), times };
}

function throughOutputs(outputs: PlanOf<'project'>['outputs'], need: Need): Need {
  const computed = [...need.columns].flatMap((column) => outputs[column]?.expression ?? []);
  const times = need.times.flatMap((time) => movedTo(time, outputs[time.column]?.expression));
  return { columns: columnsIn(computed), times };
}

/** A bound on a column holds for the column that it comes from; rounded down, for the earlier end only. */
function movedTo(time: TimeNeed, source: Expression | 'itself' | undefined): readonly TimeNeed[] {
  if (source === 'itself') return [time];
  if (source?.kind === 'column') return [{ ...time, column: source.index }];
  const [rounded] = source?.kind === 'call' && source.function.name === 'bin' ? source.arguments : [];
  return rounded?.kind === 'column' ? [{ ...time, column: rounded.index }] : [];
}

function throughGroups({ keys, aggregates, outputs }: PlanOf<'summarize'>, need: Need): Need {
  const groups = columnsIn([...need.columns].flatMap((column) => outputs[column]?.expression ?? []));
  let first = keys.length;
  const used = aggregates.flatMap(({ names, arguments: args }) => {
    const position = first;
    first += names.length;
    // arg_max(TimeGenerated, *) names every column; those that nobody reads are not kept.
    const isRow = names.length > 1 && names.length === args.length;
    return isRow ? args.filter((_, index) => index === 0 || groups.has(position + index)) : args;
  });
  const times = need.times.flatMap((time) => {
    const output = outputs[time.column]?.expression;
    const key = output?.kind === 'column' ? keys[output.index] : undefined;
    return movedTo(time, key?.expression);
  });
  return { columns: columnsIn([...keys.map(({ expression }) => expression), ...used]), times };
}

function throughJoin({ keys, outputs }: PlanOf<'join'>, side: 'left' | 'right', need: Need): Need {
  const kept = [...need.columns].flatMap((column) => {
    const output = outputs[column];
    return output?.side === side ? [output.index] : [];
  });
  return { columns: union(new Set(kept), columnsIn(keys.map((key) => key[side]))), times: [] };
}

function throughExpansion({ expansions, input }: PlanOf<'mv-expand'>, need: Need): Need {
  const expanded = expansions.map(({ index }) => index);
  const kept = [...need.columns].filter((column) => !expanded.includes(column) && column < input.columns.length);
  const times = need.times.filter(({ column }) => kept.includes(column) || !expanded.includes(column));
  return { columns: union(new Set(kept), columnsIn(expansions.map(({ expression }) => expression))), times };
}

/** The earliest times that a conjunction lets through. */
function timesIn(predicate: Expression): readonly TimeNeed[] {
  if (predicate.kind !== 'call') return [];
  const [left, right] = predicate.arguments;
  if (predicate.function.name === 'and') return predicate.arguments.flatMap(timesIn);
  if (left?.kind !== 'column' || right === undefined || !/^>=?$/.test(predicate.function.name)) return [];
  const offsetTicks = offsetOf(right);
  return offsetTicks === undefined ? [] : [{ column: left.index, offsetTicks }];
}

const columnsIn = (expressions: readonly Expression[]): ReadonlySet<number> =>
  new Set(expressions.flatMap(subexpressionsOf).flatMap((part) => (part.kind === 'column' ? [part.index] : [])));

const allOf = ({ columns }: Plan): ReadonlySet<number> => new Set(columns.keys());

const union = (a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> => new Set([...a, ...b]);
