import { KqlError } from '../kql-error.ts';
import { aggregateFunctions } from './aggregate/index.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import type { Plugin } from './plugin.ts';
import { plugins } from './plugins/index.ts';
import { scalarFunctions } from './scalar/index.ts';
import type { ScalarFunction } from './scalar-function.ts';
import { tupleFunctions } from './tuple/index.ts';
import { windowFunctions } from './window/index.ts';
import type { WindowFunction } from './window-function.ts';

type Named = { readonly name: string; readonly aliases?: readonly string[] };

/** Rows by name and alias; a name that two rows claim is a fault of the registry and refuses to load. */
function index<T extends Named>(family: string, rows: readonly T[]): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const row of rows) {
    for (const name of [row.name, ...(row.aliases ?? [])]) {
      if (byName.has(name)) throw new KqlError('internal', `two ${family} rows are named ${name}`);
      byName.set(name, row);
    }
  }
  return byName;
}

export const scalarRegistry: ReadonlyMap<string, ScalarFunction> = index('scalar function', scalarFunctions);
/** Functions whose value is an array with one item for each column that they yield (see plan/build-tuple.ts). */
export const tupleRegistry: ReadonlyMap<string, ScalarFunction> = index('tuple function', tupleFunctions);
export const aggregateRegistry: ReadonlyMap<string, AggregateFunction> = index('aggregate', aggregateFunctions);
export const windowRegistry: ReadonlyMap<string, WindowFunction> = index('window function', windowFunctions);
export const pluginRegistry: ReadonlyMap<string, Plugin> = index('plugin', plugins);
