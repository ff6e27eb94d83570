import { strict as assert } from 'node:assert';
import type { WorkbookItem } from '../../../src/content/define-workbook.ts';
import { type KqlFragment, kql } from '../../../src/content/kql.ts';
import type { WorkbookErrorCode } from '../../../src/content/workbook-error.ts';
import { chosenValue, inRange, isChosen, rangeStart } from '../../../src/content/workbook-parameters.ts';
import { apis, endpoint, parameters, query, timeRange, workbookOf, workspace } from './workbook-fixture.ts';

const filtered = kql`Requests | where ${inRange(timeRange)}`;
const raw = (text: string): KqlFragment => ({ kind: 'kql', text });
const withText = (text: string): WorkbookItem =>
  query(raw(`Requests | where TimeGenerated {TimeRange} | where ${text}`));

function refuses(code: WorkbookErrorCode, ...items: readonly WorkbookItem[]): void {
  assert.throws(() => workbookOf(...items), { name: 'WorkbookError', code });
}

describe('resolveWorkbook', () => {
  it('takes a workbook whose every parameter is defined first and used as its kind allows', () => {
    const text = kql`
      ${filtered}
      | where ${isChosen(apis, kql`ApiId`)} and Endpoint == ${chosenValue(endpoint)}`;
    const workbook = workbookOf(parameters, query(text));
    assert.equal(
      workbook.items[1]?.kind === 'query' && workbook.items[1].query.text,
      [
        'Requests | where TimeGenerated {TimeRange}',
        `| where ("*" in ({Apis}) or ApiId in ({Apis})) and Endpoint == '{Endpoint:escape}'`,
      ].join('\n'),
    );
  });

  it('refuses a parameter that only a later step defines: Azure would send its braces to the query', () => {
    refuses('parameter-undefined', query(filtered), parameters);
  });

  it('refuses a query before a workspace is chosen: Azure would run it nowhere', () => {
    refuses(
      'parameter-undefined',
      { kind: 'parameters', name: 'scope-parameters', parameters: [timeRange] },
      query(filtered),
    );
    workbookOf({ kind: 'parameters', name: 'scope-parameters', parameters: [workspace, timeRange] }, query(filtered));
  });

  it('refuses a parameter whose own query uses it', () => {
    const selfish = { ...apis, query: kql`${filtered} | where ${isChosen(apis, kql`ApiId`)}` };
    refuses('parameter-undefined', {
      kind: 'parameters',
      name: 'scope-parameters',
      parameters: [workspace, timeRange, selfish],
    });
  });

  for (const [why, text] of [
    ['a list between quotes, which its first value would end', "ApiId == '{Apis}'"],
    ['a list outside of a list', 'ApiId == {Apis}'],
    ['a single value without quotes, which would be run as KQL', 'Endpoint == {Endpoint:escape}'],
    ['a single value that is not escaped', "Endpoint == '{Endpoint}'"],
    ['a single value in double quotes, which escaping need not cover', 'Endpoint == "{Endpoint:escape}"'],
    ['a time range that filters another column', 'Arrived {TimeRange}'],
    ['a form that no kind has', 'Arrived > {TimeRange:first}'],
  ] as const) {
    it(`refuses ${why}`, () => refuses('parameter-format', parameters, withText(text)));
  }

  it('does not take a quantifier of a regular expression for a parameter', () => {
    workbookOf(parameters, withText('ClientAddress matches regex @"^([0-9]{1,3}\\.){3}"'));
  });

  it('refuses a raw value in a text for people, where a label belongs', () => {
    refuses('parameter-format', parameters, { kind: 'text', name: 'some-text', markdown: 'Range: {TimeRange}' });
    workbookOf(parameters, { kind: 'text', name: 'some-text', markdown: 'Range: {TimeRange:label}' });
  });

  it('refuses a parameter without a label and a name that Azure would not substitute', () => {
    const labelled = (change: object): WorkbookItem => ({
      kind: 'parameters',
      name: 'scope-parameters',
      parameters: [{ ...timeRange, ...change }],
    });
    refuses('parameter-label', labelled({ label: ' ' }));
    refuses('parameter-name', labelled({ name: 'time range' }));
  });

  it('refuses a parameter that is defined twice: the second would replace the first for the steps below', () => {
    refuses('parameter-name', parameters, { kind: 'tabs', name: 'some-tabs', parameter: 'Apis', tabs: [] });
  });

  it('refuses steps without a name of their own, also in different groups', () => {
    refuses('step-name', parameters, query(filtered, { name: 'query - 2' }));
    const group = (name: string): WorkbookItem => ({ kind: 'group', name, title: name, items: [query(filtered)] });
    refuses('step-name', parameters, group('first-group'), group('second-group'));
  });

  it('refuses a query without a filter on the chosen time', () => {
    refuses('query-time', parameters, query(kql`Requests | where ApiId == "a"`));
    const fromBefore = kql`Requests | where TimeGenerated >= ${rangeStart(timeRange)} - 14d`;
    refuses('query-time', parameters, query(fromBefore));
    workbookOf(parameters, query(fromBefore, { daysBefore: 14 }));
  });

  it('refuses a group on a tab that no tabs before it set', () => {
    const group: WorkbookItem = {
      kind: 'group',
      name: 'some-group',
      title: '',
      shownOn: { parameter: 'View', tab: 'a' },
      items: [],
    };
    const tabs: WorkbookItem = {
      kind: 'tabs',
      name: 'some-tabs',
      parameter: 'View',
      tabs: [{ label: 'A', value: 'a' }],
    };
    refuses('parameter-undefined', group, tabs);
    workbookOf(tabs, group);
  });
});

describe('the limits of the workbook gallery', () => {
  const ofLength = (length: number): KqlFragment => raw(filtered.text.padEnd(length, ' '));

  it('takes a query of 3,000 characters and none of 3,001', () => {
    workbookOf(parameters, query(ofLength(3_000)));
    refuses('query-length', parameters, query(ofLength(3_001)));
  });

  it('takes 40 Logs queries, those of parameters counted, and none of 41', () => {
    const steps = (count: number): readonly WorkbookItem[] =>
      Array.from({ length: count }, (_, index) => query(filtered, { name: `step-${index}` }));
    workbookOf(parameters, ...steps(38));
    refuses('workbook-size', parameters, ...steps(39));
  });

  it('takes 100 steps and none of 101', () => {
    const texts = (count: number): readonly WorkbookItem[] =>
      Array.from({ length: count }, (_, index) => ({ kind: 'text', name: `text-${index}`, markdown: 'x' }));
    workbookOf(...texts(100));
    refuses('workbook-size', ...texts(101));
  });

  it('refuses a query that reads no table and a resource of one subscription', () => {
    refuses('query-output', parameters, query(raw('print TimeGenerated {TimeRange}')));
    const markdown = 'See /subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-apis.';
    refuses('resource-id', { kind: 'text', name: 'some-text', markdown });
  });
});
