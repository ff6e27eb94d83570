import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { ExternalDataRequest, TableSource } from './catalog.ts';
import { batchOf } from './columns/batch.ts';
import { createMemoryTable } from './columns/memory-table.ts';
import { KqlError } from './kql-error.ts';
import { convertValue } from './values/convert.ts';
import { type DynamicValue, isArray, isBag } from './values/dynamic.ts';
import { formatJson, parseJson } from './values/json.ts';
import type { ColumnDefinition, ColumnType, Value } from './values/value.ts';

type Reader = (text: string, request: ExternalDataRequest) => readonly (readonly Value[])[];

const delimited =
  (delimiter: string): Reader =>
  (text, { columns, ignoreFirstRecord, uri }) => {
    const records = parseRecords(text, delimiter, uri);
    return (ignoreFirstRecord ? records.slice(1) : records).map((record) =>
      columns.map(({ type }, index) => convertText(record[index] ?? '', type)),
    );
  };

/** How a file is read, by the format that the query says (learn.microsoft.com/kusto/query/externaldata-operator). */
const readers: Readonly<Record<string, Reader>> = {
  csv: delimited(','),
  tsv: delimited('\t'),
  tsve: delimited('\t'),
  psv: delimited('|'),
  scsv: delimited(';'),
  sohsv: delimited('\u0001'),
  txt: (text, { columns, ignoreFirstRecord }) => {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    return (ignoreFirstRecord ? lines.slice(1) : lines).map((line) => firstColumn(line, columns));
  },
  raw: (text, { columns }) => [firstColumn(text, columns)],
  json: (text, request) =>
    text
      .split(/\r?\n/)
      .filter(isFilled)
      .flatMap((line) => readObjects(line, request)),
  multijson: (text, request) => readObjects(text, request),
};

/**
 * The rows of a file that externaldata reads, under the columns that the query declares: by position in delimited
 * files, by name in JSON. As at ingestion, a value that does not fit its column is null.
 * @throws KqlError `unsupported` for a format that is not read, `evaluation` for a file that is none of its format
 */
export function externalTable(text: string, request: ExternalDataRequest): TableSource {
  const read = readers[request.format];
  if (read === undefined) {
    throw new KqlError('unsupported', `externaldata does not read the format ${request.format}`, {
      hint: `it reads ${Object.keys(readers).join(', ')}`,
    });
  }
  return createMemoryTable(batchOf(request.columns, read(text.replace(/^\uFEFF/, ''), request)), '');
}

const isFilled = (line: string): boolean => line.trim() !== '';

function parseRecords(text: string, delimiter: string, uri: string): readonly (readonly string[])[] {
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true }) as string[][];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new KqlError('evaluation', `the file for ${uri} is not delimited as the query says (${error.code})`, {
      cause: error,
      hint: 'state its format: with(format="tsv")',
    });
  }
}

const firstColumn = (text: string, columns: readonly ColumnDefinition[]): readonly Value[] =>
  columns.map(({ type }, index) => convertText(index === 0 ? text : '', type));

function convertText(text: string, type: ColumnType): Value {
  if (type === 'string') return text;
  if (type === 'dynamic') return text === '' ? null : (parseJson(text) ?? text);
  return convertValue(text.trim(), 'string', type);
}

function readObjects(text: string, { columns, uri }: ExternalDataRequest): readonly (readonly Value[])[] {
  const value = parseJson(text);
  const objects = value === undefined ? [] : isArray(value) ? value : [value];
  if (value === undefined || !objects.every(isBag)) {
    throw new KqlError('evaluation', `the file for ${uri} holds no JSON objects`, {
      hint: 'json has one object a line, multijson an array of objects',
    });
  }
  return objects.map((object) =>
    columns.map(({ name, type }) =>
      convertMember((object as ReadonlyMap<string, DynamicValue>).get(name) ?? null, type),
    ),
  );
}

function convertMember(value: DynamicValue, type: ColumnType): Value {
  if (type === 'dynamic') return value;
  if (value === null) return type === 'string' ? '' : null;
  const text = typeof value === 'string' ? value : formatJson(value);
  return type === 'string' ? text : convertText(text, type);
}
