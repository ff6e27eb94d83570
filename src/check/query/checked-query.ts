import { positionOf, type Span } from '../../kql/index.ts';
import type { CheckContext, RuleFile } from '../check.ts';
import { type Issue, type IssueCode, issue } from '../issue.ts';
import type { QueryAnalysis } from './analyze-query.ts';
import type { WorkbookQuery } from './workbook-queries.ts';

/** A query of the pack, wherever it stands, and how an issue of a place in it is reported. */
export type CheckedQuery = {
  readonly analysis: QueryAnalysis;
  readonly report: (code: IssueCode, span: Span | undefined, message: string, hint: string) => Issue;
};

/** The queries of rules and workbooks. A workbook's query that refers to nothing is reported for that alone. */
export function checkedQueries({ rules, workbookQueries }: CheckContext): readonly CheckedQuery[] {
  const whole = workbookQueries.filter(({ sampled }) => sampled.unknown.length === 0);
  return [...rules.map(ruleQuery), ...whole.map(workbookQuery)];
}

export function ruleQuery(file: RuleFile): CheckedQuery {
  return {
    analysis: file.query,
    report: (code, span, message, hint) => issue(code, file.placeOf(['query'], span?.start), message, hint),
  };
}

/** In JSON a query is one line: the message says which of the query's own lines is meant. */
function workbookQuery({ file, keys, name, analysis }: WorkbookQuery): CheckedQuery {
  return {
    analysis,
    report(code, span, message, hint) {
      const line = span === undefined ? 1 : positionOf(analysis.text, span.start).line;
      const where = `${name}, line ${line}`;
      return issue(code, file.placeOf([...keys, 'query']), `${where}: ${message}`, hint);
    },
  };
}
