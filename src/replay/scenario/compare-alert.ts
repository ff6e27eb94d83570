import type { Alert } from '../build-alerts.ts';
import { formatTimeMs } from '../clock.ts';
import { entityTypes } from '../entity-types.ts';
import type { Incident } from '../incidents.ts';
import type { FieldDifference } from './difference.ts';
import type { ExpectedAlert, ExpectedEntity, ExpectedIncident, Scalar } from './scenario.ts';

/** The fields in which an alert is not as expected, in the order of the format. */
export function compareAlert(expected: ExpectedAlert, alert: Alert): readonly FieldDifference[] {
  const { atMs, betweenMs, entities, details } = expected;
  return [
    ...compareTime(atMs, betweenMs, alert.createdMs),
    ...compareText('severity', expected.severity, alert.severity),
    ...compareText('title', expected.title, alert.name),
    ...compareText('description', expected.description, alert.description),
    ...compareText('tactics', expected.tactics?.join(', '), alert.tactics.join(', ')),
    ...(entities === undefined ? [] : compareEntities(entities, alert)),
    ...Object.entries(details ?? {}).flatMap(([key, values]) => compareDetail(key, values, alert)),
  ];
}

/** The fields in which an incident is not as expected. */
export function compareIncident(expected: ExpectedIncident, incident: Incident): readonly FieldDifference[] {
  const alerts = expected.alerts === undefined ? undefined : String(expected.alerts);
  return [
    ...compareTime(expected.atMs, undefined, incident.createdMs),
    ...compareText('title', expected.title, incident.title),
    ...compareText('severity', expected.severity, incident.severity),
    ...compareText('status', expected.status, incident.status),
    ...compareText('alerts', alerts, String(incident.alerts.length)),
  ];
}

function compareText(field: string, expected: string | undefined, actual: string): readonly FieldDifference[] {
  return expected === undefined || expected === actual ? [] : [{ field, expected, actual }];
}

function compareTime(
  atMs: number | undefined,
  betweenMs: ExpectedAlert['betweenMs'],
  actualMs: number,
): readonly FieldDifference[] {
  const actual = formatTimeMs(actualMs);
  if (atMs !== undefined && atMs !== actualMs) return [{ field: 'at', expected: formatTimeMs(atMs), actual }];
  if (betweenMs === undefined || (actualMs >= betweenMs[0] && actualMs <= betweenMs[1])) return [];
  return [{ field: 'between', expected: betweenMs.map(formatTimeMs).join(' and '), actual }];
}

function compareEntities(expected: readonly ExpectedEntity[], alert: Alert): readonly FieldDifference[] {
  const wanted = expected.map(expectedEntityText).sort();
  const actual = alert.entities.map(({ type, identifiers }) => entityText(entityTypeName(type), identifiers)).sort();
  const missing = wanted.filter((text) => !actual.includes(text));
  const added = actual.filter((text) => !wanted.includes(text));
  if (missing.length === 0 && added.length === 0 && wanted.length === actual.length) return [];
  const list = (texts: readonly string[]): string => (texts.length === 0 ? 'none' : texts.join(', '));
  return [{ field: 'entities', expected: list(wanted), actual: list(actual) }];
}

const expectedEntityText = ({ type, identifiers }: ExpectedEntity): string => entityText(type, identifiers);

const entityText = (type: string, identifiers: Readonly<Record<string, Scalar>>): string =>
  `${type} { ${Object.entries(identifiers)
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join(', ')} }`;

/** The name in a rule's mappings of an entity type as alerts have it. */
export function entityTypeName(entitiesType: string): string {
  const named = [...entityTypes].find(([, definition]) => definition.entitiesType === entitiesType);
  return named?.[0] ?? entitiesType;
}

function compareDetail(key: string, expected: readonly Scalar[], alert: Alert): readonly FieldDifference[] {
  const actual = alert.customDetails[key] ?? [];
  const same = expected.length === actual.length && expected.every((value, index) => isValue(value, actual[index]));
  const list = (values: readonly Scalar[]): string => (values.length === 0 ? 'none' : values.join(', '));
  return same ? [] : [{ field: key, expected: list(expected), actual: list(actual) }];
}

/** Details are text; `150`, `150.0` and `1.5e2` are one number, and `True` is how KQL writes true. */
function isValue(expected: Scalar, actual = ''): boolean {
  if (typeof expected === 'number') return actual.trim() !== '' && Number(actual) === expected;
  if (typeof expected === 'boolean') return actual.toLowerCase() === String(expected);
  return actual === expected;
}
