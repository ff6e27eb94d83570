import {
  BIGINT,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBConnection,
  INTEGER,
  TIMESTAMP,
  DuckDBTimestampValue,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api';
import { type GatewayLogs, intNames, longNames, textNames } from './gateway-logs.ts';

const CHUNK_ROWS = 2048;

/** The rows as DuckDB holds them best: see `storage` for the type of the columns that repeat few texts. */
export async function loadDuckDb(logs: GatewayLogs, storage: 'enum' | 'varchar'): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const table = storage === 'enum' ? 'staged' : 'ApiManagementGatewayLogs';
  const columns = [
    ...textNames.map((name) => `${name} VARCHAR`),
    ...intNames.map((name) => `${name} INTEGER`),
    ...longNames.map((name) => `${name} BIGINT`),
  ];
  await connection.run(`CREATE TABLE ${table} (TimeGenerated TIMESTAMP, ${columns.join(', ')})`);
  await append(connection, table, logs);
  if (storage === 'enum') await convertToEnums(connection, logs);
  return connection;
}

async function append(connection: DuckDBConnection, table: string, logs: GatewayLogs): Promise<void> {
  const appender = await connection.createAppender(table);
  const types = [TIMESTAMP, ...textNames.map(() => VARCHAR), ...intNames.map(() => INTEGER), ...longNames.map(() => BIGINT)];
  const readers: readonly ((row: number) => DuckDBValue)[] = [
    (row) => new DuckDBTimestampValue(BigInt(logs.time[row] as number)),
    ...textNames.map((name) => {
      const { codes, values } = logs.texts[name];
      return (row: number) => values[codes[row] as number] as string;
    }),
    ...intNames.map((name) => (row: number) => logs.ints[name][row] as number),
    ...longNames.map((name) => (row: number) => BigInt(logs.longs[name][row] as number)),
  ];
  for (let from = 0; from < logs.rowCount; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, logs.rowCount - from);
    const chunk = DuckDBDataChunk.create(types, count);
    for (const [index, read] of readers.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let at = 0; at < count; at++) vector.setItem(at, read(from + at));
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function convertToEnums(connection: DuckDBConnection, logs: GatewayLogs): Promise<void> {
  const enums = textNames.filter((name) => logs.texts[name].values.length < 65_536);
  for (const name of enums) {
    const values = logs.texts[name].values.map((value) => `'${value.replaceAll("'", "''")}'`);
    await connection.run(`CREATE TYPE ${name}Type AS ENUM (${values.join(', ')})`);
  }
  const columns = ['TimeGenerated', ...textNames, ...intNames, ...longNames].map((name) =>
    (enums as readonly string[]).includes(name) ? `${name}::${name}Type AS ${name}` : name,
  );
  await connection.run(`CREATE TABLE ApiManagementGatewayLogs AS SELECT ${columns.join(', ')} FROM staged`);
  await connection.run('DROP TABLE staged');
}
