import assert from 'node:assert/strict';
import { KqlError, type KqlErrorCode } from '../../src/kql/index.ts';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { replay } from '../../src/replay/replay.ts';
import { formatReplayJson } from '../../src/replay/replay-json.ts';
import type { RuleReplay } from '../../src/replay/replay-result.ts';
import { at, clients, engineOf, HOUR_MS, ruleYaml, ticksAt } from './fixtures.ts';

const midnight = at('2026-03-24 00:00');

/** Hourly runs from 00:00 on, one for each letter: b and e fail with an error code, i fails inside the engine. */
async function replayOutcomes(outcomes: string, autoDisable: ReplayAssumptions['autoDisable']): Promise<RuleReplay> {
  const codes: Readonly<Record<string, KqlErrorCode>> = { b: 'binding', e: 'evaluation', i: 'internal' };
  const engine = engineOf(({ nowTicks }) => {
    const hour = Number((nowTicks - ticksAt('2026-03-24 00:00')) / 36_000_000_000n);
    const code = codes[outcomes[hour] ?? ''];
    if (code !== undefined) throw new KqlError(code, `failed with ${code}`);
    return clients(1);
  });
  const clock = { fromMs: midnight, toMs: midnight + (outcomes.length - 1) * HOUR_MS, furtherRuns: 0 };
  const assumptions = { ...defaultAssumptions, autoDisable };
  const { rules } = await replay([{ file: 'a.yaml', text: ruleYaml() }], engine, { clock, assumptions });
  return rules[0] as RuleReplay;
}

/** `.` completed, `x` failed, `-` did not take place because the rule is disabled. */
const letters = { completed: '.', failed: 'x', disabled: '-', suppressed: 's' } as const;
const statuses = async (outcomes: string, autoDisable: ReplayAssumptions['autoDisable'] = 'after-3') =>
  (await replayOutcomes(outcomes, autoDisable)).runs.map(({ status }) => letters[status]).join('');

describe('a rule that fails', () => {
  for (const [what, outcomes, expected] of [
    ['is disabled by three permanent failures of one type in a row', '.bbb...', '.xxx---'],
    ['stays enabled where a run between them goes well', '.bb.bb.', '.xx.xx.'],
    ['stays enabled where the failures are of different types', '.bbeebb.', '.xxxxxx.'],
    ['counts a type anew after another one', 'bebbb..', 'xxxxx--'],
    ['is never disabled by transient failures', 'iiiiii.', 'xxxxxx.'],
    ['counts anew after a transient failure', 'bbibb.', 'xxxxx.'],
  ] as const) {
    it(`${what}: ${outcomes}`, async () => assert.equal(await statuses(outcomes), expected));
  }

  it('is disabled after ten failures by default, and never if the assumption says so', async () => {
    const eleven = 'b'.repeat(11);
    assert.equal(await statuses(eleven, defaultAssumptions.autoDisable), 'xxxxxxxxxx-');
    assert.equal(await statuses(eleven, 'never'), 'xxxxxxxxxxx');
  });

  it('is told once as disabled, with the time and the failures that led to it', async () => {
    const { problems, alerts } = await replayOutcomes('.bbb...', 'after-3');
    assert.equal(alerts.length, 1);
    assert.deepEqual(
      problems.map(({ severity, message, runs }) => ({ severity, message, runs: runs?.count })),
      [
        { severity: 'error', message: 'binding: failed with binding', runs: 3 },
        {
          severity: 'error',
          message:
            'AUTO DISABLED at 2026-03-24T03:05:00Z after 3 permanent failures of one type in a row; no later run takes place',
          runs: undefined,
        },
      ],
    );
  });

  it('shows the runs that did not take place in the JSON', async () => {
    const rule = await replayOutcomes('.bbb..', 'after-3');
    const clock = { fromMs: midnight, toMs: midnight, furtherRuns: 0 };
    const json = JSON.parse(
      formatReplayJson(
        { clock, assumptions: defaultAssumptions, rules: [rule], raised: new Map(), problems: [] },
        true,
      ),
    );
    const { planned, completed, failed, disabled } = json.rules[0].runs;
    assert.deepEqual({ planned, completed, failed, disabled }, { planned: 6, completed: 1, failed: 3, disabled: 2 });
    assert.deepEqual(json.rules[0].runs.list.at(-1), {
      scheduled: '2026-03-24T05:00:00Z',
      executed: '2026-03-24T05:05:00Z',
      status: 'disabled',
    });
  });
});
