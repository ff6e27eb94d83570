const otherScope = 'it reads outside the workspace, and only its own tables are here';
const graphs = 'graphs are not part of this engine';
const cursor = 'there is no log of ingestions to point into; use ingestion_time()';
const extent = 'there are no extents: tables are held as columns in memory';
const internal = 'it is internal to the service';
const identity = 'nobody is signed in to a query over local logs';

/** Functions that mean something only inside the service, with the reason why they are refused. */
export const refusedCalls: Readonly<Record<string, string>> = {
  adx: otherScope,
  all: graphs,
  any: graphs,
  app: otherScope,
  arg: otherScope,
  cluster: otherScope,
  current_cluster_endpoint: 'there is no cluster',
  current_cursor: cursor,
  current_database: 'there is no database besides the logs given',
  current_node_id: 'there is no cluster',
  current_principal: identity,
  current_principal_details: identity,
  current_principal_is_member_of: identity,
  cursor_after: cursor,
  cursor_before_or_at: cursor,
  cursor_current: cursor,
  database: otherScope,
  entity_group: otherScope,
  extent_id: extent,
  extent_tags: extent,
  extentid: extent,
  external_table: 'there are no external tables; use externaldata with a local file',
  graph: graphs,
  hll_isvalid: internal,
  inner_nodes: graphs,
  labels: graphs,
  map: graphs,
  materialized_view: 'there are no materialized views; query the table, or save the view as a function',
  node_degree_in: graphs,
  node_degree_out: graphs,
  node_id: graphs,
  resource: otherScope,
  stored_query_result: 'there are no stored query results; use a let statement',
  tdigest_isvalid: internal,
  workspace: otherScope,
};
