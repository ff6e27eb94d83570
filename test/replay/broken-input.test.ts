import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMmdb } from '../query/write-mmdb.ts';
import { type CommandOutcome, runPackHere } from '../run-pack-here.ts';
import { ruleYaml } from './fixtures.ts';

const id = (digit: number): string => `11111111-2222-4333-8444-55555555555${digit}`;
const good = (digit: number, query: string): string => ruleYaml({ id: id(digit), query });
const activity = 'AzureActivity | project TimeGenerated, Caller';

/** Every second one is broken in another way; the others run whatever is wrong beside them. */
const rules: Readonly<Record<string, string>> = {
  'a-first.yaml': good(1, activity),
  'b-no-yaml.yaml': 'id: [1\n',
  'c-unknown-key.yaml': `${good(2, activity)}triggerTreshold: 3\n`,
  'd-throws-once.yaml': good(
    3,
    'AzureActivity\n| where assert(Caller != "mallory", "mallory was here")\n| project TimeGenerated',
  ),
  'e-no-such-table.yaml': good(4, 'Orders_CL | take 1'),
  'f-no-such-column.yaml': good(5, 'AzureActivity | where Caler == "ann"'),
  'g-absent-table.yaml': good(6, 'AGWFirewallLogs | project TimeGenerated'),
  'h-same-id.yaml': good(1, activity),
  'i-two-documents.yaml': `${good(7, activity)}---\n${good(8, activity)}`,
  'j-last.yml': good(9, activity),
};

const events = [
  ['10:20', 'ann'],
  ['11:20', 'mallory'],
  ['12:20', 'ann'],
];

describe('pack replay over broken input', function () {
  this.timeout(60_000);
  let folder: string;
  const at = (path: string): string => join(folder, path);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broken-input-'));
    await Promise.all(['rules', 'logs'].map((name) => mkdir(at(name))));
    for (const [name, text] of Object.entries(rules)) await writeFile(at(`rules/${name}`), text);
    const rows = events.map(([time, Caller]) => JSON.stringify({ TimeGenerated: `2026-03-24T${time}:00Z`, Caller }));
    await writeFile(at('logs/AzureActivity.ndjson'), rows.join('\n'));
    await writeFile(at('allowed.csv'), 'Caller,Why\nann,works here\n');
    await writeFile(at('Callers.kql'), '(name: string) { AzureActivity | where Caller == name }');
  });
  after(() => rm(folder, { recursive: true }));

  const replay = (...args: readonly string[]): Promise<CommandOutcome> =>
    runPackHere('replay', '--data', at('logs'), ...args);
  /** `file:line: severity: message` of each problem of the JSON. */
  const problemsOf = ({ stdout }: CommandOutcome): readonly string[] => {
    const { problems, rules: replayed } = JSON.parse(stdout);
    return [...problems, ...replayed.flatMap((rule: { problems: object[] }) => rule.problems)].map(
      ({ file, line, severity, message, runs }) =>
        `${[file.replace(at('rules/'), ''), line].filter(Boolean).join(':')}: ${severity}: ${message}${runs === undefined ? '' : ` (${runs.count})`}`,
    );
  };
  const alertsOf = ({ stdout }: CommandOutcome): Record<string, number> =>
    Object.fromEntries(
      JSON.parse(stdout).rules.map(({ slug, alerts }: { slug: string; alerts: object[] }) => [slug, alerts.length]),
    );

  it('has one message for each fault, runs every other rule and ends with 1', async () => {
    const outcome = await replay('--rules', at('rules'), '--format', 'json');
    assert.equal(outcome.status, 1);
    assert.deepEqual(alertsOf(outcome), {
      'a-first': 3,
      'd-throws-once': 2,
      'e-no-such-table': 0,
      'f-no-such-column': 0,
      'g-absent-table': 0,
      'j-last': 3,
    });
    // A rule has 12 lines before its query, which stands in line 13, or from line 14 on where it has several lines; 15 in all.
    assert.deepEqual(problemsOf(outcome), [
      'b-no-yaml.yaml:2: error: no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      "c-unknown-key.yaml:16: error: unknown key 'triggerTreshold'",
      `h-same-id.yaml: error: has the id of ${at('rules/a-first.yaml')}`,
      'i-two-documents.yaml:16: error: a second YAML document begins here',
      "d-throws-once.yaml:14: error: evaluation: assert() has failed with message: 'mallory was here' (1)",
      "e-no-such-table.yaml:13: error: binding: The name 'Orders_CL' does not refer to any known table, tabular variable or function. [KS204]",
      "f-no-such-column.yaml:13: error: binding: The name 'Caler' does not refer to any known column, table, variable or function. [KS142]",
      'g-absent-table.yaml: note: reads AGWFirewallLogs, which is not in the logs: it counts as empty',
    ]);
  });

  it('says in the table what it says in the JSON', async () => {
    const { stdout, status } = await replay('--rules', at('rules'), '--alerts', '0');
    assert.equal(status, 1);
    for (const part of [
      'b-no-yaml.yaml:2:1: error: no YAML',
      'mallory was here',
      '(in 1 run, first 2026-03-24T12:00:00Z)',
    ]) {
      assert.ok(stdout.includes(part), `${part} is missing`);
    }
    assert.match(stdout, /\nd-throws-once +\d+ +1 /);
  });

  const first = () => ['--rules', at('rules/a-first.yaml'), '--format', 'json'];

  it('ends with 1 where the clock has no run of a rule', async () => {
    const outcome = await replay(...first(), '--from', '2026-03-24T10:01', '--to', '2026-03-24T10:59');
    assert.equal(outcome.status, 1);
    assert.deepEqual(problemsOf(outcome), [
      'a-first.yaml: error: has no run from 2026-03-24T10:01:00Z to 2026-03-24T10:59:00Z',
    ]);
  });

  for (const [what, from, to, where] of [
    ['after', '2026-04-08', '2026-04-09', 'more than 14 days after them'],
    ['before', '2026-03-01', '2026-03-02', 'before them'],
  ] as const) {
    it(`ends with 1 where the clock lies ${what} the logs`, async () => {
      const outcome = await replay(...first(), '--from', from, '--to', to);
      assert.equal(outcome.status, 1);
      assert.deepEqual(problemsOf(outcome), [
        `: error: the logs are from 2026-03-24T10:20:00Z to 2026-03-24T12:20:00Z, and the replay from ${from}T00:00:00Z to ${to}T00:00:00Z is ${where}: no rule sees a row`,
      ]);
    });
  }

  const misuse: readonly (readonly [what: string, args: readonly string[], message: string])[] = [
    [
      'a clock that ends before it starts',
      ['--from', '2026-03-25', '--to', '2026-03-24'],
      'the clock would end (2026-03-24T00:00:00Z) before it starts (2026-03-25T00:00:00Z)',
    ],
    ['a rule file that is not there', ['--rules', 'nowhere/x.yaml'], 'nowhere/x.yaml: cannot be read (ENOENT)'],
    [
      'a watchlist that is not there',
      ['--watchlist', 'w=nowhere.csv'],
      '--watchlist: the file nowhere.csv cannot be read',
    ],
  ];
  for (const [what, args, message] of misuse) {
    it(`ends with 2 and one message on ${what}`, async () => {
      const { status, stdout, stderr } = await replay(...(args.includes('--rules') ? [] : first()), ...args);
      assert.deepEqual([status, stdout, stderr.split('\n')[0]], [2, '', `error: ${message}`]);
    });
  }

  it('runs a rule that its hints have been followed for: tables, functions and watchlists are given', async () => {
    await writeFile(
      at('workspace.yaml'),
      good(
        1,
        "union (Callers('ann')), (Orders_CL) | where Caller in ((_GetWatchlist('allowed') | project SearchKey)) | project TimeGenerated",
      ),
    );
    const outcome = await replay(
      ...['--rules', at('workspace.yaml'), '--format', 'json', '--schema', 'Orders_CL=(TimeGenerated:datetime)'],
      ...['--function', `Callers=${at('Callers.kql')}`, '--watchlist', `allowed=${at('allowed.csv')}`],
    );
    assert.deepEqual([outcome.status, alertsOf(outcome)], [0, { workspace: 2 }]);
    assert.deepEqual(JSON.parse(outcome.stdout).rules[0].tables, [
      { name: 'AzureActivity', rowCount: 3 },
      { name: 'Orders_CL', rowCount: null },
      { name: 'Watchlist', rowCount: 1 },
    ]);
  });

  it('reads the files that are given for externaldata and for addresses, in a planned query too', async () => {
    const country = 'geo_info_from_ip_address("198.51.100.7").country';
    const outside = "externaldata(Caller: string)['https://lists.example.com/callers.csv']";
    await writeFile(
      at('outside.yaml'),
      good(1, `AzureActivity | where Caller in ((${outside})) and ${country} == "Portugal" | project TimeGenerated`),
    );
    await writeFile(at('callers.csv'), 'ann\n');
    await writeFile(
      at('cities.mmdb'),
      writeMmdb('GeoLite2-City', { '198.51.100.0/24': { country: { names: { en: 'Portugal' } } } }),
    );
    const args = ['--rules', at('outside.yaml'), '--format', 'json'];
    const list = ['--external-data', `https://lists.example.com/callers.csv=${at('callers.csv')}`];
    const outcome = await replay(...args, ...list, '--geo-database', at('cities.mmdb'));
    assert.deepEqual([outcome.status, alertsOf(outcome)], [0, { outside: 2 }]);
    const without = await replay(...args, ...list);
    assert.equal(without.status, 1);
    assert.match(problemsOf(without).join('\n'), /geo_info_from_ip_address needs a database of addresses/);
  });
});
