import type { Batch } from '../../columns/batch.ts';
import { valueReader } from '../../columns/column.ts';
import { KqlError } from '../../kql-error.ts';
import { formatDynamic, formatValue } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { Value } from '../../values/value.ts';
import { constantOf, type PluginArgument, vectorOf } from '../plugin.ts';
import { byNumber, timeReader } from './timeline.ts';

/** What an id was in at a point of the timeline. */
export type State = { readonly time: bigint; readonly state: string };

/** The states of each id from `start` to `end`, in the order of time; an id without a value has none. */
export function statesById(
  plugin: string,
  input: Batch,
  args: {
    readonly id: PluginArgument | undefined;
    readonly timeline: PluginArgument | undefined;
    readonly state: PluginArgument | undefined;
  },
  start: bigint,
  end: bigint,
): ReadonlyMap<Value, readonly State[]> {
  const readId = valueReader(vectorOf(plugin, args.id));
  const readTime = timeReader(plugin, vectorOf(plugin, args.timeline));
  const stateVector = vectorOf(plugin, args.state);
  const readState = valueReader(stateVector);
  const byId = new Map<Value, State[]>();
  for (let row = 0; row < input.rowCount; row++) {
    const id = readId(row);
    const time = readTime(row);
    if (id === null || time === null || time < start || time > end) continue;
    const state = { time, state: formatValue(readState(row), stateVector.type) };
    const states = byId.get(id);
    if (states === undefined) byId.set(id, [state]);
    else states.push(state);
  }
  for (const states of byId.values()) states.sort((a, b) => byNumber(a.time, b.time));
  return byId;
}

/** The states of the sequence, a constant array. */
export function sequenceOf(plugin: string, argument: PluginArgument | undefined): readonly string[] {
  const value = constantOf(plugin, argument, 'the sequence');
  if (!isArray(value) || value.length === 0)
    throw new KqlError('binding', `${plugin}: the sequence is an array of states`);
  return value.map((item: DynamicValue) => formatDynamic(item));
}
