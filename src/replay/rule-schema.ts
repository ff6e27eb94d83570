import { alertProperties, severities } from './analytics-rule.ts';

/** A column name as Sentinel accepts it in mappings, details and overrides. */
const columnName = { type: 'string', pattern: '^[a-zA-Z_]+\\w*$', maxLength: 500 };
const duration = { type: 'string', format: 'rule-duration' };
const strings = { type: 'array', items: { type: 'string' } };

const customDetails = {
  type: 'object',
  maxProperties: 20,
  propertyNames: { pattern: '^[a-zA-Z]+\\w*$', maxLength: 20 },
  additionalProperties: columnName,
};

const fieldMapping = {
  type: 'object',
  properties: { identifier: { type: 'string', pattern: '^[a-zA-Z]+$' }, columnName },
  required: ['identifier', 'columnName'],
  additionalProperties: false,
};

const entityMappings = {
  type: 'array',
  minItems: 1,
  maxItems: 10,
  items: {
    type: 'object',
    properties: {
      entityType: { type: 'string', format: 'entity-type' },
      fieldMappings: { type: 'array', minItems: 1, maxItems: 3, items: fieldMapping },
    },
    required: ['entityType', 'fieldMappings'],
    additionalProperties: false,
  },
};

const dynamicProperty = {
  type: 'object',
  properties: { alertProperty: { enum: alertProperties }, value: columnName },
  required: ['alertProperty', 'value'],
  additionalProperties: false,
};

const alertDetailsOverride = {
  type: 'object',
  properties: {
    alertDisplayNameFormat: { type: 'string', minLength: 1, maxLength: 256, format: 'alert-text' },
    alertDescriptionFormat: { type: 'string', minLength: 1, maxLength: 5000, format: 'alert-text' },
    alertSeverityColumnName: columnName,
    alertTacticsColumnName: columnName,
    alertDynamicProperties: { type: 'array', items: dynamicProperty },
  },
  additionalProperties: false,
};

const incidentConfiguration = {
  type: 'object',
  properties: {
    createIncident: { type: 'boolean' },
    groupingConfiguration: {
      type: 'object',
      properties: {
        enabled: { type: 'boolean' },
        reopenClosedIncident: { type: 'boolean' },
        lookbackDuration: duration,
        matchingMethod: { enum: ['AllEntities', 'AnyAlert', 'Selected'] },
        groupByEntities: strings,
        groupByAlertDetails: { type: 'array', items: { enum: ['DisplayName', 'Severity'] } },
        groupByCustomDetails: strings,
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/** The keys that a scheduled rule needs and an NRT rule, which has a fixed schedule and trigger, must not have. */
export const scheduleProperties = {
  queryFrequency: duration,
  queryPeriod: duration,
  triggerOperator: { enum: ['gt', 'lt', 'eq', 'ne', 'GreaterThan', 'LessThan', 'Equal', 'NotEqual'] },
  triggerThreshold: { type: 'integer', minimum: 0, maximum: 10_000 },
};

/**
 * The YAML of an analytics rule: the format of the Azure-Sentinel repository's rule templates, with the suppression and
 * incident settings that a deployed rule adds. Unknown keys are errors: a misspelt one would change a detection
 * silently.
 */
export const ruleSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
    kind: { enum: ['Scheduled', 'NRT'] },
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    name: { type: 'string', minLength: 1, maxLength: 256 },
    description: { type: 'string', minLength: 1, maxLength: 5000 },
    severity: { enum: severities },
    status: { enum: ['Available', 'Preview', 'Deprecated'] },
    requiredDataConnectors: { type: 'array', items: { type: 'object' } },
    ...scheduleProperties,
    eventGroupingSettings: {
      type: 'object',
      properties: { aggregationKind: { enum: ['SingleAlert', 'AlertPerResult'] } },
      required: ['aggregationKind'],
      additionalProperties: false,
    },
    tactics: strings,
    relevantTechniques: strings,
    tags: { type: 'array' },
    metadata: { type: 'object' },
    query: { type: 'string', minLength: 1, maxLength: 10_000 },
    customDetails,
    entityMappings,
    alertDetailsOverride,
    suppressionEnabled: { type: 'boolean' },
    suppressionDuration: duration,
    incidentConfiguration,
  },
  required: ['id', 'kind', 'version', 'name', 'description', 'severity', 'query'],
  additionalProperties: false,
} as const;
