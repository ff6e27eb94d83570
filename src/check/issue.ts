/** `error`: a workspace would refuse the content or the content would not work; `warning`: a convention is not kept. */
export type IssueSeverity = 'error' | 'warning';

/**
 * Every code that a check may report, with its severity and what it stands for. The list is closed, so that a pipeline
 * can rely on the codes; a new check adds its rows here.
 */
export const issueKinds = {
  'file-syntax': { severity: 'error', title: 'The file cannot be parsed' },
  'config-setting': { severity: 'error', title: 'A setting of pack.config.yaml cannot be used' },
  'schema-shape': { severity: 'error', title: 'The content does not have the shape that Microsoft Sentinel accepts' },
  'rule-id-duplicate': { severity: 'error', title: 'Two rules have the same id' },
  'rule-name-duplicate': { severity: 'error', title: 'Two rules have the same name' },
  'rule-file-name': { severity: 'error', title: 'A rule file is not named as the repository expects' },
  'rule-timing': { severity: 'error', title: 'Frequency and period do not fit the limits of the service' },
  'rule-late-data': { severity: 'warning', title: 'Data that arrives late is never looked at' },
  'rule-gap': { severity: 'warning', title: 'Between two runs lies time that no run looks at' },
  'rule-repeats': { severity: 'warning', title: 'Several runs look at the same events' },
  'rule-look-back': { severity: 'error', title: 'The query asks for rows that are older than those it gets' },
  'rule-technique': { severity: 'error', title: 'A technique does not serve any of the tactics of its rule' },
  'rule-connector': { severity: 'error', title: 'A connector or table is not known' },
  'rule-table-unread': { severity: 'error', title: 'A table is required that the query does not read' },
  'rule-entity': { severity: 'error', title: 'An entity mapping names no valid identifier' },
  'rule-entity-legacy': { severity: 'error', title: 'A column of the old entity mapping is used' },
  'rule-details-missing': { severity: 'warning', title: 'An alert says nothing of what was measured' },
  'rule-column': { severity: 'error', title: 'A rule names a column that its query does not yield' },
  'rule-column-type': { severity: 'error', title: 'A column is of a type that does not serve its purpose' },
  'rule-grouping-entity': { severity: 'error', title: 'Incidents are grouped by an entity that no alert has' },
  'rule-detail-unknown': { severity: 'error', title: 'Incidents are grouped by a custom detail that does not exist' },
  'rule-query-banned': { severity: 'error', title: 'The query uses what scheduled rules may not use' },
  'rule-query-indicators': { severity: 'error', title: 'Threat indicators are read without regard to their state' },
  'rule-log-mode': { severity: 'warning', title: 'A log is read in one of its two forms only' },
  'rule-arbitrary-rows': { severity: 'error', title: 'Which rows raise the alert is left to chance' },
  'rule-version': { severity: 'error', title: 'A rule changed since its release, and its version did not' },
  'rule-id-change': { severity: 'error', title: 'A released rule has another id' },
  'rule-withdrawn': { severity: 'warning', title: 'A released rule is gone' },
  'query-binding': { severity: 'error', title: 'A query does not bind' },
  'query-clean-workspace': { severity: 'error', title: 'A query fails where a log has not been seen yet' },
  'query-unproven': { severity: 'warning', title: 'A query cannot be run here, and ships unproven' },
  'query-comparison': { severity: 'warning', title: 'A number is compared with text' },
  'query-value': { severity: 'warning', title: 'A column is compared with a value that it never has' },
  'query-value-missing': { severity: 'warning', title: 'A query asks for one value and leaves out its counterpart' },
  'query-join': { severity: 'warning', title: 'A join has no bound' },
  'workbook-parameter': { severity: 'error', title: 'A workbook refers to a parameter that it does not have' },
  'workbook-column': { severity: 'error', title: 'A workbook shows a column that its query does not yield' },
  'rule-style': {
    severity: 'warning',
    title: 'Name or description do not follow the style guide of Microsoft Sentinel',
  },
  'non-ascii': { severity: 'error', title: 'A character outside ASCII stands in the file' },
  'text-branding': { severity: 'error', title: 'A product is called by its former name' },
  'text-link-locale': { severity: 'error', title: 'A documentation link is bound to a language' },
  'arm-parameter': { severity: 'error', title: 'The parameters of a template and their uses do not agree' },
  'arm-blank': { severity: 'error', title: 'A template holds an empty value' },
  'arm-subscription': { severity: 'error', title: 'A template names a subscription' },
  'workbook-template-id': { severity: 'error', title: 'A workbook is marked as one that a user made' },
  'playbook-role': { severity: 'error', title: 'A playbook calls Azure, and nothing gives it a role' },
  'repository-layout': { severity: 'error', title: 'A connected repository would skip the file' },
} as const satisfies Readonly<Record<string, { readonly severity: IssueSeverity; readonly title: string }>>;

export type IssueCode = keyof typeof issueKinds;

/** What a check found; `line` and `column` count from 1. */
export type Issue = {
  readonly code: IssueCode;
  readonly severity: IssueSeverity;
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly hint: string;
};

/** Where an issue is: a file, and the line and column where they are known. */
export type IssuePlace = { readonly path: string; readonly line?: number; readonly column?: number };

export function issue(code: IssueCode, place: IssuePlace, message: string, hint: string): Issue {
  return { code, severity: issueKinds[code].severity, ...place, message, hint };
}
