import type { GroupItem, QueryItem, WorkbookEnvironment } from '../../define-workbook.ts';
import { keyFigures } from './actors.ts';
import { alertsOverTime, latestAlerts } from './alerts.ts';
import { BASELINE_DAYS, series, trafficAgainstBaseline, unusualTraffic } from './traffic.ts';

/** What an analyst looks at first: how much, which alerts, and what is unlike its own past. */
export const overview = (environment: WorkbookEnvironment): GroupItem => ({
  kind: 'group',
  name: 'overview-group',
  title: 'Overview',
  shownOn: { parameter: 'View', tab: 'overview' },
  items: [
    figures(environment),
    alertChart,
    alertTable,
    deviationTable,
    { kind: 'parameters', name: 'traffic-parameters', parameters: [series] },
    baselineChart,
  ],
});

const figures = (environment: WorkbookEnvironment): QueryItem => ({
  kind: 'query',
  name: 'key-figures',
  title: 'Key figures',
  query: keyFigures(environment),
  daysBefore: 0,
  visualization: { kind: 'tiles', name: 'Figure', value: 'Value' },
  emptyText: 'No logs in this time range.',
  widthPercent: 100,
});

const alertChart: QueryItem = {
  kind: 'query',
  name: 'alerts-over-time',
  title: 'Alerts over time, by severity',
  query: alertsOverTime,
  daysBefore: 0,
  visualization: {
    kind: 'over-time',
    form: 'bar',
    time: 'TimeGenerated',
    values: ['Alerts'],
    split: 'AlertSeverity',
    series: [
      { name: 'High', label: 'High', color: 'severity-high' },
      { name: 'Medium', label: 'Medium', color: 'severity-medium' },
      { name: 'Low', label: 'Low', color: 'severity-low' },
      { name: 'Informational', label: 'Informational', color: 'severity-informational' },
    ],
  },
  emptyText: 'No alert in this time range.',
  widthPercent: 100,
};

const alertTable: QueryItem = {
  kind: 'query',
  name: 'latest-alerts',
  title: 'Latest alerts',
  query: latestAlerts,
  daysBefore: 0,
  visualization: {
    kind: 'table',
    columns: [
      ['TimeGenerated', 'Time', 'time'],
      ['AlertSeverity', 'Severity', 'severity'],
      ['AlertName', 'Alert', 'text'],
      ['ClientAddress', 'Address', 'text'],
      ['Tactics', 'Tactics', 'text'],
      ['Source', 'Raised by', 'text'],
    ],
  },
  emptyText: 'No alert in this time range.',
  widthPercent: 100,
};

const deviationTable: QueryItem = {
  kind: 'query',
  name: 'unusual-traffic',
  title: 'Traffic that deviates most from its own baseline',
  query: unusualTraffic,
  daysBefore: BASELINE_DAYS,
  visualization: {
    kind: 'table',
    columns: [
      ['Endpoint', 'Endpoint', 'text'],
      ['StatusClass', 'Status', 'text'],
      ['ApiId', 'API', 'text'],
      ['Window', 'Window', 'time'],
      ['Calls', 'Calls in 20 min', 'number'],
      ['Mean', 'Mean', 'number'],
      ['StandardDeviation', 'Std. deviation', 'number'],
      ['Deviation', 'Deviation', 'deviation'],
    ],
  },
  emptyText: 'No endpoint has a busy window in this range and a baseline before it.',
  widthPercent: 100,
};

const baselineChart: QueryItem = {
  kind: 'query',
  name: 'traffic-against-baseline',
  title: 'Calls in 20 minutes against the 14 days before each day: {Traffic:label}',
  query: trafficAgainstBaseline,
  daysBefore: BASELINE_DAYS,
  visualization: {
    kind: 'over-time',
    form: 'line',
    time: 'Window',
    values: ['Calls', 'Usual', 'Threshold'],
    series: [
      { name: 'Calls', label: 'Calls', color: 'measured' },
      { name: 'Usual', label: 'Mean of the baseline', color: 'usual' },
      { name: 'Threshold', label: '6 standard deviations above it', color: 'deviation' },
    ],
  },
  emptyText: 'Choose an endpoint and status class above.',
  widthPercent: 100,
};
