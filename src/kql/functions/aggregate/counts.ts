import type { Column, Vector } from '../../columns/column.ts';
import type { AggregateFunction } from '../aggregate-function.ts';
import { countRows, narrowSums } from '../grouped-sums.ts';

/** The rows where a condition is true, as bytes; undefined where all are. */
function trueRows(condition: Vector | undefined, rowCount: number): Uint8Array | undefined {
  if (condition === undefined) return undefined;
  if (condition.kind === 'constant') return new Uint8Array(rowCount).fill(condition.value === true ? 1 : 0);
  if (condition.kind !== 'bool') throw new TypeError(`a condition is a bool, not ${condition.type}`);
  const { data, nulls } = condition;
  return nulls === undefined ? data : data.map((bit, row) => (nulls[row] === 1 ? 0 : bit));
}

function countWhere(condition: (args: readonly Vector[]) => Vector | undefined): AggregateFunction['create'] {
  return () => {
    const counts = narrowSums();
    return {
      update(groups, rowCount, groupCount, args) {
        const totals = counts.reserve(groupCount);
        const rows = trueRows(condition(args), rowCount);
        if (rows === undefined) countRows(groups, rowCount, totals);
        // Without a branch: conditions are true at random.
        else for (let i = 0; i < rowCount; i++) (totals[groups[i] as number] as number) += rows[i] as number;
      },
      finish: (groupCount): readonly Column[] => [
        {
          kind: 'int64',
          type: 'long',
          length: groupCount,
          data: counts.reserve(groupCount).slice(0, groupCount),
          nulls: undefined,
        },
      ],
    };
  };
}

export const counts: readonly AggregateFunction[] = [
  {
    name: 'count',
    aliases: ['cnt'],
    signature: 'count(): long',
    summary: 'The number of rows in the group.',
    page: 'count-aggregation-function',
    parameters: ['any'],
    optional: 1,
    returns: () => 'long',
    create: countWhere(() => undefined),
  },
  {
    name: 'countif',
    signature: 'countif(condition: bool): long',
    summary: 'The number of rows for which the condition is true.',
    page: 'countif-aggregation-function',
    parameters: ['bool'],
    returns: () => 'long',
    create: countWhere(([condition]) => condition),
  },
];
