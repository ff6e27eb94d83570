import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../../schemas/scenario.schema.json' with { type: 'json' };
import { checkShape, type FormatHints } from '../check-shape.ts';
import type { YamlDocument } from '../yaml-document.ts';

const utcTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
}).addFormat('date-time', (text) => utcTime.test(text) && !Number.isNaN(Date.parse(text)));
const validate = ajv.compile(schema);

const formats: FormatHints = { 'date-time': ['is no time in UTC', 'write it as 2026-03-24T11:05:00Z'] };

/**
 * Checks a document against the published format of scenarios.
 * @throws ReplayError for the first problem in the order of the file; its hint counts the others.
 */
export const checkScenarioShape = (document: YamlDocument): void => checkShape(document, validate, formats);

/** The steps that scenarios can name, and the backgrounds. */
export const scenarioNames = {
  steps: Object.keys(schema.$defs.step.properties),
  backgrounds: schema.$defs.background.enum,
} as const;
