import type { Schemas } from '../kql/index.ts';
import { createKqlQueryEngine } from './kql-query-engine.ts';
import { type RuleFile, readRules } from './read-rules.ts';

/** What rules ask of one table. */
export type TableNeed = {
  readonly table: string;
  /** Undefined: every column. */
  readonly columns: ReadonlySet<string> | undefined;
  /** How far before a run the rules look. */
  readonly lookbackMs: number;
  /** Whether some rule takes rows by the time of their arrival, which may be long after their TimeGenerated. */
  readonly byArrival: boolean;
};

/**
 * The tables that the rules read, and of each the columns that they can name: all words of a rule's file that are columns,
 * which is more than it reads at times and never less; a rule that says `*` or its like, or
 * calls a saved function, needs every column. Rules that
 * cannot be read or bound are left to the replay to report; what they might read is read whole.
 */
export function findNeeds(
  files: readonly RuleFile[],
  schemas: Schemas,
  functions: ReadonlyMap<string, string> = new Map(),
): readonly TableNeed[] {
  const engine = createKqlQueryEngine(new Map(), schemas, { surroundings: { functions } });
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const needs = new Map<string, TableNeed>();
  for (const rule of readRules(files).rules) {
    const text = texts.get(rule.file) ?? '';
    const bound = tablesOf(() => engine.prepare(rule.query).tables.map(({ name }) => name));
    const words = new Set(text.match(/\w+/g));
    const tables = bound ?? [...words].filter((word) => schemas.has(word));
    for (const table of tables) {
      // A table that the query does not name is read by a function, which names columns that the query does not.
      const callsSaved = [...functions.keys()].some((name) => words.has(name));
      const isNamed = bound !== undefined && words.has(table) && !callsSaved && !namesAnyColumn(rule.query);
      const columns = isNamed ? columnsOf(table, words, schemas) : undefined;
      const need = {
        table,
        columns,
        lookbackMs: Math.max(rule.queryPeriodMs, rule.queryFrequencyMs),
        byArrival: rule.kind === 'NRT',
      };
      needs.set(table, combine(needs.get(table), need));
    }
  }
  return [...needs.values()].sort((a, b) => (a.table < b.table ? -1 : 1));
}

function tablesOf(ask: () => readonly string[]): readonly string[] | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function columnsOf(table: string, words: ReadonlySet<string>, schemas: Schemas): ReadonlySet<string> {
  const named = (schemas.get(table) ?? []).map(({ name }) => name).filter((name) => words.has(name));
  return new Set(['TimeGenerated', ...named]);
}

const combine = (known: TableNeed | undefined, { table, columns, lookbackMs, byArrival }: TableNeed): TableNeed => ({
  table,
  columns:
    columns === undefined || (known !== undefined && known.columns === undefined)
      ? undefined
      : new Set([...(known?.columns ?? []), ...columns]),
  lookbackMs: Math.max(lookbackMs, known?.lookbackMs ?? 0),
  byArrival: byArrival || known?.byArrival === true,
});

const stringsAndComments = /@?"(?:[^"\\\n]|\\.)*"|@"(?:[^"]|"")*"|@?'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*/g;

/** A product, whose left side is no operator that takes a `*` for all columns. */
const product =
  /(?<!\b(?:where|distinct|search|project|keep|away|by|in|find|union|on|and|or)\s*)(?<=[\w)\]])\s*\*\s*(?=[\w(])/g;

/** Operators and functions that read columns without naming them; ASIM parsers among them. */
const unnamed =
  /\*|\b(?:search|find|reduce|getschema|pack_all|autocluster|basket|diffpatterns)\b|\b_?(?:[Ii]m|ASim)_?[A-Z]\w*\b/;

/** Whether a query can read columns that it does not name. */
const namesAnyColumn = (query: string): boolean =>
  unnamed.test(query.replace(stringsAndComments, '""').replace(product, ' + '));
