import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { renderReport } from '../../src/preview/report-page.ts';
import { browserArguments, findBrowser } from './find-browser.ts';
import { openPage, type View, views } from './open-page.ts';
import { type DrawnChart, type Focused, type FoundContent, probes } from './page-probes.ts';
import { hostileTexts, reportInput } from './report-fixture.ts';

const page = renderReport(reportInput);

describe('the text of the report', () => {
  it('is the same bytes for the same input', () => {
    assert.ok(renderReport(reportInput) === page);
  });

  it('holds no script, loads nothing and forbids both', () => {
    assert.match(
      page,
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;/,
    );
    assert.deepEqual(page.match(/<(?:script|iframe|object|embed|link|img|form)\b/gi), null);
    assert.deepEqual(page.match(/url\((?!#)|@import|srcdoc|javascript:/gi), null);
  });

  it('shows the figures of the run and of each rule', () => {
    for (const text of [
      '1,297,041',
      '45,366',
      '1,288,636',
      '13.73 σ',
      '179.15 × mean',
      'AGWFirewallLogs.ndjson:4711',
    ]) {
      assert.ok(page.includes(text), text);
    }
  });

  it('names the alerts for which a playbook would be started that did not run here', () => {
    const [alert] = reportInput.alerts;
    assert.ok(alert !== undefined);
    const text = renderReport({ ...reportInput, answers: [{ playbook: 'limit-caller-rate', alertIds: [alert.id] }] });
    const section = text.slice(text.indexOf('id="playbooks"'));
    assert.ok(section.includes('<h3>limit-caller-rate</h3>'));
    assert.ok(section.includes(`href="#alert-${alert.id}"`));
  });

  it('shows a report without anything in it', () => {
    const empty = {
      ...reportInput,
      rules: [],
      alerts: [],
      workbooks: [],
      answers: [],
      playbooks: [],
      run: { ...reportInput.run, tables: [], problems: [] },
    };
    const text = renderReport(empty);
    for (const words of ['No rule fired', 'No workbook was run', 'No alert calls a playbook', 'every line was read']) {
      assert.ok(text.includes(words), words);
    }
  });
});

const browserPath = findBrowser();

if (browserPath === undefined) {
  console.log('    no Chromium on this machine: the report is checked as text only (apt-get install chromium)');
} else {
  describe('the report in a browser', function () {
    this.timeout(60_000);
    let folder = '';
    let browser: Browser;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'report-'));
      await writeFile(join(folder, 'index.html'), page);
      browser = await chromium.launch({ executablePath: browserPath, args: [...browserArguments] });
    });

    after(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    const open = (view: View) => openPage(browser, join(folder, 'index.html'), view);

    for (const view of views) {
      it(`draws every chart and complains of nothing: ${view.width} px, ${view.theme}`, async () => {
        const [opened, complaints] = await open(view);
        const charts = await opened.evaluate<readonly DrawnChart[]>(probes.charts);
        assert.equal(charts.length, 7);
        for (const { shown, seen } of charts) assert.ok(shown === 1 && seen >= 3, JSON.stringify(charts));
        const overflow = await opened.evaluate<number>(probes.overflow);
        assert.equal(overflow, 0, 'the page must not scroll sideways');
        assert.deepEqual(complaints, []);
        await opened.close();
      });
    }

    it('shows hostile texts as text: no element, handler or dialog comes from data', async () => {
      const [opened, complaints] = await open({ width: 1280, theme: 'light' });
      const found = await opened.evaluate<FoundContent>(probes.content);
      assert.equal(found.foreign, 0);
      assert.equal(found.handlers, 0);
      const { order, ...visible } = hostileTexts;
      for (const text of Object.values(visible)) assert.ok(found.text.includes(text), text);
      assert.ok(!found.text.includes(order), 'a text must not be able to turn the reading direction');
      assert.ok(found.text.includes('invoice⟨U+202E⟩gnp.exe'));
      await opened.mouse.move(200, 500);
      assert.deepEqual(complaints, []);
      await opened.close();
    });

    it('lets the reader choose the theme with the keyboard, against that of the system', async () => {
      const [opened] = await open({ width: 1280, theme: 'light' });
      const paper = (): Promise<string> => opened.evaluate<string>(probes.paper);
      const light = await paper();
      await opened.focus('#theme-auto');
      await opened.keyboard.press('ArrowRight');
      assert.equal(await paper(), light);
      await opened.keyboard.press('ArrowRight');
      assert.notEqual(await paper(), light);
      await opened.close();
    });

    it('reaches links, sections and scrolling tables with the Tab key, and shows where it is', async () => {
      const [opened] = await open({ width: 400, theme: 'dark' });
      const reached = new Set<string>();
      for (let presses = 0; presses < 40; presses++) {
        await opened.keyboard.press('Tab');
        const focused = await opened.evaluate<Focused>(probes.focused);
        reached.add(focused.name);
        if (focused.name.startsWith('A.') || focused.name.startsWith('DIV.scroll'))
          assert.ok(focused.outlined, focused.name);
      }
      assert.deepEqual(
        ['A.', 'A.skip', 'DIV.scroll', 'INPUT.', 'SUMMARY.'].filter((name) => !reached.has(name)),
        [],
      );
      await opened.close();
    });

    it('has every link lead to a place on the page', async () => {
      const [opened] = await open({ width: 1280, theme: 'light' });
      const broken = await opened.evaluate<readonly string[]>(probes.brokenLinks);
      assert.deepEqual(broken, []);
      await opened.close();
    });
  });
}
