import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { declaredColumn } from './build-parse.ts';
import { nameText } from './build-query.ts';
import { operatorParameter } from './operator-parameters.ts';
import type { Plan, ScanStep } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildScan(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const declarations =
    node.children.DeclareClause === undefined ? [] : listOf(node.children.DeclareClause, 'Declarations');
  const declared = declarations.map((item) => declaredColumn(child(item, 'NameAndType')));
  const defaults = declarations.map((item) => {
    const value = item.children.DefaultValue?.children.Value;
    return value === undefined ? undefined : buildExpression(value, scope);
  });
  const record = [...input.columns, ...declared];
  const stepNodes = listOf(node, 'Steps');
  const names = stepNodes.map((step) => nameText(child(step, 'Name')));
  const row: ColumnDefinition[] = [
    ...record,
    ...names.flatMap((name) => record.map((column) => ({ ...column, name: `${name}.${column.name}` }))),
  ];
  const records = new Map(names.map((name, index) => [name, { columns: record, offset: (index + 1) * record.length }]));
  const inStep: Scope = { ...scope, row, rowIdentity: {}, records };
  const steps = stepNodes.map((step) => buildStep(step, record, inStep));
  const matchId = operatorParameter(node, 'with_match_id');
  const columns = matchId === undefined ? record : [...record, { name: nameText(matchId), type: 'long' as const }];
  return { operator: 'scan', columns, input, record, row, defaults, steps, hasMatchId: matchId !== undefined };
}

function buildStep(step: SyntaxNode, record: readonly ColumnDefinition[], scope: Scope): ScanStep {
  const clause = step.children.ComputationClause;
  const assignments = (clause === undefined ? [] : listOf(clause, 'Assignments')).map((item) => ({
    column: record.findIndex(({ name }) => name === nameText(child(item, 'Name'))),
    expression: buildExpression(child(item, 'Expression'), scope),
  }));
  const said = step.children.ScanStepOutput?.children.OutputKind?.text;
  const output = said === 'last' || said === 'none' ? said : 'all';
  return { condition: buildExpression(child(step, 'Condition'), scope), assignments, output };
}
