import type { DefaultAzureCredential, TokenCredential } from '@azure/identity';
import type { LogsQueryClient, LogsQueryResult, LogsTable } from '@azure/monitor-query-logs';
import { LogSourceError } from '../log-source-error.ts';
import { type CloudName, clouds } from './clouds.ts';
import type { Cell, QueryOutcome, QueryService } from './query-service.ts';
import { readFailure } from './read-failure.ts';
import { type HttpAnswer, readPartial, readRefusal } from './read-response.ts';

/** The parts of the Azure SDK that are used. */
export type AzureSdk = {
  readonly LogsQueryClient: typeof LogsQueryClient;
  readonly DefaultAzureCredential: typeof DefaultAzureCredential;
};

export type AzureOptions = {
  readonly workspaceId: string;
  readonly cloud: CloudName;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly loadSdk?: () => Promise<AzureSdk>;
  /** Changes the client before its first request: a test sends them elsewhere. */
  readonly prepare?: (client: LogsQueryClient) => void;
  readonly credential?: TokenCredential;
};

/** As long as the service allows a query to run, and a minute for its answer to arrive. */
const SERVER_TIMEOUT_SECONDS = 600;
const CLIENT_TIMEOUT_MS = (SERVER_TIMEOUT_SECONDS + 60) * 1000;

/**
 * The query API of a workspace, through the Azure SDK, which is loaded here and nowhere else. Nothing is asked twice by
 * the SDK: who calls decides whether to wait or to ask for less.
 * @throws LogSourceError `sdk-missing`
 */
export async function openAzureService(options: AzureOptions): Promise<QueryService> {
  const { workspaceId, cloud, signal, loadSdk = importSdk, prepare } = options;
  const sdk = await loadSdk();
  const { api, authority } = clouds[cloud];
  const credential = options.credential ?? new sdk.DefaultAzureCredential({ authorityHost: authority });
  const client = new sdk.LogsQueryClient(credential, {
    endpoint: `${api}/v1`,
    // The option `audience` of the client is not looked at by its version 1.0.0; the scopes are.
    credentials: { scopes: [`${api}/.default`] },
    retryOptions: { maxRetries: 0 },
  });
  let answer: HttpAnswer | undefined;
  // The client passes neither signal nor headers on, and fails on an error whose body is no JSON: so both are taken here.
  client.pipeline.addPolicy({
    name: 'packRequest',
    async sendRequest(request, next) {
      request.abortSignal = signal;
      request.timeout = CLIENT_TIMEOUT_MS;
      const response = await next(request);
      const { status, headers, bodyAsText } = response;
      answer = { status, retryAfter: headers.get('retry-after'), body: bodyAsText ?? undefined };
      return response;
    },
  });
  prepare?.(client);
  return async (query, { fromMs, toMs }) => {
    answer = undefined;
    try {
      const span = { startTime: new Date(fromMs), endTime: new Date(toMs) };
      const timeout = { serverTimeoutInSeconds: SERVER_TIMEOUT_SECONDS };
      return outcomeOf(await client.queryWorkspace(workspaceId, query, span, timeout));
    } catch (error) {
      if (signal.aborted) throw cancelled();
      const { status = 200 } = answer ?? {};
      if (answer !== undefined && status !== 200) return readRefusal(answer, options.nowMs());
      return readFailure(error);
    }
  };
}

export const cancelled = (): LogSourceError => new LogSourceError('cancelled', 'cancelled', 'nothing was kept');

async function importSdk(): Promise<AzureSdk> {
  try {
    const [{ LogsQueryClient }, { DefaultAzureCredential }] = await Promise.all([
      import('@azure/monitor-query-logs'),
      import('@azure/identity'),
    ]);
    return { LogsQueryClient, DefaultAzureCredential };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message = 'the packages that read a workspace are not installed (@azure/monitor-query-logs, @azure/identity)';
    throw new LogSourceError('sdk-missing', message, 'run: npm install --include=optional', error);
  }
}

function outcomeOf(result: LogsQueryResult): QueryOutcome {
  if (result.status !== 'Success') return readPartial('partialError' in result ? result.partialError : undefined);
  const [table] = result.tables;
  if (table === undefined) return { status: 'complete', columns: [], rows: [] };
  return { status: 'complete', columns: table.columnDescriptors.map(({ name }) => name), rows: readRows(table) };
}

/** Queries ask for texts, numbers and bools alone: everything else is not what was asked for. */
function readRows({ rows }: LogsTable): readonly (readonly Cell[])[] {
  for (const row of rows) {
    for (const cell of row) {
      if (typeof cell !== 'object' || cell === null) continue;
      const message = `the answer holds ${JSON.stringify(cell).slice(0, 60)} where a text, number or bool should be`;
      throw new LogSourceError('query', message, 'report it with the version of @azure/monitor-query-logs');
    }
  }
  return rows as readonly (readonly Cell[])[];
}
