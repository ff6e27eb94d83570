import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildReference } from './build-reference.ts';
import { type OperatorBuilder, operatorBuilders, type SourceBuilder, sourceBuilders } from './operator-builders.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/** The plan of a tabular expression. */
export function buildPlan(node: SyntaxNode, scope: Scope): Plan {
  switch (node.kind) {
    case 'PipeExpression': {
      const input = buildPlan(child(node, 'Expression'), scope);
      return buildOperator(child(node, 'Operator'), input, scope);
    }
    case 'ParenthesizedExpression':
      return buildPlan(child(node, 'Expression'), scope);
    case 'MaterializeExpression': {
      const input = buildPlan(child(node, 'Expression'), scope);
      return { operator: 'materialize', columns: input.columns, input };
    }
    case 'NameReference':
    case 'FunctionCallExpression':
    case 'PathExpression':
      return buildReference(node, scope);
    default: {
      const source: SourceBuilder | undefined = sourceBuilders[node.kind];
      if (source !== undefined) return source(node, scope);
      throw unsupported(node);
    }
  }
}

/** The plan of an operator over its input. */
export function buildOperator(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const builder: OperatorBuilder | undefined = operatorBuilders[node.kind];
  if (builder === undefined) throw unsupported(node);
  return builder(node, input, scope);
}

function unsupported(node: SyntaxNode): KqlError {
  const name = node.text.split(/[\s(|]/)[0] ?? node.kind;
  return new KqlError('unsupported', `'${name}' is not supported (${node.kind})`, {
    span: node.span,
    hint: 'docs/kql-support.md lists what the engine runs',
  });
}
