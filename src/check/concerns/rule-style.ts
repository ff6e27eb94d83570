import type { Check, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';

/** The style guide of Microsoft Sentinel's content. */
export const ruleStyle: Check = {
  name: 'rule style',
  run: ({ rules }) => rules.flatMap(styleIssues),
};

function styleIssues(file: RuleFile): readonly Issue[] {
  const { name, description } = file.rule;
  const broken: readonly (readonly [boolean, string, string, string])[] = [
    [name.length > 50, 'name', `the name has ${name.length} characters`, 'Use 50 at most.'],
    [name.endsWith('.'), 'name', 'the name ends with a period', 'Leave it out.'],
    [isTitleCase(name), 'name', 'the name is in title case', 'Use sentence case.'],
    [
      !/^(Identifies|This query searches for)\b/.test(description),
      'description',
      'the description does not say first what the rule finds',
      'Start with "Identifies" or "This query searches for".',
    ],
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, field, message, hint]) => issue('rule-style', file.placeOf([field]), message, hint));
}

/** Three words or more, each with a capital: "Spike In Traffic". Acronyms and product names alone do not make it one. */
function isTitleCase(name: string): boolean {
  const words = name.split(' ').filter((word) => /^[A-Za-z]/.test(word));
  return words.length > 2 && words.every((word) => /^[A-Z]/.test(word));
}
