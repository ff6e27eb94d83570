import { batchOf } from '../../columns/batch.ts';
import { toDynamic } from '../../values/convert.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { type Plugin, plannedColumn, vectorOf } from '../plugin.ts';
import { type State, sequenceOf, statesById } from './funnel.ts';
import { binAt, byNumber, longColumn, pointOf, stepOf, timeValue } from './timeline.ts';

const NAME = 'funnel_sequence';
const MAX_SAMPLES = 128;

type Passage = { readonly bin: bigint; readonly prev: string; readonly next: string; readonly ids: Set<Value> };

/** A state that is repeated counts once, from its first time on. */
const runsOf = (states: readonly State[]): readonly State[] =>
  states.filter(({ state }, at) => at === 0 || state !== states[at - 1]?.state);

/** Whether the sequence stands at this place, no step later than the window after the one before. */
function standsAt(runs: readonly State[], at: number, sequence: readonly string[], window: bigint): boolean {
  return sequence.every((state, offset) => {
    const run = runs[at + offset];
    if (run === undefined || run.state !== state) return false;
    return offset === 0 || run.time - (runs[at + offset - 1] as State).time <= window;
  });
}

export const funnelSequence: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, stepWindow, step, state, sequence)`,
  summary:
    'How many ids went through a sequence of states, by the state before and the state after; the first of the three tables of the service.',
  page: 'funnel-sequence-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    { name: 'prev', type: 'string' },
    { name: 'next', type: 'string' },
    longColumn('dcount'),
    { name: 'samples', type: 'dynamic' },
  ],
  run(input, args, columns) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const window = stepOf(NAME, args[4], 'the window of a step');
    const step = stepOf(NAME, args[5], 'the step');
    const sequence = sequenceOf(NAME, args[7]);
    const idType = vectorOf(NAME, args[0]).type;
    const byId = statesById(NAME, input, { id: args[0], timeline: args[1], state: args[6] }, start, end);
    const passages = new Map<string, Passage>();
    for (const [id, states] of byId) {
      const runs = runsOf(states);
      for (let at = 0; at + sequence.length <= runs.length; at++) {
        if (!standsAt(runs, at, sequence, window)) continue;
        const bin = binAt((runs[at] as State).time, step, start);
        const prev = runs[at - 1]?.state ?? '';
        const next = runs[at + sequence.length]?.state ?? '';
        const key = JSON.stringify([String(bin), prev, next]);
        const passage = passages.get(key) ?? { bin, prev, next, ids: new Set<Value>() };
        passage.ids.add(id);
        passages.set(key, passage);
      }
    }
    const rows = [...passages.values()].sort((a, b) => byNumber(a.bin, b.bin) || b.ids.size - a.ids.size);
    const type = columns?.[0]?.type ?? 'datetime';
    return batchOf(
      columns ?? [],
      rows.map((passage) => passageRow(passage, type, idType)),
    );
  },
};

const passageRow = ({ bin, prev, next, ids }: Passage, type: ColumnType, idType: ColumnType): Value[] => [
  timeValue(bin, type),
  prev,
  next,
  BigInt(ids.size),
  [...ids].slice(0, MAX_SAMPLES).map((id) => toDynamic(id, idType)),
];
