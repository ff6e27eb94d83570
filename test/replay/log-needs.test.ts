import { strict as assert } from 'node:assert';
import type { ColumnDefinition } from '../../src/kql/index.ts';
import { findNeeds, type TableNeed } from '../../src/replay/log-needs.ts';
import { workspaceSchemas } from '../../src/sentinel/workspace.ts';
import { nrtYaml, ruleYaml } from './fixtures.ts';

const columns = ['TimeGenerated', 'Client', 'Url', 'Host', 'Extra'].map(
  (name, index): ColumnDefinition => ({ name, type: index === 0 ? 'datetime' : 'string' }),
);
const schemas = new Map([...workspaceSchemas, ['Requests', columns], ['Hosts', columns]]);

const needsOf = (...texts: readonly string[]): readonly TableNeed[] =>
  findNeeds(
    texts.map((text, index) => ({ file: `rules/r${index}.yaml`, text: text.replace('11111111', `1111111${index}`) })),
    schemas,
  );
const columnsOf = (query: string, changes = {}): readonly string[] | 'all' | undefined => {
  const need = needsOf(ruleYaml({ query, ...changes })).find(({ table }) => table === 'Requests');
  if (need === undefined) return undefined;
  return need.columns === undefined ? 'all' : [...need.columns].sort();
};

describe('what rules need of the logs', () => {
  it('are the tables they read, with the columns that their files name and the longest look-back', () => {
    const first = ruleYaml({
      query: 'Requests | where Url has "x"',
      queryPeriod: '2h',
      customDetails: { Caller: 'Client' },
    });
    const second = ruleYaml({ query: 'Requests | join kind=inner (Hosts | project Host) on Host', queryPeriod: '4h' });
    assert.deepEqual(needsOf(first, second), [
      { table: 'Hosts', columns: new Set(['TimeGenerated', 'Host']), lookbackMs: 14_400_000, byArrival: false },
      {
        table: 'Requests',
        columns: new Set(['TimeGenerated', 'Client', 'Url', 'Host']),
        lookbackMs: 14_400_000,
        byArrival: false,
      },
    ]);
  });

  it('are every column where a query can read some without naming them', () => {
    for (const query of [
      'Requests | summarize arg_max(TimeGenerated, *) by Client',
      'Requests | where * has "x"',
      'Requests | distinct *',
      'Requests | project-keep U*',
      'Requests | extend All = pack_all()',
      'Requests | search "x"',
      'find in (Requests) where Client == "x"',
      'union Req* | where Client == "x"',
    ]) {
      assert.equal(columnsOf(query), 'all', query);
    }
  });

  it('are not every column because of a product, a text or a comment with a star in it', () => {
    for (const query of [
      'Requests | where strlen(Url) * 2 > 10',
      'Requests | extend N = 2 * strlen(Url)',
      'Requests | where Url matches regex "a*"',
      'Requests | where Url matches regex @"\\w*" // any * here',
    ]) {
      assert.deepEqual(columnsOf(query), ['TimeGenerated', 'Url'], query);
    }
  });

  it('are every column of a table that a function reads, since that names columns of its own', () => {
    const needs = needsOf(ruleYaml({ query: '_GetWatchlist("addresses") | project SearchKey' }));
    assert.deepEqual(
      needs.map(({ table, columns: wanted }) => [table, wanted]),
      [['Watchlist', undefined]],
    );
  });

  it('are every column where the query calls a saved function, which names columns of its own', () => {
    const functions = new Map([['LongUrls', '() { Requests | where strlen(Extra) > 100 }']]);
    const text = ruleYaml({ query: 'LongUrls() | join kind=inner (Requests | project Url) on Url' });
    const needs = findNeeds([{ file: 'rules/r.yaml', text }], schemas, functions);
    assert.deepEqual(
      needs.map(({ table, columns: wanted }) => [table, wanted]),
      [['Requests', undefined]],
    );
  });

  it('remember that an NRT rule goes by the time of arrival', () => {
    const [need] = needsOf(nrtYaml({ query: 'Requests | where Client == "x"' }));
    assert.equal(need?.byArrival, true);
  });

  it('of a rule that does not bind are whole tables, so that the replay can say why', () => {
    assert.equal(columnsOf('Requests | where Missing > 1'), 'all');
  });
});
