import type { Check, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';

/** What the text of a query may not hold, whatever it means. */
export const ruleQuery: Check = {
  name: 'rule query',
  run: ({ rules }) => rules.flatMap((file) => [...banned(file), ...indicators(file)]),
};

// Both read every table of the workspace; the service refuses rules that do.
const bannedPatterns: readonly (readonly [RegExp, string])[] = [
  [/\bsearch\s+(?:kind\s*=\s*\w+\s+)?\*/, 'search *'],
  [/\bunion\s+(?:\w+\s*=\s*\w+\s+)*\*/, 'union *'],
];

function banned(file: RuleFile): readonly Issue[] {
  const code = withoutCommentsAndStrings(file.rule.query);
  return bannedPatterns
    .filter(([pattern]) => pattern.test(code))
    .map(([, name]) =>
      issue('rule-query-banned', file.placeOf(['query']), `the query holds ${name}`, 'Name the tables that it needs.'),
    );
}

/** ThreatIntelligenceIndicator logs every change of an indicator: only the latest, active, unexpired one counts. */
function indicators(file: RuleFile): readonly Issue[] {
  const code = withoutCommentsAndStrings(file.rule.query);
  const needed: readonly (readonly [RegExp, string])[] = [
    [/\barg_max\s*\([^)]*\)\s*by\s+[^|]*\bIndicatorId\b/, 'arg_max(TimeGenerated, *) by IndicatorId'],
    [/\bActive\b/, 'Active'],
    [/\bExpirationDateTime\b/, 'ExpirationDateTime'],
  ];
  const missing = /\bThreatIntelligenceIndicator\b/.test(code)
    ? needed.filter(([pattern]) => !pattern.test(code)).map(([, name]) => name)
    : [];
  return missing.length === 0
    ? []
    : [
        issue(
          'rule-query-indicators',
          file.placeOf(['query']),
          `ThreatIntelligenceIndicator is read without ${missing.join(', ')}`,
          'Take the latest state of each indicator and keep active, unexpired ones.',
        ),
      ];
}

function withoutCommentsAndStrings(query: string): string {
  return query.replace(/\/\/[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (text) =>
    text.startsWith('//') ? '' : '""',
  );
}
