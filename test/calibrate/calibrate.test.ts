import { strict as assert } from 'node:assert';
import { type CalibrationInput, calibrate } from '../../src/calibrate/calibrate.ts';
import { formatCalibrationJson } from '../../src/calibrate/calibration-json.ts';
import { renderCalibration } from '../../src/calibrate/calibration-page.ts';
import { explain, formatCalibration } from '../../src/calibrate/format-calibration.ts';
import type { Setting } from '../../src/calibrate/sweep.ts';
import { wholeNumber } from '../../src/content/define-rule.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { at, type LogRow, MINUTE_MS } from '../content/rules/run-rule.ts';
import { catalog, schemas, tablesOf } from './fixtures.ts';

const proven = 'where Calls >= LIMIT';
const unproven = 'where not(Calls < LIMIT)';

/** An hourly rule that counts an account's operations. */
const ruleTextOf =
  (condition: string) =>
  ({ limit }: Setting): string =>
    `id: 11111111-2222-4333-8444-555555555555
name: Many operations of one account
description: Counts.
severity: Medium
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
eventGroupingSettings: { aggregationKind: AlertPerResult }
query: |
  AzureActivity
  | summarize Calls = count(), TimeGenerated = min(TimeGenerated) by Caller
  | ${condition.replace('LIMIT', String(limit))}
customDetails: { Account: Caller }
version: 1.0.0
kind: Scheduled
`;

const operations = (caller: string, time: string, count: number): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({
    TimeGenerated: at(`2026-03-24 ${time}`) + index * MINUTE_MS,
    Caller: caller,
  }));

const rows = [
  ...operations('mallory', '10:10', 5),
  ...operations('bob', '12:20', 3),
  ...operations('alice', '14:20', 4),
  // The same account on another day, before the attack.
  ...operations('mallory', '03:10', 3),
];

const inputOf = (condition: string, more: Partial<CalibrationInput> = {}): CalibrationInput => ({
  slug: 'busy-account',
  parameters: { limit: wholeNumber(4, 'operations in an hour') },
  current: { limit: 4 },
  asked: new Map([['limit', '3..6']]),
  criterion: 'full-recall',
  ruleTextOf: ruleTextOf(condition),
  engine: createKqlQueryEngine(tablesOf({ AzureActivity: rows }), schemas),
  catalog,
  clock: { fromMs: at('2026-03-24 00:00'), toMs: at('2026-03-25 00:00'), furtherRuns: 0 },
  days: 2,
  detections: [
    { attack: 'takeover', key: { Account: 'mallory' }, fromMs: at('2026-03-24 10:10'), toMs: at('2026-03-24 10:30') },
  ],
  ...more,
});

/** With 3 four alerts, two of them about mallory; the run of 11:00 raises at 11:05, 55 minutes after 10:10. */
const expected = [
  { limit: 3, alerts: 4, falseAlerts: 3, precision: 1 / 4, recall: 1, alertsPerDay: 2, delayMinutes: 55 },
  { limit: 4, alerts: 2, falseAlerts: 1, precision: 1 / 2, recall: 1, alertsPerDay: 1, delayMinutes: 55 },
  { limit: 5, alerts: 1, falseAlerts: 0, precision: 1, recall: 1, alertsPerDay: 0.5, delayMinutes: 55 },
  { limit: 6, alerts: 0, falseAlerts: 0, precision: 1, recall: 0, alertsPerDay: 0, delayMinutes: undefined },
];

describe('calibration', () => {
  for (const [condition, isShared] of [
    [proven, true],
    [unproven, false],
  ] as const) {
    const how = isShared ? 'from one replay where that is proven' : 'from a replay each where nothing is proven';
    it(`measures every setting against the labels, ${how}`, async () => {
      const calibration = await calibrate(inputOf(condition));
      const measured = calibration.measurements.map(({ setting, medianDelayMs, longestDelayMs, f1, ...rest }) => {
        assert.equal(longestDelayMs, medianDelayMs);
        return {
          ...setting,
          ...rest,
          delayMinutes: medianDelayMs === undefined ? undefined : medianDelayMs / MINUTE_MS,
        };
      });
      assert.deepEqual(measured, expected);
      assert.deepEqual(
        calibration.measurements.map(({ f1 }) => f1),
        [0.4, 2 / 3, 1, 0],
      );
      assert.equal(calibration.isShared, isShared);
      assert.deepEqual(calibration.recommendation.measurement.setting, { limit: 5 });
    });
  }

  it('measures the current setting where it lies outside the sweep, with a replay of its own', async () => {
    const { current, measurements } = await calibrate(inputOf(proven, { asked: new Map([['limit', '5,6']]) }));
    assert.deepEqual([current.setting, current.alerts, measurements.length], [{ limit: 4 }, 2, 2]);
  });

  it('counts an alert about the attack as true once, however many labels it fits, and finds each of them', async () => {
    const [detection] = inputOf(proven).detections;
    const twice = [detection, detection].filter((one) => one !== undefined);
    const { current } = await calibrate(inputOf(proven, { detections: twice }));
    assert.deepEqual([current.alerts, current.falseAlerts, current.recall], [2, 1, 1]);
  });

  it('does not count an alert about the attacker at another time as true', async () => {
    const { measurements } = await calibrate(inputOf(proven, { asked: new Map([['limit', '3']]) }));
    assert.equal(measurements[0]?.falseAlerts, 3);
  });

  it('tells how much of the work is done, never less than before and all in the end', async () => {
    for (const condition of [proven, unproven]) {
      const shares: number[] = [];
      await calibrate(inputOf(condition, { onProgress: (share) => shares.push(share) }));
      assert.deepEqual(
        shares,
        [...shares].sort((a, b) => a - b),
      );
      assert.equal(shares.at(-1), 1);
      assert.ok(shares.length > 20);
    }
  });

  it('refuses a rule that fails in a run, with its setting: zero alerts would look like a quiet rule', async () => {
    const failing = 'where Calls >= LIMIT | extend Bad = toint(assert(Calls < 0, "never"))';
    await assert.rejects(calibrate(inputOf(failing)), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'rule-failed');
      assert.match(error.message, /busy-account with limit 3: evaluation: .*never/);
      return true;
    });
  });
});

describe('the outcome of a calibration', () => {
  it('shows what is recommended, why, and a plot for each parameter', async () => {
    assert.equal(
      formatCalibration(await calibrate(inputOf(proven)), true),
      `busy-account: 4 settings (one replay for all) over 2.0 days with 1 labelled detection

             setting  alerts  false  precision   recall    F1  alerts/day  median delay
current      limit 4       2      1     50.0 %  100.0 %  0.67        1.00           55m
recommended  limit 5       1      0    100.0 %  100.0 %  1.00        0.50           55m

Recommended is the setting with the highest recall, of these the highest precision, of these the fewest false alerts. No other setting is as good. This rests on 1 labelled detection: try the setting on logs with more attacks before it is used (npm run -s pack -- sample --month benchmark).

limit     precision                     recall                        alerts/day
    3     █████░░░░░░░░░░░░░░░  25.0 %  ████████████████████ 100.0 %        2.00
    4     ██████████░░░░░░░░░░  50.0 %  ████████████████████ 100.0 %        1.00
    5  *  ████████████████████ 100.0 %  ████████████████████ 100.0 %        0.50
    6     ████████████████████ 100.0 %  ░░░░░░░░░░░░░░░░░░░░   0.0 %        0.00

limit  alerts  false  precision   recall    F1  alerts/day  median delay
    3       4      3     25.0 %  100.0 %  0.40        2.00           55m
    4       2      1     50.0 %  100.0 %  0.67        1.00           55m
    5       1      0    100.0 %  100.0 %  1.00        0.50           55m
    6       0      0    100.0 %    0.0 %  0.00        0.00             -
`,
    );
  });

  it('warns that a few labelled detections are little to change a threshold by, and not of five', async () => {
    const calibration = await calibrate(inputOf(proven));
    assert.match(explain({ ...calibration, detections: 4 }), /This rests on 4 labelled detections: try /);
    assert.doesNotMatch(explain({ ...calibration, detections: 5 }), /rests on/);
  });

  it('says why this one of several as good: its margin, or where none has any, that it is the nearest', async () => {
    const calibration = await calibrate(inputOf(proven));
    const among = (marginSteps: number): string =>
      explain({ ...calibration, recommendation: { ...calibration.recommendation, asGood: 8, marginSteps } });
    assert.match(
      among(2),
      / Of 8 settings as good it has the widest margin: 2 steps of the sweep to one that is worse/,
    );
    assert.match(
      among(0),
      / Of 8 settings as good, each of them beside one that is worse .* nearest to the current one\./,
    );
  });

  it('is, for programs, every setting with its figures, the same bytes each time', async () => {
    const text = formatCalibrationJson(await calibrate(inputOf(proven)));
    assert.equal(formatCalibrationJson(await calibrate(inputOf(proven))), text);
    const { slug, sweep, recommended, settings } = JSON.parse(text);
    assert.deepEqual([slug, sweep, settings.length], ['busy-account', { limit: [3, 4, 5, 6] }, 4]);
    assert.deepEqual(
      [recommended.setting, recommended.criterion, recommended.asGood, recommended.marginSteps],
      [{ limit: 5 }, 'full-recall', 1, 0],
    );
    assert.deepEqual(settings[3], {
      setting: { limit: 6 },
      alerts: 0,
      falseAlerts: 0,
      precision: 1,
      recall: 0,
      f1: 0,
      alertsPerDay: 0,
      medianDelayMs: null,
      longestDelayMs: null,
    });
  });

  it('is a page without scripts, with a chart of two lines for each parameter and a row for each setting', async () => {
    const page = renderCalibration(await calibrate(inputOf(proven)));
    assert.equal(renderCalibration(await calibrate(inputOf(proven))), page);
    assert.match(page, /Content-Security-Policy" content="default-src &#39;none&#39;;/);
    assert.ok(!page.includes('<script'));
    assert.equal(page.match(/<svg /g)?.length, 2); // wide and narrow
    assert.equal(page.match(/aria-label="Precision and recall by limit; 5 is recommended"/g)?.length, 2);
    assert.equal(page.match(/<tr><th scope="row"><\/th>/g)?.length, 4);
  });
});
