import {
  defineWorkbook,
  type QueryItem,
  resolveWorkbook,
  type Workbook,
  type WorkbookItem,
} from '../../../src/content/define-workbook.ts';
import { type KqlFragment, kql } from '../../../src/content/kql.ts';
import { defaultPackConfig } from '../../../src/content/pack-config.ts';
import {
  type ChoiceParameter,
  inRange,
  type ListParameter,
  type TimeRangeParameter,
  type WorkspaceParameter,
} from '../../../src/content/workbook-parameters.ts';

export const workspace: WorkspaceParameter = { kind: 'workspace', name: 'Workspace', label: 'Workspace' };

export const timeRange: TimeRangeParameter = {
  kind: 'time-range',
  name: 'TimeRange',
  label: 'Time range',
  selectableHours: [24, 168],
  defaultHours: 24,
};

export const apis: ListParameter = {
  kind: 'list',
  name: 'Apis',
  label: 'APIs',
  query: kql`Requests | where ${inRange(timeRange)} | distinct ApiId`,
};

export const endpoint: ChoiceParameter = {
  kind: 'choice',
  name: 'Endpoint',
  label: 'Endpoint',
  query: kql`Requests | where ${inRange(timeRange)} | distinct Endpoint`,
};

export const parameters: WorkbookItem = {
  kind: 'parameters',
  name: 'scope-parameters',
  parameters: [workspace, timeRange, apis, endpoint],
};

export const query = (text: KqlFragment, changes: Partial<QueryItem> = {}): QueryItem => ({
  kind: 'query',
  name: 'some-step',
  title: 'Some step',
  query: text,
  daysBefore: 0,
  visualization: { kind: 'table', columns: [] },
  emptyText: 'Nothing.',
  widthPercent: 100,
  ...changes,
});

/** A workbook of these items, resolved as generation does it. */
export function workbookOf(...items: readonly WorkbookItem[]): Workbook {
  const definition = defineWorkbook({
    slug: 'test-workbook',
    id: '0d1c2b3a-4f5e-4d6c-8b7a-9f8e7d6c5b4a',
    version: '1.0.0',
    name: 'Test workbook',
    description: 'For tests.',
    items: () => items,
  });
  return resolveWorkbook(definition, defaultPackConfig);
}
