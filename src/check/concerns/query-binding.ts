import type { KqlError } from '../../kql/index.ts';
import type { Check } from '../check.ts';
import type { Issue } from '../issue.ts';
import { type CheckedQuery, checkedQueries } from '../query/checked-query.ts';

/** Every query binds to the tables of a workspace, also of one that has just been made, and can be run here. */
export const queryBinding: Check = {
  name: 'query binding',
  run: (context) => checkedQueries(context).flatMap(bindingIssues),
};

function bindingIssues({ analysis, report }: CheckedQuery): readonly Issue[] {
  const { errors, cleanErrors, refusal } = analysis;
  return [
    ...errors.map((error) =>
      report('query-binding', error.span, error.message, hintOf(error) ?? 'Correct the query in its definition.'),
    ),
    ...cleanErrors.map((error) => report('query-clean-workspace', error.span, error.message, cleanHint)),
    ...(refusal === undefined
      ? []
      : [
          report(
            'query-unproven',
            refusal.span,
            `the query cannot be run here: ${refusal.message}`,
            hintOf(refusal) ?? 'Run it in a workspace before it ships.',
          ),
        ]),
  ];
}

const cleanHint =
  'Such a column exists once a row has filled it: read it with column_ifexists("Name", ""), and name the columns after bag_unpack so, too.';

/** The engine's hints begin in lower case; here each is a sentence. */
function hintOf({ hint }: KqlError): string | undefined {
  if (hint === undefined) return undefined;
  const sentence = hint.charAt(0).toUpperCase() + hint.slice(1);
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
