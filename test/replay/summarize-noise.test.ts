import { strict as assert } from 'node:assert';
import { replay } from '../../src/replay/replay.ts';
import type { ReplayResult } from '../../src/replay/replay-result.ts';
import { countEntities, countNoise, summarizeCost } from '../../src/replay/summarize-noise.ts';
import { at, engineOf, resultOf, ruleYaml } from './fixtures.ts';

const clock = { fromMs: at('2026-03-23 22:00'), toMs: at('2026-03-24 02:00'), furtherRuns: 0 };
const mappings = [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Client' }] }];
const rule = (slug: string, digit: string, clients: string) => ({
  file: `rules/${slug}.yaml`,
  text: ruleYaml({ id: `${digit}1111111-2222-4333-8444-555555555555`, query: clients, entityMappings: mappings }),
});

/** Each query is the list of clients that every run finds; a run reads 100 rows for each hour of the day. */
async function replayed(): Promise<ReplayResult> {
  const engine = engineOf(({ nowTicks }, query) => ({
    ...resultOf(
      ['Client'],
      query
        .trim()
        .split(' ')
        .filter(Boolean)
        .map((client) => [client]),
    ),
    rowsScanned: Number((nowTicks / 36_000_000_000n) % 24n) * 100,
  }));
  const files = [rule('one', '1', '192.0.2.1 192.0.2.2'), rule('two', '2', '192.0.2.1')];
  return replay(files, engine, { clock });
}

describe('noise', () => {
  it('counts an alert on the day of its creation in UTC, and lists days without any', async () => {
    // Runs at 22:00, 23:00, 00:00, 01:00 and 02:00, each executed five minutes later.
    assert.deepEqual(countNoise(await replayed()), {
      days: ['2026-03-23', '2026-03-24'],
      rules: [
        { slug: 'one', counts: [2, 3] },
        { slug: 'two', counts: [2, 3] },
      ],
    });
  });

  it('lists the last day where an alert is created after the clock has ended', async () => {
    const result = await replayed();
    const { days } = countNoise({ ...result, clock: { ...clock, toMs: at('2026-03-23 23:59') } });
    assert.deepEqual(days, ['2026-03-23', '2026-03-24']);
  });
});

describe('entities', () => {
  it('are counted once an alert, over all rules, the noisiest first', async () => {
    assert.deepEqual(countEntities(await replayed()), [
      { type: 'ip', identifiers: { Address: '192.0.2.1' }, alerts: 10, rules: ['one', 'two'] },
      { type: 'ip', identifiers: { Address: '192.0.2.2' }, alerts: 5, rules: ['one'] },
    ]);
  });
});

describe('cost', () => {
  it('is what all runs read, a run on average, and the run that read most', async () => {
    // 2200 + 2300 + 0 + 100 + 200
    const largest = { scheduledMs: at('2026-03-23 23:00'), rows: 2300 };
    assert.deepEqual(summarizeCost(await replayed())[0], {
      slug: 'one',
      runs: 5,
      rowsScanned: 4800,
      rowsPerRun: 960,
      largest,
    });
  });

  it('is unknown where the engine does not tell it, and not zero', async () => {
    const engine = engineOf(() => resultOf(['Client'], []));
    const result = await replay([rule('one', '1', 'x')], engine, { clock });
    assert.deepEqual(summarizeCost(result), [
      { slug: 'one', runs: 5, rowsScanned: undefined, rowsPerRun: undefined, largest: undefined },
    ]);
  });
});
