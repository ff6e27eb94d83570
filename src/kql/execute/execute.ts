import type { Batch } from '../columns/batch.ts';
import type { Plan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { executeCount } from './count.ts';
import { executeExtend } from './extend.ts';
import { executeJoin } from './join.ts';
import { executeMaterialize } from './materialize.ts';
import { executeMvExpand } from './mv-expand.ts';
import { executePrint } from './print.ts';
import { executeProject } from './project.ts';
import { executeRange } from './range.ts';
import { executeRows } from './rows.ts';
import { executeSort } from './sort.ts';
import { executeSummarize } from './summarize.ts';
import { executeTable } from './table.ts';
import { executeTake } from './take.ts';
import { executeTop } from './top.ts';
import { executeUnion } from './union.ts';
import { executeWhere } from './where.ts';

/** The rows of a tabular expression, batch by batch. */
export type BatchStream = AsyncIterable<Batch>;

/** Runs a plan. Operators pull: nothing is computed before it is asked for, and only what holds state holds rows. */
export function execute(plan: Plan, context: QueryContext): BatchStream {
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
      return executeWhere(plan, context);
    case 'extend':
      return executeExtend(plan, context);
    case 'project':
      return executeProject(plan, context);
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
    default:
      return plan satisfies never;
  }
}
