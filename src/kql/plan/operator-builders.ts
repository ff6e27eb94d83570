import type { SyntaxNode } from '../parse/syntax.ts';
import { buildAs } from './build-as.ts';
import { buildConsume } from './build-consume.ts';
import { buildCount } from './build-count.ts';
import { buildDatatable } from './build-datatable.ts';
import { buildDistinct } from './build-distinct.ts';
import { buildEvaluate } from './build-evaluate.ts';
import { buildExtend } from './build-extend.ts';
import { buildExternalData } from './build-externaldata.ts';
import { buildFacet } from './build-facet.ts';
import { buildFind } from './build-find.ts';
import { buildFork } from './build-fork.ts';
import { buildGetSchema } from './build-getschema.ts';
import { buildInvoke } from './build-invoke.ts';
import { buildJoin } from './build-join.ts';
import { buildLookup } from './build-lookup.ts';
import { buildMakeSeries } from './build-make-series.ts';
import { buildMvApply } from './build-mv-apply.ts';
import { buildMvExpand } from './build-mv-expand.ts';
import { buildParse } from './build-parse.ts';
import { buildParseKv } from './build-parse-kv.ts';
import { buildPartition } from './build-partition.ts';
import { buildPrint } from './build-print.ts';
import { buildProject } from './build-project.ts';
import {
  buildProjectAway,
  buildProjectByNames,
  buildProjectKeep,
  buildProjectRename,
  buildProjectReorder,
} from './build-project-columns.ts';
import { buildRange } from './build-range.ts';
import { buildRender } from './build-render.ts';
import { buildSample, buildSampleDistinct } from './build-sample.ts';
import { buildScan } from './build-scan.ts';
import { buildSearch, buildSearchSource } from './build-search.ts';
import { buildSort } from './build-sort.ts';
import { buildSummarize } from './build-summarize.ts';
import { buildTake } from './build-take.ts';
import { buildTop } from './build-top.ts';
import { buildTopHitters } from './build-top-hitters.ts';
import { buildTopNested } from './build-top-nested.ts';
import { buildUnion, buildUnionSource } from './build-union.ts';
import { buildWhere } from './build-where.ts';
import type { Plan } from './plan.ts';
import type { ResultPlan } from './result-plan.ts';
import type { Scope } from './scope.ts';

/** Builds the plan of an operator over its input. */
export type OperatorBuilder = (node: SyntaxNode, input: Plan, scope: Scope) => Plan;
/** Builds the plan of an expression that starts a pipeline. */
export type SourceBuilder = (node: SyntaxNode, scope: Scope) => Plan;

/** Builds the plans of an operator that gives several tables. */
export type ResultsBuilder = (node: SyntaxNode, input: Plan, scope: Scope) => readonly ResultPlan[];

/** The operators after a bar, by the parser's kind of node. */
export const operatorBuilders: Readonly<Record<string, OperatorBuilder>> = {
  AsOperator: buildAs,
  ConsumeOperator: buildConsume,
  CountOperator: buildCount,
  DistinctOperator: buildDistinct,
  EvaluateOperator: buildEvaluate,
  ExtendOperator: buildExtend,
  FilterOperator: buildWhere,
  GetSchemaOperator: buildGetSchema,
  InvokeOperator: buildInvoke,
  JoinOperator: buildJoin,
  LookupOperator: buildLookup,
  MakeSeriesOperator: buildMakeSeries,
  MvApplyOperator: buildMvApply,
  MvExpandOperator: buildMvExpand,
  ParseKvOperator: buildParseKv,
  ParseOperator: buildParse,
  ParseWhereOperator: buildParse,
  PartitionOperator: buildPartition,
  ProjectAwayOperator: buildProjectAway,
  ProjectByNamesOperator: buildProjectByNames,
  ProjectKeepOperator: buildProjectKeep,
  ProjectOperator: buildProject,
  ProjectRenameOperator: buildProjectRename,
  ProjectReorderOperator: buildProjectReorder,
  RenderOperator: buildRender,
  SampleDistinctOperator: buildSampleDistinct,
  SampleOperator: buildSample,
  ScanOperator: buildScan,
  SearchOperator: buildSearch,
  SerializeOperator: buildExtend,
  SortOperator: buildSort,
  SummarizeOperator: buildSummarize,
  TakeOperator: buildTake,
  TopHittersOperator: buildTopHitters,
  TopNestedOperator: buildTopNested,
  TopOperator: buildTop,
  UnionOperator: buildUnion,
};

/** What may start a pipeline, by the parser's kind of node. */
export const sourceBuilders: Readonly<Record<string, SourceBuilder>> = {
  DataTableExpression: buildDatatable,
  ExternalDataExpression: buildExternalData,
  FindOperator: buildFind,
  PrintOperator: buildPrint,
  RangeOperator: buildRange,
  SearchOperator: buildSearchSource,
  UnionOperator: buildUnionSource,
};

/** Operators that give several tables, and so end a statement. */
export const resultOperators: Readonly<Record<string, ResultsBuilder>> = {
  FacetOperator: buildFacet,
  ForkOperator: buildFork,
};
