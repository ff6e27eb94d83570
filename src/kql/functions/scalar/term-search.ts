import { foldCase } from '../../values/case-folding.ts';
import { formatValue } from '../../values/convert.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { containsTerm, isSingleTerm, termsOf } from '../text-terms.ts';
import { listItems } from './membership.ts';

type TextTest = (text: string) => boolean;

/** From this many needles on it is faster to cut the text into terms than to search for each. */
const MANY_NEEDLES = 8;

const wholeTerms = { start: true, end: true } as const;

function anyOf(needles: readonly string[]): TextTest {
  const single = new Set(needles.length < MANY_NEEDLES ? [] : needles.filter(isSingleTerm));
  const others = needles.filter((needle) => !single.has(needle));
  return (text) =>
    others.some((needle) => containsTerm(text, needle, wholeTerms)) ||
    (single.size > 0 && termsOf(text).some((term) => single.has(term)));
}

const allOf =
  (needles: readonly string[]): TextTest =>
  (text) =>
    needles.every((needle) => containsTerm(text, needle, wholeTerms));

function foldedItems(values: readonly Value[], types: readonly ColumnType[]): readonly string[] {
  return listItems(values, types).map(({ value, type }) => foldCase(formatValue(value, type)));
}

function termSearch(name: string, summary: string, test: (needles: readonly string[]) => TextTest): ScalarFunction {
  return {
    name,
    signature: `text ${name} (item, …)`,
    summary,
    page: `${name.replace('_', '-')}-operator`,
    overloads: [
      {
        parameters: ['string'],
        rest: 'any',
        returns: 'bool',
        nulls: 'pass',
        prepare: (_context, constants, types) => {
          const itemTypes = types.slice(1);
          const items = constants.slice(1);
          if (items.every((item) => item !== undefined)) {
            const matches = test(foldedItems(items as Value[], itemTypes));
            return (text: string) => matches(foldCase(text));
          }
          return (text: string, ...rest: Value[]) => test(foldedItems(rest, itemTypes))(foldCase(text));
        },
      },
    ],
  };
}

export const termSearches: readonly ScalarFunction[] = [
  termSearch('has_any', 'Whether the text has at least one of the items as whole terms, without case.', anyOf),
  termSearch('has_all', 'Whether the text has all of the items as whole terms, without case.', allOf),
];
