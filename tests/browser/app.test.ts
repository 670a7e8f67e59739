import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, remnant, start } from '../cli/command-line.js';
import { hashesOfFolder } from '../support/results-hashes.js';
import { dropOn, openApp, openBrowser, startRun, untilChecked, untilWritten, withoutBrowser } from './app-browser.js';
import { writeSmallStudy } from './small-study.js';

/** The built app as `remnant app` serves it: with headers that forbid more, and that let threads share memory. */
describe.skipIf(withoutBrowser('tests/browser/app'))('the app', () => {
  let browser: Browser;
  let folder: string;
  let serving: Running;
  let address: string;
  let expected: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'remnant-app-'));
    serving = start(['app', '--json']);
    const line = new Promise<string>((resolve) =>
      serving.child.stdout?.once('data', (data: Buffer) => {
        resolve(data.toString());
      }),
    );
    const study = await writeSmallStudy(join(folder, 'study'));
    browser = await openBrowser();
    address = (JSON.parse(await line) as { readonly address: string }).address;
    const { code, err } = await remnant(['run', study, '-o', join(folder, 'out'), '--quiet']);
    expect([code, err]).toEqual([0, '']);
    expected = hashesOfFolder(join(folder, 'out'));
  });

  afterAll(async () => {
    await browser.close();
    serving.child.kill('SIGINT');
    await serving.finished;
    rmSync(folder, { recursive: true, force: true });
  });

  const studyWith = (name: string, files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(folder, name));
    for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, name, path), content);
    return join(folder, name);
  };

  it('stops at once, runs again, and gives the bytes of the command line', async () => {
    const app = await openApp(browser, address);
    const { page } = app;
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await dropOn(app, '#study', [join(folder, 'study')]);
    await untilChecked(page);
    await startRun(page, 2);
    await page.locator('#steps .is-done').first().waitFor();
    const asked = Date.now();
    await page.click('#stop');
    await page.waitForSelector('#run-study:enabled');
    expect(Date.now() - asked).toBeLessThan(5000);
    expect(await page.locator('[role="status"]').innerText()).toBe('Stopped. Nothing was kept.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('run-study');
    expect(await page.locator('#results').isHidden()).toBe(true);

    await page.keyboard.press('Enter');
    expect(await untilWritten(page)).toEqual(expected);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('results-title');
    expect(app.complaints).toEqual([]);
    await app.context.close();
  });

  it('saves what it shows, byte for byte, and follows the links of the report', async () => {
    const app = await openApp(browser, address);
    const { page } = app;
    await page.setInputFiles('#study-folder', join(folder, 'study'));
    await untilChecked(page);
    await startRun(page, 1);
    await untilWritten(page);
    const [report] = await Promise.all([page.waitForEvent('download'), page.click('#save-report')]);
    expect(readFileSync(await report.path(), 'utf8')).toBe(readFileSync(join(folder, 'out/report.html'), 'utf8'));

    const frame = page.frameLocator('#report');
    await frame.locator('.contents a').last().click();
    await expect.poll(() => frame.locator('html').evaluate(() => scrollY)).toBeGreaterThan(500);
    expect(await frame.locator('a[href^="https:"]').first().getAttribute('target')).toBe('_blank');
    const folded = frame.locator('li.open summary').first();
    await folded.click();
    expect(await frame.locator('th button').count(), 'the report sorts its tables').toBeGreaterThan(0);
    const link = frame.locator('li.open a.file').first();
    const [table] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const saved = readFileSync(await table.path(), 'utf8');
    expect(saved).toBe(readFileSync(join(folder, 'out/tables', table.suggestedFilename()), 'utf8'));
    expect(new URL(page.url()).hash).toBe('');
    expect(app.complaints).toEqual([]);
    await app.context.close();
  });

  it('speaks French, keeps what was typed, and writes the French report', async () => {
    const { context, page } = await openApp(browser, address, 'fr-FR');
    await page.setInputFiles('#study-folder', join(folder, 'study'));
    await untilChecked(page);
    expect(await page.locator('#check-title').innerText()).toContain('seed 3');
    expect(await page.locator('main').innerText()).toContain('Ce que ce plan d’étude permet de tester');
    await page.fill('#option-markers', 'AXL');
    await page.focus('#language');
    await page.keyboard.press('Enter');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('language');
    expect(await page.inputValue('#option-markers')).toBe('AXL');
    await page.fill('#option-markers', 'CD44');
    await page.click('#language');

    await startRun(page, 2);
    await page.click('#language');
    const report = page.frameLocator('#report');
    await report.locator('html[lang="en"]').waitFor();
    expect(await untilWritten(page), 'the language was changed while the analysis ran').toEqual(expected);
    await page.click('#language');
    await report.locator('html[lang="fr"]').waitFor();
    const french = await untilWritten(page);
    expect(french['report.html']).not.toBe(expected['report.html']);
    expect(french['tables/programme_genes.csv']).toBe(expected['tables/programme_genes.csv']);
    await context.close();
  });

  it.each([
    ['without a study file', { 'notes.csv': 'a,b\n' }, /None of these files is a study\.yaml or a samples\.csv/],
    [
      'with an unknown stage',
      { 'samples.csv': 'sample,patient,stage,expression,column\nS1,P1,tretaed,counts.csv,S1\n' },
      /samples\.csv, row 2, column "stage".*tretaed/s,
    ],
  ])('says what is wrong with a folder %s', async (name, files, message) => {
    const app = await openApp(browser, address);
    await dropOn(app, '#study', [studyWith(name.replaceAll(' ', '-'), files)]);
    const failure = app.page.locator('.failure');
    await failure.waitFor();
    expect(await failure.innerText()).toMatch(message);
    expect(await app.page.locator('#run-study').count()).toBe(0);
    await app.context.close();
  });

  it('names the files of a pack that a study wants, and takes them', async () => {
    const study = studyWith('wants-a-pack', {
      'study.yaml': 'remnant: 1\ntitle: wants a pack\nresources: [hallmark]\nsamples: samples.csv\n',
      'samples.csv':
        'sample,patient,stage,expression,column\nA,P1,untreated,counts.csv,A\nB,P1,residual,counts.csv,B\n',
      'counts.csv': 'gene,A,B\nTP53,10,20\nMYC,30,5\n',
    });
    const pack = join(
      studyWith('packs', { 'h.all.v7.0.symbols.gmt': 'HALLMARK_ONE\tone\tTP53\tMYC\n' }),
      'h.all.v7.0.symbols.gmt',
    );
    const app = await openApp(browser, address);
    const { page } = app;
    await dropOn(app, '#study', [study]);
    const problem = page.locator('li.is-blocking');
    await problem.first().waitFor();
    expect(await problem.first().innerText()).toMatch(/pack “hallmark”.*h\.all\.v7\.0\.symbols\.gmt.*Resource packs/s);
    expect(await page.locator('#run-study').isDisabled()).toBe(true);

    await dropOn(app, '#packs', [pack]);
    const accept = page.getByLabel('Use this copy all the same');
    await accept.waitFor();
    expect(await page.locator('[data-pack="hallmark"]').innerText()).toContain('not a copy Remnant knows');
    expect(await problem.first().innerText()).toMatch(/the copy given is not one Remnant knows/);
    await accept.check();
    await untilChecked(page);
    expect(await page.locator('#check-title + .facts + p').innerText()).toContain('hallmark');
    await page.click('#clear-packs');
    await problem.first().waitFor();
    await app.context.close();
  });

  it('can be used by keyboard alone, and every control has a name', async () => {
    const { context, page } = await openApp(browser, address);
    await page.setInputFiles('#study-folder', join(folder, 'study'));
    await untilChecked(page);
    await page.locator('#more-options summary').focus();
    await page.keyboard.press('Enter');
    const nameless = await page.$$eval('button, input, summary, iframe', (nodes) =>
      nodes
        .filter((node) => {
          const labels =
            node instanceof HTMLInputElement ? [...(node.labels ?? [])].map((label) => label.textContent) : [];
          const name =
            node.getAttribute('aria-label') ?? node.getAttribute('title') ?? `${node.textContent}${labels.join('')}`;
          return name.trim() === '';
        })
        .map((node) => node.outerHTML),
    );
    expect(nameless).toEqual([]);
    await page.focus('#option-fdr');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    expect(await page.locator('html').getAttribute('data-activity')).toBe('none');
    expect(await page.locator('#option-fdr').evaluate((input: HTMLInputElement) => input.validity.rangeOverflow)).toBe(
      true,
    );
    await page.click('#restore-options');
    expect(await page.inputValue('#option-fdr')).toBe('0.05');
    await context.close();
  });
});
