import { strict as assert } from 'node:assert';
import { brief, issuesOfJson, type Json } from '../fixtures.ts';

const path = 'workbooks/api-threats-and-traffic.json';

type Step = Json & { readonly name: string; readonly content: Json };

/** All steps of the workbook, those in groups too. */
function stepsOf(workbook: Json): readonly Step[] {
  return (workbook.items as readonly Step[]).flatMap((step) => [
    step,
    ...('items' in step.content ? stepsOf(step.content) : []),
  ]);
}

/** What is said of the workbook after a change of one step's content. */
async function issuesAfter(name: string, change: (content: Json) => void): Promise<readonly string[]> {
  const issues = await issuesOfJson(path, (workbook) => {
    const step = stepsOf(workbook).find((candidate) => candidate.name === name);
    assert.ok(step !== undefined, name);
    change(step.content);
  });
  return brief(issues);
}

const replaceIn =
  (text: string, by: string) =>
  (content: Json): void => {
    assert.ok(String(content.query).includes(text), text);
    content.query = String(content.query).replace(text, by);
  };

describe('the queries of a workbook', () => {
  it('bind with values put in for their parameters', async () => {
    assert.deepEqual(await issuesAfter('alerts-over-time', () => undefined), []);
  });

  it('that do not bind name the step and the line of the query', async () => {
    const found = await issuesAfter('alerts-over-time', replaceIn('AlertSeverity', 'AlertSeverities'));
    assert.equal(found.length, 1);
    assert.match(
      found[0] ?? '',
      /^query-binding: alerts-over-time, line \d+: The name 'AlertSeverities' does not refer/,
    );
  });

  it('of a list of values are checked, too', async () => {
    const found = await issuesAfter('scope-parameters', (content) => {
      const list = (content.parameters as Json[]).find(({ name }) => name === 'Apis');
      assert.ok(list !== undefined);
      list.query = String(list.query).replace('isnotempty(ApiId)', 'isnotempty(ApisId)');
    });
    assert.match(found.join(), /^query-binding: Apis, line 3: The name 'ApisId'/);
  });

  for (const [reference, what] of [
    ['{TimeRanges}', 'a parameter that nobody defines'],
    ['{TimeRange:begin}', 'a form that a time range does not have'],
    ['{Apis:start}', 'a form that a list does not have'],
  ] as const) {
    it(`that refer to ${what} are found, and nothing else is said of them`, async () => {
      assert.deepEqual(await issuesAfter('alerts-over-time', replaceIn('{TimeRange}', reference)), [
        `workbook-parameter: alerts-over-time: ${reference} stands for nothing`,
      ]);
    });
  }
});

describe('the columns that a workbook shows', () => {
  it('are those of the query: axes, groups, values', async () => {
    for (const key of ['xAxis', 'group'] as const) {
      const found = await issuesAfter('alerts-over-time', ({ chartSettings }) => {
        (chartSettings as Json)[key] = 'Missing';
      });
      assert.deepEqual(found, [
        'workbook-column: alerts-over-time: chartSettings names Missing, which the query does not yield',
      ]);
    }
    const renamed = await issuesAfter('alerts-over-time', replaceIn('Alerts = count()', 'Number = count()'));
    assert.deepEqual(renamed, [
      'workbook-column: alerts-over-time: chartSettings names Alerts, which the query does not yield',
    ]);
  });

  it('are those of the query: formatters and labels of a grid', async () => {
    const found = await issuesAfter('latest-alerts', replaceIn('ClientAddress, Tactics', 'Tactics'));
    assert.deepEqual(
      [...new Set(found)],
      [
        'workbook-column: latest-alerts: gridSettings names ^ClientAddress$, which the query does not yield',
        'workbook-column: latest-alerts: gridSettings names ClientAddress, which the query does not yield',
      ],
    );
  });

  it('are those of the query: contents of tiles', async () => {
    assert.deepEqual(await issuesAfter('key-figures', replaceIn('project Figure, Value', 'project Figure')), [
      'workbook-column: key-figures: tileSettings names Value, which the query does not yield',
    ]);
  });
});
