import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerCalibrate } from '../../scripts/commands/calibrate.ts';
import type { UsageError } from '../../scripts/usage-error.ts';

const minute = (index: number): string => `2026-03-24T10:${String(20 + index).padStart(2, '0')}:00Z`;
/** Blocked injections of one address, a transaction each. */
const injections = (address: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      TimeGenerated: minute(index),
      TransactionId: `${address}-${index}`,
      RuleId: '942100',
      Action: 'Blocked',
      ClientIp: address,
      Hostname: 'api.contoso.com',
      RequestUri: '/orders',
    }),
  );
const labels = {
  attacks: [
    {
      attack: 'sql-injection',
      startsAt: minute(0),
      endsAt: minute(4),
      expected: [{ rule: 'waf-sql-injection', key: { ClientAddress: '203.0.113.9' } }],
    },
  ],
};

describe('pack calibrate', function () {
  this.timeout(60_000);
  let folder: string;
  let exitCode: typeof process.exitCode;
  before(async () => {
    exitCode = process.exitCode;
    folder = await mkdtemp(join(tmpdir(), 'calibrate-'));
    await mkdir(join(folder, 'logs'));
    await mkdir(join(folder, 'bare'));
    // An attacker with five attempts, and a person with two unlucky searches.
    const rows = [...injections('203.0.113.9', 5), ...injections('203.0.113.10', 2)];
    await writeFile(join(folder, 'logs', 'AGWFirewallLogs.ndjson'), rows.join('\n'));
    await writeFile(join(folder, 'logs', 'labels.json'), JSON.stringify(labels));
    await writeFile(join(folder, 'bare', 'AGWFirewallLogs.ndjson'), rows.join('\n'));
    await writeFile(join(folder, 'pack.config.yaml'), '# Ours.\nrules: {}\n');
  });
  after(async () => {
    process.exitCode = exitCode;
    await rm(folder, { recursive: true });
  });

  async function pack(data: string, ...args: readonly string[]): Promise<string> {
    const program = new Command('pack').exitOverride();
    registerCalibrate(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    const { write } = process.stdout;
    const { error } = console;
    let text = '';
    console.error = (line: string) => {
      text += `${line}\n`;
    };
    process.stdout.write = ((part: string) => {
      text += part;
      return true;
    }) as typeof write;
    const config = ['--config', join(folder, 'pack.config.yaml'), '--data', join(folder, data)];
    try {
      await program.parseAsync(['calibrate', ...config, ...args], { from: 'user' });
    } finally {
      process.stdout.write = write;
      console.error = error;
    }
    return text;
  }

  it('recommends the threshold between the attacker and the unlucky, in the middle of those that tell them apart', async () => {
    const text = await pack('logs', 'waf-sql-injection', '--set', 'minimumTransactions=1..6', '--format', 'json');
    const { recommended, settings, shared } = JSON.parse(text);
    assert.equal(shared, true);
    assert.deepEqual(
      settings.map((one: { alerts: number; falseAlerts: number; recall: number }) => [
        one.alerts,
        one.falseAlerts,
        one.recall,
      ]),
      [
        [2, 1, 1],
        [2, 1, 1],
        [1, 0, 1],
        [1, 0, 1],
        [1, 0, 1],
        [0, 0, 0],
      ],
    );
    assert.deepEqual([recommended.setting, recommended.marginSteps], [{ minimumTransactions: 4 }, 1]);
  });

  it('writes what it recommends into the configuration, keeps its comments, and starts from there the next time', async () => {
    const text = await pack('logs', 'waf-sql-injection', '--set', 'minimumTransactions=1..6', '--write');
    assert.match(text, /\ncurrent +minimumTransactions 3 /);
    assert.match(text, /pack\.config\.yaml: waf-sql-injection has minimumTransactions 4\. Run: .*generate\n$/);
    assert.equal(
      await readFile(join(folder, 'pack.config.yaml'), 'utf8'),
      '# Ours.\nrules:\n  waf-sql-injection:\n    parameters:\n      minimumTransactions: 4\n',
    );
    const next = await pack('logs', 'waf-sql-injection');
    assert.match(next, /\ncurrent +minimumTransactions 4 /);
  });

  it('refuses what it cannot calibrate, and says what to do', async () => {
    const refused = (message: RegExp, hint: RegExp) => (error: UsageError) => {
      assert.match(error.message, message);
      assert.match(error.hint, hint);
      return error.name === 'UsageError';
    };
    await assert.rejects(pack('logs', 'waf-injection'), refused(/no rule 'waf-injection'/, /waf-sql-injection/));
    await assert.rejects(
      pack('bare', 'waf-sql-injection'),
      refused(/labels\.json cannot be read \(ENOENT\)/, /pack sample/),
    );
    await assert.rejects(
      pack('logs', 'api-traffic-population-spike'),
      refused(/no labelled attack must be detected by/, /expect detections of waf-sql-injection/),
    );
    await assert.rejects(
      pack('no-such-folder', 'waf-protection-weakened'),
      refused(/waf-protection-weakened: the rule declares no parameters/, /nothing to calibrate/),
    );
    await assert.rejects(
      pack('no-such-folder', 'waf-sql-injection', '--set', 'minimum=5'),
      refused(/no parameter 'minimum'/, /minimumTransactions/),
    );
    await assert.rejects(
      pack('logs', 'waf-sql-injection', '--set', 'minimum=5'),
      refused(/no parameter 'minimum'/, /minimumTransactions/),
    );
  });
});
