import { strict as assert } from 'node:assert';
import type { QueryTable } from '../../src/preview/data-table.ts';
import { runWorkbook, type WorkbookSelection } from '../../src/preview/run-workbook.ts';
import type { RunItem } from '../../src/preview/workbook/workbook-run.ts';
import { from, to } from './report-fixture.ts';

const parameter = (name: string, type: number, more: object = {}): object => ({
  id: '00000000-0000-4000-8000-000000000000',
  version: 'KqlParameterItem/1.0',
  name,
  label: name,
  type,
  ...more,
});
const parameters = {
  type: 9,
  name: 'scope-parameters',
  content: {
    version: 'KqlParameterItem/1.0',
    parameters: [
      parameter('Workspace', 5, { query: 'resources', queryType: 1 }),
      parameter('TimeRange', 4),
      parameter('Apis', 2, { multiSelect: true, query: 'T | distinct Api', typeSettings: { selectAllValue: '*' } }),
      parameter('Endpoint', 2, { query: 'T | where Api in ({Apis}) | distinct Endpoint' }),
    ],
  },
};
const step = (query: string, more: object = {}): object => ({
  type: 3,
  name: 'some-step',
  content: {
    version: 'KqlItem/1.0',
    query,
    queryType: 0,
    title: 'About {Endpoint:label}',
    visualization: 'table',
    ...more,
  },
});
const tabs = { type: 11, name: 'some-tabs', content: { version: 'LinkItem/1.0', style: 'tabs', links: [] } };
const group = (...items: readonly object[]): object => ({
  type: 12,
  name: 'some-group',
  conditionalVisibility: { parameterName: 'View', comparison: 'isEqualTo', value: 'other' },
  content: { version: 'NotebookGroup/1.0', title: 'Group', items },
});
const workbook = (...items: readonly object[]): string => JSON.stringify({ version: 'Notebook/1.0', items });
const query = "T | where TimeGenerated {TimeRange} and Api in ({Apis}) and Endpoint == '{Endpoint:escape}'";

const selection: WorkbookSelection = { timeRange: { fromMs: from, toMs: to }, chosen: {} };
const endpoints: QueryTable = {
  columns: [
    { name: 'Value', type: 'string' },
    { name: 'Label', type: 'string' },
  ],
  rows: [
    ['GET /a', 'First'],
    ['GET /b', 'Second'],
  ],
};

/** Runs the workbook and tells what it asked for. */
async function run(
  text: string,
  chosen: WorkbookSelection['chosen'] = {},
  answer: (kql: string) => QueryTable = () => endpoints,
): Promise<{ readonly asked: readonly string[]; readonly items: readonly RunItem[] }> {
  const asked: string[] = [];
  const result = await runWorkbook({ name: 'test.json', text }, { ...selection, chosen }, async (kql) => {
    asked.push(kql);
    return answer(kql);
  });
  return { asked, items: result.items };
}

const range = 'between (datetime(2026-03-10T00:00:00.0000000Z) .. datetime(2026-03-25T00:00:00.0000000Z))';

describe('runWorkbook', () => {
  it('fills parameters in their order: all of a list, the first of a drop-down of one', async () => {
    const { asked } = await run(workbook(parameters, step(query)));
    assert.deepEqual(asked, [
      "T | where Api in ('*') | distinct Endpoint",
      `T | where TimeGenerated ${range} and Api in ('*') and Endpoint == 'GET /a'`,
    ]);
  });

  it('takes what was chosen', async () => {
    const { asked, items } = await run(workbook(parameters, step(query)), { Apis: ['x', "y'z"], Endpoint: ['GET /b'] });
    assert.deepEqual(asked, [
      "T | where Api in ('x','y\\'z') | distinct Endpoint",
      `T | where TimeGenerated ${range} and Api in ('x','y\\'z') and Endpoint == 'GET /b'`,
    ]);
    const [shown, drawn] = items;
    assert.deepEqual(shown?.kind === 'parameters' && shown.values, [
      { label: 'TimeRange', text: '2026-03-10 00:00 – 2026-03-25 00:00 UTC' },
      { label: 'Apis', text: "x, y'z" },
      { label: 'Endpoint', text: 'Second' },
    ]);
    assert.equal(drawn?.kind === 'step' && drawn.title, 'About Second');
  });

  it('refuses a choice that the parameter does not offer, and a parameter that does not exist', async () => {
    await assert.rejects(run(workbook(parameters), { Endpoint: ['GET /c'] }), {
      code: 'parameter-value',
      at: 'Endpoint',
    });
    await assert.rejects(run(workbook(parameters), { Endpoints: ['GET /a'] }), {
      code: 'parameter-undefined',
      at: 'Endpoints',
    });
  });

  it('runs the steps of every tab, groups in groups included', async () => {
    const { items } = await run(workbook(parameters, tabs, group(group(step(query)))));
    const outer = items[1];
    const inner = outer?.kind === 'group' ? outer.items[0] : undefined;
    assert.equal(inner?.kind === 'group' && inner.items[0]?.kind === 'step' && inner.items[0].result.kind, 'table');
  });

  it('shows a failing step in its place and runs the others', async () => {
    const failing = step('Missing | take 1');
    const { items } = await run(workbook(parameters, { ...failing, name: 'failing-step' }, step(query)), {}, (kql) => {
      if (kql.startsWith('Missing')) throw Object.assign(new Error('no table Missing'), { hint: 'load it' });
      return endpoints;
    });
    const results = items.flatMap((item) => (item.kind === 'step' ? [item.result] : []));
    assert.deepEqual(results[0], { kind: 'failure', message: 'no table Missing', hint: 'load it' });
    assert.equal(results[1]?.kind, 'table');
  });

  it('lets a parameter whose query fails fail the steps that use it, and no other', async () => {
    const other = { ...step('T | where TimeGenerated {TimeRange}', { title: '' }), name: 'other-step' };
    const { items } = await run(workbook(parameters, step(query), other), {}, (kql) => {
      if (kql.endsWith('distinct Endpoint')) throw new Error('out of memory');
      return endpoints;
    });
    const results = items.flatMap((item) => (item.kind === 'step' ? [item.result] : []));
    assert.equal(results[0]?.kind === 'failure' && results[0].message, 'Endpoint: could not be filled: out of memory');
    assert.equal(results[1]?.kind, 'table');
  });

  it('does not send queries of other services to the logs', async () => {
    const { asked, items } = await run(workbook(step('resources', { queryType: 1, title: '' })));
    assert.deepEqual(asked, []);
    assert.match(JSON.stringify(items[0]), /a query of type 1/);
  });

  for (const [why, text, code] of [
    ['text that is no JSON', '{"version":', 'workbook-syntax'],
    ['JSON that is no workbook', '{"version":"Notebook/1.0"}', 'workbook-shape'],
    ['a step without a name', workbook({ type: 1, content: { json: '' } }), 'workbook-shape'],
    ['a query step without a query', workbook({ type: 3, name: 'x', content: {} }), 'workbook-shape'],
    [
      'a parameter without a label',
      workbook({ ...parameters, content: { version: 'KqlParameterItem/1.0', parameters: [{ name: 'A' }] } }),
      'workbook-shape',
    ],
    ['a step of a kind that is not drawn', workbook({ type: 10, name: 'metric', content: {} }), 'unsupported-step'],
  ] as const) {
    it(`refuses ${why}`, async () => {
      await assert.rejects(run(text), { name: 'PreviewError', code });
    });
  }
});
