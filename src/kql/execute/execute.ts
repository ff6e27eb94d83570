import type { Batch } from '../columns/batch.ts';
import type { Lifetime } from '../columns/scratch.ts';
import type { Plan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { executeBoundInput } from './bound-input.ts';
import { executeCount } from './count.ts';
import { executeEvaluate } from './evaluate.ts';
import { executeExtend } from './extend.ts';
import { executeExternalData } from './externaldata.ts';
import { executeJoin } from './join.ts';
import { executeMakeSeries } from './make-series.ts';
import { executeMaterialize } from './materialize.ts';
import { executeMvApply } from './mv-apply.ts';
import { executeMvExpand } from './mv-expand.ts';
import { executeParse } from './parse.ts';
import { executeParseKv } from './parse-kv.ts';
import { executePartition } from './partition.ts';
import { executePrint } from './print.ts';
import { executeProject } from './project.ts';
import { executeRange } from './range.ts';
import { executeRows } from './rows.ts';
import { executeSample } from './sample.ts';
import { executeScan } from './scan.ts';
import { executeSort } from './sort.ts';
import { executeSummarize } from './summarize.ts';
import { executeTable } from './table.ts';
import { executeTake } from './take.ts';
import { executeTop } from './top.ts';
import { executeTopNested } from './top-nested.ts';
import { executeUnion } from './union.ts';
import { executeWhere } from './where.ts';

/** The rows of a tabular expression, batch by batch. */
export type BatchStream = AsyncIterable<Batch>;

/**
 * Runs a plan. Operators pull: nothing is computed before it is asked for, and only what holds state holds rows. Who is
 * done with a batch before it pulls the next one says so by the lifetime.
 */
export function execute(plan: Plan, context: QueryContext, lifetime: Lifetime = 'always'): BatchStream {
  const rows = executeOperator(plan, context, lifetime);
  return context.profile === undefined ? rows : context.profile.watch(plan, rows);
}

function executeOperator(plan: Plan, context: QueryContext, lifetime: Lifetime): BatchStream {
  switch (plan.operator) {
    case 'table':
      return executeTable(plan, context);
    case 'rows':
      return executeRows(plan, context);
    case 'print':
      return executePrint(plan, context);
    case 'range':
      return executeRange(plan, context);
    case 'where':
      return executeWhere(plan, context, lifetime);
    case 'extend':
      return executeExtend(plan, context, lifetime);
    case 'project':
      return executeProject(plan, context, lifetime);
    case 'summarize':
      return executeSummarize(plan, context);
    case 'count':
      return executeCount(plan, context);
    case 'take':
      return executeTake(plan, context);
    case 'sort':
      return executeSort(plan, context);
    case 'top':
      return executeTop(plan, context);
    case 'join':
      return executeJoin(plan, context);
    case 'union':
      return executeUnion(plan, context);
    case 'mv-expand':
      return executeMvExpand(plan, context);
    case 'materialize':
      return executeMaterialize(plan, context);
    case 'bound-input':
      return executeBoundInput(plan, context);
    case 'parse':
      return executeParse(plan, context);
    case 'parse-kv':
      return executeParseKv(plan, context);
    case 'make-series':
      return executeMakeSeries(plan, context);
    case 'mv-apply':
      return executeMvApply(plan, context);
    case 'partition':
      return executePartition(plan, context);
    case 'sample':
      return executeSample(plan, context);
    case 'scan':
      return executeScan(plan, context);
    case 'top-nested':
      return executeTopNested(plan, context);
    case 'externaldata':
      return executeExternalData(plan, context);
    case 'render':
      return execute(plan.input, context);
    case 'evaluate':
      return executeEvaluate(plan, context);
    default:
      return plan satisfies never;
  }
}
