import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TokenCredential } from '@azure/identity';
import type { LogsQueryClient } from '@azure/monitor-query-logs';
import { KqlError, type MemoryTable, runQuery, tableToJson } from '../../../src/kql/index.ts';

/** One request as the service sees it. */
export type ServedRequest = {
  readonly path: string;
  readonly query: string;
  readonly timespan: string;
  readonly authorization: string | undefined;
  readonly prefer: string | undefined;
};

/** What the service does instead of answering the query. */
export type Intervention =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'drop';

export type ServerOptions = {
  readonly tables: ReadonlyMap<string, MemoryTable>;
  /** More rows than this are cut off with a partial error, as the service does at 500,000. */
  readonly maxRows?: number;
  /** Asked before each request, which are counted from 1. */
  readonly intervene?: (request: ServedRequest, count: number) => Intervention | undefined;
};

export type QueryServer = {
  readonly requests: readonly ServedRequest[];
  /** Sends the client's requests here; the SDK gives a token to https alone, so that is taken off after it is added. */
  readonly prepare: (client: LogsQueryClient) => void;
  readonly close: () => Promise<void>;
};

/** The query API of a workspace as Microsoft documents it (learn.microsoft.com/azure/azure-monitor/logs/api), on loopback. */
export async function startQueryServer(options: ServerOptions): Promise<QueryServer> {
  const requests: ServedRequest[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, options, requests);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    prepare(client) {
      client.pipeline.addPolicy({
        name: 'toLoopback',
        sendRequest(request, next) {
          request.url = request.url.replace(/^https:\/\/[^/]+/, `http://127.0.0.1:${port}`);
          request.allowInsecureConnection = true;
          return next(request);
        },
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  { tables, maxRows = 500_000, intervene }: ServerOptions,
  requests: ServedRequest[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { query, timespan } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; timespan: string };
  const { authorization, prefer } = incoming.headers;
  const request = { path: incoming.url ?? '', query, timespan, authorization, prefer: prefer as string | undefined };
  requests.push(request);
  const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const instead = intervene?.(request, requests.length);
  if (instead === 'hang') return;
  if (instead === 'drop') incoming.socket.destroy();
  else if (instead !== undefined) reply(instead.status, instead.body, instead.headers);
  else await runOver(tables, query, maxRows, reply);
}

async function runOver(
  tables: ServerOptions['tables'],
  query: string,
  maxRows: number,
  reply: (status: number, body: unknown) => void,
): Promise<void> {
  try {
    const { table } = await runQuery(query, { tables }, { nowTicks: 639_200_000_000_000_000n });
    const { columns, rows } = tableToJson(table);
    const result = { name: 'PrimaryResult', columns, rows: rows.slice(0, maxRows) };
    const error = {
      code: 'PartialError',
      message: 'There were some errors when processing your query.',
      details: [
        {
          code: 'EngineError',
          message: `Query result set has exceeded the internal record count limit ${maxRows}`,
          innererror: { code: '-2133196797', message: 'E_QUERY_RESULT_SET_TOO_LARGE' },
        },
      ],
    };
    reply(200, { tables: [result], ...(rows.length > maxRows ? { error } : {}) });
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    const name = [...query.matchAll(/^\['(\w+)'\]/g)][0]?.[1] ?? '';
    const missing = tables.has(name)
      ? error.message
      : `'where' operator: Failed to resolve table or column expression named '${name}'`;
    reply(400, {
      error: {
        message: 'The request had some invalid properties',
        code: 'BadArgumentError',
        innererror: {
          code: 'SemanticError',
          message: 'A semantic error occurred.',
          innererror: {
            code: 'SEM0100',
            message: missing,
          },
        },
      },
    });
  }
}

/** A credential that never leaves the test. */
export const fakeCredential: TokenCredential = {
  getToken: async () => ({ token: 'fake', expiresOnTimestamp: 32_503_680_000_000 }),
};
