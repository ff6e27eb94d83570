import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  aggregateRegistry,
  pluginRegistry,
  scalarRegistry,
  tupleRegistry,
  windowRegistry,
} from '../../../src/kql/functions/registry.ts';
import { type Catalog, KqlError, runQuery } from '../../../src/kql/index.ts';
import { isSpecialCall } from '../../../src/kql/plan/build-special-call.ts';
import { operatorBuilders, resultOperators, sourceBuilders } from '../../../src/kql/plan/operator-builders.ts';
import { type Family, inventory } from '../../../src/kql/support/inventory.ts';
import { operatorRows } from '../../../src/kql/support/operator-rows.ts';
import { plannedCalls } from '../../../src/kql/support/planned-calls.ts';
import { statementRows } from '../../../src/kql/support/statement-rows.ts';
import { supportOf } from '../../../src/kql/support/support.ts';
import { supportMarkdown } from '../../../src/kql/support/support-markdown.ts';
import { workspaceFunctions } from '../../../src/sentinel/workspace-functions.ts';

const families = Object.keys(inventory) as Family[];
const catalog: Catalog = { tables: new Map(), externalData: ({ columns }) => ({ columns, scan: () => [] }) };

const run = (query: string) => runQuery(query, catalog, { nowTicks: 0n });

async function errorOf(query: string): Promise<KqlError> {
  try {
    await run(query);
  } catch (error) {
    if (error instanceof KqlError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: `${query} ran` });
}

const functionFamilies: readonly Family[] = [
  'scalarFunctions',
  'seriesFunctions',
  'geospatialFunctions',
  'specialFunctions',
  'graphFunctions',
  'undocumentedFunctions',
  'windowFunctions',
];

describe('what the engine supports', () => {
  for (const family of families) {
    it(`leaves no name of the inventory's ${family} without an answer`, () => {
      const unanswered = supportOf(family).filter(({ status }) => status === 'unknown');
      assert.deepEqual(unanswered, []);
    });
  }

  it('knows no function, aggregate or plugin that the inventory lacks', () => {
    const known = (names: readonly Family[]) => new Set(names.flatMap((family) => inventory[family]));
    const functions = known([...functionFamilies, 'stringOperators', 'otherOperators']);
    // What the planner calls itself is no KQL, and the lists lack some deprecated spellings.
    const planned = ['unary-minus', 'unary-plus', 'dynamic-member', 'pack-columns', 'tuple-item'];
    const own = [...planned, 'parsexml', 'containscs', 'notcontains', 'notcontainscs'];
    const registered = [scalarRegistry, tupleRegistry, windowRegistry].flatMap((registry) => [...registry.keys()]);
    assert.deepEqual(
      registered.filter((name) => !functions.has(name) && !own.includes(name)),
      [],
    );
    const aggregates = known(['aggregates', 'undocumentedAggregates']);
    assert.deepEqual(
      [...aggregateRegistry.keys()].filter((name) => !aggregates.has(name)),
      [],
    );
    const plugins = known(['plugins', 'undocumentedPlugins']);
    assert.deepEqual(
      [...pluginRegistry.keys()].filter((name) => !plugins.has(name)),
      [],
    );
  });

  it('has a row for every operator that the planner builds', () => {
    const described = new Set(operatorRows.map(({ kind }) => kind));
    const built = [operatorBuilders, sourceBuilders, resultOperators].flatMap((builders) => Object.keys(builders));
    assert.deepEqual(
      built.filter((kind) => !described.has(kind)),
      [],
    );
  });

  it('describes the calls that the planner answers, and no others', () => {
    const names = plannedCalls.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const elsewhere = ['materialize', 'table', 'toscalar'];
    assert.deepEqual(
      names.filter((name) => !isSpecialCall(name) && !elsewhere.includes(name)),
      [],
    );
  });

  it('describes every function: a signature that begins with its name, a sentence, a page', () => {
    for (const registry of [scalarRegistry, tupleRegistry, windowRegistry, aggregateRegistry, pluginRegistry]) {
      for (const { name, signature, summary, page } of registry.values()) {
        assert.ok(signature.includes(name) || /^(unary|dynamic|pack|tuple)-/.test(name), `${name}: ${signature}`);
        assert.match(summary, /^\S.*\.$/s, name);
        assert.match(page, /^[a-z][a-z0-9/-]*$/, name);
      }
    }
  });
});

describe('an operator of the support matrix', () => {
  for (const { name, example } of [...operatorRows, ...statementRows]) {
    const family = operatorRows.some((row) => row.name === name) ? 'operators' : 'statements';
    const support = supportOf(family).find((row) => row.name === name);
    if (support?.status === 'refused') {
      it(`${name} is refused by name, with the reason`, async () => {
        const error = await errorOf(example);
        assert.equal(error.code, 'unsupported');
        assert.ok(error.message.includes(name), error.message);
        assert.ok(error.message.endsWith(support.reason), error.message);
      });
    } else {
      it(`${name} runs`, async () => {
        assert.ok((await run(example)).tables.length > 0);
      });
    }
  }
});

describe('a family that is built in', () => {
  for (const kind of inventory.joinKinds) {
    it(`join kind=${kind} runs`, async () => {
      await run(`print k = 1 | join kind=${kind} (print k = 1) on k`);
    });
  }
  for (const chart of inventory.charts) {
    it(`render ${chart} is kept with the result`, async () => {
      const { table } = await run(`range x from 1 to 3 step 1 | extend y = x | render ${chart}`);
      assert.equal(table.render?.chart, chart);
      assert.equal(table.rowCount, 3);
    });
  }
  for (const type of inventory.types) {
    it(`${type} is a type of columns`, async () => {
      const { table } = await run(`datatable(c: ${type})[]`);
      assert.deepEqual(table.columns, [{ name: 'c', type }]);
    });
  }
});

describe('a refusal', () => {
  const refusals: readonly (readonly [string, string, string])[] = [
    ['a function', 'print geo_h3cell_level("80")', 'geo_h3cell_level'],
    ['an identity', 'print current_principal()', 'current_principal'],
    ['a cursor', 'print cursor_current()', 'cursor_current'],
    ['a plugin', 'print x = 1 | evaluate python(typeof(*), "pass")', 'python'],
    ['an aggregate', 'print x = 1 | summarize passthrough(x)', 'passthrough'],
    ['another workspace', 'workspace("other").SigninLogs', 'workspace'],
    ['another application', 'app("other").requests', 'app'],
    ['a database', 'database("other").T', 'database'],
    ['a cluster', 'cluster("other").database("d").T', 'cluster'],
    ['an external table', 'external_table("t")', 'external_table'],
    ['a materialized view', 'materialized_view("v")', 'materialized_view'],
    ['a stored result', 'stored_query_result("r")', 'stored_query_result'],
    ['a graph', 'graph("g")', 'graph'],
    ['an option that would change the result', 'set query_now = datetime(2020-01-01); print now()', 'query_now'],
  ];
  for (const [what, query, name] of refusals) {
    it(`of ${what} names ${name} and points at the place`, async () => {
      const error = await errorOf(query);
      assert.equal(error.code, 'unsupported');
      assert.ok(error.message.includes(name), error.message);
      assert.ok(error.message.length > name.length + 20, `no reason: ${error.message}`);
      assert.ok(error.span !== undefined);
    });
  }
});

describe('docs/kql-support.md', () => {
  it('says what the registries say; pack support --write writes it anew', () => {
    assert.equal(readFileSync('docs/kql-support.md', 'utf8'), supportMarkdown(workspaceFunctions));
  });

  it('escapes what would end a cell of its tables', () => {
    const cells = supportMarkdown([])
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const widths = new Set(cells.map((line) => line.replaceAll('\\|', '').split('|').length));
    // Two columns, or the four of the totals.
    assert.deepEqual([...widths].sort(), [4, 6]);
  });
});
