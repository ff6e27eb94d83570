import { SELECT_ALL, type WorkbookParameter } from '../content/workbook-parameters.ts';
import type { ArmObject } from './arm.ts';
import { logsSource, wholeRetention } from './logs-source.ts';

/** Numbers that stand for kinds of parameters in workbook JSON. */
const parameterTypes = { workspace: 5, 'time-range': 4, list: 2, choice: 2 } as const;

const HOUR_MS = 3_600_000;

/** Workspaces that Sentinel is switched on for: its solution names the workspace that it stands for. */
const sentinelWorkspaces = `resources
| where type =~ 'microsoft.operationsmanagement/solutions' and name startswith 'SecurityInsights('
| project id = tostring(properties.workspaceResourceId)
| order by id asc`;

/** One parameter as workbook JSON. */
export function emitParameter(parameter: WorkbookParameter, id: string): ArmObject {
  return {
    id,
    version: 'KqlParameterItem/1.0',
    name: parameter.name,
    label: parameter.label,
    type: parameterTypes[parameter.kind],
    isRequired: true,
    ...emitSettings(parameter),
  };
}

function emitSettings(parameter: WorkbookParameter): ArmObject {
  switch (parameter.kind) {
    case 'workspace':
      return {
        query: sentinelWorkspaces,
        crossComponentResources: ['value::all'],
        typeSettings: { resourceTypeFilter: {}, additionalResourceOptions: ['value::1'] },
        queryType: 1,
        resourceType: 'microsoft.resourcegraph/resources',
        value: 'value::1',
      };
    case 'time-range': {
      const selectableValues = parameter.selectableHours.map((hours) => ({ durationMs: hours * HOUR_MS }));
      return {
        typeSettings: { selectableValues, allowCustom: true },
        value: { durationMs: parameter.defaultHours * HOUR_MS },
      };
    }
    case 'list':
      return {
        multiSelect: true,
        quote: "'",
        delimiter: ',',
        query: parameter.query.text,
        ...logsSource,
        typeSettings: { additionalResourceOptions: ['value::all'], selectAllValue: SELECT_ALL, showDefault: false },
        timeContextFromParameter: 'TimeRange',
        value: ['value::all'],
      };
    case 'choice':
      return {
        query: parameter.query.text,
        ...logsSource,
        typeSettings: { additionalResourceOptions: ['value::1'], showDefault: false },
        timeContext: wholeRetention,
        value: 'value::1',
      };
    default:
      return parameter satisfies never;
  }
}
