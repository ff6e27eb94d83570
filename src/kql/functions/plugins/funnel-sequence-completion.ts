import { batchOf } from '../../columns/batch.ts';
import { KqlError } from '../../kql-error.ts';
import { isArray, TypedScalar } from '../../values/dynamic.ts';
import { parseTimespan } from '../../values/timespan.ts';
import type { Value } from '../../values/value.ts';
import { constantOf, type Plugin, type PluginArgument, plannedColumn } from '../plugin.ts';
import { type State, sequenceOf, statesById } from './funnel.ts';
import { binAt, byNumber, longColumn, pointOf, stepOf, timeValue } from './timeline.ts';

const NAME = 'funnel_sequence_completion';

function periodsOf(argument: PluginArgument | undefined): readonly bigint[] {
  const value = constantOf(NAME, argument, 'the list of periods');
  if (!isArray(value)) throw new KqlError('binding', `${NAME}: the periods are an array`);
  return value.map((item) => {
    if (typeof item === 'bigint') return item;
    if (item instanceof TypedScalar && item.type === 'timespan') return item.value as bigint;
    const parsed = typeof item === 'string' ? parseTimespan(item) : null;
    if (parsed === null) throw new KqlError('binding', `${NAME}: a period is a timespan`);
    return parsed;
  });
}

/** How many steps of the sequence follow each other from this state on, within the period. */
function stepsFrom(states: readonly State[], first: number, sequence: readonly string[], period: bigint): number {
  const start = (states[first] as State).time;
  let done = 1;
  for (let at = first + 1; at < states.length && done < sequence.length; at++) {
    const { time, state } = states[at] as State;
    if (time - start > period) break;
    if (state === sequence[done]) done++;
  }
  return done;
}

export const funnelSequenceCompletion: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, step, state, sequence, periods)`,
  summary: 'For each period and each step of a sequence of states: how many ids got that far.',
  page: 'funnel-sequence-completion-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    { name: plannedColumn(NAME, args[5]).name, type: 'string' },
    { name: 'Period', type: 'timespan' },
    longColumn('dcount'),
  ],
  run(input, args, columns) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const step = stepOf(NAME, args[4], 'the step');
    const sequence = sequenceOf(NAME, args[6]);
    const periods = periodsOf(args[7]);
    const byId = statesById(NAME, input, { id: args[0], timeline: args[1], state: args[5] }, start, end);
    /** By bin, for each period and step the ids that got there. */
    const reached = new Map<bigint, Set<Value>[][]>();
    for (const [id, states] of byId) {
      for (const [at, { time, state }] of states.entries()) {
        if (state !== sequence[0]) continue;
        const bin = binAt(time, step, start);
        const counts = reached.get(bin) ?? periods.map(() => sequence.map(() => new Set<Value>()));
        reached.set(bin, counts);
        for (const [position, period] of periods.entries()) {
          const done = stepsFrom(states, at, sequence, period);
          for (let index = 0; index < done; index++) counts[position]?.[index]?.add(id);
        }
      }
    }
    const type = columns?.[0]?.type ?? 'datetime';
    const rows = [...reached]
      .sort(([a], [b]) => byNumber(a, b))
      .flatMap(([bin, counts]) =>
        periods.flatMap((period, position) =>
          sequence.map((state, index): Value[] => [
            timeValue(bin, type),
            state,
            period,
            BigInt(counts[position]?.[index]?.size ?? 0),
          ]),
        ),
      );
    return batchOf(columns ?? [], rows);
  },
};
