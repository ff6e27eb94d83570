import { KqlError } from '../../kql-error.ts';
import { convertValue, formatDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { parseJson } from '../../values/json.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { followPath, parseJsonPath } from '../json-path.ts';
import { createPatternScanner } from '../pattern-scanner.ts';
import { compilePattern, type Matcher, patternSource } from '../regular-expression.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The type that a typeof() argument names; string where there is none. */
const typeArgument = (constant: Value | undefined): ColumnType =>
  typeof constant === 'string' ? (constant as ColumnType) : 'string';

const groupText = (matcher: Matcher, group: number): string => matcher.group(group) ?? '';

/** What the groups of every match hold: texts for one group, arrays of texts for several; null without a match. */
function allMatches(matcher: Matcher, groups: readonly number[]): DynamicValue {
  const found: DynamicValue[] = [];
  while (matcher.find()) {
    const texts = groups.map((group) => groupText(matcher, group));
    found.push(texts.length === 1 ? (texts[0] as string) : texts);
  }
  return found.length === 0 ? null : found;
}

/** Group numbers from an array of numbers and names. */
function groupNumbers(wanted: DynamicValue, matcher: Matcher): readonly number[] {
  return (isArray(wanted) ? wanted : [wanted]).map((item) => {
    const number = typeof item === 'string' ? matcher.namedGroups[item] : Number(item);
    if (number !== undefined && Number.isInteger(number) && number >= 0 && number <= matcher.groupCount())
      return number;
    throw new KqlError('evaluation', `the pattern has no group ${formatDynamic(item)}`);
  });
}

function extractAll(constant: Value | undefined, hasGroups: boolean): Evaluate {
  const pattern = patternSource(constant);
  if (typeof constant === 'string' && compilePattern(constant).groupCount() === 0) {
    throw new KqlError('evaluation', `the pattern '${constant}' of extract_all() has no group`, {
      hint: 'put parentheses around what is to be extracted',
    });
  }
  if (hasGroups) {
    return (source: string, groups: DynamicValue, text: string) => {
      const matcher = pattern(source, text).matcher(text);
      return allMatches(matcher, groupNumbers(groups, matcher));
    };
  }
  return (source: string, text: string) => {
    const matcher = pattern(source, text).matcher(text);
    return allMatches(
      matcher,
      Array.from({ length: matcher.groupCount() }, (_, index) => index + 1),
    );
  };
}

function extractJson(path: string, text: string, type: ColumnType): Value {
  const steps = parseJsonPath(path);
  const document = steps === undefined ? undefined : parseJson(text);
  const found = document === undefined || steps === undefined ? undefined : followPath(document, steps);
  if (found === undefined || found === null) return null;
  return convertValue(found, 'dynamic', type);
}

export const textExtracts: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'matches regex',
      signature: 'text matches regex pattern',
      summary: 'Whether the pattern (RE2) matches anywhere in the text.',
      page: 'regex-operator',
    },
    ['string', 'string'],
    'bool',
    {
      nulls: 'pass',
      prepare: (_context, constants) => {
        const pattern = patternSource(constants[1]);
        const scanner = createPatternScanner(constants[1]);
        return (text: string, source: string) => scanner?.find(text) ?? pattern(source, text).test(text);
      },
    },
  ),
  {
    name: 'extract',
    signature: 'extract(regex: string, captureGroup: long, source: string [, typeLiteral])',
    summary: 'What a capture group of the first match holds, converted; empty or null where nothing matches.',
    page: 'extract-function',
    overloads: [
      {
        parameters: ['string', 'long', 'string', 'string'],
        optional: 1,
        returns: (_types, constants) => typeArgument(constants[3]),
        prepare: (_context, constants) => {
          const pattern = patternSource(constants[0]);
          const scanner = createPatternScanner(constants[0]);
          const type = typeArgument(constants[3]);
          return (source: string, group: bigint, text: string) => {
            const isFound = scanner?.find(text);
            if (scanner !== undefined && isFound !== undefined) {
              const hasGroup = group >= 0n && group <= BigInt(scanner.groupCount);
              return isFound && hasGroup ? convertValue(scanner.group(text, Number(group)), 'string', type) : null;
            }
            const matcher = pattern(source, text).matcher(text);
            if (group < 0n || group > BigInt(matcher.groupCount()) || !matcher.find()) return null;
            return convertValue(groupText(matcher, Number(group)), 'string', type);
          };
        },
      },
    ],
  },
  {
    name: 'extract_all',
    aliases: ['extractall'],
    signature: 'extract_all(regex: string [, captureGroups: dynamic], source: string): dynamic',
    summary: 'What the capture groups of all matches hold; null where nothing matches.',
    page: 'extract-all-function',
    overloads: [
      {
        parameters: ['string', 'string'],
        returns: 'dynamic',
        prepare: (_context, constants) => extractAll(constants[0], false),
      },
      {
        parameters: ['string', 'dynamic', 'string'],
        returns: 'dynamic',
        prepare: (_context, constants) => extractAll(constants[0], true),
      },
    ],
  },
  {
    name: 'extract_json',
    aliases: ['extractjson'],
    signature: 'extract_json(jsonPath: string, dataSource: string [, type])',
    summary: 'The element of a JSON text at a JSONPath, converted.',
    page: 'extract-json-function',
    overloads: [
      {
        parameters: ['string', 'string', 'string'],
        optional: 1,
        returns: (_types, constants) => typeArgument(constants[2]),
        prepare: (_context, constants) => {
          const type = typeArgument(constants[2]);
          return (path: string, text: string) => extractJson(path, text, type);
        },
      },
    ],
  },
];
