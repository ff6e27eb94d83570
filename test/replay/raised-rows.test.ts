import assert from 'node:assert/strict';
import { knownSchemas } from '../../scripts/load-logs.ts';
import { batchOf, createMemoryTable } from '../../src/kql/index.ts';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, HOUR_MS, nrtYaml, ruleYaml, ticksAt } from './fixtures.ts';

const ids = (index: number): string => `11111111-2222-4333-8444-55555555555${index}`;
const alertPerResult = { eventGroupingSettings: { aggregationKind: 'AlertPerResult' } };

/** Fires for each row of AzureActivity; hourly, so that an event at 00:30 is an alert at 01:05. */
const source = ruleYaml({
  id: ids(1),
  name: 'Source',
  query: 'AzureActivity | project TimeGenerated, Caller',
  ...alertPerResult,
  incidentConfiguration: { groupingConfiguration: { enabled: true, matchingMethod: 'AnyAlert' } },
});
const reader = (query: string, changes: Record<string, unknown> = {}): string =>
  ruleYaml({ id: ids(2), name: 'Reader', query, customDetails: { Seen: 'Seen' }, ...changes });

type Settings = {
  readonly assumptions?: Partial<ReplayAssumptions>;
  readonly closeAfterMs?: number;
  readonly fromTime?: string;
  readonly toTime?: string;
};

/** The alerts of the reader as `time: details` where these events happened and these rules ran. */
async function readerAlerts(
  events: readonly string[],
  text: string,
  { assumptions = {}, closeAfterMs, fromTime = '01:00', toTime = '05:00' }: Settings = {},
): Promise<string[]> {
  const columns = knownSchemas.get('AzureActivity') ?? [];
  const rows = events.map((time) =>
    columns.map(({ name, type }) =>
      name === 'TimeGenerated' ? ticksAt(`2026-03-24 ${time}`) : type === 'string' ? '' : null,
    ),
  );
  const logs = new Map([['AzureActivity', createMemoryTable(batchOf(columns, rows))]]);
  const files = [
    { file: 'source.yaml', text: source },
    // Read before its source in the order of the slugs: only time may decide who sees what.
    { file: 'a-reader.yaml', text },
  ];
  const clock = { fromMs: at(`2026-03-24 ${fromTime}`), toMs: at(`2026-03-24 ${toTime}`), furtherRuns: 0 };
  const { rules } = await replay(files, createKqlQueryEngine(logs, knownSchemas), {
    clock,
    assumptions: { ...defaultAssumptions, ...assumptions },
    closeAfterMs,
  });
  assert.deepEqual(
    rules.flatMap(({ problems }) => problems.filter(({ severity }) => severity !== 'note')),
    [],
  );
  return (rules[0]?.alerts ?? []).map(
    ({ createdMs, customDetails }) =>
      `${formatTimeMs(createdMs).slice(11, 16)} ${Object.values(customDetails).flat().join(' ')}`,
  );
}

const count = 'SecurityAlert | where AlertName == "Source" | summarize Seen = count() | where Seen > 0';

describe('what rules raise', function () {
  this.timeout(30_000);

  // An event at 00:30 is found by the run of 01:00 and is an alert at 01:05: the run of 02:00 is the first to look there.
  it('is read by the first run whose window holds the moment of creation', async () => {
    assert.deepEqual(await readerAlerts(['00:30'], reader(count)), ['02:05 1']);
    assert.deepEqual(await readerAlerts(['00:30', '00:40', '01:30'], reader(count)), ['02:05 2', '03:05 1']);
    const two = reader(count, { queryPeriod: '2h' });
    assert.deepEqual(await readerAlerts(['00:30', '01:30'], two), ['02:05 1', '03:05 2', '04:05 1']);
  });

  it('is read by an NRT rule within its minute: an alert of 01:05:00 by the run of 01:06, executed at 01:08', async () => {
    const nrt = nrtYaml({ id: ids(2), query: count, customDetails: { Seen: 'Seen' } });
    assert.deepEqual(await readerAlerts(['00:30'], nrt), ['01:08 1']);
  });

  it('is read by the rule itself', async () => {
    const echo = reader('union AzureActivity, SecurityAlert | summarize Seen = count() | where Seen > 0');
    // 01:05 for the event; its own alert and the source's lie in the window of 02:00; then its own only.
    assert.deepEqual(await readerAlerts(['00:30'], echo), ['01:05 1', '02:05 2', '03:05 1', '04:05 1', '05:05 1']);
  });

  it('is not read where the assumption says so', async () => {
    assert.deepEqual(await readerAlerts(['00:30'], reader(count), { assumptions: { raisedRows: 'not-read' } }), []);
  });

  it('holds a row of SecurityIncident for every change of an incident', async () => {
    const states = `SecurityIncident | where Title == "Source"
      | order by TimeGenerated asc
      | extend State = strcat("#", IncidentNumber, " ", Status, " ", array_length(AlertIds), " ", format_datetime(TimeGenerated, "HH:mm"))
      | summarize Seen = strcat_array(make_list(State), ", ") | where isnotempty(Seen)`;
    const text = reader(states, { queryPeriod: '14d' });
    // Both alerts of the run of 01:00 are there when their incident is created; that of 02:00 changes it.
    assert.deepEqual(await readerAlerts(['00:30', '00:40', '01:30'], text, { toTime: '03:00' }), [
      '02:05 #1 New 2 01:05',
      '03:05 #1 New 2 01:05, #1 New 3 02:05',
    ]);
    const closed = await readerAlerts(['00:30', '01:30'], text, { closeAfterMs: HOUR_MS / 2, toTime: '03:00' });
    assert.deepEqual(closed, [
      '02:05 #1 New 1 01:05, #1 Closed 1 01:35',
      // The look-back of grouping is longer than that, but a closed incident stays closed: the alert opens one. The reader's own is #2.
      '03:05 #1 New 1 01:05, #1 Closed 1 01:35, #3 New 1 02:05, #3 Closed 1 02:35',
    ]);
  });

  it('reads like rows of a workspace: ids, rule, status and times', async () => {
    const query = `SecurityAlert | where AlertName == "Source"
      | join kind=inner (SecurityIncident | mv-expand AlertId = AlertIds to typeof(string)) on $left.SystemAlertId == $right.AlertId
      | project Seen = strcat(AlertType, " ", Status, " ", RelatedAnalyticRuleIds[0], " ", CreatedTime == TimeGenerated1)`;
    assert.deepEqual(await readerAlerts(['00:30'], reader(query)), [
      `02:05 00000000-0000-0000-0000-000000000000_${ids(1)} New ${ids(1)} True`,
    ]);
  });
});
