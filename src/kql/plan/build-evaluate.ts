import type { Plugin } from '../functions/plugin.ts';
import { refusedPlugins } from '../functions/plugins/refused-plugins.ts';
import { pluginRegistry } from '../functions/registry.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { buildPlan } from './build-plan.ts';
import { nameText } from './build-query.ts';
import { buildAggregate, isAggregateCall } from './build-summarize.ts';
import { splitNamed } from './outputs.ts';
import type { EvaluateArgument, EvaluatePlan, Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

/** A call of a plugin with its input; the columns only where they are known before it runs. */
export type Evaluation = Omit<EvaluatePlan, 'columns'> & { readonly columns: readonly ColumnDefinition[] | undefined };

/** evaluate: a plugin over the rows so far. */
export function buildEvaluate(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const evaluation = buildEvaluation(node, input, scope);
  const { columns } = evaluation;
  if (columns !== undefined) return { ...evaluation, columns };
  throw new KqlError('unsupported', `the columns of ${evaluation.plugin.name} depend on the data here`, {
    span: node.span,
    hint: `state them: evaluate ${evaluation.plugin.name}(…) : (Name: string, …)`,
  });
}

/** The plugin call as planned; see staged-query.ts for calls without columns. */
export function buildEvaluation(node: SyntaxNode, input: Plan, scope: Scope): Evaluation {
  const call = child(node, 'FunctionCall');
  const plugin = pluginOf(call);
  const row = withRow(scope, input);
  const items = listOf(child(call, 'ArgumentList'), 'Expressions');
  const args: EvaluateArgument[] = [];
  for (const [index, item] of items.entries()) {
    const looked = index === plugin.lookupColumn && args[0]?.kind === 'table' ? args[0].plan : undefined;
    args.push(buildArgument(item, looked === undefined ? row : withRow(scope, looked)));
  }
  const columns = statedColumns(node, input, args) ?? plugin.columns?.(input.columns, args);
  return { operator: 'evaluate', plugin, input, arguments: args, columns, span: call.span };
}

function pluginOf(call: SyntaxNode): Plugin {
  const name = nameText(child(call, 'Name'));
  const plugin = pluginRegistry.get(name);
  if (plugin !== undefined) return plugin;
  const reason = refusedPlugins[name] ?? 'it is no plugin that this engine knows';
  throw new KqlError('unsupported', `the plugin ${name} is not supported: ${reason}`, {
    span: call.span,
    hint: 'docs/kql-support.md lists the plugins',
  });
}

function buildArgument(item: SyntaxNode, row: Scope): EvaluateArgument {
  const { names, expression } = splitNamed(item);
  const label = names[0];
  if (isAggregateCall(expression)) {
    const { output, types } = buildAggregate(expression, [''], row);
    return { kind: 'aggregate', label, aggregate: output, type: types[0] as ColumnType };
  }
  if (expression.columns !== undefined && expression.type === undefined) {
    return { kind: 'table', label, plan: buildPlan(expression, { ...row, row: undefined }) };
  }
  return { kind: 'expression', label, expression: buildExpression(expression, row) };
}

/** The columns of `evaluate plugin(…) : (*, Name: type, …)`; a star stands for the input but for the unpacked column. */
function statedColumns(
  node: SyntaxNode,
  input: Plan,
  args: readonly EvaluateArgument[],
): readonly ColumnDefinition[] | undefined {
  const clause = node.children.Schema;
  if (clause === undefined) return undefined;
  const schema = child(clause, 'Schema');
  const unpacked =
    args[0]?.kind === 'expression' && args[0].expression.kind === 'column' ? args[0].expression.index : -1;
  const columns = new Map<string, ColumnDefinition>();
  if (schema.children.AsteriskToken !== undefined) {
    for (const [index, column] of input.columns.entries()) if (index !== unpacked) columns.set(column.name, column);
  }
  for (const item of listOf(schema, 'Columns')) {
    const declared = child(item, 'Name');
    const name = nameText(declared);
    if (declared.type === undefined) throw new KqlError('binding', `${name} has no type`, { span: item.span });
    columns.set(name, { name, type: declared.type });
  }
  return [...columns.values()];
}
