import type { GroupItem, QueryItem, WorkbookEnvironment } from '../../define-workbook.ts';
import { attackingAddresses, attacksOverTime, blocksByClass } from './waf.ts';

/** What was stopped before it reached an API, and what was only noticed. */
export const webApplicationFirewall = (environment: WorkbookEnvironment): GroupItem => ({
  kind: 'group',
  name: 'web-application-firewall-group',
  title: 'Web application firewall',
  shownOn: { parameter: 'View', tab: 'web-application-firewall' },
  items: [classChart(environment), attackChart(environment), addressTable(environment)],
});

const classChart = (environment: WorkbookEnvironment): QueryItem => ({
  kind: 'query',
  name: 'waf-blocks-by-class',
  title: 'Blocked attacks, by class',
  query: blocksByClass(environment),
  daysBefore: 0,
  visualization: { kind: 'bars', category: 'Class', value: 'Blocked' },
  emptyText: 'The WAF blocked nothing in this time range.',
  widthPercent: 100,
});

const attackChart = (environment: WorkbookEnvironment): QueryItem => ({
  kind: 'query',
  name: 'waf-attacks-over-time',
  title: 'Attacks over time: blocked, and only detected',
  query: attacksOverTime(environment),
  daysBefore: 0,
  visualization: {
    kind: 'over-time',
    form: 'bar',
    time: 'TimeGenerated',
    values: ['Attacks'],
    split: 'Outcome',
    series: [
      { name: 'Blocked', label: 'Blocked', color: 'usual' },
      { name: 'Detected only', label: 'Detected only: reached the API', color: 'severity-high' },
    ],
  },
  emptyText: 'The WAF saw no attack in this time range.',
  widthPercent: 100,
});

const addressTable = (environment: WorkbookEnvironment): QueryItem => ({
  kind: 'query',
  name: 'waf-addresses',
  title: 'Addresses with the most attacks',
  query: attackingAddresses(environment),
  daysBefore: 0,
  visualization: {
    kind: 'table',
    columns: [
      ['ClientAddress', 'Client address', 'text'],
      ['Host', 'Host', 'text'],
      ['Attacks', 'Attacks', 'bar'],
      ['NotBlocked', 'Not blocked', 'number'],
      ['FirstSeen', 'First seen', 'time'],
      ['LastSeen', 'Last seen', 'time'],
    ],
  },
  emptyText: 'The WAF saw no attack in this time range.',
  widthPercent: 100,
});
