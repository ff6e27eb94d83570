import { strict as assert } from 'node:assert';
import { definitions } from '../../src/content/index.ts';
import { defaultPackConfig, type PackConfig, readPackConfig } from '../../src/content/pack-config.ts';
import type { ArmTemplate } from '../../src/emit/arm.ts';
import { generatePack } from '../../src/emit/generate-pack.ts';

const textOf = (path: string, config: PackConfig = defaultPackConfig): string =>
  generatePack(definitions, config).find((file) => file.path === path)?.text ?? '';
const oneClick = (config?: PackConfig): ArmTemplate => JSON.parse(textOf('package/azuredeploy.json', config));

describe('generatePack', () => {
  it('gives the same bytes for the same definitions and configuration', () => {
    assert.deepEqual(generatePack(definitions, defaultPackConfig), generatePack(definitions, defaultPackConfig));
  });

  it('names no path of the machine that it ran on', () => {
    const all = generatePack(definitions, defaultPackConfig);
    assert.deepEqual(
      all.filter(({ text }) => text.includes(process.cwd())),
      [],
    );
  });

  it('marks every template as generated', () => {
    const templates = generatePack(definitions, defaultPackConfig)
      .map(({ text, path }) => ({
        path,
        marked: text.includes('"_generator"'),
        isTemplate: text.includes('"resources"'),
      }))
      .filter(({ path, isTemplate }) => path.endsWith('.json') && isTemplate);
    assert.ok(templates.length >= 12);
    assert.deepEqual(
      templates.filter(({ marked }) => !marked),
      [],
    );
  });

  it('deploys everything with one template: all rules active, workbook, playbook, automation rule, roles', () => {
    const types = oneClick().resources.map(({ type }) => type.split('/').at(-1));
    const count = (name: string): number => types.filter((type) => type === name).length;
    assert.deepEqual(
      { alertRules: count('alertRules'), workbooks: count('workbooks'), workflows: count('workflows') },
      {
        alertRules: definitions.rules.length,
        workbooks: definitions.workbooks.length,
        workflows: definitions.playbooks.length,
      },
    );
    assert.equal(count('automationRules'), 1);
    assert.match(JSON.stringify(oneClick()), /Microsoft\.Authorization\/roleDefinitions/);
    assert.ok(
      oneClick().resources.every(
        ({ type, properties }) => !type.endsWith('/alertRules') || (properties as { enabled: boolean }).enabled,
      ),
    );
  });

  it('asks whoever deploys for the workspace only', () => {
    const open = Object.entries(oneClick().parameters).filter(([, value]) => !('defaultValue' in (value as object)));
    assert.deepEqual(
      open.map(([name]) => name),
      ['workspace'],
    );
  });

  it('carries a threshold of the configuration into the YAML and into both templates', () => {
    const config = readPackConfig({
      rules: { 'api-traffic-population-spike': { parameters: { minimumCalls: 12_345 } } },
    });
    for (const path of [
      'analytics-rules/api-traffic-population-spike.yaml',
      'package/repository/AnalyticsRules/api-traffic-population-spike.json',
      'package/azuredeploy.json',
    ]) {
      assert.match(textOf(path, config), /Calls >= 12345/, path);
      assert.doesNotMatch(textOf(path), /Calls >= 12345/, path);
    }
  });

  it('leaves out a playbook whose layer the topology does not have', () => {
    const paths = generatePack(definitions, readPackConfig({ topology: 'front-door' })).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => path.startsWith('playbooks/contain-attacker-address/')),
      [],
    );
  });

  it('refuses a rule that is answered by a playbook that does not exist', () => {
    const rules = definitions.rules.map((rule) => ({ ...rule, response: ['no-such-playbook'] }));
    assert.throws(() => generatePack({ ...definitions, rules }, defaultPackConfig), { code: 'unknown-playbook' });
  });
});
