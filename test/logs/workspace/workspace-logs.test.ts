import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ARRIVAL_COLUMN,
  batchOf,
  type ColumnDefinition,
  createMemoryTable,
  formatJson,
  type LoadedTables,
  type MemoryTable,
  parseDatetime,
  rowsOf,
  type Value,
} from '../../../src/kql/index.ts';
import { dynamicFromPlain } from '../../../src/kql/values/json.ts';
import { fileLogs } from '../../../src/logs/file-logs.ts';
import { LogSourceError } from '../../../src/logs/log-source-error.ts';
import { openAzureService } from '../../../src/logs/workspace/azure-service.ts';
import type { FetchProgress } from '../../../src/logs/workspace/fetch-table.ts';
import { openSaver } from '../../../src/logs/workspace/save-rows.ts';
import { workspaceLogs } from '../../../src/logs/workspace/workspace-logs.ts';
import type { TableNeed } from '../../../src/replay/log-needs.ts';
import {
  fakeCredential,
  type Intervention,
  type QueryServer,
  type ServerOptions,
  startQueryServer,
} from './query-server.ts';

const WORKSPACE = '00000000-0000-4000-8000-000000000001';
const at = (text: string): bigint => parseDatetime(text) as bigint;

const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Url', type: 'string' },
  { name: 'Code', type: 'int' },
  { name: 'Bytes', type: 'long' },
  { name: 'Seconds', type: 'real' },
  { name: 'Ok', type: 'bool' },
  { name: 'Headers', type: 'dynamic' },
];
const schemas = new Map([['Requests', columns]]);
const need: TableNeed = { table: 'Requests', columns: undefined, lookbackMs: 3_600_000, byArrival: false };
const range = { fromMs: Date.parse('2026-03-24T01:00:00Z'), toMs: Date.parse('2026-03-24T04:00:00Z') };

/** Values that JSON, Date and Number would each change, and text that means something to terminals, pages and KQL. */
const delicate: readonly Value[] = [
  at('2026-03-24T01:00:00.1234567Z'),
  `"); drop \u001b[31m<script>alert(1)</script> \u202e'`,
  404,
  9_007_199_254_740_993n,
  0.1,
  true,
  dynamicFromPlain({ id: 1, '<b>': ['x'] }),
];

/** A row a second from 00:30, so many of them. */
const rowsOfCount = (count: number): readonly (readonly Value[])[] =>
  Array.from({ length: count }, (_, index) => [
    at('2026-03-24T00:30:00Z') + BigInt(index) * 10_000_000n,
    `/orders/${index}`,
    200,
    BigInt(index),
    index / 4,
    index % 2 === 0,
    null,
  ]);

const tableOf = (rows: readonly (readonly Value[])[]): MemoryTable => createMemoryTable(batchOf(columns, rows));

describe('logs of a workspace, through the Azure SDK', () => {
  let server: QueryServer | undefined;
  let waits: number[] = [];
  let progress: FetchProgress[] = [];
  afterEach(async () => {
    await server?.close();
    server = undefined;
    waits = [];
    progress = [];
  });

  type Loading = Omit<ServerOptions, 'tables'> & {
    readonly tables?: ServerOptions['tables'];
    readonly needs?: readonly TableNeed[];
    readonly save?: string;
    readonly signal?: AbortSignal;
  };

  async function load(rows: readonly (readonly Value[])[], options: Loading = {}): Promise<LoadedTables> {
    const { needs = [need], save, signal = new AbortController().signal, ...serverOptions } = options;
    server = await startQueryServer({ tables: new Map([['Requests', tableOf(rows)]]), ...serverOptions });
    const service = await openAzureService({
      workspaceId: WORKSPACE,
      cloud: 'public',
      signal,
      nowMs: () => Date.parse('2026-03-25T00:00:00Z'),
      prepare: server.prepare,
      credential: fakeCredential,
    });
    const source = workspaceLogs({
      name: 'workspace',
      service,
      range,
      signal,
      saver: save === undefined ? undefined : await openSaver(save),
      wait: async (durationMs) => {
        waits.push(durationMs);
      },
      onProgress: (step) => progress.push(step),
    });
    return source.load(needs, schemas);
  }

  const rowsIn = ({ tables }: LoadedTables): readonly (readonly Value[])[] => {
    const table = tables.get('Requests');
    return table === undefined ? [] : rowsOf(table.rows);
  };
  const refusedAs = (code: string, message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof LogSourceError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.notEqual(error.hint, '');
    return true;
  };

  it('arrive with every digit and letter that they have, and in the types of the schema', async () => {
    const loaded = await load([delicate]);
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual(rowsIn(loaded), [delicate]);
  });

  it('are asked for as the API is documented: path, token, timeout, and the time that the rules need', async () => {
    await load([delicate]);
    assert.equal(server?.requests.length, 2);
    for (const { path, authorization, prefer, timespan } of server?.requests ?? []) {
      assert.equal(path, `/v1/workspaces/${WORKSPACE}/query`);
      assert.equal(authorization, 'Bearer fake');
      assert.equal(prefer, 'wait=600');
      assert.equal(timespan, '2026-03-24T00:00:00.000Z/2026-03-24T04:00:00.000Z');
    }
  });

  it('hold the rows of the time that was asked for, and no others', async () => {
    const times = [
      '2026-03-23T23:59:59.9999999Z',
      '2026-03-24T00:00:00Z',
      '2026-03-24T03:59:59.9999999Z',
      '2026-03-24T04:00:00Z',
    ];
    const loaded = await load(times.map((time) => [at(time), '', null, null, null, null, null]));
    assert.deepEqual(
      rowsIn(loaded).map(([time]) => time),
      [at(times[1] as string), at(times[2] as string)],
    );
  });

  it('hold the columns that the rules name; the others stay empty', async () => {
    const loaded = await load([delicate], { needs: [{ ...need, columns: new Set(['TimeGenerated', 'Code']) }] });
    assert.deepEqual(rowsIn(loaded), [[delicate[0], '', 404, null, null, null, null]]);
    assert.doesNotMatch(server?.requests[1]?.query ?? '', /Url|Headers/);
  });

  it('know when each row arrived, a day before the first run for rules that go by that', async () => {
    const withArrival = batchOf([...columns, ARRIVAL_COLUMN], [[...delicate, at('2026-03-24T01:07:00Z')]]);
    const loaded = await load([], {
      tables: new Map([['Requests', createMemoryTable(withArrival)]]),
      needs: [{ ...need, lookbackMs: 60_000, byArrival: true }],
    });
    assert.deepEqual(loaded.tables.get('Requests')?.arrived?.column(7), {
      kind: 'int64',
      type: 'datetime',
      length: 1,
      data: Float64Array.of(Number(at('2026-03-24T01:07:00Z') - 637_134_336_000_000_000n)),
      nulls: undefined,
    });
    assert.match(server?.requests[0]?.timespan ?? '', /^2026-03-23T00:59:00.000Z\//);
  });

  it('lack a column that the workspace lacks, and a table that it lacks', async () => {
    const narrow = columns.slice(0, 2);
    const tables = new Map([['Requests', createMemoryTable(batchOf(narrow, [delicate.slice(0, 2)]))]]);
    const loaded = await load([], { tables, needs: [need, { ...need, table: 'Elsewhere' }] });
    assert.deepEqual(rowsIn(loaded), [[...delicate.slice(0, 2), null, null, null, null, null]]);
    assert.deepEqual([...loaded.tables.keys()], ['Requests']);
  });

  describe('of which there are more than one answer holds', () => {
    it('come whole, each row once, in slices that are cut until they fit', async () => {
      const rows = rowsOfCount(2000);
      const loaded = await load(rows, { maxRows: 300 });
      assert.deepEqual(rowsIn(loaded), rows);
      assert.deepEqual(progress.at(-1), { table: 'Requests', rows: 2000, expected: 2000 });
    });

    it('are refused where a single millisecond has too many', async () => {
      const rows = Array.from({ length: 5 }, () => delicate);
      await assert.rejects(
        load(rows, { maxRows: 3 }),
        refusedAs('too-large', /millisecond of 2026-03-24T01:00:00.123Z .*record count limit 3/),
      );
    });

    it('are cut where the service runs out of time or finds the answer too large', async () => {
      for (const status of [504, 413]) {
        const intervene = (_: unknown, count: number): Intervention | undefined =>
          count === 2 ? { status, body: { error: { code: 'GatewayTimeout', message: 'too long' } } } : undefined;
        assert.equal(rowsIn(await load(rowsOfCount(100), { intervene })).length, 100);
        assert.equal(server?.requests.length, 4);
        await server?.close();
      }
    });

    it('are refused where fewer come than were counted', async () => {
      const empty = { tables: [{ name: 'PrimaryResult', columns: [], rows: [] }] };
      const intervene = ({ query }: { readonly query: string }): Intervention | undefined =>
        !query.includes('summarize') ? { status: 200, body: empty } : undefined;
      await assert.rejects(load(rowsOfCount(10), { intervene }), refusedAs('incomplete', /counted 10 rows and gave 0/));
    });
  });

  describe('that the service puts off', () => {
    it('come after the time that it asks for', async () => {
      const intervene = (_: unknown, count: number): Intervention | undefined =>
        count <= 2
          ? {
              status: 429,
              body: { error: { code: 'ThrottledError', message: 'slow down' } },
              headers: { 'retry-after': '7' },
            }
          : undefined;
      assert.deepEqual(rowsIn(await load([delicate], { intervene })), [delicate]);
      assert.deepEqual(waits, [7000, 7000]);
      assert.ok(progress.some(({ waiting }) => waiting === 'waiting 7 s: ThrottledError: slow down'));
    });

    it('come after waits that grow, where it does not say, and in the end are given up', async () => {
      const intervene = (): Intervention => ({ status: 503, body: 'not even JSON' });
      await assert.rejects(load([delicate], { intervene }), refusedAs('throttled', /after 8 tries \(HTTP 503\)/));
      assert.deepEqual(waits, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    });

    it('come after a connection that broke off', async () => {
      const intervene = (_: unknown, count: number): Intervention | undefined => (count === 1 ? 'drop' : undefined);
      assert.deepEqual(rowsIn(await load([delicate], { intervene })), [delicate]);
    });
  });

  describe('that may not be read', () => {
    const refuse = (status: number, code: string) => (): Intervention => ({
      status,
      body: { error: { code, message: 'no' } },
    });
    const cases = [
      [401, 'AuthenticationFailed', 'sign-in'],
      [403, 'InvalidAuthenticationToken', 'sign-in'],
      [403, 'InsufficientAccessError', 'forbidden'],
      [404, 'WorkspaceNotFoundError', 'workspace-unknown'],
      [400, 'BadArgumentError', 'query'],
    ] as const;
    for (const [status, code, expected] of cases) {
      it(`say so at once: ${status} ${code} is ${expected}`, async () => {
        await assert.rejects(
          load([delicate], { intervene: refuse(status, code) }),
          refusedAs(expected, new RegExp(code)),
        );
        assert.equal(server?.requests.length, 1);
      });
    }
  });

  describe('that are kept', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'pack-save-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('give the same table when they are read again, and need no workspace for that', async () => {
      const save = join(folder, 'kept');
      const rows = [delicate, ...rowsOfCount(50)];
      const fetched = await load(rows, { save });
      const again = await fileLogs([save]).load([need], schemas);
      assert.deepEqual(rowsIn(again), rowsIn(fetched));
      assert.deepEqual(again.problems, []);
      const [line] = (await readFile(join(save, 'Requests.ndjson'), 'utf8'))
        .split('\n')
        .filter((text) => text.includes('404'));
      assert.equal(JSON.parse(line ?? '').Headers, formatJson(delicate[6] as never));
    });

    it('leave nothing behind when the fetch fails or is cancelled half-way', async () => {
      const cancel = new AbortController();
      const intervene = ({ query }: { readonly query: string }, count: number): Intervention | undefined => {
        // The first three answers are too large; the fourth is kept, and then some.
        if (query.includes('summarize') || count < 8) return undefined;
        cancel.abort();
        return 'hang';
      };
      const loading = load(rowsOfCount(2000), { maxRows: 300, save: folder, intervene, signal: cancel.signal });
      await assert.rejects(loading, refusedAs('cancelled', /^cancelled$/));
      assert.deepEqual(await readdir(folder), []);
    });

    it('never mix with files that are there already', async () => {
      await assert.rejects(load([delicate], { save: import.meta.dirname }), refusedAs('save', /holds files already/));
    });
  });
});

describe('without the optional packages', () => {
  it('a workspace is refused with the command that installs them', async () => {
    const { signal } = new AbortController();
    const absent = async (): Promise<never> => {
      throw new LogSourceError('sdk-missing', 'not installed', 'run: npm install --include=optional');
    };
    await assert.rejects(
      openAzureService({ workspaceId: WORKSPACE, cloud: 'public', signal, nowMs: () => 0, loadSdk: absent }),
      { code: 'sdk-missing', hint: 'run: npm install --include=optional' },
    );
  });
});
