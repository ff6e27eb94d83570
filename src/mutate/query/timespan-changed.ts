import { listOf, type SyntaxNode } from '../../kql/parse/syntax.ts';
import { calledName, operatorOf, type QueryMutation, type QueryPlace, replacePart } from '../query-mutation.ts';

/** `20m`, `1.5h`: a number and a unit, as people write them. */
const plainTimespan = /^(\d+(?:\.\d+)?)([a-z]+)$/i;
const plainNumber = /^\d+(?:\.\d+)?$/;
const roundings: ReadonlySet<string> = new Set(['bin', 'floor', 'bin_at', 'bin_auto']);

export const timespanDoubled = timespanMutation('timespan-doubled', 'twice as long', 2);
export const timespanHalved = timespanMutation('timespan-halved', 'half as long', 0.5);

function timespanMutation(name: string, how: string, factor: number): QueryMutation {
  return {
    name,
    changes: `a timespan (a look-back, a window, the step of a bin) is ${how}; so is the number that bin rounds to`,
    changesOf(node, place) {
      const text = place.query.slice(node.span.start, node.span.end);
      const changed = changedText(node, text, factor, place);
      return changed === undefined ? [] : [replacePart(expressionAround(node, place), node.span, changed)];
    },
  };
}

function changedText(node: SyntaxNode, text: string, factor: number, place: QueryPlace): string | undefined {
  if (node.kind === 'TimespanLiteralExpression') {
    const plain = plainTimespan.exec(text);
    // bin() takes constants only, and a product of constants is one.
    return plain === null ? `(${text} * ${factor})` : `${Number(plain[1]) * factor}${plain[2]}`;
  }
  return plainNumber.test(text) && isBinStep(node, place) ? String(Number(text) * factor) : undefined;
}

function isBinStep(node: SyntaxNode, { ancestors }: QueryPlace): boolean {
  const call = ancestors.at(-3);
  const list = ancestors.at(-2);
  if (call === undefined || list === undefined || !roundings.has(calledName(call) ?? '')) return false;
  return listOf(list, 'Expressions')[1] === node;
}

/** What tells a literal from others like it: the nearest call or operation around it. */
function expressionAround(node: SyntaxNode, { ancestors }: QueryPlace): SyntaxNode {
  return ancestors.findLast((around) => calledName(around) !== undefined || operatorOf(around) !== undefined) ?? node;
}
