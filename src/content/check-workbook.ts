import type { GroupItem, QueryItem, Workbook, WorkbookItem } from './define-workbook.ts';
import { WorkbookError } from './workbook-error.ts';
import type { ParameterKind, WorkbookParameter } from './workbook-parameters.ts';
import { checkKqlReferences, checkLabelReferences } from './workbook-references.ts';

/**
 * Limits of the workbook gallery's own checks (microsoft/Application-Insights-Workbooks, scripts/src): a workbook that
 * keeps them can be contributed there and to Azure/Azure-Sentinel.
 */
export const workbookLimits = { queryCharacters: 3_000, logsQueries: 40, steps: 100, bytes: 500_000 } as const;

const stepName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const parameterName = /^[A-Z][A-Za-z0-9]*$/;
const resourceOfOneSubscription = /\/subscriptions\/[0-9a-f]{8}-[0-9a-f-]{27}/i;

/** What is known while the items are walked in their order. */
type Walk = {
  readonly parameters: Map<string, ParameterKind>;
  readonly stepNames: Set<string>;
  queries: number;
};

/** @throws WorkbookError for the first thing that Azure, its gallery or the person who reads it would stumble over */
export function checkWorkbook({ slug, items }: Workbook): void {
  const walk: Walk = { parameters: new Map(), stepNames: new Set(), queries: 0 };
  checkItems(items, walk);
  checkSize(slug, 'steps', walk.stepNames.size, workbookLimits.steps);
  checkSize(slug, 'Logs queries', walk.queries, workbookLimits.logsQueries);
}

function checkItems(items: readonly WorkbookItem[], walk: Walk): void {
  for (const item of items) {
    checkName(item.name, walk.stepNames);
    checkItem(item, walk);
  }
}

function checkItem(item: WorkbookItem, walk: Walk): void {
  switch (item.kind) {
    case 'text':
      checkText(item.name, item.markdown, walk);
      return;
    case 'parameters':
      for (const parameter of item.parameters) checkParameter(item.name, parameter, walk);
      return;
    case 'query':
      checkText(item.name, item.title, walk);
      checkQuery(item.name, item.query.text, walk);
      checkFilters(item);
      return;
    case 'tabs':
      defineParameter(item.name, item.parameter, 'tab', walk);
      return;
    case 'group':
      checkGroup(item, walk);
      return;
    default:
      item satisfies never;
  }
}

function checkName(name: string, names: Set<string>): void {
  if (!stepName.test(name) || names.has(name)) {
    const message = names.has(name) ? 'two steps have this name' : 'no name for a step';
    throw new WorkbookError('step-name', name, message, 'Name each step by what it shows: alerts-over-time.');
  }
  names.add(name);
}

function checkParameter(at: string, parameter: WorkbookParameter, walk: Walk): void {
  if (parameter.label.trim() === '') {
    throw new WorkbookError(
      'parameter-label',
      at,
      `${parameter.name} has no label`,
      'Give it the words that people read.',
    );
  }
  // A parameter's query may use the parameters before it, not itself.
  if (parameter.kind === 'list' || parameter.kind === 'choice') checkQuery(parameter.name, parameter.query.text, walk);
  defineParameter(at, parameter.name, parameter.kind, walk);
}

function defineParameter(at: string, name: string, kind: ParameterKind, { parameters }: Walk): void {
  if (!parameterName.test(name) || parameters.has(name)) {
    const message = parameters.has(name) ? `${name} is defined twice` : `${name} is no name for a parameter`;
    throw new WorkbookError('parameter-name', at, message, 'Use a name of its own in letters and digits: TimeRange.');
  }
  parameters.set(name, kind);
}

function checkQuery(at: string, text: string, walk: Walk): void {
  walk.queries += 1;
  if (text.length > workbookLimits.queryCharacters) {
    const message = `the query has ${text.length} characters; the gallery takes ${workbookLimits.queryCharacters}`;
    throw new WorkbookError(
      'query-length',
      at,
      message,
      'Drop columns that the step does not show, or split the step.',
    );
  }
  if (/^\s*(?:print|datatable)\b/.test(text)) {
    throw new WorkbookError('query-output', at, 'the query reads no table', 'Use a text step for what is constant.');
  }
  if (walk.parameters.get('Workspace') !== 'workspace') {
    const message = 'no workspace is chosen before this query';
    throw new WorkbookError('parameter-undefined', at, message, 'Begin with the parameters Workspace and TimeRange.');
  }
  checkText(at, text, walk, checkKqlReferences);
}

function checkText(at: string, text: string, walk: Walk, checkReferences = checkLabelReferences): void {
  if (resourceOfOneSubscription.test(text)) {
    throw new WorkbookError('resource-id', at, 'names a resource of one subscription', 'Use the workspace parameter.');
  }
  checkReferences(at, text, walk.parameters);
}

/** Where the query filters time itself, it says the same in the portal, in the preview and in a copy of it. */
function checkFilters({ name, query, daysBefore }: QueryItem): void {
  const wanted = daysBefore === 0 ? /TimeGenerated \{\w+\}/ : /TimeGenerated >= \{\w+:start\} - \d+d/;
  if (!wanted.test(query.text)) {
    const hint = daysBefore === 0 ? 'Filter with inRange(…).' : 'Filter from rangeStart(…) minus days.';
    throw new WorkbookError('query-time', name, 'the query does not filter by the chosen time range', hint);
  }
}

function checkGroup(group: GroupItem, walk: Walk): void {
  const parameter = group.shownOn?.parameter;
  if (parameter !== undefined && walk.parameters.get(parameter) !== 'tab') {
    const message = `${parameter} is set by no tabs before this group`;
    throw new WorkbookError('parameter-undefined', group.name, message, 'Put the tabs before their groups.');
  }
  checkText(group.name, group.title, walk);
  checkItems(group.items, walk);
}

function checkSize(at: string, what: string, count: number, limit: number): void {
  if (count > limit) {
    const message = `${count} ${what}; the gallery takes ${limit}`;
    throw new WorkbookError('workbook-size', at, message, 'Make two workbooks of it.');
  }
}
