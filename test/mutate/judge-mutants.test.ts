import { strict as assert } from 'node:assert';
import { batchOf, createMemoryTable, rowsOf, runQuery, type Value } from '../../src/kql/index.ts';
import { findRejection } from '../../src/mutate/check-mutant.ts';
import { fateOf, type Judge, judgeMutants, type Verdict } from '../../src/mutate/judge-mutants.ts';
import { listMutants } from '../../src/mutate/list-mutants.ts';
import type { Mutant } from '../../src/mutate/mutant.ts';
import { readRule } from '../../src/replay/read-rule.ts';
import { catalog, ruleAround } from './fixtures.ts';

const file = 'rules/busy.yaml';
const rule = ruleAround(`Requests
| where Bytes > 5
| summarize Calls = count() by Address
| where Calls >= 3
| project Address`);

/** A scenario of these tests: so many requests of each size by each address, and the addresses that must be told. */
type Scenario = {
  readonly name: string;
  readonly requests: Readonly<Record<string, readonly number[]>>;
  readonly expected: readonly string[];
};

/** Judges by the results of the query alone; mutants of what stands around it pass. */
function judgeBy(scenarios: readonly Scenario[]): Judge {
  return async (ruleText) => {
    const reason = findRejection(ruleText, file, catalog);
    if (reason !== undefined) return { status: 'rejected', reason };
    for (const { name, requests, expected } of scenarios) {
      const cells = Object.entries(requests).flatMap(([address, sizes]) =>
        sizes.map((bytes): Value[] => [0n, address, '', BigInt(bytes), null]),
      );
      const columns = catalog.tables.get('Requests')?.columns ?? [];
      const tables = new Map([...catalog.tables, ['Requests', createMemoryTable(batchOf(columns, cells))] as const]);
      const { table } = await runQuery(readRule(ruleText, file).query, { tables }, { nowTicks: 0n });
      if (
        rowsOf(table.rows)
          .map(([address]) => address)
          .join() !== expected.join()
      )
        return { status: 'fails', scenario: name };
    }
    return { status: 'passes' };
  };
}

const mutants = listMutants(rule, file, catalog).filter(({ line }) => line > 9);

const fatesUnder = async (scenarios: readonly Scenario[]): Promise<Readonly<Record<string, string>>> => {
  const judged = await judgeMutants(mutants, [judgeBy(scenarios)]);
  return Object.fromEntries(
    judged.map(({ original, replacement, fate }) => [
      `${original} → ${replacement}`,
      fate.status === 'killed' ? fate.by : fate.status,
    ]),
  );
};

const fires: Scenario = { name: 'fires', requests: { a: [9, 9, 9, 9, 9, 9] }, expected: ['a'] };

describe('judging mutants', () => {
  it('finds what a single scenario far above the thresholds leaves untested', async () => {
    assert.deepEqual(await fatesUnder([fires]), {
      'where Bytes > 5 → ': 'survived',
      'Bytes > 5 → Bytes >= 5': 'survived',
      'Bytes > 5 → Bytes < 5': 'fires',
      'Bytes > 5 → Bytes > 6': 'survived',
      'Bytes > 5 → Bytes > 4': 'survived',
      'Bytes > 5 → Bytes > 8': 'survived',
      'count() → dcount(Address)': 'fires',
      'Address → ': 'survived',
      'where Calls >= 3 → ': 'survived',
      'Calls >= 3 → Calls > 3': 'survived',
      'Calls >= 3 → Calls <= 3': 'fires',
      'Calls >= 3 → Calls >= 4': 'survived',
      'Calls >= 3 → Calls >= 2': 'survived',
      'Calls >= 3 → Calls >= 5': 'survived',
    });
  });

  it('finds nothing left where scenarios stand on both sides of each threshold, and names the first that fails', async () => {
    const scenarios: readonly Scenario[] = [
      { name: 'fires-at-both-thresholds', requests: { a: [6, 6, 6], b: [6, 6] }, expected: ['a'] },
      { name: 'quiet-below-one', requests: { a: [6, 6, 5] }, expected: [] },
      { name: 'quiet-on-two-addresses', requests: { a: [6, 6], b: [6, 6] }, expected: [] },
    ];
    assert.deepEqual(await fatesUnder(scenarios), {
      'where Bytes > 5 → ': 'quiet-below-one',
      'Bytes > 5 → Bytes >= 5': 'quiet-below-one',
      'Bytes > 5 → Bytes < 5': 'fires-at-both-thresholds',
      'Bytes > 5 → Bytes > 6': 'fires-at-both-thresholds',
      'Bytes > 5 → Bytes > 4': 'quiet-below-one',
      'Bytes > 5 → Bytes > 8': 'fires-at-both-thresholds',
      'count() → dcount(Address)': 'fires-at-both-thresholds',
      'Address → ': 'quiet-on-two-addresses',
      'where Calls >= 3 → ': 'fires-at-both-thresholds',
      'Calls >= 3 → Calls > 3': 'fires-at-both-thresholds',
      'Calls >= 3 → Calls <= 3': 'fires-at-both-thresholds',
      'Calls >= 3 → Calls >= 4': 'fires-at-both-thresholds',
      'Calls >= 3 → Calls >= 2': 'fires-at-both-thresholds',
      'Calls >= 3 → Calls >= 5': 'fires-at-both-thresholds',
    });
  });

  it('calls a mutant invalid that Sentinel would not save: it binds no more, or returns no column that the rule takes', async () => {
    const judge = judgeBy([fires]);
    const broken = rule.replace('by Address', 'by Host');
    assert.deepEqual(await judge(broken, []), {
      status: 'rejected',
      reason: "The name 'Address' does not refer to any known column, table, variable or function. [KS142]",
    });
    const detail = ruleAround('Requests', 'customDetails:\n  Calls: Calls\n');
    assert.equal(findRejection(detail, file, catalog), "the query returns no column 'Calls'");
    assert.equal(findRejection(ruleAround('Requests'), file, catalog), undefined);
    const often = rule.replace('queryFrequency: 1h', 'queryFrequency: 2h');
    assert.equal(findRejection(often, file, catalog), 'queryFrequency is longer than queryPeriod');
  });

  it('gives the fates in the order of the mutants, however many judges there are and whoever is faster', async () => {
    const sample: readonly Mutant[] = mutants.slice(0, 6);
    const delays = [30, 1, 20, 2, 10, 3];
    const done: number[] = [];
    const judge: Judge = async (ruleText) => {
      const index = sample.findIndex((mutant) => mutant.ruleText === ruleText);
      await new Promise((resolve) => setTimeout(resolve, delays[index]));
      return { status: 'fails', scenario: String(index) };
    };
    const judged = await judgeMutants(sample, [judge, judge, judge], { onJudged: (count) => done.push(count) });
    assert.deepEqual(
      judged.map(({ fate }) => fate),
      [0, 1, 2, 3, 4, 5].map((index) => ({ status: 'killed', by: String(index) })),
    );
    assert.deepEqual(done, [1, 2, 3, 4, 5, 6]);
  });

  it('counts a mutant whose query fails in a run as killed, and one that the engine cannot run as survived', () => {
    const failure = 'evaluation: the regular expression is malformed';
    const cases: readonly (readonly [Verdict, object])[] = [
      [
        { status: 'fails', scenario: 'fires-a' },
        { status: 'killed', by: 'fires-a' },
      ],
      [
        { status: 'fails', scenario: 'fires-a', failure },
        { status: 'killed', by: 'fires-a', failure },
      ],
      [{ status: 'passes' }, { status: 'survived' }],
      [
        { status: 'rejected', reason: 'no such column' },
        { status: 'invalid', reason: 'no such column' },
      ],
      [
        { status: 'unable', reason: 'limit: too many rows' },
        { status: 'survived', reason: 'the engine cannot run it: limit: too many rows' },
      ],
    ];
    for (const [verdict, fate] of cases) assert.deepEqual(fateOf(verdict), fate);
  });

  it('tries the scenarios first that killed mutants before, in an order that does not depend on the judges', async () => {
    const sample = Array.from(
      { length: 40 },
      (_, index): Mutant => ({ ...(mutants[0] as Mutant), ruleText: `${index}` }),
    );
    const ordersOf = async (judges: number): Promise<readonly string[]> => {
      const orders: string[] = [];
      const judge: Judge = async (ruleText, first) => {
        const index = Number(ruleText);
        orders[index] = first.join();
        await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
        return { status: 'fails', scenario: index < 3 ? 'a' : 'b' };
      };
      await judgeMutants(sample, new Array<Judge>(judges).fill(judge));
      return orders;
    };
    const alone = await ordersOf(1);
    // Eight mutants may be under way, so the first kill counts for the tenth.
    assert.deepEqual([alone[0], alone[8], alone[9], alone[11], alone[12], alone[39]], ['', '', 'a', 'a', 'a,b', 'b,a']);
    assert.deepEqual(await ordersOf(4), alone);
  });

  it('ends when it is told to, with the reason', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const judge: Judge = async (ruleText) => {
      seen.push(ruleText);
      if (seen.length === 2) stop.abort(new Error('enough'));
      return { status: 'passes' };
    };
    await assert.rejects(judgeMutants(mutants, [judge], { signal: stop.signal }), { message: 'enough' });
    assert.equal(seen.length, 2);
  });
});
