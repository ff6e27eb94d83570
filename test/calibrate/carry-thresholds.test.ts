import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { carryThresholds, covers } from '../../src/calibrate/carry-thresholds.ts';
import { createSharedEngine } from '../../src/calibrate/shared-engine.ts';
import { planSweep, type Setting, type Sweep } from '../../src/calibrate/sweep.ts';
import { definitions } from '../../src/content/index.ts';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { resolveRule } from '../../src/content/resolve-rule.ts';
import { emitRuleYaml } from '../../src/emit/rule-yaml.ts';
import { prepareQuery } from '../../src/kql/index.ts';
import { createKqlQueryEngine, type QueryPlans } from '../../src/replay/kql-query-engine.ts';
import type { QueryEngine } from '../../src/replay/query-engine.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, type LogRow, type Logs, MINUTE_MS } from '../content/rules/run-rule.ts';
import { attackWindow, request } from '../content/rules/traffic.ts';
import { catalog, schemas, tablesOf } from './fixtures.ts';

/** A sweep of the limit that stands in the query as LIMIT. */
const limits: Sweep = {
  axes: [{ parameter: 'limit', values: [3, 5, 7] }],
  settings: [3, 5, 7].map((limit) => ({ limit })),
};
const carry = (query: string) =>
  carryThresholds(({ limit }) => query.replaceAll('LIMIT', String(limit)), limits, catalog);

const T = 'AzureActivity';

describe('carrying thresholds', () => {
  it('runs the most permissive setting and adds what each threshold measured, through every project', () => {
    const carried = carry(`${T}
| summarize Calls = count() by Caller
| where Calls >= LIMIT and isnotempty(Caller)
| project Caller
| extend Name = Caller`);
    assert.deepEqual(carried, {
      text: `${T}
| summarize Calls = count() by Caller
| extend CarriedThreshold0 = Calls | where Calls >= 3 and isnotempty(Caller)
| project Caller, CarriedThreshold0
| extend Name = Caller`,
      thresholds: [{ parameter: 'limit', operator: '>=', column: 'CarriedThreshold0' }],
      setting: { limit: 3 },
    });
    assert.doesNotThrow(() => prepareQuery(carried?.text ?? '', catalog));
  });

  it('takes the highest value of an upper limit', () => {
    const carried = carry(`${T} | summarize Calls = count() by Caller | where Calls < LIMIT`);
    assert.deepEqual(carried?.setting, { limit: 7 });
    assert.ok(carried !== undefined && covers(carried, { limit: 5 }) && !covers(carried, { limit: 8 }));
  });

  const suspects = `let S = materialize(${T} | summarize N = count() by Caller, Level | where N >= LIMIT);\n`;
  const baseline = `${T} | where Caller in ((S | project Caller)) | summarize M = count() by Caller`;
  const proven: readonly (readonly [string, string])[] = [
    ['an inner join on the left', `${suspects}S | join kind=inner (${T} | summarize M = count() by Caller) on Caller`],
    ['an inner join on the right', `${suspects}${T} | summarize M = count() by Caller | join kind=inner S on Caller`],
    ['a baseline that is read for suspects only', `${suspects}S | join kind=inner (${baseline}) on Caller`],
    [
      'the same behind a let',
      `${suspects}let B = ${baseline};\nS | join kind=inner B on Caller, $left.Level == $right.Caller`,
    ],
    [
      'rows that are expanded',
      `${T} | where strlen(Caller) > LIMIT | mv-expand P = split(Caller, "@") | sort by Caller`,
    ],
  ];
  for (const [what, query] of proven) {
    it(`is proven through ${what}`, () => assert.notEqual(carry(query), undefined));
  }

  const unproven: readonly (readonly [string, string])[] = [
    ['a summarize after it, which counts what passed', `${T} | where strlen(Caller) >= LIMIT | summarize count()`],
    ['a top after it', `${T} | where strlen(Caller) >= LIMIT | top 5 by Caller`],
    [
      'a function that looks at the row before',
      `${T} | sort by Caller | where strlen(Caller) >= LIMIT | extend P = prev(Caller)`,
    ],
    [
      'a function of its own, which might',
      `let f = (c: string) { strlen(c) };\n${T} | where strlen(Caller) >= LIMIT | extend L = f(Caller)`,
    ],
    ['an outer join on the right', `${suspects}${T} | join kind=leftouter S on Caller`],
    ['a join that keeps one row of equal keys', `${suspects}S | join kind=innerunique ${T} on Caller`],
    ['a second use of its rows', `${suspects}S | extend All = toscalar(S | count)`],
    [
      'a baseline that mixes suspects',
      `${suspects}S | join kind=inner (${T} | where Caller in ((S | project Caller)) | summarize M = count() by Level | extend Caller = Level) on Caller`,
    ],
    ['a baseline joined on something else', `${suspects}S | join kind=inner (${baseline}, Level) on Level`],
    [
      'a baseline for all but suspects',
      `${suspects}S | join kind=inner (${baseline.replace(' in ', ' !in ')}) on Caller`,
    ],
    [
      'a suspect whose key is changed before the join',
      `${suspects}S | extend Caller = tolower(Caller) | join kind=inner (${baseline}) on Caller`,
    ],
    ['a limit that is no condition', `${T} | extend Far = LIMIT | where Far > 1`],
    ['a limit under an or', `${T} | where strlen(Caller) >= LIMIT or Level == "a"`],
    ['a limit under a not', `${T} | where not(strlen(Caller) >= LIMIT)`],
    ['a limit on the left', `${T} | where LIMIT <= strlen(Caller)`],
    ['an equality', `${T} | where strlen(Caller) == LIMIT`],
    ['a limit in a let of its own', `let limit = LIMIT;\n${T} | where strlen(Caller) >= limit`],
    ['a limit of rows', `${T} | take LIMIT`],
    ['a lower and an upper limit at once', `${T} | where strlen(Caller) >= LIMIT and strlen(Level) <= LIMIT`],
    [
      'a limit that changes the query around it',
      `${T} | where strlen(Caller) >= LIMIT${' '.repeat(1)}| where Level == "LIMIT"`,
    ],
  ];
  for (const [what, query] of unproven) {
    it(`is not proven through ${what}`, () => {
      assert.doesNotThrow(() => prepareQuery(query.replaceAll('LIMIT', '5'), catalog));
      assert.equal(carry(query), undefined);
    });
  }
});

/** Values around the counts that random traffic has, so that settings differ in what they raise. */
const sweeps: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'api-traffic-population-spike': { deviations: '0.5,2', minimumCalls: '2,6', minimumBaselineWindows: '2,4' },
  'api-traffic-single-address-spike': { multiple: '1,2', minimumCalls: '1,3', minimumBaselineWindows: '2,3' },
  'api-distributed-parameter-enumeration': {
    deviations: '0.5,1.5',
    minimumValues: '2,4',
    minimumAddresses: '1,3',
    minimumBaselineWindows: '2',
  },
  'waf-sql-injection': { minimumTransactions: '1..4' },
};

const requestIn = (window: number): fc.Arbitrary<LogRow> =>
  fc
    .record({
      second: fc.integer({ min: 0, max: 1199 }),
      operation: fc.constantFrom('PUT /a/{id}', 'PUT /b/{id}'),
      address: fc.integer({ min: 1, max: 3 }),
      id: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ second, operation, address, id }) =>
      request(attackWindow + window * 20 * MINUTE_MS + second * 1000, {
        OperationId: operation,
        Url: `https://api.contoso.com/?id=${id}`,
        RequestHeaders: { 'X-Forwarded-For': `203.0.113.${address}` },
      }),
    );

const firewallRow: fc.Arbitrary<LogRow> = fc
  .record({
    second: fc.integer({ min: 0, max: 3599 }),
    transaction: fc.integer({ min: 1, max: 6 }),
    address: fc.integer({ min: 1, max: 2 }),
    action: fc.constantFrom('Matched', 'Blocked'),
  })
  .map(({ second, transaction, address, action }) => ({
    TimeGenerated: at('2026-03-24 10:20') + second * 1000,
    TransactionId: `${transaction}-${address}`,
    ClientIp: `203.0.113.${address}`,
    Hostname: 'api.contoso.com',
    RequestUri: '/orders',
    RuleId: '942100',
    Action: action,
  }));

/** A few calls in each of some windows before the attack's, many in it. */
const traffic: fc.Arbitrary<Logs> = fc
  .tuple(
    ...[-12, -11, -10, -9, -8].map((window) => fc.array(requestIn(window), { minLength: 0, maxLength: 5 })),
    fc.array(requestIn(0), { minLength: 8, maxLength: 14 }),
    fc.array(firewallRow, { minLength: 10, maxLength: 20 }),
  )
  .map((parts) => ({
    ApiManagementGatewayLogs: parts.slice(0, -1).flat(),
    AGWFirewallLogs: parts.at(-1) ?? [],
  }));

const clock = { fromMs: at('2026-03-24 09:00'), toMs: at('2026-03-24 13:00'), furtherRuns: 0 };

describe('a shared replay', () => {
  for (const definition of definitions.rules.filter(({ slug }) => sweeps[slug] !== undefined)) {
    const { slug, parameters } = definition;
    const config = (setting: Setting) => ({ ...defaultPackConfig, rules: { [slug]: { parameters: setting } } });
    const sweep = planSweep(parameters, {}, new Map(Object.entries(sweeps[slug] ?? {})));
    const alertsOf = async (setting: Setting, engine: QueryEngine) => {
      const files = [{ file: `${slug}.yaml`, text: emitRuleYaml(resolveRule(definition, config(setting))) }];
      const { rules } = await replay(files, engine, { clock });
      return rules[0]?.alerts.map(({ rule: _, ...alert }) => alert);
    };

    it(`raises for every setting of ${slug} what a replay of that setting raises`, async () => {
      const carrying = carryThresholds((setting) => resolveRule(definition, config(setting)).query, sweep, catalog);
      assert.ok(carrying !== undefined);
      const seen = new Set<number>();
      const plans: QueryPlans = new Map();
      await fc.assert(
        fc.asyncProperty(traffic, fc.constantFrom(...sweep.settings), async (logs, setting) => {
          const engine = createKqlQueryEngine(tablesOf(logs), schemas, { plans });
          const shared = createSharedEngine(engine, carrying);
          // The permissive setting first, so that what the next one sees was kept from another.
          await alertsOf(carrying.setting, shared(carrying.setting));
          const expected = await alertsOf(setting, engine);
          seen.add(expected?.length ?? 0);
          assert.deepEqual(await alertsOf(setting, shared(setting)), expected);
        }),
        { numRuns: 20, seed: 70 },
      );
      assert.ok(seen.size > 1, 'the settings have to differ in what they raise');
    });
  }
});
