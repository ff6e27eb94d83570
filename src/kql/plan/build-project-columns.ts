import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from './build-query.ts';
import { boundColumns, columnOutput, definitionsOf } from './outputs.ts';
import type { Plan } from './plan.ts';

/** A projection onto columns of the input, by name and in the order that the binder gave. */
function projectTo(node: SyntaxNode, input: Plan, sourceOf: (name: string) => string = (name) => name): Plan {
  const outputs = boundColumns(node).map(({ name }) => {
    const index = input.columns.findIndex((column) => column.name === sourceOf(name));
    const column = input.columns[index];
    if (column === undefined)
      throw new KqlError('binding', `there is no column ${sourceOf(name)}`, { span: node.span });
    return { ...columnOutput(column, index), name };
  });
  return { operator: 'project', columns: definitionsOf(outputs), input, outputs };
}

export const buildProjectAway = (node: SyntaxNode, input: Plan): Plan => projectTo(node, input);
export const buildProjectByNames = (node: SyntaxNode, input: Plan): Plan => projectTo(node, input);
export const buildProjectKeep = (node: SyntaxNode, input: Plan): Plan => projectTo(node, input);
export const buildProjectReorder = (node: SyntaxNode, input: Plan): Plan => projectTo(node, input);

export function buildProjectRename(node: SyntaxNode, input: Plan): Plan {
  const renamed = new Map(
    listOf(node, 'Expressions').map((item) => [nameText(child(item, 'Name')), nameText(child(item, 'Expression'))]),
  );
  return projectTo(node, input, (name) => renamed.get(name) ?? name);
}
