import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { defaultPackConfig, PackConfigError, readPackConfig } from '../../src/content/pack-config.ts';
import { lineOfSetting, parsePackConfig } from '../../src/content/pack-config-file.ts';

describe('pack.config.yaml', () => {
  it('says in the repository what holds without a file', () => {
    assert.deepEqual(parsePackConfig(readFileSync('pack.config.yaml', 'utf8')), defaultPackConfig);
  });

  it('takes defaults for what is left out, also inside a section', () => {
    assert.deepEqual(parsePackConfig('topology: direct\nallowList: { endpoints: [GET /health] }'), {
      ...defaultPackConfig,
      topology: 'direct',
      allowList: { addresses: [], endpoints: ['GET /health'] },
    });
    assert.deepEqual(parsePackConfig(''), defaultPackConfig);
  });

  const refused = [
    ['topology: vpn', ['topology'], 'an unknown topology'],
    ['topolgy: direct', ['topolgy'], 'a misspelt setting'],
    ['allowList: { adresses: [] }', ['allowList', 'adresses'], 'a misspelt setting inside a section'],
    ['rules: { x: { severity: Critical } }', ['rules', 'x', 'severity'], 'an unknown severity'],
    ['rules: { x: { parameters: { n: "6" } } }', ['rules', 'x', 'parameters', 'n'], 'a threshold that is text'],
    ['names: { prefix: "\u00e4" }', ['names', 'prefix'], 'a prefix outside ASCII'],
    ['- direct', [], 'a list instead of settings'],
    ['topology: [direct', [], 'broken YAML'],
  ] as const;
  for (const [text, path, what] of refused) {
    it(`refuses ${what} and names the place`, () => {
      assert.throws(
        () => parsePackConfig(text),
        (error) => {
          assert.ok(error instanceof PackConfigError);
          assert.deepEqual([error.code, error.path], ['config-shape', path]);
          assert.notEqual(error.hint, '');
          return true;
        },
      );
    });
  }

  for (const address of ['192.0.2.7', '192.0.2.0/24', '2001:db8::7', '2001:db8::/32', '198.51.100.0/1']) {
    it(`takes ${address} for the allow-list`, () => {
      assert.deepEqual(readPackConfig({ allowList: { addresses: [address] } }).allowList.addresses, [address]);
    });
  }

  const noAddresses = [
    '10',
    '0x7f.1',
    '192.0.2.256',
    '192.0.2.0/33',
    '192.0.2.1/',
    'contoso.com',
    '192.0.2.1") | union *',
    '::1%eth0',
    '',
  ];
  for (const address of noAddresses) {
    it(`refuses ${JSON.stringify(address)}, which a query would not read as an address`, () => {
      assert.throws(() => readPackConfig({ allowList: { addresses: ['192.0.2.7', address] } }), {
        code: 'config-address',
        path: ['allowList', 'addresses', '1'],
      });
    });
  }

  for (const range of ['0.0.0.0/0', '::/0', '192.0.2.1/00']) {
    it(`refuses ${range}, which would silence every rule`, () => {
      assert.throws(() => readPackConfig({ allowList: { addresses: [range] } }), { code: 'config-address' });
    });
  }

  it('finds the line of a setting, and of the nearest one around a setting that is not there', () => {
    const text = 'topology: direct\nallowList:\n  addresses:\n    - 192.0.2.7\n    - x\n';
    assert.equal(lineOfSetting(text, ['allowList', 'addresses', '1']), 5);
    assert.equal(lineOfSetting(text, ['allowList', 'addresses', '9']), 4);
    assert.equal(lineOfSetting(text, ['rules']), 1);
  });
});
