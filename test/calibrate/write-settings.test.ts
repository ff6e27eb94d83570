import { strict as assert } from 'node:assert';
import { withParameters } from '../../src/calibrate/write-settings.ts';
import { parsePackConfig } from '../../src/content/pack-config-file.ts';

const slug = 'api-traffic-population-spike';

describe('writing recommended values into the configuration', () => {
  it('keeps comments, order and everything else as it was', () => {
    const before = `# Ours.
topology: direct # no gateway

rules:
  # Noisy in March.
  ${slug}:
    severity: High
    parameters:
      deviations: 8 # was 6
  waf-sql-injection:
    enabled: false
`;
    assert.equal(
      withParameters(before, slug, { deviations: 7.5, minimumCalls: 150 }),
      before.replace('deviations: 8 # was 6', 'deviations: 7.5 # was 6\n      minimumCalls: 150'),
    );
  });

  it('opens an empty mapping and leaves the comment above it', () => {
    const before = '# What changes about a rule:\nrules: {}\n\n# Playbooks.\nplaybooks: {}\n';
    const after = withParameters(before, slug, { deviations: 7 });
    assert.equal(
      after,
      `# What changes about a rule:\nrules:\n  ${slug}:\n    parameters:\n      deviations: 7\n\n# Playbooks.\nplaybooks: {}\n`,
    );
    assert.deepEqual(parsePackConfig(after).rules, { [slug]: { parameters: { deviations: 7 } } });
  });

  it('starts a configuration where there is none', () => {
    assert.equal(
      withParameters('', slug, { deviations: 7 }),
      `rules:\n  ${slug}:\n    parameters:\n      deviations: 7\n`,
    );
    assert.equal(withParameters('rules:\n', slug, { a: 1 }), `rules:\n  ${slug}:\n    parameters:\n      a: 1\n`);
  });

  it('refuses a configuration that has something else in the place of the settings, and one that is no YAML', () => {
    assert.throws(() => withParameters('rules: none\n', slug, { a: 1 }), {
      code: 'config-shape',
      message: 'rules is no mapping',
    });
    assert.throws(() => withParameters(`rules:\n  ${slug}: [1]\n`, slug, { a: 1 }), { code: 'config-shape' });
    assert.throws(() => withParameters('rules: "a', slug, { a: 1 }), { code: 'config-shape' });
  });
});
