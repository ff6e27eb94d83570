import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import type { Alert } from '../build-alerts.ts';
import { formatTimeMs } from '../clock.ts';
import type { Incident } from '../incidents.ts';
import { ReplayError } from '../replay-error.ts';
import { compareAlert, compareIncident, entityTypeName } from './compare-alert.ts';
import { matchExpected } from './difference.ts';
import type { ExpectedAlert, Scalar, Scenario } from './scenario.ts';
import type { ScenarioRun } from './scenario-result.ts';

/**
 * The text of a scenario with its expectations rewritten to what the rule raised. Everything else stays to the byte, and
 * comments in the expectations stay where their entries stay. What an expectation does not state it goes on not to
 * state; a new alert is stated in full.
 * @throws ReplayError `scenario-contradiction` where the folder's name says fires or quiet and the rule does the other
 */
export function updateScenario(text: string, { scenario, alerts, incidents }: ScenarioRun): string {
  checkStillNamed(scenario, alerts);
  const document = parseDocument(text);
  const pair = expectPair(document);
  const expect = pair.value as YAMLMap;
  const pairs = matchExpected(scenario.expect.alerts, alerts, compareAlert);
  expect.set(
    'alerts',
    updateList(listOf(expect, 'alerts'), pairs, (entry, alert, isNew) => updateAlert(document, entry, alert, isNew)),
  );
  if (scenario.expect.incidents !== undefined) {
    const matched = matchExpected(scenario.expect.incidents, incidents, compareIncident);
    expect.set(
      'incidents',
      updateList(listOf(expect, 'incidents'), matched, (entry, incident, isNew) =>
        updateIncident(entry, incident, isNew),
      ),
    );
  }
  return spliceExpect(text, pair);
}

function checkStillNamed({ name, file, positions }: Scenario, alerts: readonly Alert[]): void {
  const fires = alerts.length > 0;
  if (name.startsWith('fires-') === fires) return;
  const message = `${name} would expect ${fires ? `${alerts.length} alerts` : 'no alert'}: not updated`;
  const hint = fires
    ? 'the rule has become too loud, or the folder needs another name'
    : 'the rule has become silent, or the folder needs another name';
  throw new ReplayError('scenario-contradiction', message, { file, ...positions.expect, hint });
}

function expectPair(document: Document): Pair {
  const { contents } = document;
  const found = isMap(contents)
    ? contents.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === 'expect')
    : undefined;
  return found as Pair;
}

function listOf(expect: YAMLMap, key: string): YAMLSeq {
  const list = expect.get(key, true);
  return isSeq(list) ? list : new YAMLSeq();
}

/** What an expectation is held against, from matchExpected. */
type Matched<Actual> = {
  readonly pairs: readonly { readonly place: number; readonly actual: Actual | undefined }[];
  readonly rest: readonly Actual[];
};

/** The list with each entry brought up to date, those without anything left out, and what is new at its end. */
function updateList<Actual>(
  list: YAMLSeq,
  { pairs, rest }: Matched<Actual>,
  update: (entry: YAMLMap, actual: Actual, isNew: boolean) => void,
): YAMLSeq {
  const kept: YAMLMap[] = [];
  const added = [...rest];
  for (const [place, entry] of (list.items as YAMLMap[]).entries()) {
    const own = pairs.flatMap((pair) => (pair.place === place && pair.actual !== undefined ? [pair.actual] : []));
    const [first, ...others] = own;
    if (first === undefined) continue;
    update(entry, first, false);
    const before = String(entry);
    const alike = others.filter((actual) => {
      const copy = entry.clone() as YAMLMap;
      update(copy, actual, false);
      return String(copy) === before;
    });
    if (entry.has('count') || alike.length > 0) setScalar(entry, 'count', 1 + alike.length);
    added.push(...others.filter((actual) => !alike.includes(actual)));
    kept.push(entry);
  }
  const updated = new YAMLSeq();
  updated.items = [...kept, ...added.map((actual) => newEntry(actual, update))];
  updated.flow = updated.items.length === 0;
  if (list.commentBefore != null) updated.commentBefore = list.commentBefore;
  return updated;
}

function newEntry<Actual>(actual: Actual, update: (entry: YAMLMap, actual: Actual, isNew: boolean) => void): YAMLMap {
  const entry = new YAMLMap();
  update(entry, actual, true);
  return entry;
}

function updateAlert(document: Document, entry: YAMLMap, alert: Alert, isNew: boolean): void {
  const states = (key: string): boolean => isNew || entry.has(key);
  if (states('at')) setScalar(entry, 'at', formatTimeMs(alert.createdMs));
  if (entry.has('between') && !isBetween(entry, alert.createdMs)) {
    entry.delete('between');
    setScalar(entry, 'at', formatTimeMs(alert.createdMs));
  }
  if (states('severity')) setScalar(entry, 'severity', alert.severity);
  if (states('title')) setScalar(entry, 'title', alert.name);
  if (entry.has('description')) setScalar(entry, 'description', alert.description);
  if (entry.has('tactics') && JSON.stringify(entry.get('tactics')) !== JSON.stringify(alert.tactics))
    setNode(document, entry, 'tactics', [...alert.tactics]);
  if (states('entities')) {
    const entities = alert.entities.map(({ type, identifiers }) => ({ [entityTypeName(type)]: { ...identifiers } }));
    if (isNew || compareAlert(only('entities', entry), alert).length > 0)
      setNode(document, entry, 'entities', entities);
  }
  if (states('details')) updateDetails(document, entry, alert, isNew);
}

/** An expectation of one field only, as an entry states it. */
function only(field: 'entities', entry: YAMLMap): ExpectedAlert {
  const stated = (entry.toJSON() as Record<string, unknown>)[field] as Record<string, Record<string, Scalar>>[];
  const entities = stated.map((entity) => {
    const [type = '', identifiers = {}] = Object.entries(entity)[0] ?? [];
    return { type, identifiers };
  });
  return {
    atMs: undefined,
    betweenMs: undefined,
    count: 1,
    severity: undefined,
    title: undefined,
    description: undefined,
    tactics: undefined,
    entities,
    details: undefined,
  };
}

function isBetween(entry: YAMLMap, timeMs: number): boolean {
  const [from = '', to = ''] = (entry.toJSON() as { between: readonly string[] }).between;
  return timeMs >= Date.parse(from) && timeMs <= Date.parse(to);
}

function updateDetails(document: Document, entry: YAMLMap, alert: Alert, isNew: boolean): void {
  const stated = entry.get('details', true);
  const details = isMap(stated) ? stated : new YAMLMap();
  const keys = isNew
    ? alert.rule.customDetails.map(({ key }) => key)
    : details.items.map(({ key }) => String(isScalar(key) ? key.value : key));
  for (const key of keys) {
    const values = (alert.customDetails[key] ?? []).map(typed);
    const node = details.get(key);
    const same = Array.isArray(node) ? node : [node];
    if (!isNew && JSON.stringify(same) === JSON.stringify(values)) continue;
    const [only, ...more] = values;
    if (only === undefined || more.length > 0) setNode(document, details, key, values);
    else setScalar(details, key, only);
  }
  if (!isMap(stated)) entry.set('details', details);
}

/** Text that is a number as YAML writes one becomes a number: details are text, and 150.0 is 150. */
function typed(text: string): Scalar {
  const isNumber = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text);
  return isNumber ? Number(text) : text;
}

function updateIncident(entry: YAMLMap, incident: Incident, isNew: boolean): void {
  const states = (key: string): boolean => isNew || entry.has(key);
  if (states('at')) setScalar(entry, 'at', formatTimeMs(incident.createdMs));
  if (states('title')) setScalar(entry, 'title', incident.title);
  if (states('severity')) setScalar(entry, 'severity', incident.severity);
  if (entry.has('status')) setScalar(entry, 'status', incident.status);
  if (states('alerts')) setScalar(entry, 'alerts', incident.alerts.length);
}

/** Changes the value and leaves the node, so that its comments and its style stay. */
function setScalar(map: YAMLMap, key: string, value: Scalar): void {
  const node = map.get(key, true);
  if (!isScalar(node)) map.set(key, value);
  else if (node.value !== value) node.value = value;
}

/** In lines or in brackets, as it was; an empty list had no choice. */
function setNode(document: Document, map: YAMLMap, key: string, value: unknown): void {
  const before = map.get(key, true);
  const node = document.createNode(value);
  if (isCollection(before) && isCollection(node)) node.flow = before.flow === true && before.items.length > 0;
  map.set(key, node);
}

/** The text with the expectations replaced, from their key to what follows them. */
function spliceExpect(text: string, pair: Pair): string {
  const key = pair.key as {
    range?: [number, number, number] | null;
    commentBefore?: string | null;
    spaceBefore?: boolean;
  };
  const value = pair.value as YAMLMap;
  const start = key.range?.[0] ?? text.length;
  const end = value.range?.[2] ?? text.length;
  key.commentBefore = null;
  key.spaceBefore = false;
  const map = new YAMLMap();
  map.items = [pair];
  const rendered = new Document(map).toString({ lineWidth: 0 }).trimEnd();
  const rest = text.slice(end);
  return `${text.slice(0, start)}${rendered}\n${rest === '' || rest.startsWith('\n') ? rest : rest.replace(/^[ \t]+/, '')}`;
}
