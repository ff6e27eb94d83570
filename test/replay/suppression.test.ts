import assert from 'node:assert/strict';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, clients, engineOf, HOUR_MS, ruleYaml, ticksAt } from './fixtures.ts';

/** What became of the hourly runs from 00:00 to 08:00 where the runs at these times have a result. */
async function statuses(
  suppression: Record<string, unknown>,
  firing: readonly string[],
  assumptions: ReplayAssumptions = defaultAssumptions,
): Promise<string> {
  const ticks = new Set(firing.map((time) => ticksAt(`2026-03-24 ${time}`)));
  const engine = engineOf(({ nowTicks }) => clients(ticks.has(nowTicks) ? 1 : 0));
  const clock = { fromMs: at('2026-03-24 00:00'), toMs: at('2026-03-24 00:00') + 8 * HOUR_MS, furtherRuns: 0 };
  const { rules } = await replay([{ file: 'a.yaml', text: ruleYaml(suppression) }], engine, { clock, assumptions });
  return (rules[0]?.runs ?? [])
    .map((record) => {
      const hour = formatTimeMs(record.run.scheduledMs).slice(11, 13);
      if (record.status === 'completed') return hour + (record.alerts > 0 ? '!' : '');
      return `(${hour})`;
    })
    .join(' ');
}

const hours = (duration: string): Record<string, unknown> => ({
  suppressionEnabled: true,
  suppressionDuration: duration,
});

// hh completed, hh! raised an alert, (hh) suppressed
describe('suppression', () => {
  it('stops the runs after an alert for its duration; the run on its end takes place', async () => {
    assert.equal(await statuses(hours('3h'), ['02:00']), '00 01 02! (03) (04) 05 06 07 08');
  });

  it('stops the run on its end too, if the assumption says so', async () => {
    const assumptions = { ...defaultAssumptions, suppressionEnd: 'suppressed' } as const;
    assert.equal(await statuses(hours('3h'), ['02:00'], assumptions), '00 01 02! (03) (04) (05) 06 07 08');
  });

  it('is not prolonged by what would have fired meanwhile', async () => {
    assert.equal(await statuses(hours('3h'), ['02:00', '03:00', '04:00']), '00 01 02! (03) (04) 05 06 07 08');
  });

  it('starts anew with the next alert', async () => {
    assert.equal(
      await statuses(hours('2h'), ['01:00', '03:00', '04:00', '06:00']),
      '00 01! (02) 03! (04) 05 06! (07) 08',
    );
  });

  it('shorter than the frequency stops nothing', async () => {
    assert.equal(await statuses(hours('1h'), ['02:00', '03:00']), '00 01 02! 03! 04 05 06 07 08');
    assert.equal(await statuses(hours('30m'), ['02:00', '03:00']), '00 01 02! 03! 04 05 06 07 08');
  });

  it('longer than the frequency by a minute stops one run', async () => {
    assert.equal(await statuses(hours('61m'), ['02:00', '03:00']), '00 01 02! (03) 04 05 06 07 08');
  });

  it('that is not enabled stops nothing', async () => {
    const disabled = { suppressionEnabled: false, suppressionDuration: '5h' };
    assert.equal(await statuses(disabled, ['02:00', '03:00']), '00 01 02! 03! 04 05 06 07 08');
  });
});
