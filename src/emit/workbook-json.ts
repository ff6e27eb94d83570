import { createHash } from 'node:crypto';
import { workbookLimits } from '../content/check-workbook.ts';
import type { QueryItem, Workbook, WorkbookItem } from '../content/define-workbook.ts';
import { WorkbookError } from '../content/workbook-error.ts';
import type { ArmObject, ArmValue } from './arm.ts';
import type { GeneratedFile } from './generated-file.ts';
import { logsSource, wholeRetention } from './logs-source.ts';
import { stableJson } from './stable-json.ts';
import { emitParameter } from './workbook-parameters.ts';
import { emitVisualization } from './workbook-visualization.ts';

/** Numbers that stand for kinds in workbook JSON (Application-Insights-Workbooks, scripts/src/Summarizers.ts). */
const itemTypes = { text: 1, query: 3, parameters: 9, links: 11, group: 12 } as const;

/** The workbook as the Advanced Editor takes it and the galleries hold it. */
export function emitWorkbookJson(workbook: Workbook): string {
  const text = stableJson(workbookContent(workbook));
  if (text.length > workbookLimits.bytes) {
    const message = `${text.length} characters; the gallery takes ${workbookLimits.bytes}`;
    throw new WorkbookError('workbook-size', workbook.slug, message, 'Make two workbooks of it.');
  }
  return text;
}

export function workbookFile(workbook: Workbook): GeneratedFile {
  return { path: `workbooks/${workbook.slug}.json`, text: emitWorkbookJson(workbook) };
}

export function workbookContent(workbook: Workbook): ArmObject {
  return {
    version: 'Notebook/1.0',
    items: workbook.items.map((item) => emitItem(item, workbook)),
    styleSettings: {},
    $schema: 'https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json',
  };
}

/** The id of a control: Azure wants a GUID, and the same workbook has to give the same one. RFC 9562 version 5. */
export function controlId(workbook: Workbook, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(workbook.id.replaceAll('-', ''), 'hex'))
    .update(name);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function emitItem(item: WorkbookItem, workbook: Workbook): ArmObject {
  switch (item.kind) {
    case 'text':
      return { type: itemTypes.text, content: { json: item.markdown }, name: item.name };
    case 'parameters': {
      const parameters = item.parameters.map((parameter) =>
        emitParameter(parameter, controlId(workbook, parameter.name)),
      );
      const content = { version: 'KqlParameterItem/1.0', parameters, style: 'above', ...logsSource };
      return { type: itemTypes.parameters, content, name: item.name };
    }
    case 'query':
      return emitQuery(item);
    case 'tabs': {
      const links = item.tabs.map(({ label, value }) => ({
        id: controlId(workbook, `${item.name}/${value}`),
        cellValue: item.parameter,
        linkTarget: 'parameter',
        linkLabel: label,
        subTarget: value,
        style: 'link',
      }));
      return { type: itemTypes.links, content: { version: 'LinkItem/1.0', style: 'tabs', links }, name: item.name };
    }
    case 'group': {
      const items: readonly ArmValue[] = item.items.map((inner) => emitItem(inner, workbook));
      const content = { version: 'NotebookGroup/1.0', groupType: 'editable', title: item.title, items };
      return { type: itemTypes.group, content, ...visibility(item.shownOn), name: item.name };
    }
    default:
      return item satisfies never;
  }
}

function emitQuery(item: QueryItem): ArmObject {
  const content = {
    version: 'KqlItem/1.0',
    query: item.query.text,
    size: 0,
    title: item.title,
    noDataMessage: item.emptyText,
    // A step that reads days before the chosen range must not be cut to it by the service.
    ...(item.daysBefore === 0 ? { timeContextFromParameter: 'TimeRange' } : { timeContext: wholeRetention }),
    ...logsSource,
    ...emitVisualization(item.visualization),
  };
  return { type: itemTypes.query, content, customWidth: String(item.widthPercent), name: item.name };
}

function visibility(shownOn: { readonly parameter: string; readonly tab: string } | undefined): ArmObject {
  return shownOn === undefined
    ? {}
    : { conditionalVisibility: { parameterName: shownOn.parameter, comparison: 'isEqualTo', value: shownOn.tab } };
}
