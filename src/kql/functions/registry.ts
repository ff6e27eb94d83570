import { KqlError } from '../kql-error.ts';
import { aggregateFunctions } from './aggregate/index.ts';
import type { AggregateFunction } from './aggregate-function.ts';
import type { Plugin } from './plugin.ts';
import { plugins } from './plugins/index.ts';
import { scalarFunctions } from './scalar/index.ts';
import type { ScalarFunction } from './scalar-function.ts';
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
export const aggregateRegistry: ReadonlyMap<string, AggregateFunction> = index('aggregate', aggregateFunctions);
export const windowRegistry: ReadonlyMap<string, WindowFunction> = index('window function', windowFunctions);
export const pluginRegistry: ReadonlyMap<string, Plugin> = index('plugin', plugins);
