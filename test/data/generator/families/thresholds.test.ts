import assert from 'node:assert/strict';
import { attackFamilies } from '../../../../data/generator/families/index.ts';
import { thresholds } from '../../../../data/generator/families/thresholds.ts';
import { rules } from '../../../../src/content/rules/index.ts';

describe('the thresholds that labels go by', () => {
  it('are the parameters of the rules as they ship', () => {
    for (const [slug, labelled] of Object.entries(thresholds)) {
      const rule = rules.find((candidate) => candidate.slug === slug);
      const shipped = Object.fromEntries(
        Object.entries(rule?.parameters ?? {}).map(([name, parameter]) => [name, parameter.default]),
      );
      assert.deepEqual(shipped, labelled, slug);
    }
  });

  it('belong to families of rules that exist, no rule to two of them', () => {
    const slugs = rules.map(({ slug }) => slug);
    const ofFamilies = attackFamilies.map(({ rule }) => rule);
    assert.deepEqual(
      ofFamilies.filter((rule) => !slugs.includes(rule)),
      [],
    );
    assert.equal(new Set(ofFamilies).size, attackFamilies.length);
    assert.equal(new Set(attackFamilies.map(({ name }) => name)).size, attackFamilies.length);
  });
});
