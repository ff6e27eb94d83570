import assert from 'node:assert/strict';
import { type BatchCase, runCase } from '../../src/kql/run-batch.ts';
import { columnTypes } from '../../src/kql/values/value.ts';
import { asimColumns } from '../../src/sentinel/asim-columns.ts';
import { asimSchemas } from '../../src/sentinel/asim-schemas.ts';
import { inClosedWorkspace } from '../../src/sentinel/workspace.ts';

async function run(batchCase: Omit<BatchCase, 'id'>): Promise<unknown> {
  const { id: _, ...answer } = await runCase(
    { id: 'case', ...batchCase },
    { tables: new Map() },
    { nowTicks: 0n },
    inClosedWorkspace,
  );
  return answer;
}

const count = (value: number, ...notes: readonly string[]): unknown => ({
  columns: [{ name: 'Count', type: 'long' }],
  rows: [[value]],
  ...(notes.length === 0 ? {} : { notes }),
});
const webSession = {
  columns: ['TimeGenerated: datetime', 'Url: string'],
  rows: [['2024-05-01T10:00:00Z', 'https://www.example.com/a']],
};

describe('ASIM parsers of a case that brings its own tables', () => {
  it('are there without rows where no table is under one of their names, and the answer says so', async () => {
    const query = `_Im_WebSession(url_has_any=dynamic(['x']), eventresult='Failure')
      | where SrcIpAddr == '192.0.2.1' and HttpUserAgent has 'curl' | union imDns | count`;
    const notes = ['WebSession', 'Dns'].map(
      (schema) => `the ASIM schema ${schema} is not among the tables of the case: it has no rows`,
    );
    assert.deepEqual(await run({ query, tables: {} }), count(0, ...notes));
  });

  it('read the rows of a table or a function under one of their names', async () => {
    const tables = { imWebSession: webSession };
    assert.deepEqual(
      await run({ query: "_Im_WebSession(url_has_any=dynamic(['example'])) | count", tables }),
      count(1),
    );
    const functions = { _Im_WebSession: '(disabled: bool = false) { print Url = "a" }' };
    assert.deepEqual(await run({ query: '_Im_WebSession | count', functions }), count(1));
  });

  it('have their older names', async () => {
    const table = { columns: ['RegistryKey: string'], rows: [['HKLM'], ['HKCU']] };
    const query = "imRegistry(registrykey_has_any=dynamic(['HKLM'])) | count";
    assert.deepEqual(await run({ query, tables: { _Im_RegistryEvent: table } }), count(1));
  });

  it('take times over a table that declares none, in which no row lies', async () => {
    const tables = {
      _Im_Dns: { columns: ['DnsQuery: string', 'EventType: string'], rows: [['a.example.com', 'Query']] },
    };
    assert.deepEqual(await run({ query: '_Im_Dns() | count', tables }), count(1));
    assert.deepEqual(await run({ query: '_Im_Dns(starttime=ago(1h), endtime=now()) | count', tables }), count(0));
  });
});

describe('Columns of the ASIM schemas', () => {
  it('are there for every schema, each once, of a type that KQL has', () => {
    for (const { name, filters } of asimSchemas) {
      const columns = asimColumns(name);
      const names = new Set(columns.map((column) => column.name));
      assert.equal(names.size, columns.length, name);
      assert.deepEqual(
        columns.filter(({ type }) => !columnTypes.includes(type)),
        [],
      );
      const filtered = filters.flatMap((filter) => filter.columns);
      assert.deepEqual(
        filtered.filter((column) => !names.has(column)),
        [],
        `${name} filters by columns that it does not have`,
      );
    }
  });
});
