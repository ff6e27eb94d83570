import type { TableSource } from '../kql/index.ts';
import { type AsimFilter, type AsimSchema, asimSchemas } from './asim-schemas.ts';

/** Every name of the unifying parsers of a schema: built in and deployed, with filters and without. */
export const parserNames = ({ name, otherNames }: AsimSchema): readonly string[] => [
  `_Im_${name}`,
  `_ASim_${name}`,
  `im${name}`,
  `ASim${name}`,
  ...(otherNames ?? []),
];

export type AsimParsers = {
  /** The tables that the functions read, under names that no query writes. */
  readonly sources: ReadonlyMap<string, TableSource>;
  readonly functions: ReadonlyMap<string, string>;
  /** The tables that became functions; a name means one thing only. */
  readonly replaced: ReadonlySet<string>;
};

/**
 * The unifying parsers of the schemas whose normalised rows are given as a table under one of the parsers' names
 * (`_Im_WebSession.ndjson`): all names of the schema read these rows, `_Im_…` and `im…` with the filtering parameters.
 */
export function asimParsers(tables: ReadonlyMap<string, TableSource>): AsimParsers {
  const sources = new Map<string, TableSource>();
  const functions = new Map<string, string>();
  const replaced = new Set<string>();
  for (const schema of asimSchemas) {
    const given = parserNames(schema).find((name) => tables.has(name));
    if (given === undefined) continue;
    const source = `__asim_${schema.name}`;
    const table = tables.get(given) as TableSource;
    sources.set(source, table);
    for (const name of parserNames(schema)) {
      functions.set(name, /^_?im/i.test(name) ? filteringParser(schema, source, table) : plainParser(source));
      if (tables.has(name)) replaced.add(name);
    }
  }
  return { sources, functions, replaced };
}

const plainParser = (source: string): string => `(disabled: bool = false) { ${source} | where not(disabled) }`;

/** Parameters and conditions in the order of the schema's page; `pack` is there in calls and changes nothing here. */
function filteringParser({ filters }: AsimSchema, source: string, { columns }: TableSource): string {
  const parameters = [
    'starttime: datetime = datetime(null)',
    'endtime: datetime = datetime(null)',
    ...filters.map(parameterText),
    'disabled: bool = false',
    'pack: bool = false',
  ];
  // Rows without a time, of a table that declares no column for it, are in no time range.
  const time = columns.some(({ name }) => name === 'TimeGenerated') ? 'TimeGenerated' : 'datetime(null)';
  const conditions = [
    'not(disabled)',
    `(isnull(starttime) or ${time} >= starttime) and (isnull(endtime) or ${time} <= endtime)`,
    ...filters.map(conditionText),
  ];
  return `(${parameters.join(', ')}) {\n  ${source}\n${conditions.map((text) => `  | where ${text}`).join('\n')}\n}`;
}

function parameterText({ name, kind, fallback }: AsimFilter): string {
  switch (kind) {
    case 'address-prefixes':
    case 'has-any':
    case 'in':
      return `${name}: dynamic = dynamic([])`;
    case 'is':
    case 'has-address':
      return `${name}: string = '${fallback ?? '*'}'`;
    case 'number':
      return `${name}: int = int(null)`;
    default:
      return kind satisfies never;
  }
}

/** No list, no filter; a column that the rows lack is empty. */
function conditionText({ name, kind, columns }: AsimFilter): string {
  const any = (test: (column: string) => string): string =>
    columns
      .map((column) => test(`column_ifexists('${column}', ${kind === 'number' ? 'int(null)' : "''"})`))
      .join(' or ');
  switch (kind) {
    case 'address-prefixes':
      return `array_length(${name}) == 0 or ${any((column) => `has_any_ipv4_prefix(${column}, ${name})`)}`;
    case 'has-any':
      return `array_length(${name}) == 0 or ${any((column) => `${column} has_any (${name})`)}`;
    case 'in':
      return `array_length(${name}) == 0 or ${any((column) => `${column} in~ (${name})`)}`;
    case 'is':
      return `${name} == '*' or ${any((column) => `${column} =~ ${name}`)}`;
    case 'has-address':
      return `${name} == '*' or ${any((column) => `has_ipv4(${column}, ${name})`)}`;
    case 'number':
      return `isnull(${name}) or ${any((column) => `${column} == ${name}`)}`;
    default:
      return kind satisfies never;
  }
}
