import assert from 'node:assert/strict';
import { knownSchemas } from '../../scripts/load-logs.ts';
import { batchOf, createMemoryTable } from '../../src/kql/index.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, ruleYaml, ticksAt } from './fixtures.ts';

const columns = knownSchemas.get('AzureActivity') ?? [];
/** The hours from 00:00 on have 0, 1, 2, 3, 0, 0 and 2 rows; the run at the end of an hour counts them. */
const perHour = [0, 1, 2, 3, 0, 0, 2];
const rows = perHour.flatMap((count, hour) =>
  Array.from({ length: count }, (_, minute) => {
    const time = ticksAt(`2026-03-24 0${hour}:1${minute}`);
    return columns.map(({ name, type }) => (name === 'TimeGenerated' ? time : type === 'string' ? '' : null));
  }),
);
const engine = createKqlQueryEngine(
  new Map([['AzureActivity', createMemoryTable(batchOf(columns, rows))]]),
  knownSchemas,
);
const clock = { fromMs: at('2026-03-24 01:00'), toMs: at('2026-03-24 07:00'), furtherRuns: 0 };

/** The runs that raised alerts as `hour`, or `hour×alerts` where there are several. */
async function firing(yaml: Record<string, unknown>): Promise<string> {
  const { rules } = await replay([{ file: 'a.yaml', text: ruleYaml({ query: 'AzureActivity', ...yaml }) }], engine, {
    clock,
  });
  return (rules[0]?.runs ?? [])
    .flatMap((record) => {
      const hour = formatTimeMs(record.run.scheduledMs).slice(11, 13);
      if (record.status !== 'completed') return [record.status];
      return record.alerts === 0 ? [] : [record.alerts === 1 ? hour : `${hour}×${record.alerts}`];
    })
    .join(' ');
}

describe('the trigger over a day of hourly runs', function () {
  this.timeout(30_000);
  const perResult = { eventGroupingSettings: { aggregationKind: 'AlertPerResult' } };

  // The runs 01 02 03 04 05 06 07 have 0 1 2 3 0 0 2 results.
  for (const [triggerOperator, triggerThreshold, expected, ofResults] of [
    ['gt', 0, '02 03 04 07', '02 03×2 04×3 07×2'],
    ['gt', 2, '04', '04×3'],
    ['lt', 1, '01 05 06', ''],
    ['lt', 3, '01 02 03 05 06 07', '02 03×2 07×2'],
    ['eq', 0, '01 05 06', ''],
    ['eq', 2, '03 07', '03×2 07×2'],
    ['ne', 0, '02 03 04 07', '02 03×2 04×3 07×2'],
    ['ne', 2, '01 02 04 05 06', '02 04×3'],
  ] as const) {
    it(`${triggerOperator} ${triggerThreshold} raises one alert in ${expected}, one for each result in ${ofResults || 'none'}`, async () => {
      const trigger = { triggerOperator, triggerThreshold };
      assert.equal(await firing(trigger), expected);
      assert.equal(await firing({ ...trigger, ...perResult }), ofResults);
    });
  }

  it('counts the results of the query and not the rows behind them: a count without rows is a result', async () => {
    const counted = { query: 'AzureActivity | summarize Calls = count() | where Calls < 2' };
    assert.equal(await firing({ ...counted, triggerOperator: 'gt', triggerThreshold: 0 }), '01 02 05 06');
  });

  it('with suppression: the runs after an alert do not take place, of Equal 0 as of any other', async () => {
    const suppressed = { suppressionEnabled: true, suppressionDuration: '2h' };
    // 01 fires, 02 is suppressed; 05 fires, 06 is suppressed and would have fired.
    assert.equal(
      await firing({ triggerOperator: 'eq', triggerThreshold: 0, ...suppressed }),
      '01 suppressed 05 suppressed',
    );
  });
});
