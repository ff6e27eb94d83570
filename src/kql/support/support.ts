import { refusedAggregates } from '../functions/aggregate/refused-aggregates.ts';
import { refusedPlugins } from '../functions/plugins/refused-plugins.ts';
import {
  aggregateRegistry,
  pluginRegistry,
  scalarRegistry,
  tupleRegistry,
  windowRegistry,
} from '../functions/registry.ts';
import { refusedFunctions } from '../functions/scalar/refused-functions.ts';
import { operatorBuilders, resultOperators, sourceBuilders } from '../plan/operator-builders.ts';
import { type Family, inventory } from './inventory.ts';
import { operatorRows } from './operator-rows.ts';
import { plannedCalls } from './planned-calls.ts';
import { refusedCalls } from './refused-calls.ts';
import { refusedKinds } from './refused-kinds.ts';
import { statementRows } from './statement-rows.ts';

/** What the engine does with one name of the language. */
export type Support =
  | {
      readonly name: string;
      readonly status: 'supported';
      /** The name under which it is documented, where this one is another name for it. */
      readonly aliasOf: string | undefined;
      readonly signature: string | undefined;
      readonly summary: string | undefined;
      readonly page: string | undefined;
    }
  | { readonly name: string; readonly status: 'refused'; readonly reason: string; readonly page: string | undefined }
  /** Neither supported nor refused: a hole that the tests do not allow. */
  | { readonly name: string; readonly status: 'unknown' };

/** The names of a family with what the engine does with each, in the inventory's order. */
export const supportOf = (family: Family): readonly Support[] => inventory[family].map(lookups[family]);

type Row = { readonly name: string; readonly signature?: string; readonly summary?: string; readonly page?: string };

const supported = (name: string, row: Row): Support => ({
  name,
  status: 'supported',
  aliasOf: row.name === name ? undefined : row.name,
  signature: row.signature,
  summary: row.summary,
  page: row.page,
});

function decide(name: string, row: Row | undefined, reason: string | undefined): Support {
  if (row !== undefined) return supported(name, row);
  return reason === undefined ? { name, status: 'unknown' } : { name, status: 'refused', reason, page: undefined };
}

const plannedByName = new Map(
  plannedCalls.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row])),
);

const functionSupport = (name: string): Support =>
  decide(
    name,
    plannedByName.get(name) ?? scalarRegistry.get(name) ?? tupleRegistry.get(name) ?? windowRegistry.get(name),
    refusedFunctions[name] ?? refusedCalls[name],
  );

function operatorSupport(name: string): Support {
  const row = operatorRows.find((candidate) => candidate.name === name);
  if (row === undefined) return { name, status: 'unknown' };
  const { kind, page } = row;
  if (kind in operatorBuilders || kind in sourceBuilders || kind in resultOperators) return supported(name, row);
  const refused = refusedKinds[kind];
  return refused === undefined
    ? { name, status: 'unknown' }
    : { name, status: 'refused', reason: refused.reason, page };
}

function statementSupport(name: string): Support {
  const row = statementRows.find((candidate) => candidate.name === name);
  if (row === undefined) return { name, status: 'unknown' };
  const reason = row.kind === undefined ? undefined : refusedKinds[row.kind]?.reason;
  return reason === undefined ? supported(name, row) : { name, status: 'refused', reason, page: row.page };
}

/** Operators between values are rows of the scalar registry; between is built of comparisons, `<>` is `!=`. */
const binarySupport = (name: string): Support =>
  name === 'between' || name === '!between'
    ? supported(name, {
        name,
        signature: `value ${name} (low .. high)`,
        summary: betweenSummary,
        page: 'between-operator',
      })
    : functionSupport(name);

const betweenSummary = 'Both ends included; the upper one may be a timespan.';

const aggregateSupport = (name: string): Support => decide(name, aggregateRegistry.get(name), refusedAggregates[name]);

const pluginSupport = (name: string): Support => decide(name, pluginRegistry.get(name), refusedPlugins[name]);

/** Names that have no registry because the whole family is built in. */
const builtIn =
  (page: (name: string) => string) =>
  (name: string): Support =>
    supported(name, { name, page: page(name) });

const lookups: Readonly<Record<Family, (name: string) => Support>> = {
  operators: operatorSupport,
  statements: statementSupport,
  joinKinds: builtIn((name) => `join-${name}`),
  stringOperators: binarySupport,
  otherOperators: binarySupport,
  scalarFunctions: functionSupport,
  seriesFunctions: functionSupport,
  geospatialFunctions: functionSupport,
  specialFunctions: functionSupport,
  graphFunctions: functionSupport,
  undocumentedFunctions: functionSupport,
  windowFunctions: functionSupport,
  aggregates: aggregateSupport,
  undocumentedAggregates: aggregateSupport,
  plugins: pluginSupport,
  undocumentedPlugins: pluginSupport,
  charts: builtIn((name) => `visualization-${name}`),
  types: builtIn((name) => `scalar-data-types/${name}`),
};
