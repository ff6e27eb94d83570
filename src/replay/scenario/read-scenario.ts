import type { Severity } from '../analytics-rule.ts';
import { readAssumptions } from '../assumptions.ts';
import { parseTimeMs } from '../clock.ts';
import type { IncidentStatus } from '../incidents.ts';
import { ReplayError } from '../replay-error.ts';
import { parseYamlDocument, type YamlDocument } from '../yaml-document.ts';
import type { ExpectedAlert, ExpectedIncident, JsonRow, Scalar, Scenario, ScenarioLogs } from './scenario.ts';
import { checkScenarioShape } from './scenario-shape.ts';
import { spanMs } from './span.ts';

/** What checkScenarioShape has made sure of. */
type ScenarioYaml = {
  readonly rule: string;
  readonly description: string;
  readonly given: GivenYaml;
  readonly clock: { readonly from: string; readonly to: string; readonly start?: string };
  readonly alongside?: readonly string[];
  readonly closeIncidentsAfter?: string;
  readonly assume?: Readonly<Record<string, string>>;
  readonly expect: { readonly alerts: readonly AlertYaml[]; readonly incidents?: readonly IncidentYaml[] };
};

type GivenYaml = {
  readonly background?: string | readonly string[];
  readonly steps?: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
  readonly rows?: readonly { readonly table: string; readonly rows: readonly JsonRow[]; readonly arrives?: string }[];
};

type AlertYaml = {
  readonly at?: string;
  readonly between?: readonly [string, string];
  readonly count?: number;
  readonly severity?: Severity;
  readonly title?: string;
  readonly description?: string;
  readonly tactics?: readonly string[];
  readonly entities?: readonly Readonly<Record<string, Readonly<Record<string, Scalar>>>>[];
  readonly details?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
};

type IncidentYaml = {
  readonly at?: string;
  readonly title?: string;
  readonly severity?: Severity;
  readonly status?: IncidentStatus;
  readonly alerts?: number;
  readonly count?: number;
};

/**
 * Reads one scenario from its YAML; unknown keys, missing keys and values without meaning are errors with their place.
 * @param file `…/<rule>/<name>/scenario.yaml`, as errors name it
 * @throws ReplayError
 */
export function readScenario(text: string, file: string): Scenario {
  const document = parseYamlDocument(text, file, 'scenario');
  checkScenarioShape(document);
  const yaml = document.value as ScenarioYaml;
  const [folder = '', name = ''] = file.split(/[\\/]/).slice(-3, -1);
  const { clock, expect } = yaml;
  return {
    name,
    file,
    rule: checkFolder(document, yaml.rule, folder),
    description: yaml.description,
    given: readLogs(document, yaml.given),
    clock: {
      fromMs: parseTimeMs(clock.from),
      toMs: parseTimeMs(clock.to),
      startMs: clock.start === undefined ? undefined : parseTimeMs(clock.start),
      furtherRuns: 0,
    },
    alongside: yaml.alongside ?? [],
    assumptions: readAssumed(document, yaml.assume),
    closeAfterMs: yaml.closeIncidentsAfter === undefined ? undefined : spanMs(yaml.closeIncidentsAfter),
    expect: { alerts: expect.alerts.map(readAlert), incidents: expect.incidents?.map(readIncident) },
    positions: {
      rule: document.positionOf(['rule']),
      clock: document.positionOfKey([], 'clock'),
      expect: document.positionOfKey([], 'expect'),
      alerts: expect.alerts.map((_, index) => document.positionOf(['expect', 'alerts', index])),
      incidents: (expect.incidents ?? []).map((_, index) => document.positionOf(['expect', 'incidents', index])),
    },
  };
}

function checkFolder(document: YamlDocument, rule: string, folder: string): string {
  if (rule === folder) return rule;
  const hint = `move the scenario to ${rule}/, or name the rule of its folder`;
  throw document.errorAt(
    'scenario-contradiction',
    `rule: ${rule} in the folder ${folder}`,
    document.positionOf(['rule']),
    hint,
  );
}

function readLogs(document: YamlDocument, { background = [], steps = [], rows = [] }: GivenYaml): ScenarioLogs {
  return {
    backgrounds: typeof background === 'string' ? [background] : background,
    steps: steps.map((step, index) => {
      const [name = '', parameters = {}] = Object.entries(step)[0] ?? [];
      return { name, parameters, position: document.positionOf(['given', 'steps', index]) };
    }),
    rows: rows.map((part, index) => ({
      table: part.table,
      rows: part.rows,
      delayMs: part.arrives === undefined ? 0 : spanMs(part.arrives),
      position: document.positionOf(['given', 'rows', index]),
    })),
  };
}

function readAssumed(document: YamlDocument, assume: Readonly<Record<string, string>> = {}): Scenario['assumptions'] {
  try {
    return readAssumptions(Object.entries(assume).map(([name, choice]) => `${name}=${choice}`));
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    const position = document.positionOfKey([], 'assume');
    throw document.errorAt('scenario-bad-value', error.message, position, error.hint);
  }
}

function readAlert(yaml: AlertYaml): ExpectedAlert {
  const details = yaml.details === undefined ? undefined : Object.entries(yaml.details);
  return {
    atMs: yaml.at === undefined ? undefined : parseTimeMs(yaml.at),
    betweenMs: yaml.between === undefined ? undefined : [parseTimeMs(yaml.between[0]), parseTimeMs(yaml.between[1])],
    count: yaml.count ?? 1,
    severity: yaml.severity,
    title: yaml.title,
    description: yaml.description?.trimEnd(),
    tactics: yaml.tactics,
    entities: yaml.entities?.map((entity) => {
      const [type = '', identifiers = {}] = Object.entries(entity)[0] ?? [];
      return { type, identifiers };
    }),
    details:
      details === undefined
        ? undefined
        : Object.fromEntries(details.map(([key, value]) => [key, Array.isArray(value) ? value : [value as Scalar]])),
  };
}

const readIncident = (yaml: IncidentYaml): ExpectedIncident => ({
  atMs: yaml.at === undefined ? undefined : parseTimeMs(yaml.at),
  title: yaml.title,
  severity: yaml.severity,
  status: yaml.status,
  alerts: yaml.alerts,
  count: yaml.count ?? 1,
});
