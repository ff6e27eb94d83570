import { strict as assert } from 'node:assert';
import { resolveWorkbook, type WorkbookItem } from '../../src/content/define-workbook.ts';
import { kql } from '../../src/content/kql.ts';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { inRange, rangeStart } from '../../src/content/workbook-parameters.ts';
import { workbooks } from '../../src/content/workbooks/index.ts';
import { emitWorkbookJson, workbookFile } from '../../src/emit/workbook-json.ts';
import { parameters, query, timeRange, workbookOf } from '../content/workbooks/workbook-fixture.ts';

const filtered = kql`Requests | where ${inRange(timeRange)}`;

/** The parts of workbook JSON that the tests look at. */
type ItemJson = {
  readonly content: { readonly [key: string]: unknown; readonly parameters: readonly Record<string, unknown>[] };
  readonly conditionalVisibility?: unknown;
};

const emitted = (...items: readonly WorkbookItem[]): readonly ItemJson[] =>
  (JSON.parse(emitWorkbookJson(workbookOf(...items))) as { readonly items: readonly ItemJson[] }).items;

describe('emitWorkbookJson', () => {
  it('writes a query step as Azure Workbooks reads it', () => {
    const item = emitted(parameters, query(filtered, { title: 'Requests', widthPercent: 50 }))[1];
    assert.deepEqual(item, {
      type: 3,
      content: {
        version: 'KqlItem/1.0',
        query: 'Requests | where TimeGenerated {TimeRange}',
        size: 0,
        title: 'Requests',
        noDataMessage: 'Nothing.',
        timeContextFromParameter: 'TimeRange',
        queryType: 0,
        resourceType: 'microsoft.operationalinsights/workspaces',
        crossComponentResources: ['{Workspace}'],
        visualization: 'table',
        gridSettings: { formatters: [], filter: true, labelSettings: [] },
      },
      customWidth: '50',
      name: 'some-step',
    });
  });

  it('lets a step that reads days before the chosen range see them', () => {
    const before = query(kql`Requests | where TimeGenerated >= ${rangeStart(timeRange)} - 14d`, { daysBefore: 14 });
    const content = emitted(parameters, before)[1]?.content;
    assert.deepEqual(content?.timeContext, { durationMs: 7_776_000_000 });
    assert.equal(content?.timeContextFromParameter, undefined);
  });

  it('quotes the values of a list and selects all of them at first', () => {
    const [, , list] = emitted(parameters)[0]?.content.parameters ?? [];
    assert.deepEqual(
      [list?.type, list?.multiSelect, list?.quote, list?.delimiter, list?.typeSettings, list?.value],
      [
        2,
        true,
        "'",
        ',',
        { additionalResourceOptions: ['value::all'], selectAllValue: '*', showDefault: false },
        ['value::all'],
      ],
    );
  });

  it('shows a group on its tab only', () => {
    const [, group] = emitted(
      { kind: 'tabs', name: 'some-tabs', parameter: 'View', tabs: [{ label: 'A', value: 'a' }] },
      { kind: 'group', name: 'some-group', title: 'A', shownOn: { parameter: 'View', tab: 'a' }, items: [] },
    );
    assert.deepEqual(group?.conditionalVisibility, { parameterName: 'View', comparison: 'isEqualTo', value: 'a' });
  });

  it('gives every control a GUID of its own, and the same one every time', () => {
    const ids = (text: string): readonly string[] => [...text.matchAll(/"id": "([^"]+)"/g)].map(([, id]) => id ?? '');
    const workbook = workbookOf(parameters, {
      kind: 'tabs',
      name: 'some-tabs',
      parameter: 'View',
      tabs: [{ label: 'A', value: 'a' }],
    });
    const first = ids(emitWorkbookJson(workbook));
    assert.equal(first.length, 5);
    assert.equal(new Set(first).size, 5);
    for (const id of first) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(ids(emitWorkbookJson(workbook)), first);
  });
});

describe('the generated workbooks', () => {
  for (const definition of workbooks) {
    it(`${definition.slug} passes what the galleries check`, () => {
      const { path, text } = workbookFile(resolveWorkbook(definition, defaultPackConfig));
      assert.equal(path, `workbooks/${definition.slug}.json`);
      assert.doesNotMatch(text, /\/subscriptions\/[0-9a-f]{8}-/i);
      assert.doesNotMatch(text, /fromTemplateId/);
      assert.ok(text.length < 100_000, `${text.length} characters: the gallery warns from 100 KB on`);
      assert.ok(/^[\n -~]*$/.test(text), 'the upstream repository refuses characters beyond ASCII');
    });

    it(`${definition.slug} is the same text every time`, () => {
      const generate = (): string => emitWorkbookJson(resolveWorkbook(definition, defaultPackConfig));
      assert.equal(generate(), generate());
    });
  }
});
