import { child, listOf, type SyntaxNode } from '../../kql/parse/syntax.ts';
import { isAggregateCall } from '../../kql/plan/build-summarize.ts';
import { calledName, type QueryMutation, type QueryPlace, replacePart } from '../query-mutation.ts';

/** What a call becomes, from the texts of its arguments and the column that tells its group from others. */
type Swap = (args: readonly string[], keyColumn: string) => string;

const renamed =
  (name: string): Swap =>
  (args) =>
    `${name}(${args.join(', ')})`;

const numeric = { onlyNumbers: true };

type SwapRow = { readonly to: Swap; readonly onlyNumbers?: boolean };

const swaps: Readonly<Record<string, readonly SwapRow[]>> = {
  count: [{ to: (_args, keyColumn) => `dcount(${keyColumn})` }],
  countif: [{ to: () => 'count()' }],
  dcount: [{ to: () => 'count()' }],
  dcountif: [{ to: (args) => `countif(${args[1]})` }],
  count_distinct: [{ to: () => 'count()' }],
  count_distinctif: [{ to: (args) => `countif(${args[1]})` }],
  sum: [{ to: renamed('avg') }, { to: renamed('max') }],
  sumif: [{ to: renamed('avgif') }],
  avg: [{ to: renamed('max') }, { to: renamed('stdev'), ...numeric }],
  avgif: [{ to: renamed('maxif') }],
  max: [{ to: renamed('min') }, { to: renamed('avg'), ...numeric }],
  maxif: [{ to: renamed('minif') }],
  min: [{ to: renamed('max') }],
  minif: [{ to: renamed('maxif') }],
  stdev: [{ to: renamed('avg') }, { to: renamed('stdevp') }],
  stdevif: [{ to: renamed('avgif') }],
  stdevp: [{ to: renamed('stdev') }],
  variance: [{ to: renamed('variancep') }],
  variancep: [{ to: renamed('variance') }],
  percentile: [{ to: (args) => `avg(${args[0]})`, ...numeric }],
  arg_max: [{ to: renamed('arg_min') }],
  arg_min: [{ to: renamed('arg_max') }],
  make_set: [{ to: renamed('make_list') }],
  make_set_if: [{ to: renamed('make_list_if') }],
  make_list: [{ to: renamed('make_set') }],
  make_list_if: [{ to: renamed('make_set_if') }],
};

const numberTypes: ReadonlySet<string | undefined> = new Set(['int', 'long', 'real', 'decimal']);

export const aggregateSwapped: QueryMutation = {
  name: 'aggregate-swapped',
  changes:
    'an aggregate becomes another: count and dcount, max and min, avg and max, stdev and avg, make_set and make_list, …',
  changesOf(node, place) {
    const name = calledName(node);
    const rows = name !== undefined && Object.hasOwn(swaps, name) && isAggregateCall(node) ? swaps[name] : undefined;
    if (rows === undefined) return [];
    const args = listOf(child(node, 'ArgumentList'), 'Expressions');
    const texts = args.map(({ span }) => place.query.slice(span.start, span.end));
    return rows
      .filter(({ onlyNumbers }) => onlyNumbers !== true || numberTypes.has(args[0]?.type))
      .map(({ to }) => replacePart(node, node.span, resultName(node, place) + to(texts, keyColumn(place))));
  },
};

/** An aggregate without a name is called after its function (`count_`): what follows still reads it by that name. */
function resultName(node: SyntaxNode, { ancestors }: QueryPlace): string {
  const isUnnamed = ancestors.at(-1)?.kind === 'List' && ancestors.at(-2)?.kind === 'SummarizeOperator';
  return isUnnamed && node.type !== undefined && /^\w+$/.test(node.resultName ?? '') ? `${node.resultName} = ` : '';
}

/** The first column that the groups are made by; the first of the input where there are no groups. */
function keyColumn({ ancestors }: QueryPlace): string {
  const by = ancestors.findLast(({ kind }) => kind === 'SummarizeOperator')?.children.ByClause;
  const input = ancestors.findLast(({ kind }) => kind === 'PipeExpression')?.children.Expression;
  const name = (by === undefined ? undefined : firstColumn(by)) ?? input?.columns?.[0]?.name ?? 'TimeGenerated';
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name}']`;
}

/** The first reference to a column that the clause reads; the name that a key gets is a declaration and none. */
function firstColumn(node: SyntaxNode): string | undefined {
  if (node.kind === 'NameReference' && node.symbol?.kind === 'Column') return node.symbol.name;
  for (const part of [...Object.values(node.children), ...node.items]) {
    const found = firstColumn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
