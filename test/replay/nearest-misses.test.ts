import { strict as assert } from 'node:assert';
import { batchOf, createMemoryTable } from '../../src/kql/index.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { findNearestMisses, type RuleMisses } from '../../src/replay/nearest-misses.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, ruleYaml, ticksAt } from './fixtures.ts';

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Client', type: 'string' },
  { name: 'Calls', type: 'long' },
  { name: 'Errors', type: 'long' },
] as const;

async function missesOf(
  query: string,
  rows: readonly (readonly [string, string, bigint, bigint])[],
): Promise<RuleMisses | undefined> {
  const cells = rows.map(([time, ...rest]) => [ticksAt(`2026-03-24 ${time}`), ...rest]);
  const table = createMemoryTable(batchOf(columns, cells));
  const engine = createKqlQueryEngine(new Map([['Calls', table]]), new Map());
  const clock = { fromMs: at('2026-03-24 10:00'), toMs: at('2026-03-24 14:00'), furtherRuns: 0 };
  const result = await replay([{ file: 'rules/calls.yaml', text: ruleYaml({ query }) }], engine, { clock });
  const [found] = await findNearestMisses(result, engine);
  return found;
}

describe('the nearest miss of a rule that raised nothing', () => {
  it('is the nearest value over all runs, with its run, its row and its distance', async () => {
    const found = await missesOf('Calls | where Calls >= 200', [
      ['10:20', '192.0.2.1', 120n, 0n],
      ['12:20', '192.0.2.2', 190n, 0n],
      ['13:20', '192.0.2.3', 20n, 0n],
    ]);
    assert.deepEqual(
      found?.misses.map(({ threshold, value, distance, decides, scheduledMs, row }) => ({
        threshold,
        value,
        distance,
        decides,
        scheduledMs,
        client: row.Client,
      })),
      [
        {
          threshold: 'Calls >= 200',
          value: 190,
          distance: 10,
          decides: true,
          scheduledMs: at('2026-03-24 13:00'),
          client: '192.0.2.2',
        },
      ],
    );
  });

  it('names a threshold that alone decides before one that comes nearer and does not', async () => {
    const found = await missesOf('Calls | where Calls >= 200 and Errors >= 50', [
      ['10:20', '192.0.2.1', 199n, 1n],
      ['12:20', '192.0.2.2', 500n, 30n],
    ]);
    assert.deepEqual(
      found?.misses.map(({ threshold, value, decides }) => [threshold, value, decides]),
      [['Errors >= 50', 30, true]],
    );
  });

  it('counts a value at a strict limit as a miss', async () => {
    const found = await missesOf('Calls | where Calls > 200', [['10:20', '192.0.2.1', 200n, 0n]]);
    assert.deepEqual(
      found?.misses.map(({ value, distance }) => [value, distance]),
      [[200, 1]],
    );
  });

  it('is none where no row comes as far, and that is told apart from runs without a row', async () => {
    const stopped = await missesOf('Calls | where Client == "x" | where Calls > 5', [['10:20', 'y', 1n, 0n]]);
    assert.deepEqual([stopped?.misses, stopped?.runs], [[], { looked: 1, read: 1 }]);
    const idle = await missesOf('Calls | where Calls > 5', []);
    assert.deepEqual([idle?.misses, idle?.runs], [[], { looked: 0, read: 0 }]);
  });

  it('is not looked for where the rule raised an alert', async () => {
    assert.equal(await missesOf('Calls | where Calls > 5', [['10:20', 'y', 10n, 0n]]), undefined);
  });
});
