import { child, type SyntaxNode } from '../../kql/parse/syntax.ts';
import type { QueryMutation } from '../query-mutation.ts';
import { withoutItem } from './list-edits.ts';

export const whereDropped: QueryMutation = {
  name: 'where-dropped',
  changes: 'a where operator is left out',
  changesOf(node) {
    if (node.kind !== 'PipeExpression' || child(node, 'Operator').kind !== 'FilterOperator') return [];
    const { span } = child(node, 'Operator');
    return [{ shown: span, edits: [{ start: child(node, 'Bar').span.start, end: span.end, text: '' }] }];
  },
};

export const conjunctDropped = operandDropped('conjunct-dropped', 'AndExpression', 'a condition of an and is left out');
export const disjunctDropped = operandDropped('disjunct-dropped', 'OrExpression', 'a condition of an or is left out');

function operandDropped(name: string, kind: 'AndExpression' | 'OrExpression', changes: string): QueryMutation {
  return {
    name,
    changes,
    changesOf(node, { ancestors }) {
      // A chain `a and b and c` is a tree of pairs: its top stands for the whole chain.
      if (node.kind !== kind || ancestors.at(-1)?.kind === kind) return [];
      const operands = operandsOf(node, kind);
      return operands.map((operand, index) => ({ shown: operand.span, edits: [withoutItem(operands, index)] }));
    },
  };
}

function operandsOf(node: SyntaxNode, kind: string): readonly SyntaxNode[] {
  if (node.kind !== kind) return [node];
  return [...operandsOf(child(node, 'Left'), kind), ...operandsOf(child(node, 'Right'), kind)];
}
