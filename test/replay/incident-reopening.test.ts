import assert from 'node:assert/strict';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { type Alert, buildAlerts } from '../../src/replay/build-alerts.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import { createIncidentLedger } from '../../src/replay/incident-ledger.ts';
import type { Incident } from '../../src/replay/incidents.ts';
import { at, HOUR_MS, MINUTE_MS, resultOf, run, scheduledRule } from './fixtures.ts';

type Timeline = {
  readonly alerts: readonly string[];
  readonly reopen?: boolean;
  readonly closeAfterMs?: number;
  readonly lookback?: string;
  readonly assumptions?: Partial<ReplayAssumptions>;
};

/** Every change in the order of time: `time #number status alerts`. */
function changes({ alerts, reopen = true, closeAfterMs, lookback = '5h', assumptions = {} }: Timeline): string[] {
  const rule = scheduledRule({
    incidentConfiguration: {
      groupingConfiguration: {
        enabled: true,
        matchingMethod: 'AnyAlert',
        reopenClosedIncident: reopen,
        lookbackDuration: lookback,
      },
    },
  });
  const ledger = createIncidentLedger({ closeAfterMs, assumptions: { ...defaultAssumptions, ...assumptions } });
  const describeChange = ({ modifiedMs, number, status, alerts: own }: Incident): string =>
    `${formatTimeMs(modifiedMs).slice(11, 16)} #${number} ${status} ${own.length}`;
  const made = alerts.flatMap((time) => {
    const executedMs = at(`2026-03-24 ${time}`);
    const [alert] = buildAlerts(resultOf(['Client'], [['a']]), rule, { ...run, executedMs });
    return ledger.add([alert as Alert]).map(describeChange);
  });
  return [...made, ...ledger.advance(at('2026-03-25 00:00')).map(describeChange)];
}

describe('an incident that was closed', () => {
  it('is opened again by an alert that belongs to it, and closed again as long after that', () => {
    assert.deepEqual(changes({ alerts: ['01:05', '02:05', '03:05'], closeAfterMs: 90 * MINUTE_MS }), [
      '01:05 #1 New 1',
      '02:05 #1 New 2',
      '02:35 #1 Closed 2',
      '03:05 #1 Active 3',
      '04:35 #1 Closed 3',
    ]);
  });

  it('stays closed without reopenClosedIncident, and the alert opens a new one', () => {
    assert.deepEqual(changes({ alerts: ['01:05', '03:05', '03:10'], reopen: false, closeAfterMs: HOUR_MS }), [
      '01:05 #1 New 1',
      '02:05 #1 Closed 1',
      '03:05 #2 New 1',
      '03:10 #2 New 2',
      '04:05 #2 Closed 2',
    ]);
  });

  it('stays closed where the alert comes after the look-back', () => {
    assert.deepEqual(changes({ alerts: ['01:05', '03:05', '03:06'], closeAfterMs: HOUR_MS, lookback: '2h' }), [
      '01:05 #1 New 1',
      '02:05 #1 Closed 1',
      '03:05 #1 Active 2',
      '03:06 #2 New 1',
      '04:05 #1 Closed 2',
      '04:06 #2 Closed 1',
    ]);
  });

  it('is opened again after the look-back too, if the assumption says so', () => {
    const alerts = ['01:05', '03:05', '03:06'];
    const assumptions = { reopenedWithin: 'any-time' } as const;
    assert.deepEqual(changes({ alerts, closeAfterMs: HOUR_MS, lookback: '30m', assumptions }), [
      '01:05 #1 New 1',
      '02:05 #1 Closed 1',
      '03:05 #1 Active 2',
      // It is open again, and its first alert two hours old: for what is open the look-back holds.
      '03:06 #2 New 1',
      '04:05 #1 Closed 2',
      '04:06 #2 Closed 1',
    ]);
  });

  it('is closed before an alert of the same moment comes in', () => {
    assert.deepEqual(changes({ alerts: ['01:05', '02:05'], reopen: false, closeAfterMs: HOUR_MS }), [
      '01:05 #1 New 1',
      '02:05 #1 Closed 1',
      '02:05 #2 New 1',
      '03:05 #2 Closed 1',
    ]);
  });

  it('is New again, if the assumption says so', () => {
    assert.deepEqual(
      changes({ alerts: ['01:05', '03:05'], closeAfterMs: HOUR_MS, assumptions: { reopenedStatus: 'New' } }),
      ['01:05 #1 New 1', '02:05 #1 Closed 1', '03:05 #1 New 2', '04:05 #1 Closed 2'],
    );
  });

  it('is never closed where nobody closes incidents', () => {
    assert.deepEqual(changes({ alerts: ['01:05', '02:05'] }), ['01:05 #1 New 1', '02:05 #1 New 2']);
  });
});
