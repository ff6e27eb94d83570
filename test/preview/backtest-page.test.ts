import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import type { BacktestInput } from '../../src/preview/backtest/backtest-input.ts';
import { MAX_ALERTS, renderBacktest } from '../../src/preview/backtest-page.ts';
import { browserArguments, findBrowser } from './find-browser.ts';
import { openPage, views } from './open-page.ts';
import { type DrawnChart, type FoundContent, probes } from './page-probes.ts';
import { hostileTexts, reportInput } from './report-fixture.ts';

const hostile = Object.values(hostileTexts).join(' ');
const { title, summary, run, rules, alerts, provenance } = reportInput;

const input: BacktestInput = {
  title,
  summary,
  run,
  rules,
  alerts,
  provenance,
  noise: {
    days: ['2026-03-23', '2026-03-24', '2026-03-25'],
    rules: [
      { slug: 'noisy', counts: [0, 120, 3] },
      { slug: 'calm', counts: [1, 0, 0] },
      { slug: 'silent', counts: [0, 0, 0] },
    ],
  },
  incidents: [
    {
      number: 1,
      title: hostile,
      ruleSlug: 'noisy',
      severity: 'High',
      status: 'New',
      createdAtMs: Date.parse('2026-03-24T11:05:00Z'),
      alerts: 120,
    },
  ],
  entities: [
    { type: 'ip', identifiers: { Address: '192.0.2.1' }, alerts: 120, rules: ['noisy'] },
    { type: 'url', identifiers: { Url: hostile }, alerts: 1, rules: ['calm'] },
  ],
  costs: [
    {
      slug: 'noisy',
      runs: 3,
      rowsScanned: 3001,
      rowsPerRun: 1000.33,
      largest: { scheduledMs: Date.parse('2026-03-24T11:00:00Z'), rows: 2000 },
    },
    { slug: 'untold', runs: 1, rowsScanned: undefined, rowsPerRun: undefined, largest: undefined },
  ],
  misses: [
    {
      slug: 'silent',
      runsLooked: 500,
      runsRead: 720,
      misses: [
        {
          threshold: 'Calls >= 200',
          valueText: '190',
          distanceText: '10',
          relative: 0.05,
          decides: true,
          scheduledAtMs: Date.parse('2026-03-24T14:00:00Z'),
          row: { Url: hostile, Calls: '190' },
        },
      ],
    },
    { slug: 'idle', runsLooked: 0, runsRead: 0, misses: [] },
  ],
  delay: {
    profile: '5m,30m',
    seed: 1,
    rules: [{ slug: 'noisy', onTime: 5, delayed: 4, lost: 2, duplicated: 0, appeared: 1, later: 0 }],
  },
};
const page = renderBacktest(input);
/** The text between the section's id and the next section. */
const section = (id: string): string => page.slice(page.indexOf(`<section id="${id}"`)).split('</section>')[0] ?? '';
const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the text of the page of a replay', () => {
  it('is the same bytes for the same input', () => {
    assert.ok(renderBacktest(input) === page);
  });

  it('counts alerts of each rule and day, and leaves rules out that raised none', () => {
    const noise = section('noise');
    assert.match(noise, /class="heat-5" title="2026-03-24: 120">120</);
    assert.match(noise, /class="heat-2" title="2026-03-25: 3">3</);
    assert.match(noise, /class="heat-1" title="2026-03-23: 1">1</);
    assert.doesNotMatch(noise, /silent/);
  });

  it('says how near quiet rules came, whether that alone kept them quiet, and how many runs were looked at', () => {
    const text = words(section('misses'));
    assert.match(text, /silent 500 of 720 runs looked at\./);
    assert.match(text, /Calls &gt;= 200 190 10 95 % this alone 2026-03-24 14:00/);
    assert.match(text, /idle Quiet: no run found a row to look at\./);
  });

  it('shows what rows cost, and a dash where nobody knows', () => {
    const text = words(section('cost'));
    assert.match(text, /noisy 3 3,001 1,000 2,000 2026-03-24 11:00/);
    assert.match(text, /untold 1 – – –/);
  });

  it('shows what late logs lost, and has no such section where none were made late', () => {
    assert.match(words(section('delay')), /noisy 5 4 2 0 1 0/);
    const { delay, ...onTime } = input;
    assert.doesNotMatch(renderBacktest(onTime), /id="delay"/);
  });

  it('draws no more alerts than a page holds, and says how many it leaves out', () => {
    const [alert] = alerts;
    assert.ok(alert !== undefined);
    const many = Array.from({ length: MAX_ALERTS + 5 }, (_, index) => ({
      ...alert,
      id: `a${index}`,
      picture: undefined,
    }));
    const text = renderBacktest({ ...input, alerts: many });
    assert.equal(text.match(/<article class="alert/g)?.length, MAX_ALERTS);
    assert.match(text, /The first 60; 5 more are counted above and not drawn/);
  });

  it('says that nothing happened where nothing did', () => {
    const quiet = {
      ...input,
      alerts: [],
      incidents: [],
      entities: [],
      misses: [],
      noise: { ...input.noise, rules: [] },
    };
    const text = renderBacktest(quiet);
    for (const sentence of ['No alert on any of 3 days.', 'No alert names an entity.', 'No rule fired.', 'None.']) {
      assert.ok(text.includes(sentence), sentence);
    }
  });
});

const browserPath = findBrowser();

if (browserPath === undefined) {
  console.log(
    '    no Chromium on this machine: the page of a replay is checked as text only (apt-get install chromium)',
  );
} else {
  describe('the page of a replay in a browser', function () {
    this.timeout(60_000);
    let folder = '';
    let browser: Browser;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'backtest-'));
      await writeFile(join(folder, 'index.html'), page);
      browser = await chromium.launch({ executablePath: browserPath, args: [...browserArguments] });
    });
    after(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    for (const view of views) {
      it(`draws every chart, shows hostile text as text and complains of nothing: ${view.width} px, ${view.theme}`, async () => {
        const [opened, complaints] = await openPage(browser, join(folder, 'index.html'), view);
        const charts = await opened.evaluate<readonly DrawnChart[]>(probes.charts);
        for (const { shown, seen } of charts) assert.ok(shown === 1 && seen >= 1, JSON.stringify(charts));
        assert.ok(charts.length >= 3);
        assert.equal(await opened.evaluate<number>(probes.overflow), 0, 'the page must not scroll sideways');
        const found = await opened.evaluate<FoundContent>(probes.content);
        assert.deepEqual([found.foreign, found.handlers], [0, 0]);
        assert.ok(!found.text.includes(hostileTexts.order), 'a text must not be able to turn the reading direction');
        assert.deepEqual(await opened.evaluate<readonly string[]>(probes.brokenLinks), []);
        assert.deepEqual(complaints, []);
        await opened.close();
      });
    }
  });
}
