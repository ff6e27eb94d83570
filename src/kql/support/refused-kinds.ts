const graphs = 'graphs are not part of this engine';

/** Operators and other constructs that the parser knows and the engine refuses, by the parser's kind of node. */
export const refusedKinds: Readonly<Record<string, { readonly name: string; readonly reason: string }>> = {
  AliasStatement: { name: 'alias', reason: 'it names another database or cluster, and there is one workspace' },
  AssertSchemaOperator: { name: 'assert-schema', reason: 'it guards pipelines of the service; use getschema' },
  ContextualDataTableExpression: { name: 'contextual_datatable', reason: 'only the service fills it' },
  DataScopeExpression: { name: 'datascope', reason: 'it chooses between caches of the service' },
  ExecuteAndCacheOperator: { name: 'execute-and-cache', reason: 'it caches in the service' },
  GraphMarkComponentsOperator: { name: 'graph-mark-components', reason: graphs },
  GraphMatchOperator: { name: 'graph-match', reason: graphs },
  GraphShortestPathsOperator: { name: 'graph-shortest-paths', reason: graphs },
  GraphToTableOperator: { name: 'graph-to-table', reason: graphs },
  GraphWhereEdgesOperator: { name: 'graph-where-edges', reason: graphs },
  GraphWhereNodesOperator: { name: 'graph-where-nodes', reason: graphs },
  InlineExternalTableExpression: {
    name: 'inline external table',
    reason: 'it reads storage outside the workspace; use externaldata with a local file',
  },
  MacroExpandOperator: {
    name: 'macro-expand',
    reason: 'it repeats a query over databases and clusters, and there is one workspace',
  },
  MakeGraphOperator: { name: 'make-graph', reason: graphs },
  MaterializedViewCombineExpression: { name: 'materialized-view-combine', reason: 'there are no materialized views' },
  PartitionByOperator: { name: '__partitionby', reason: 'it is internal to the service' },
  ReduceByOperator: {
    name: 'reduce',
    reason: 'its patterns cannot be reproduced: the service does not publish how it groups texts',
  },
  RestrictStatement: {
    name: 'restrict',
    reason: 'applications put it before a query that they pass on; there is nobody to restrict here',
  },
};
