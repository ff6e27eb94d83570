import assert from 'node:assert/strict';
import { monthPlans } from '../../../data/generator/months/index.ts';
import { dayMs } from '../../../data/generator/time-window.ts';
import { monthTables } from '../../../data/generator/to-tables.ts';
import { knownSchemas } from '../../../scripts/load-logs.ts';
import { Batch, clipTable, createMemoryTable, type MemoryTable, ticksFromUnixMs } from '../../../src/kql/index.ts';
import { setClock } from '../../../src/replay/clock.ts';
import { createKqlQueryEngine } from '../../../src/replay/kql-query-engine.ts';
import { loadRuleFiles } from '../../../src/replay/load-rule-files.ts';
import { replay } from '../../../src/replay/replay.ts';

const log = 'ApiManagementGatewayLogs';
const ofPopulation = ['TimeGenerated', '_ResourceId', 'ApiId', 'OperationId', 'Method', 'Url', 'ResponseCode'];
const ofAddresses = [...ofPopulation, 'CallerIpAddress', 'RequestHeaders'];
const named: Readonly<Record<string, readonly string[]>> = {
  'api-traffic-population-spike': ofPopulation,
  'api-traffic-single-address-spike': ofAddresses,
  'api-distributed-parameter-enumeration': ofAddresses,
};

/** The table with its other columns gone: whoever asks for one of them fails. */
function withOnly(table: MemoryTable, names: readonly string[]): MemoryTable {
  const slots = table.columns.map(({ name }, index) => () => {
    if (!names.includes(name)) throw new Error(`the column ${name} was read`);
    return table.rows.column(index);
  });
  return createMemoryTable(new Batch(table.columns, table.rows.rowCount, slots));
}

describe('a replay of the benchmark month', function () {
  this.timeout(60_000);
  const { fromMs } = monthPlans.benchmark.span;
  // Nine days of runs over two weeks of history before them.
  const [firstMs, lastMs] = [fromMs + 14 * dayMs, fromMs + 23 * dayMs];
  const plan = { ...monthPlans.benchmark, span: { fromMs, untilMs: lastMs } };
  const { tables } = monthTables(plan, { seed: 1, scale: 0.01 });
  const gateway = tables.get(log) as MemoryTable;

  for (const [slug, names] of Object.entries(named)) {
    it(`${slug}: reads the columns that its query names, and rows of the run's window`, async () => {
      const engine = createKqlQueryEngine(new Map([[log, withOnly(gateway, names)]]), knownSchemas);
      const clock = setClock({ data: { firstMs, lastMs } });
      const result = await replay(await loadRuleFiles('analytics-rules', [slug]), engine, { clock });
      const [rule] = result.rules;
      assert.ok((rule?.alerts.length ?? 0) >= 3, `${rule?.alerts.length} alerts`);
      let read = 0;
      let inWindows = 0;
      for (const run of rule?.runs ?? []) {
        assert.equal(run.status, 'completed', JSON.stringify(run));
        const { window } = run.run;
        const [from, to] = [window.fromMs, window.toMs].map(ticksFromUnixMs) as [bigint, bigint];
        const rows = clipTable(gateway, from, to).rows.rowCount;
        const scanned = run.status === 'completed' ? (run.rowsScanned ?? Number.NaN) : Number.NaN;
        // The query reads its window once for what it observed and, where there is a suspect, once for what is usual.
        assert.ok(scanned <= 2 * rows, `${scanned} of ${rows}`);
        read += scanned;
        inWindows += rows;
      }
      // Runs without a suspect read the evaluated hours and no baseline.
      assert.ok(read < inWindows / 4, `${read} of ${inWindows}`);
    });
  }
});
