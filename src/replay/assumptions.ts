import { ReplayError } from './replay-error.ts';

type Assumption = {
  /** The choices; the first is the default. */
  readonly choices: readonly [string, ...string[]];
  readonly doc: string;
};

/**
 * What Sentinel does where Microsoft's documentation is silent. Every such choice that replay makes stands here, and
 * each is a switch (`pack replay --assume NAME=CHOICE`); the documented behaviour is in service-limits.ts and in the
 * code that implements it.
 */
export const assumptionRegistry = {
  firstRun: {
    choices: ['aligned', 'at-clock-start'],
    doc: 'A deployed rule runs at its creation and every queryFrequency after. A replay has no creation time: its runs are aligned to the clock (an hourly rule on the hour), or start with the clock.',
  },
  now: {
    choices: ['scheduled', 'executed'],
    doc: 'What now() and ago() mean in the query of a run: the time for which it was scheduled, which real alerts show as query_now, or the time 5 minutes later (NRT: 2) at which it is executed.',
  },
  windowEnd: {
    choices: ['excluded', 'included'],
    doc: 'To which of two adjoining windows a row at the very moment between them belongs: to the later one, or, with its end included and its start not, to the earlier one.',
  },
  oldRows: {
    choices: ['not-seen', 'seen'],
    doc: 'What an NRT rule makes of a row that was generated 12 hours or more before it arrived. Microsoft says only that NRT rules work for delays under 12 hours.',
  },
  groupedDetails: {
    choices: ['first-result', 'rule-text'],
    doc: 'Which result fills the alert details (name, description, severity, tactics) of an alert that stands for several results.',
  },
  customDetailValues: {
    choices: ['distinct', 'all'],
    doc: 'Whether a custom detail of an alert with several results lists each value once or once per result.',
  },
  emptyCustomDetail: {
    choices: ['left-out', 'empty-text'],
    doc: 'A result whose custom-detail column is null or empty adds nothing to the list, or an empty text.',
  },
  oversizedDetails: {
    choices: ['cut-at-limit', 'all-dropped'],
    doc: 'Where custom and alert details take more than they may: values beyond it are left out one by one from the first that does not fit, or all custom details are.',
  },
  detailsSize: {
    choices: ['64-KB', '2-KB'],
    doc: "What custom and alert details may take together: Microsoft's pages say 64 KB, and 2 KB of custom details in others.",
  },
  overlongText: {
    choices: ['rule-text', 'cut'],
    doc: 'An alert name over 256 bytes or a description over 5 KB after its placeholders are filled is dropped, says Microsoft: then the text of the rule stands there. Or it is cut.',
  },
  noResults: {
    choices: ['no-alert', 'one-alert'],
    doc: 'What a rule with AlertPerResult raises when it triggers on zero results (Equal 0, LessThan n).',
  },
  emptyGroupKey: {
    choices: ['own-incident', 'grouped'],
    doc: 'Whether alerts that have none of the entities or details that a rule groups by are grouped with each other.',
  },
  incidentSeverity: {
    choices: ['highest', 'first-alert'],
    doc: 'The severity of an incident whose alerts differ in it.',
  },
  groupingWindow: {
    choices: ['from-first-alert', 'from-latest-alert'],
    doc: 'Whether the look-back of alert grouping counts from the first alert of an incident or from the one that joined it last.',
  },
  reopenedWithin: {
    choices: ['look-back', 'any-time'],
    doc: 'Whether an alert opens a closed incident of its group again only within the look-back of grouping, or whenever it comes.',
  },
  reopenedStatus: {
    choices: ['Active', 'New'],
    doc: 'The status of a closed incident that a rule with reopenClosedIncident opens again.',
  },
  autoDisable: {
    choices: ['after-10', 'after-3', 'after-100', 'never'],
    doc: 'A rule is disabled after a number of permanent failures of one type in a row, which Microsoft does not tell. Failures of the engine itself and cancelled runs are transient and never disable.',
  },
  raisedRows: {
    choices: ['read', 'not-read'],
    doc: 'Whether alerts and incidents of the replay are rows of SecurityAlert and SecurityIncident, from the moment of their creation, that later rules read. Choose not-read where the logs hold what a workspace raised itself.',
  },
  suppressionEnd: {
    choices: ['runs', 'suppressed'],
    doc: 'Whether the run that falls exactly on the end of a suppression takes place.',
  },
} as const satisfies Readonly<Record<string, Assumption>>;

type Registry = typeof assumptionRegistry;
export type ReplayAssumptions = { readonly [Name in keyof Registry]: Registry[Name]['choices'][number] };

const firstChoices = Object.entries(assumptionRegistry).map(([name, { choices }]) => [name, choices[0]]);
export const defaultAssumptions = Object.fromEntries(firstChoices) as ReplayAssumptions;

/**
 * The defaults with switches set, each as `name=choice`.
 * @throws ReplayError `assumption` for a name or a choice that does not exist.
 */
export function readAssumptions(settings: readonly string[]): ReplayAssumptions {
  const chosen: Record<string, string> = { ...defaultAssumptions };
  for (const setting of settings) {
    const [name = '', choice = ''] = setting.split(/=(.*)/s);
    const assumption = Object.entries(assumptionRegistry).find(([key]) => key === name)?.[1];
    if (assumption === undefined) {
      const hint = `the assumptions are ${Object.keys(assumptionRegistry).join(', ')}`;
      throw new ReplayError('assumption', `there is no assumption named '${name}'`, { hint });
    }
    const choices: readonly string[] = assumption.choices;
    if (!choices.includes(choice)) {
      const hint = `choose ${choices.join(' or ')}, as in ${name}=${choices[0]}`;
      throw new ReplayError('assumption', `'${choice}' is no choice of the assumption ${name}`, { hint });
    }
    chosen[name] = choice;
  }
  return chosen as ReplayAssumptions;
}
