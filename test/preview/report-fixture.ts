import { ticksFromUnixMs } from '../../src/kql/values/datetime.ts';
import { type QueryTable, readTable } from '../../src/preview/data-table.ts';
import type { MeasuredSeries, ReportAlert, ReportInput, ReportRule } from '../../src/preview/report-input.ts';
import type { StepSettings } from '../../src/preview/workbook/workbook-format.ts';
import type { RunItem, WorkbookStep } from '../../src/preview/workbook/workbook-run.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WINDOW_MS = 20 * MINUTE_MS;

export const at = (text: string): number => Date.parse(`${text}Z`);

export const from = at('2026-03-10T00:00:00');
export const to = at('2026-03-25T00:00:00');
export const spikeAt = at('2026-03-24T10:20:00');
export const detectedAt = at('2026-03-24T11:15:00');

/** What an attacker may put into a URL, a user agent or an operation's name. */
export const hostileTexts = {
  element: '<script>alert(1)</script>',
  attribute: '"><img src=x onerror=alert(1)>',
  quote: "' onmouseover='alert(1)",
  closing: '</title></style></svg></textarea><svg onload=alert(1)>',
  cdata: ']]><script>alert(2)</script>',
  template: '{{alert(1)}}#{alert(1)}',
  order: 'invoice\u202Egnp.exe',
} as const;

/** Calls of a working day: few at night, many at noon; the same in every run. */
export function callsAt(timeMs: number): number {
  const hour = (timeMs % DAY_MS) / HOUR_MS;
  const wave = Math.sin(((hour - 6) / 24) * 2 * Math.PI);
  const ripple = Math.sin(timeMs / 7_000_000) * 14 + Math.cos(timeMs / 1_900_000) * 9;
  return Math.max(1, Math.round(71 + 52 * wave + ripple));
}

export const spikeSeries: MeasuredSeries = {
  kind: 'measured-series',
  measure: 'calls in 20 minutes',
  windowMs: WINDOW_MS,
  fromMs: from,
  points: Array.from({ length: (15 * DAY_MS) / WINDOW_MS }, (_, index) => {
    const atMs = from + index * WINDOW_MS;
    return { atMs, value: atMs === spikeAt ? 865 : callsAt(atMs) };
  }),
  baseline: { fromMs: from, toMs: spikeAt, mean: 71.17, standardDeviation: 57.8 },
  threshold: 417.97,
  windowAtMs: spikeAt,
  detectedAtMs: detectedAt,
};

export const spikeAlert: ReportAlert = {
  id: '11111111-2222-5333-8444-555555555555',
  ruleSlug: 'api-traffic-population-spike',
  name: 'Suspicious spike in API traffic to PUT /orders/{id}',
  description:
    'All addresses together made 865 calls to PUT /orders/{id} with status code 2XX in 20 minutes. In its 988 active windows of 20 minutes of the past 14 days, they made 71.17 calls on average (mean), with a standard deviation of 57.8. The window lies 13.73 standard deviations above that baseline.',
  severity: 'Medium',
  detectedAtMs: detectedAt,
  startAtMs: spikeAt,
  endAtMs: spikeAt + WINDOW_MS,
  tactics: ['Impact'],
  techniques: ['T1499'],
  entities: [
    {
      type: 'AzureResource',
      properties: [
        {
          name: 'ResourceId',
          value:
            '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg-apis/providers/microsoft.apimanagement/service/apim-contoso',
        },
      ],
    },
    { type: 'URL', properties: [{ name: 'Url', value: 'https://api.contoso.com/orders/81734' }] },
  ],
  customDetails: [
    { key: 'Observed', values: ['865'] },
    { key: 'Mean', values: ['71.17'] },
    { key: 'StandardDeviation', values: ['57.8'] },
    { key: 'Deviation', values: ['13.73'] },
    { key: 'Endpoint', values: ['PUT /orders/{id}'] },
  ],
  figures: {
    observed: 865,
    mean: 71.17,
    standardDeviation: 57.8,
    deviation: 13.73,
    deviationUnit: 'standard-deviations',
  },
  picture: spikeSeries,
  cutOff: [],
};

/** An alert every text of which an attacker wrote. */
export const hostileAlert: ReportAlert = {
  id: '22222222-2222-5333-8444-555555555555',
  ruleSlug: 'defender-for-apis-alert',
  name: `Parameter enumeration on ${hostileTexts.element}`,
  description: `${hostileTexts.attribute} ${hostileTexts.closing} ${hostileTexts.order}`,
  severity: 'High',
  detectedAtMs: at('2026-03-23T14:03:00'),
  startAtMs: at('2026-03-23T13:41:10'),
  endAtMs: at('2026-03-23T14:00:00'),
  tactics: ['InitialAccess'],
  techniques: ['T1190'],
  entities: [{ type: 'IP', properties: [{ name: 'Address', value: hostileTexts.quote }] }],
  customDetails: [
    { key: 'Endpoint', values: [hostileTexts.closing] },
    { key: 'Actor', values: ['203.0.113.77'] },
    { key: 'UserAgent', values: [hostileTexts.template, hostileTexts.cdata] },
  ],
  figures: { observed: 412 },
  picture: {
    kind: 'event-timeline',
    events: [
      { atMs: at('2026-03-23T13:41:10'), label: `first request ${hostileTexts.element}`, isCause: true },
      { atMs: at('2026-03-23T14:00:00'), label: hostileTexts.attribute, isCause: true },
      { atMs: at('2026-03-23T14:01:20'), label: 'row arrives in SecurityAlert', isCause: false },
    ],
    detectedAtMs: at('2026-03-23T14:03:00'),
  },
  cutOff: [`2 values of custom details dropped ${hostileTexts.element}`],
};

export const rules: readonly ReportRule[] = [
  {
    slug: 'api-traffic-population-spike',
    name: 'Spike in API traffic to an endpoint',
    kind: 'Scheduled',
    severity: 'Medium',
    frequencyMs: HOUR_MS,
    periodMs: 14 * DAY_MS,
    runs: 722,
    failedRuns: 0,
    alerts: 1,
    firstAlertAtMs: detectedAt,
    ...(spikeAlert.figures === undefined ? {} : { figures: spikeAlert.figures }),
  },
  {
    slug: 'api-traffic-single-address-spike',
    name: 'Spike in traffic from one address to an endpoint',
    kind: 'Scheduled',
    severity: 'Medium',
    frequencyMs: HOUR_MS,
    periodMs: 14 * DAY_MS,
    runs: 722,
    failedRuns: 2,
    alerts: 1,
    firstAlertAtMs: at('2026-03-22T22:15:00'),
    figures: { observed: 464, mean: 2.59, standardDeviation: 2.11, deviation: 179.15, deviationUnit: 'times-mean' },
  },
  {
    slug: 'defender-for-apis-alert',
    name: 'Defender for APIs alert with its context',
    kind: 'NRT',
    severity: 'High',
    frequencyMs: MINUTE_MS,
    periodMs: MINUTE_MS,
    runs: 43_200,
    failedRuns: 0,
    alerts: 1,
    firstAlertAtMs: at('2026-03-23T14:03:00'),
  },
  {
    slug: 'waf-protection-weakened',
    name: 'WAF switched to detection or disabled',
    kind: 'Scheduled',
    severity: 'High',
    frequencyMs: HOUR_MS,
    periodMs: 2 * HOUR_MS,
    runs: 722,
    failedRuns: 0,
    alerts: 0,
  },
];

type StepParts = {
  readonly name: string;
  readonly title: string;
  readonly settings: StepSettings;
  readonly data: QueryTable;
};

export function step({ name, title, settings, data }: StepParts): WorkbookStep {
  return {
    kind: 'step',
    name,
    title,
    settings,
    fromMs: from,
    toMs: to,
    result: { kind: 'table', table: readTable(data) },
  };
}

const days = Array.from({ length: 15 }, (_, index) => from + index * DAY_MS);

const alertsOverTime = step({
  name: 'alerts-over-time',
  title: 'Alerts over time, by severity',
  settings: {
    visualization: 'barchart',
    chartSettings: {
      xAxis: 'TimeGenerated',
      yAxis: ['Alerts'],
      group: 'AlertSeverity',
      seriesLabelSettings: [
        { seriesName: 'High', label: 'High', color: 'redBright' },
        { seriesName: 'Medium', label: 'Medium', color: 'orange' },
      ],
    },
  },
  data: {
    columns: [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'AlertSeverity', type: 'string' },
      { name: 'Alerts', type: 'long' },
    ],
    rows: days.flatMap((day, index) => [
      [ticksFromUnixMs(day), 'Medium', BigInt((index * 7) % 4)],
      [ticksFromUnixMs(day), 'High', BigInt((index * 5) % 3)],
      [ticksFromUnixMs(day), hostileTexts.element, BigInt(index % 2)],
    ]),
  },
});

const trafficAgainstBaseline = step({
  name: 'traffic-against-baseline',
  title: `Calls against the 14 days before each day: 2XX PUT /orders/{id} ${hostileTexts.attribute}`,
  settings: {
    visualization: 'timechart',
    chartSettings: {
      xAxis: 'Window',
      yAxis: ['Calls', 'Usual', 'Threshold'],
      seriesLabelSettings: [
        { seriesName: 'Calls', label: 'Calls', color: 'blue' },
        { seriesName: 'Usual', label: 'Mean of the baseline', color: 'gray' },
        { seriesName: 'Threshold', label: '6 standard deviations above it', color: 'redBright' },
      ],
    },
  },
  data: {
    columns: [
      { name: 'Window', type: 'datetime' },
      { name: 'Calls', type: 'long' },
      { name: 'Usual', type: 'real' },
      { name: 'Threshold', type: 'real' },
    ],
    rows: spikeSeries.points.map(({ atMs, value }) => [ticksFromUnixMs(atMs), BigInt(value), 71.17, 417.97]),
  },
});

const requestsByStatusClass = step({
  name: 'requests-by-status-class',
  title: 'Requests over time, by class of status code',
  settings: {
    visualization: 'areachart',
    chartSettings: { xAxis: 'TimeGenerated', yAxis: ['Requests'], group: 'StatusClass' },
  },
  data: {
    columns: [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'StatusClass', type: 'string' },
      { name: 'Requests', type: 'long' },
    ],
    rows: Array.from({ length: 60 }, (_, index) => from + index * 6 * HOUR_MS).flatMap((timeMs) => [
      [ticksFromUnixMs(timeMs), '2XX', BigInt(callsAt(timeMs) * 180)],
      [ticksFromUnixMs(timeMs), '4XX', BigInt(callsAt(timeMs) * 12)],
      [ticksFromUnixMs(timeMs), '5XX', BigInt(callsAt(timeMs) * 2)],
    ]),
  },
});

const wafBlocks = step({
  name: 'waf-blocks-by-class',
  title: 'Blocked attacks, by class',
  settings: { visualization: 'categoricalbar', chartSettings: { xAxis: 'Class', yAxis: ['Blocked'] } },
  data: {
    columns: [
      { name: 'Class', type: 'string' },
      { name: 'Blocked', type: 'long' },
    ],
    rows: [
      ['Scanner', 1_204n],
      ['SQL injection', 318n],
      ['Cross-site scripting', 97n],
      ['Remote command execution', 41n],
      [hostileTexts.closing, 12n],
    ],
  },
});

const actors = step({
  name: 'top-actors',
  title: 'Client addresses',
  settings: {
    visualization: 'table',
    gridSettings: {
      formatters: [
        { columnMatch: '^Requests$', formatter: 3 },
        {
          columnMatch: '^Severity$',
          formatter: 18,
          formatOptions: {
            thresholdsGrid: [
              { operator: '==', thresholdValue: 'High', representation: 'redBright' },
              { operator: 'Default', thresholdValue: null, representation: 'gray' },
            ],
          },
        },
      ],
      labelSettings: [{ columnId: 'ClientAddress', label: 'Client address' }],
    },
  },
  data: {
    columns: [
      { name: 'ClientAddress', type: 'string' },
      { name: 'Severity', type: 'string' },
      { name: 'Requests', type: 'long' },
      { name: 'FailedPercent', type: 'real' },
      { name: 'LastSeen', type: 'datetime' },
      { name: 'UserAgent', type: 'string' },
    ],
    rows: [
      ['203.0.113.77', 'High', 48_211n, 3.25, ticksFromUnixMs(detectedAt), hostileTexts.element],
      ['198.51.100.14', 'Low', 9_402n, 0.4, ticksFromUnixMs(to - 1_000), 'Mozilla/5.0 (X11; Linux x86_64)'],
      ['192.0.2.9', 'Low', 120n, 99.1, null, hostileTexts.attribute],
    ],
  },
});

const outcomes = step({
  name: 'outcomes',
  title: 'Requests by outcome',
  settings: { visualization: 'piechart', chartSettings: { xAxis: 'Outcome', yAxis: ['Requests'] } },
  data: {
    columns: [
      { name: 'Outcome', type: 'string' },
      { name: 'Requests', type: 'long' },
    ],
    rows: [
      ['Served', 1_204_511n],
      ['Refused', 80_102n],
      [hostileTexts.element, 4_023n],
    ],
  },
});

const figures = step({
  name: 'key-figures',
  title: 'Key figures',
  settings: {
    visualization: 'tiles',
    tileSettings: { titleContent: { columnMatch: 'Figure' }, leftContent: { columnMatch: 'Value' } },
  },
  data: {
    columns: [
      { name: 'Figure', type: 'string' },
      { name: 'Value', type: 'real' },
    ],
    rows: [
      ['Requests', 1_288_636],
      ['Failed requests, %', 6.53],
      ['Attacks blocked by the WAF', 1_672],
      ['Alerts', 14],
    ],
  },
});

const failed: RunItem = {
  ...figures,
  name: 'failed-step',
  title: 'A step whose query failed',
  result: { kind: 'failure', message: `unknown column ${hostileTexts.element}`, hint: 'Check the query.' },
};

export const reportInput: ReportInput = {
  title: 'API protection pack: replay of the sample month',
  summary: 'Six analytics rules over 30 days of gateway, WAF, alert and activity logs of contoso.',
  run: {
    fromMs: from,
    toMs: to,
    tables: [
      { name: 'ApiManagementGatewayLogs', rows: 1_288_636, fromMs: from, toMs: to },
      { name: 'AGWFirewallLogs', rows: 8_402, fromMs: from, toMs: to - HOUR_MS },
      { name: 'SecurityAlert', rows: 3, fromMs: spikeAt, toMs: to - HOUR_MS },
      { name: 'AzureActivity', rows: 0 },
    ],
    problems: [
      {
        severity: 'warning',
        message: `not a JSON object: ${hostileTexts.element}`,
        hint: 'The line was left out; the others were read.',
        file: 'AGWFirewallLogs.ndjson',
        line: 4_711,
        count: 3,
      },
      { severity: 'note', message: 'AzureActivity has no rows: the rule that reads it cannot fire.' },
    ],
  },
  rules,
  alerts: [hostileAlert, spikeAlert],
  workbooks: [
    {
      name: 'API threats and traffic',
      items: [
        {
          kind: 'text',
          name: 'about',
          markdown: `# API threats and traffic\nAlerts about APIs, and **their** \`traffic\` ${hostileTexts.element}.`,
        },
        {
          kind: 'parameters',
          name: 'scope',
          values: [
            { label: 'Time range', text: '2026-03-10 00:00 – 2026-03-25 00:00 UTC' },
            { label: 'APIs', text: hostileTexts.attribute },
          ],
        },
        {
          kind: 'group',
          name: 'overview',
          title: 'Overview',
          items: [
            figures,
            alertsOverTime,
            trafficAgainstBaseline,
            requestsByStatusClass,
            wafBlocks,
            outcomes,
            actors,
            failed,
          ],
        },
      ],
    },
  ],
  answers: [],
  playbooks: [
    {
      playbook: 'Contain an attacker address',
      alertId: hostileAlert.id,
      target: '203.0.113.77',
      mode: 'dry-run',
      outcome: {
        status: 'done',
        text: 'Would add 203.0.113.77 to the rule SentinelBlock of the WAF policy waf-contoso until 2026-03-24 14:03 UTC.',
      },
      steps: [
        { name: 'Read_allow_list', status: 'Succeeded', text: 'No entry covers the address.' },
        { name: 'Read_policy', status: 'Succeeded', text: 'The policy has 1 custom rule.' },
        { name: 'Write_policy', status: 'Skipped', text: hostileTexts.element },
      ],
      change: {
        resource: 'waf-contoso',
        before: '{\n  "customRules": []\n}',
        after: `{\n  "customRules": ["${hostileTexts.element}"]\n}`,
      },
      comment: `Would block 203.0.113.77.\n${hostileTexts.attribute}`,
    },
  ],
  provenance: [
    { term: 'Engine', text: 'KQL engine 0.1.0 with Microsoft.Azure.Kusto.Language 12.4' },
    { term: 'Logs', text: 'data/generator, seed 20260301' },
  ],
};
