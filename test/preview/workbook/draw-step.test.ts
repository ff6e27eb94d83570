import { strict as assert } from 'node:assert';
import { ticksFromUnixMs } from '../../../src/kql/values/datetime.ts';
import { drawStep } from '../../../src/preview/workbook/draw-step.ts';
import type { StepSettings } from '../../../src/preview/workbook/workbook-format.ts';
import { at, from, step } from '../report-fixture.ts';

const columns = [
  { name: 'Time', type: 'datetime' as const },
  { name: 'Severity', type: 'string' as const },
  { name: 'Calls', type: 'long' as const },
];
const rows = [
  [ticksFromUnixMs(from), 'High', 12_345n],
  [ticksFromUnixMs(from + 3_600_000), 'Low', null],
];
const draw = (settings: StepSettings, data = { columns, rows }): string =>
  drawStep(step({ name: 'some-step', title: 'Some step', settings, data })).text;

describe('a table', () => {
  const page = draw({
    visualization: 'table',
    gridSettings: {
      formatters: [
        {
          columnMatch: '^Severity$',
          formatter: 18,
          formatOptions: { thresholdsGrid: [{ operator: '==', thresholdValue: 'High', representation: 'redBright' }] },
        },
        { columnMatch: '^Calls$', formatter: 3 },
      ],
      labelSettings: [{ columnId: 'Calls', label: 'Calls in 20 min' }],
    },
  });

  it('has labels, times in UTC for machines too, and grouped digits', () => {
    assert.match(page, /<th scope="col" class="number">Calls in 20 min<\/th>/);
    assert.match(page, /<time datetime="2026-03-10T00:00:00Z">2026-03-10 00:00<\/time>/);
    assert.match(page, />12,345</);
  });

  it('colours a severity where the threshold holds, and nothing else', () => {
    assert.match(page, /<span class="tag color-severity-high">High<\/span>/);
    assert.match(page, /<td class="text short">Low<\/td>/);
  });

  it('draws a bar in proportion and none for a null', () => {
    assert.deepEqual(
      [...page.matchAll(/width:([\d.]+)%/g)].map(([, width]) => width),
      ['100.0', '0.0'],
    );
  });

  it('says how many rows it leaves out', () => {
    const many = Array.from({ length: 130 }, (_, index) => [ticksFromUnixMs(from), 'Low', BigInt(index)]);
    const long = draw({ visualization: 'table' }, { columns, rows: many });
    assert.equal([...long.matchAll(/<tr>/g)].length, 101);
    assert.match(long, /30 more rows are not shown/);
  });
});

describe('a step', () => {
  it('that is not drawn says so and names what is', () => {
    assert.match(
      draw({ visualization: 'map' }),
      /the visualization map is not drawn[^<]*Drawn are: table, tiles, timechart/,
    );
  });

  it('whose result lacks the column of its chart names those that there are', () => {
    const page = draw({ visualization: 'timechart', chartSettings: { xAxis: 'Window', yAxis: ['Calls'] } });
    assert.match(page, /the chart needs the column Window[^<]*Time \(time\), Severity \(text\), Calls \(number\)/);
  });

  it('without rows shows its own words', () => {
    const page = draw({ visualization: 'table', noDataMessage: 'No attack.' }, { columns, rows: [] });
    assert.match(page, /<p class="note">No attack\.<\/p>/);
  });

  it('keeps the order and the labels that the workbook gives to its series', () => {
    const page = draw({
      visualization: 'barchart',
      chartSettings: {
        xAxis: 'Time',
        yAxis: ['Calls'],
        group: 'Severity',
        seriesLabelSettings: [
          { seriesName: 'Low', label: 'Low alerts', color: 'yellow' },
          { seriesName: 'High', color: 'redBright' },
        ],
      },
    });
    const legend = [...page.matchAll(/<li><i class="mark mark-box (color-[a-z0-9-]+)"><\/i>([^<]*)<\/li>/g)];
    assert.deepEqual(
      legend.map(([, color, name]) => [color, name]),
      [
        ['color-severity-low', 'Low alerts'],
        ['color-severity-high', 'High'],
      ],
    );
  });

  it('shows a time axis over the chosen range and not over the rows alone', () => {
    const page = draw({ visualization: 'timechart', chartSettings: { xAxis: 'Time', yAxis: ['Calls'] } });
    assert.match(page, />24 Mar</);
    assert.ok(at('2026-03-24T00:00:00') > from + 3_600_000);
  });
});
