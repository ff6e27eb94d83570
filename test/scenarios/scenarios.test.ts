import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { trafficLibrary } from '../../data/scenario-traffic/traffic-library.ts';
import { knownSchemas } from '../../scripts/load-logs.ts';
import { emptyCatalog } from '../../scripts/mutate/scenario-judge.ts';
import { findThresholds } from '../../src/calibrate/find-thresholds.ts';
import type { AnyRuleDefinition } from '../../src/content/define-rule.ts';
import { definitions } from '../../src/content/index.ts';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { resolveRule } from '../../src/content/resolve-rule.ts';
import { emitRuleYaml } from '../../src/emit/rule-yaml.ts';
import { symbolsOf } from '../../src/kql/index.ts';
import { parseQuery } from '../../src/kql/parse/parse-query.ts';
import type { SyntaxNode } from '../../src/kql/parse/syntax.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { readRule } from '../../src/replay/read-rule.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { formatFailure } from '../../src/replay/scenario/format-scenarios.ts';
import { loadScenarios, type ScenarioFile } from '../../src/replay/scenario/load-scenarios.ts';
import { createScenarioRunner } from '../../src/replay/scenario/run-scenario.ts';
import type { ScenarioMargin } from '../../src/replay/scenario/scenario-margin.ts';
import type { ScenarioResult } from '../../src/replay/scenario/scenario-result.ts';

const runner = createScenarioRunner(knownSchemas, trafficLibrary);
const rules: ReadonlyMap<string, RuleFile> = new Map(
  (await loadRuleFiles('analytics-rules')).map((rule) => [
    relative('analytics-rules', rule.file).replace(/\.yaml$/, ''),
    rule,
  ]),
);
const scenarios = await loadScenarios('data/scenarios');
const of = (rule: string, kind: 'fires' | 'quiet'): readonly ScenarioFile[] =>
  scenarios.filter((file) => file.rule === rule && file.name.startsWith(`${kind}-`));

async function run(file: ScenarioFile, margins = false): Promise<ScenarioResult> {
  return file.scenario === undefined ? file.broken : runner.run(file.scenario, rules, margins ? 'margins' : 'evidence');
}

describe('the scenarios', function () {
  this.timeout(30_000);

  for (const rule of rules.keys()) {
    describe(rule, () => {
      for (const file of [...of(rule, 'fires'), ...of(rule, 'quiet')]) {
        it(file.name, async () => {
          const result = await run(file);
          assert.ok(result.status === 'passed', formatFailure(result));
        });
      }
    });
  }

  it('are there for every rule: one that fires and one that stays quiet at least', () => {
    const lacking = [...rules.keys()].filter(
      (rule) => of(rule, 'fires').length === 0 || of(rule, 'quiet').length === 0,
    );
    assert.deepEqual(lacking, []);
  });

  it('are about rules that exist, and each says in its folder what the rule does', () => {
    const strange = scenarios.filter(({ rule, name }) => !rules.has(rule) || !/^(fires|quiet)-[a-z0-9-]+$/.test(name));
    assert.deepEqual(
      strange.map(({ file }) => file),
      [],
    );
  });

  it('name the schema that editors complete them by', () => {
    const first = '# yaml-language-server: $schema=../../../../schemas/scenario.schema.json\n';
    assert.deepEqual(
      scenarios.filter(({ file }) => !readFileSync(file, 'utf8').startsWith(first)).map(({ file }) => file),
      [],
    );
  });
});

/** So near to a threshold a scenario must lie, as a share of it: a whole number one step away, a measure 2 %. */
const isAtThreshold = ({ side, distance, relative: share, decides, value, limit }: ScenarioMargin): boolean =>
  decides &&
  (Number.isInteger(value) && Number.isInteger(limit) ? distance <= (side === 'misses' ? 1 : 0) : share <= 0.02);

/** Where each declared parameter stands in the query of its rule, as margins name it: `Calls >= 200`. */
function thresholdsOf(definition: AnyRuleDefinition): ReadonlyMap<string, readonly string[] | undefined> {
  const defaults = Object.entries(definition.parameters).map(([name, parameter]) => [name, parameter.default] as const);
  const queryOf = (changed: Readonly<Record<string, number>>): string => {
    const parameters = { ...Object.fromEntries(defaults), ...changed };
    const text = emitRuleYaml(
      resolveRule(definition, { ...defaultPackConfig, rules: { [definition.slug]: { parameters } } }),
    );
    return readRule(text, `${definition.slug}.yaml`).query;
  };
  const parse = (query: string): SyntaxNode => parseQuery(query, symbolsOf(emptyCatalog));
  const query = queryOf({});
  return new Map(
    defaults.map(([name, value]) => {
      const found = findThresholds(name, parse(query), parse(queryOf({ [name]: value + 1 })));
      const texts = found?.map(
        ({ operator, measured: { span } }) => `${query.slice(span.start, span.end)} ${operator} ${value}`,
      );
      return [name, texts];
    }),
  );
}

describe('both sides of every threshold', function () {
  this.timeout(60_000);

  for (const definition of definitions.rules.filter(({ parameters }) => Object.keys(parameters).length > 0)) {
    const { slug } = definition;
    const thresholds = thresholdsOf(definition);

    it(`${slug}: every parameter that it declares is compared with something that is measured`, () => {
      const lost = [...thresholds].filter(([, texts]) => texts === undefined || texts.length === 0);
      assert.deepEqual(lost, []);
    });

    for (const [kind, side, what] of [
      ['fires', 'holds', 'just held'],
      ['quiet', 'misses', 'just missed'],
    ] as const) {
      it(`${slug}: each is ${what} by a scenario`, async () => {
        const open = new Set([...thresholds.values()].flatMap((texts) => texts ?? []));
        for (const file of of(slug, kind)) {
          // A scenario of a background alone lies at no threshold, and takes long to measure.
          if (open.size === 0 || file.scenario?.given.steps.length === 0) continue;
          const result = await run(file, true);
          const margins = result.status === 'broken' ? [] : (result.margins ?? []);
          for (const margin of margins)
            if (margin.side === side && isAtThreshold(margin)) open.delete(margin.threshold);
        }
        assert.deepEqual([...open], []);
      });
    }
  }
});
