/**
 * What a replay costs against rows, runs and rules, beside reading the month once. Each case is a process of its own, so
 * that its memory is its own. Run from the repository's root:
 *
 *   node --import tsx bench/replay/run.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monthPlans } from '../../data/generator/months/index.ts';
import { writeMonth } from '../../data/generator/write-month.ts';
import type { BenchCase, CaseOutcome } from './bench-case.ts';
import { formatResults, type MeasuredCase } from './format-results.ts';

/** The rules that look back 14 days over the gateway's log. */
const trafficRules = [
  'api-traffic-population-spike',
  'api-traffic-single-address-spike',
  'api-distributed-parameter-enumeration',
];

const cases: readonly BenchCase[] = [
  { name: 'rows', scale: 0.25, days: 28 },
  { name: 'rows', scale: 0.5, days: 28 },
  { name: 'rows', scale: 1, days: 28 },
  { name: 'runs', scale: 1, days: 7 },
  { name: 'runs', scale: 1, days: 14 },
  { name: 'rules', scale: 1, days: 28, rules: trafficRules.slice(0, 1) },
  { name: 'rules', scale: 1, days: 28, rules: trafficRules },
];

function measure(one: BenchCase): MeasuredCase {
  console.error(`${one.name}: ${JSON.stringify(one)}`);
  const flags = ['--expose-gc', '--max-old-space-size=8192', '--import', 'tsx'];
  const args = [...flags, 'bench/replay/measure-case.ts', JSON.stringify(one)];
  const outcome = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return { case: one, outcome: JSON.parse(outcome) as CaseOutcome };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-replay-'));
try {
  const startMs = performance.now();
  await writeMonth(folder, monthPlans.benchmark, { seed: 20_260_601, scale: 1 });
  const writingMs = performance.now() - startMs;
  const measured = [
    ...cases.map(measure),
    measure({ name: 'files', scale: 1, days: 28, rules: ['waf-sql-injection'], files: folder }),
  ];
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, Node.js ${process.versions.node}`;
  writeFileSync('bench/replay/RESULTS.md', formatResults({ measured, machine, writingMs }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
