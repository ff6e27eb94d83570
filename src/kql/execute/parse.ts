import { RE2JS } from 're2js';
import { Batch } from '../columns/batch.ts';
import { valueReader } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import { compilePattern, patternSource } from '../functions/regular-expression.ts';
import { parseJsonText } from '../functions/scalar/conversion.ts';
import type { ParsePart, ParsePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue, formatValue } from '../values/convert.ts';
import type { ColumnDefinition, ColumnType, Value } from '../values/value.ts';
import { execute } from './execute.ts';
import { prepareExpression } from './prepare.ts';
import { trueRows } from './where.ts';

/** The values of one text; undefined where the pattern does not match. */
type TextParser = (text: string) => readonly Value[] | undefined;

export async function* executeParse(plan: ParsePlan, context: QueryContext): AsyncGenerator<Batch> {
  const source = await prepareExpression(plan.source, context);
  const outputs = plan.parts.flatMap((part) => (part.kind === 'column' ? [part.column] : []));
  const parseText = remember(createTextParser(plan));
  for await (const batch of execute(plan.input, context)) {
    context.checkpoint();
    const read = valueReader(source(batch));
    const results = Array.from({ length: batch.rowCount }, (_, row) =>
      parseText(formatValue(read(row), plan.source.type)),
    );
    const parsed = withOutputs(plan, batch, outputs, results);
    if (!plan.dropsMisses) yield parsed;
    else {
      const matched = columnOf(
        'bool',
        results.map((result) => result !== undefined),
      );
      const rows = trueRows(matched, batch.rowCount);
      yield rows === undefined ? parsed : parsed.gather(rows);
    }
  }
}

function withOutputs(
  plan: ParsePlan,
  batch: Batch,
  outputs: readonly ColumnDefinition[],
  results: readonly (readonly Value[] | undefined)[],
): Batch {
  return new Batch(
    plan.columns,
    batch.rowCount,
    plan.columns.map(({ name, type }, index) => {
      const position = outputs.findLastIndex((output) => output.name === name);
      if (position < 0) return () => batch.column(index);
      return () =>
        columnOf(
          type,
          results.map((result) => result?.[position] ?? null),
        );
    }),
  );
}

/** Logs repeat themselves: the same text is parsed once. */
function remember(parse: TextParser): TextParser {
  const known = new Map<string, readonly Value[] | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    const values = parse(text);
    if (known.size < 100_000) known.set(text, values);
    return values;
  };
}

/**
 * The pattern as one regular expression over the whole text. In simple mode a value that does not convert makes the row
 * a miss; in relaxed mode only that value is null.
 */
function createTextParser({ parts, mode, flags, dropsMisses }: ParsePlan): TextParser {
  const types = parts.flatMap((part) => (part.kind === 'column' ? [part.column.type] : []));
  const inline = mode === 'regex' ? [...new Set(`s${flags}`)].join('') : 's';
  let column = 0;
  const body = parts
    .map((part, index) => {
      const pattern = partPattern(part, mode, parts[index + 1]);
      return part.kind === 'column' ? `(?P<${GROUP}${column++}>${pattern})` : pattern;
    })
    .join('');
  const source = `(?${inline})${mode === 'regex' ? body : `^${body}$`}`;
  const pattern = patternSource(source);
  const groups = compilePattern(source).namedGroups();
  const strict = mode !== 'relaxed' || dropsMisses;
  return (text) => {
    const matcher = pattern(source, text).matcher(text);
    if (!matcher.find()) return undefined;
    const values = types.map((type, index) =>
      convertPart(matcher.group(groups[`${GROUP}${index}`] as number) ?? '', type),
    );
    return strict && values.some((value, index) => value === null && types[index] !== 'string') ? undefined : values;
  };
}

/** A value of a declared type: dynamic is read as JSON, as parse_json does, and stays a text where it is none. */
export function convertPart(text: string, type: ColumnType): Value {
  if (type === 'string') return text;
  return type === 'dynamic' ? parseJsonText(text) : convertValue(text.trim(), 'string', type);
}

/** Columns are named groups: a pattern of the user may have groups of its own, which are not counted. */
const GROUP = 'parsed_column_';

/** What a column of the type may look like where its neighbours do not say where it ends. */
const typedPatterns: Partial<Record<ColumnType, string>> = {
  int: '[+-]?[0-9]+',
  long: '[+-]?[0-9]+',
  real: '[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?',
  bool: '(?:true|false|True|False|1|0)',
};

function partPattern(part: ParsePart, mode: ParsePlan['mode'], next: ParsePart | undefined): string {
  switch (part.kind) {
    case 'text':
      return mode === 'regex' ? part.text : RE2JS.quote(part.text);
    case 'any':
      return mode === 'regex' ? '.*?' : next === undefined ? '.*' : '.*?';
    case 'column':
      if (mode === 'regex') return typedPatterns[part.column.type] ?? '.*';
      // A value ends at the text behind it or with the whole text, whatever it is; before a star only its type can tell.
      if (next === undefined) return '.*';
      return next.kind === 'text' ? '.*?' : (typedPatterns[part.column.type] ?? '.*?');
    default:
      return part satisfies never;
  }
}
