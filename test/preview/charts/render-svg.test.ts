import { strict as assert } from 'node:assert';
import { drawBarChart } from '../../../src/preview/charts/bar-chart.ts';
import { drawPieChart } from '../../../src/preview/charts/pie-chart.ts';
import { chartText } from '../../../src/preview/charts/render-svg.ts';
import { drawTimeChart, type TimeSeries } from '../../../src/preview/charts/time-chart.ts';
import { hostileTexts } from '../report-fixture.ts';

const HOUR_MS = 3_600_000;
const series = (name: string, ...values: readonly (number | undefined)[]): TimeSeries => ({
  name,
  color: 'ink',
  dashed: false,
  points: values.flatMap((value, index) => (value === undefined ? [] : [{ atMs: index * HOUR_MS, value }])),
});

const timeChart = (form: 'line' | 'area' | 'bar', ...all: readonly TimeSeries[]): string =>
  drawTimeChart({ label: 'Chart', form, measure: 'calls', fromMs: 0, toMs: 4 * HOUR_MS, series: all }).text;

/** The heights of the bars of the wide picture, by their left edge. */
function barsOf(page: string): readonly { readonly x: number; readonly heightPx: number }[] {
  const [wide = ''] = page.split('chart-narrow');
  const bars = [
    ...wide.matchAll(/<path d="M([\d.]+) [\d.]+l([\d.]+) 0l0 (-?[\d.]+)l-[\d.]+ 0Z"[^>]*fill="var\(--ink\)"/g),
  ];
  return bars.map(([, x = '', , height = '']) => ({ x: Math.round(Number(x)), heightPx: Math.abs(Number(height)) }));
}

describe('a chart', () => {
  it('is the same bytes for the same data, however many were drawn before', () => {
    const chart = (): string => timeChart('line', series('a', 1, 5, 2));
    assert.equal(chart(), chart());
  });

  it('has a wide and a narrow picture, with the colours of the page and without scripts, styles or hover', () => {
    const page = timeChart('line', series('a', 1, 5, 2));
    assert.match(page, /<div class="chart-wide" role="img" aria-label="Chart"><svg [^>]*width="1120"/);
    assert.match(page, /<div class="chart-narrow" role="img" aria-label="Chart"><svg [^>]*width="360"/);
    assert.match(page, /stroke="var\(--ink\)"/);
    assert.deepEqual(page.match(/<style|<script|class="zr|ecmeta|font-family|rgba?\(/gi), null);
    const fixedColors = [...page.matchAll(/(?:fill|stroke)="(#[^"]*)"/g)].map(([, color]) => color);
    // A clip path's own colour is never seen.
    assert.deepEqual(fixedColors, ['#000', '#000']);
  });

  it('names clip paths so that two charts of a page do not share one', () => {
    const ids = [series('a', 1, 2), series('a', 3, 9, 4)].map((one) =>
      [...timeChart('line', one).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
    );
    const all = ids.flat();
    assert.ok(all.length >= 4);
    assert.equal(new Set(all).size, all.length);
  });

  it('stacks values of one time even where a series has none: nothing slides to another time', () => {
    const bars = barsOf(timeChart('bar', series('a', 4, undefined, 4), series('b', undefined, 4, 4)));
    const byTime = new Map<number, number>();
    for (const { x, heightPx } of bars) byTime.set(x, (byTime.get(x) ?? 0) + heightPx);
    const [first = 0, second = 0, third = 0] = [...byTime].sort(([a], [b]) => a - b).map(([, height]) => height);
    assert.equal(byTime.size, 3);
    assert.ok(Math.abs(first - second) < 1 && Math.abs(third - 2 * first) < 1, `${first} ${second} ${third}`);
  });

  it('lets a bar cover the bin that starts at its time', () => {
    const [first, second] = barsOf(timeChart('bar', series('a', 4, 4)));
    // 1,056 px are four hours: the first hour reaches from 48 to 312.
    assert.ok(first !== undefined && first.x > 48 && first.x < 312, JSON.stringify(first));
    assert.ok(second !== undefined && second.x > 312 && second.x < 576, JSON.stringify(second));
  });

  it('knows the bin from the times between bars, also where no two of them are neighbours', () => {
    const barsAt = (...halfHours: readonly number[]): readonly number[] => {
      const points = halfHours.map((halfHour) => ({ atMs: (halfHour * HOUR_MS) / 2, value: 1 }));
      return barsOf(timeChart('bar', { ...series('a'), points })).map(({ x }) => x);
    };
    // Bins of half an hour, two and three of them apart: the bars stand where they stand among neighbours.
    assert.deepEqual(
      barsAt(0, 2, 5),
      [0, 2, 5].map((halfHour) => barsAt(0, 1, 2, 3, 4, 5)[halfHour]),
    );
  });

  it('draws an area over every time, also over those at which only another series has a value', () => {
    const [wide = ''] = timeChart('area', series('a', 4, undefined, 4), series('b', undefined, 4, 4)).split(
      'chart-narrow',
    );
    const lines = [...wide.matchAll(/<path d="M([^"]*)" fill="none" stroke="var\(--ink\)"/g)];
    assert.deepEqual(
      lines.map(([, path = '']) => path.split('L').length),
      [3, 3],
    );
  });

  it('keeps its time axis where a single bar stands on it', () => {
    const [wide = ''] = timeChart('bar', series('a', undefined, undefined, 4)).split('chart-narrow');
    const labels = [...wide.matchAll(/translate\(([\d.]+) [\d.]+\)"[^>]*>(\d\d:\d\d|1 Jan)</g)].map(([, x]) =>
      Number(x),
    );
    assert.ok(Math.min(...labels) < 60 && Math.max(...labels) > 1_000, labels.join(' '));
  });

  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`lets hostile names only be text: ${name}`, () => {
      const page = [
        timeChart('line', series(text, 1, 2)),
        drawBarChart({ label: text, bars: [{ name: text, value: 1, color: 'ink' }] }).text,
        drawPieChart({ label: text, slices: [{ name: text, value: 1, color: 'ink' }] }).text,
      ].join('');
      const elements = new Set([...page.matchAll(/<([a-z!/][^\s>]*)/gi)].map(([, element]) => element));
      const known = ['div', 'ul', 'li', 'i', 'svg', 'g', 'path', 'rect', 'text', 'defs', 'clipPath'];
      assert.deepEqual(
        [...elements].filter((element) => !known.includes((element ?? '').replace('/', ''))),
        [],
      );
      const tags = [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
      assert.deepEqual(
        tags.filter((tag) => /\son[a-z]+\s*=/i.test(tag)),
        [],
      );
    });
  }

  it('cuts long labels at whole characters', () => {
    assert.equal(chartText('GET /orders', 20), 'GET /orders');
    assert.equal(chartText('GET /orders', 8), 'GET /or…');
    assert.equal(chartText('😀😀😀', 2), '😀…');
    assert.equal(chartText('a\nb\u202Ec', 20), 'a b⟨U+202E⟩c');
  });
});
