import { defaultAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import type { QueryEngine } from './query-engine.ts';
import { createRaisedLog, type RaisedLog, raisedTables } from './raised-rows.ts';
import { type RuleFile, readRules } from './read-rules.ts';
import type { ReplayOptions, ReplayResult } from './replay-result.ts';
import { prepareExecution, type RuleExecution } from './rule-execution.ts';
import type { RuleRun } from './schedule.ts';

/**
 * Runs rules over logs as Sentinel's scheduler would: reads the rules, plans and executes their runs, builds alerts and
 * opens incidents. What goes wrong with one rule, or in one run of it, is told in the result and everything else still
 * runs. The same files, logs, clock and assumptions give the same result.
 */
export async function replay(
  files: readonly RuleFile[],
  engine: QueryEngine,
  options: ReplayOptions,
): Promise<ReplayResult> {
  const { assumptions = defaultAssumptions, closeAfterMs } = options;
  const { rules, problems } = readRules(files);
  const executions = rules.map((rule) => prepareExecution(rule, engine, options));
  const raised = createRaisedLog({ assumptions, closeAfterMs });
  const readers = executions.filter((execution) => assumptions.raisedRows === 'read' && readsRaised(execution));
  const raisedBefore: (readonly Alert[])[] = [];
  for (const execution of executions) {
    if (readers.includes(execution)) continue;
    for (const run of execution.planned) {
      const alerts = await execution.step(run);
      if (alerts.length > 0) raisedBefore.push(alerts);
    }
  }
  await executeInOrder(raisedBefore, readers, raised);
  raised.advance(Math.max(...executions.map(({ planned }) => planned.at(-1)?.executedMs ?? 0)));
  const incidents = raised.incidents();
  return {
    clock: options.clock,
    assumptions,
    rules: executions.map((execution) => ({
      ...execution.replayed(),
      incidents: incidents.filter(({ rule }) => rule === execution.rule),
    })),
    raised: raised.rows,
    problems,
  };
}

const readsRaised = ({ tables }: RuleExecution): boolean =>
  tables.some(({ name }) => (raisedTables as readonly string[]).includes(name));

type Event = { readonly atMs: number; readonly slug: string } & (
  | { readonly kind: 'alerts'; readonly alerts: readonly Alert[] }
  | { readonly kind: 'run'; readonly execution: RuleExecution; readonly run: RuleRun }
);

/**
 * Runs the rules that read alerts and incidents, in the order of time over all of them, while the alerts of the other
 * rules come in. Rules that read neither are executed before, one after the other: nothing can tell the difference.
 */
async function executeInOrder(
  raisedBefore: readonly (readonly Alert[])[],
  readers: readonly RuleExecution[],
  raised: RaisedLog,
): Promise<void> {
  const events: readonly Event[] = [
    ...raisedBefore.flatMap((alerts): readonly Event[] => {
      const [first] = alerts;
      return first === undefined ? [] : [{ kind: 'alerts', atMs: first.createdMs, slug: first.rule.slug, alerts }];
    }),
    ...readers.flatMap((execution) =>
      execution.planned.map(
        (run): Event => ({ kind: 'run', atMs: run.executedMs, slug: execution.rule.slug, execution, run }),
      ),
    ),
  ].sort((a, b) => a.atMs - b.atMs || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0));
  for (const event of events) {
    raised.advance(event.atMs);
    raised.add(event.kind === 'alerts' ? event.alerts : await event.execution.step(event.run, raised.rows));
  }
}
