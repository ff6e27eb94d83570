import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import { refusedKinds } from '../support/refused-kinds.ts';
import { buildReference } from './build-reference.ts';
import { hoistWindows } from './hoist-windows.ts';
import {
  type OperatorBuilder,
  operatorBuilders,
  resultOperators,
  type SourceBuilder,
  sourceBuilders,
} from './operator-builders.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';
import { withArrival, withoutArrival } from './with-arrival.ts';

/** The plan of a tabular expression. */
export function buildPlan(node: SyntaxNode, scope: Scope): Plan {
  switch (node.kind) {
    case 'PipeExpression': {
      const operator = child(node, 'Operator');
      // Before its input is built: what is refused shall be named by its own name.
      if (operatorBuilders[operator.kind] === undefined) throw refusedNode(operator);
      const piped = child(node, 'Expression');
      return buildOperator(operator, buildPlan(piped, scope), { ...scope, piped });
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
      throw refusedNode(node);
    }
  }
}

/** The plan of an operator over its input. */
export function buildOperator(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const builder: OperatorBuilder | undefined = operatorBuilders[node.kind];
  if (builder === undefined) throw refusedNode(node);
  const arrival = { isRead: false };
  const plan = hoistWindows(builder(node, input, { ...scope, arrival }));
  return arrival.isRead ? buildOverArrivals(builder, node, input, scope) : plan;
}

/** An operator that calls ingestion_time(): built again, over rows that carry the time of their arrival. */
function buildOverArrivals(builder: OperatorBuilder, node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const arrived = withArrival(input);
  if (arrived === undefined) {
    throw new KqlError('unsupported', 'ingestion_time() reads the rows of a table, and these rows are made of others', {
      span: node.span,
      hint: 'take it before they are joined or summarized: | extend Arrived = ingestion_time()',
    });
  }
  return withoutArrival(hoistWindows(builder(node, arrived, { ...scope, arrival: { isRead: false } })));
}

/** What is said of a construct that the planner does not build: its name, and why. */
export function refusedNode(node: SyntaxNode): KqlError {
  const refused = refusedKinds[node.kind];
  const name = refused?.name ?? node.text.split(/[\s(|]/)[0] ?? node.kind;
  if (node.kind in resultOperators) {
    return new KqlError('unsupported', `${name} gives several tables, and nothing can follow or contain it`, {
      span: node.span,
      hint: `put ${name} last in its statement, or name the rows with let and write several statements`,
    });
  }
  return new KqlError('unsupported', `${name} is not supported: ${refused?.reason ?? node.kind}`, {
    span: node.span,
    hint: 'docs/kql-support.md lists what the engine runs',
  });
}
