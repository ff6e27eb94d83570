import type { Check, RuleFile } from '../check.ts';
import type { Issue } from '../issue.ts';
import { ruleQuery } from '../query/checked-query.ts';
import { codeText } from '../query/code-text.ts';
import { type TimeBound, timeBoundsOf } from '../query/comparisons.ts';
import { partsOf } from '../query/plan.ts';
import { offsetOf } from '../query/time-offset.ts';
import { formatMinutes, minutesOf, TICKS_PER_MINUTE } from '../timespan.ts';

/**
 * What a query looks at fits what it is given and how often it runs. Nothing older than the period is visible, whatever
 * the query says, and every event is best looked at by one run: later than the logs are late, and not by two.
 */
export const ruleWindow: Check = {
  name: 'rule windows',
  run: ({ rules }) => rules.flatMap((file) => [...lookBackIssues(file), ...coverageIssues(file)]),
};

function lookBackIssues(file: RuleFile): readonly Issue[] {
  const { plan } = file.query;
  const { queryPeriod } = file.rule;
  if (plan === undefined || queryPeriod === undefined) return [];
  const periodMinutes = minutesOf(queryPeriod);
  const seriesStarts = partsOf(plan).plans.flatMap((part): readonly Omit<TimeBound, 'side'>[] => {
    const from = part.operator === 'make-series' || part.operator === 'range' ? part.from : undefined;
    const offsetTicks = from === undefined ? undefined : offsetOf(from);
    return offsetTicks === undefined || from?.kind !== 'call' ? [] : [{ offsetTicks, span: from.span }];
  });
  return [...timeBoundsOf(plan), ...seriesStarts]
    .filter(({ offsetTicks }) => minutesBack(offsetTicks) > periodMinutes)
    .map(({ offsetTicks, span }) =>
      ruleQuery(file).report(
        'rule-look-back',
        span,
        `the query asks for ${formatMinutes(minutesBack(offsetTicks))}, but is given the last ${queryPeriod}`,
        'Raise queryPeriod (14d at most), or ask for less: older rows are not there.',
      ),
    );
}

/** Of rules that are given more than runs are apart; of the others the check of timing speaks. */
function coverageIssues(file: RuleFile): readonly Issue[] {
  const { plan, text } = file.query;
  const { queryFrequency, queryPeriod } = file.rule;
  if (plan === undefined || queryFrequency === undefined || queryPeriod === undefined) return [];
  const frequencyMinutes = minutesOf(queryFrequency);
  const periodMinutes = minutesOf(queryPeriod);
  // By the time of arrival a row belongs to one run, however late it is.
  if (periodMinutes <= frequencyMinutes || /\bingestion_time\s*\(/.test(codeText(text))) return [];
  const bounds = timeBoundsOf(plan);
  const from = newest(bounds.filter(({ side }) => side === 'from'));
  // An end that lies before that is the end of a baseline.
  const to = newest(
    bounds.filter(({ side, offsetTicks }) => side === 'to' && (from === undefined || offsetTicks > from.offsetTicks)),
  );
  const fromMinutes = from === undefined ? periodMinutes : minutesBack(from.offsetTicks);
  const toMinutes = to === undefined ? 0 : Math.max(0, minutesBack(to.offsetTicks));
  return coverage(file, { from, fromMinutes, toMinutes, frequencyMinutes });
}

type Coverage = {
  readonly from: TimeBound | undefined;
  readonly fromMinutes: number;
  readonly toMinutes: number;
  readonly frequencyMinutes: number;
};

function coverage(file: RuleFile, { from, fromMinutes, toMinutes, frequencyMinutes }: Coverage): readonly Issue[] {
  const { report } = ruleQuery(file);
  const spanMinutes = fromMinutes - toMinutes;
  const looks = `the query looks at ${formatMinutes(spanMinutes)}, and runs every ${formatMinutes(frequencyMinutes)}`;
  if (spanMinutes < frequencyMinutes) {
    const hint = 'Look at as much time as lies between two runs.';
    return [report('rule-gap', from?.span, `${looks}: what lies between is never seen`, hint)];
  }
  if (spanMinutes > frequencyMinutes) {
    const hint =
      'Bound TimeGenerated from both sides so that an event belongs to one run, or keep rows by ingestion_time().';
    return [report('rule-repeats', from?.span, `${looks}: an event is looked at more than once`, hint)];
  }
  if (toMinutes > 0) return [];
  const hint = 'End the window some minutes before now(), as late as the logs may be, and begin it as much earlier.';
  return [report('rule-late-data', from?.span, `${looks}: what arrives late is never seen`, hint)];
}

/** The bound that lies closest to now: a query may bound its baseline, too, and that lies before. */
const newest = (bounds: readonly TimeBound[]): TimeBound | undefined =>
  bounds.reduce<TimeBound | undefined>(
    (best, bound) => (best === undefined || bound.offsetTicks > best.offsetTicks ? bound : best),
    undefined,
  );

const minutesBack = (offsetTicks: bigint): number => Number(-offsetTicks) / Number(TICKS_PER_MINUTE);
