const external = 'it calls an external service';
const machineLearning = 'its clusters cannot be reproduced: the service does not publish how it samples and scores';
const sandbox = 'it runs code in a sandbox of the service';

/** Plugins that the engine knows and refuses, with the reason. */
export const refusedPlugins: Readonly<Record<string, string>> = {
  ai_chat_completion: external,
  ai_chat_completion_prompt: external,
  ai_embed_text: external,
  ai_embeddings: external,
  autocluster: machineLearning,
  azure_digital_twins_query_request: external,
  cosmosdb_sql_request: external,
  csharp: sandbox,
  dax_request: external,
  diffpatterns: machineLearning,
  diffpatterns_text: machineLearning,
  estimate_rows_count: 'it estimates from the storage of the service',
  execute_query: external,
  execute_show_command: external,
  external_datatable: external,
  geo_line_lookup: 'geospatial functions of lines are not part of this engine',
  geo_polygon_lookup: 'geospatial lookups are not part of this engine',
  http_request: external,
  http_request_post: external,
  identity_v3: 'it tests the service itself',
  infer_storage_schema: external,
  infer_storage_schema_with_suggestions: external,
  mysql_request: external,
  postgresql_request: external,
  python: sandbox,
  r: sandbox,
  sql_request: external,
};
