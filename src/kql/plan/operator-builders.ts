import type { SyntaxNode } from '../parse/syntax.ts';
import { buildCount } from './build-count.ts';
import { buildDatatable } from './build-datatable.ts';
import { buildDistinct } from './build-distinct.ts';
import { buildExtend } from './build-extend.ts';
import { buildJoin } from './build-join.ts';
import { buildLookup } from './build-lookup.ts';
import { buildMvExpand } from './build-mv-expand.ts';
import { buildPrint } from './build-print.ts';
import { buildProject } from './build-project.ts';
import {
  buildProjectAway,
  buildProjectKeep,
  buildProjectRename,
  buildProjectReorder,
} from './build-project-columns.ts';
import { buildRange } from './build-range.ts';
import { buildSort } from './build-sort.ts';
import { buildSummarize } from './build-summarize.ts';
import { buildTake } from './build-take.ts';
import { buildTop } from './build-top.ts';
import { buildUnion, buildUnionSource } from './build-union.ts';
import { buildWhere } from './build-where.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/** Builds the plan of an operator over its input. */
export type OperatorBuilder = (node: SyntaxNode, input: Plan, scope: Scope) => Plan;
/** Builds the plan of an expression that starts a pipeline. */
export type SourceBuilder = (node: SyntaxNode, scope: Scope) => Plan;

/** The operators after a bar, by the parser's kind of node. */
export const operatorBuilders: Readonly<Record<string, OperatorBuilder>> = {
  CountOperator: buildCount,
  DistinctOperator: buildDistinct,
  ExtendOperator: buildExtend,
  FilterOperator: buildWhere,
  JoinOperator: buildJoin,
  LookupOperator: buildLookup,
  MvExpandOperator: buildMvExpand,
  ProjectAwayOperator: buildProjectAway,
  ProjectKeepOperator: buildProjectKeep,
  ProjectOperator: buildProject,
  ProjectRenameOperator: buildProjectRename,
  ProjectReorderOperator: buildProjectReorder,
  SerializeOperator: buildExtend,
  SortOperator: buildSort,
  SummarizeOperator: buildSummarize,
  TakeOperator: buildTake,
  TopOperator: buildTop,
  UnionOperator: buildUnion,
};

/** What may start a pipeline, by the parser's kind of node. */
export const sourceBuilders: Readonly<Record<string, SourceBuilder>> = {
  DataTableExpression: buildDatatable,
  PrintOperator: buildPrint,
  RangeOperator: buildRange,
  UnionOperator: buildUnionSource,
};
