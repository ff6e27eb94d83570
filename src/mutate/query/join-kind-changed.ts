import { child, listOf } from '../../kql/parse/syntax.ts';
import { nameText } from '../../kql/plan/build-query.ts';
import { type QueryMutation, replacePart } from '../query-mutation.ts';

/** What people write instead of what they mean; kinds that would take away columns are left out. */
const mistaken: Readonly<Record<string, readonly string[]>> = {
  innerunique: ['inner', 'leftouter'],
  inner: ['innerunique', 'leftouter'],
  leftouter: ['inner', 'fullouter'],
  rightouter: ['inner', 'fullouter'],
  fullouter: ['inner', 'leftouter'],
  leftsemi: ['leftanti'],
  leftanti: ['leftsemi'],
  leftantisemi: ['leftsemi'],
  anti: ['leftsemi'],
  rightsemi: ['rightanti'],
  rightanti: ['rightsemi'],
  rightantisemi: ['rightsemi'],
};
const mistakenLookups: Readonly<Record<string, readonly string[]>> = { leftouter: ['inner'], inner: ['leftouter'] };

const operators: Readonly<
  Record<string, { readonly kinds: typeof mistaken; readonly implied: string; readonly keyword: string }>
> = {
  JoinOperator: { kinds: mistaken, implied: 'innerunique', keyword: 'JoinKeyword' },
  LookupOperator: { kinds: mistakenLookups, implied: 'leftouter', keyword: 'LookupKeyword' },
};

export const joinKindChanged: QueryMutation = {
  name: 'join-kind-changed',
  changes: 'the kind of a join or lookup: inner, innerunique, leftouter, fullouter; semi and anti',
  changesOf(node, { query }) {
    const operator = Object.hasOwn(operators, node.kind) ? operators[node.kind] : undefined;
    if (operator === undefined) return [];
    const given = listOf(node, 'Parameters').find((parameter) => nameText(child(parameter, 'Name')) === 'kind');
    const kind = given?.children.Expression?.span;
    const said = kind === undefined ? operator.implied : query.slice(kind.start, kind.end).toLowerCase();
    const keyword = child(node, operator.keyword);
    return (operator.kinds[said] ?? []).map((other) =>
      kind === undefined || given === undefined
        ? replacePart(keyword, keyword.span, `${keyword.text} kind=${other}`)
        : replacePart(given, kind, other),
    );
  },
};
