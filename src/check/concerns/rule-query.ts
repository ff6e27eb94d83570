import type { Check, CheckContext, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';
import { ruleQuery as checkedQuery } from '../query/checked-query.ts';
import { codeText } from '../query/code-text.ts';
import { partsOf } from '../query/plan.ts';

/** What the text of a query may not hold, whatever it means. */
export const ruleQuery: Check = {
  name: 'rule query',
  run: (context) => context.rules.flatMap((file) => [...banned(context, file), ...indicators(file)]),
};

// The service refuses rules that read every table of the workspace, and what it cannot reach from there.
const bannedPatterns: readonly (readonly [RegExp, string, string])[] = [
  [/\bsearch\s+(?:kind\s*=\s*\w+\s+)?\*/, 'search *', 'Name the tables that it needs.'],
  [/\bunion\s+(?:\w+\s*=\s*\w+\s+)*\*/, 'union *', 'Name the tables that it needs.'],
  [/\b(?:adx|cluster)\s*\(/, 'adx() or cluster()', 'A rule reads Log Analytics only: bring the data there.'],
];
const bannedNearRealTime: typeof bannedPatterns = [
  [/\b(?:workspace|app|resource)\s*\(/, 'workspace()', 'A near-real-time rule reads its own workspace only.'],
];

/** A query that reads this share of all tables has named them by a pattern (`union A*`, a bare search or find). */
const ALL_TABLES_SHARE = 0.5;

function banned({ tables }: CheckContext, file: RuleFile): readonly Issue[] {
  const code = codeText(file.rule.query);
  const patterns = file.rule.kind === 'NRT' ? [...bannedPatterns, ...bannedNearRealTime] : bannedPatterns;
  const { report } = checkedQuery(file);
  const found = patterns.flatMap(([pattern, name, hint]) => {
    const start = code.search(pattern);
    return start < 0 ? [] : [report('rule-query-banned', { start, end: start }, `the query holds ${name}`, hint)];
  });
  const read = new Set(tablesOf(file));
  if (found.length > 0 || read.size < tables.size * ALL_TABLES_SHARE) return found;
  return [
    report('rule-query-banned', undefined, `the query reads ${read.size} tables`, 'Name the tables that it needs.'),
  ];
}

const tablesOf = ({ query: { plan } }: RuleFile): readonly string[] =>
  plan === undefined ? [] : partsOf(plan).plans.flatMap((part) => (part.operator === 'table' ? [part.name] : []));

/** ThreatIntelligenceIndicator logs every change of an indicator: only the latest, active, unexpired one counts. */
function indicators(file: RuleFile): readonly Issue[] {
  const code = codeText(file.rule.query);
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
