import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AppServer,
  openApp,
  openBrowser,
  serveApp,
  startRun,
  untilChecked,
  untilWritten,
  withoutBrowser,
} from './app-browser.js';
import { writeSmallStudy } from './small-study.js';

/** A page, a frame or a worker. */
interface Place {
  evaluate(expression: string): Promise<unknown>;
}

/** Tries to fetch something from where it runs, and says how that ended. */
function tryToFetch(where: Place, address: string): Promise<unknown> {
  return where.evaluate(`fetch(${JSON.stringify(address)}).then(() => 'fetched', () => 'refused')`);
}

/** Addresses on a network; what is inside the page has none. */
function onNetwork(address: string): boolean {
  return /^(https?|wss?|ftp):/.test(address);
}

describe.skipIf(withoutBrowser('tests/browser/privacy'))('once the page has loaded', () => {
  let browser: Browser;
  let server: AppServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'remnant-privacy-'));
    [browser, server] = await Promise.all([openBrowser(), serveApp(), writeSmallStudy(join(folder, 'study'))]);
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('nothing it does makes a request', async () => {
    const { context, page, complaints } = await openApp(browser, server.address);
    const loaded = server.requests.length;
    expect(loaded).toBeGreaterThanOrEqual(3);
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));

    await page.setInputFiles('#study-folder', join(folder, 'study'));
    await untilChecked(page);
    await startRun(page, 2);
    await untilWritten(page);
    await page.click('#language');
    const report = page.frameLocator('#report');
    await report.locator('html[lang="fr"]').waitFor();
    await report.locator('.contents a').last().click();
    await report.locator('li.open summary').first().click();
    const link = report.locator('li.open a.file').first();
    const [table] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(table.suggestedFilename()).toMatch(/\.csv$/);
    const [archive] = await Promise.all([page.waitForEvent('download'), page.click('#save-all')]);
    expect(archive.suggestedFilename()).toBe('remnant-results.zip');
    await page.click('#run-study');
    await page.click('#stop');
    await page.waitForSelector('#run-study:enabled');

    expect(asked.filter(onNetwork)).toEqual([]);
    expect(server.requests.length).toBe(loaded);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a request is refused by its policy, in the page, in a worker and in the report', async () => {
    const { context, page } = await openApp(browser, server.address);
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const probe = `${server.address}index.html?probe`;
    const refusals = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            resolve(effectiveDirective);
          });
        }),
    );
    expect(await tryToFetch(page, probe)).toBe('refused');
    expect(await refusals).toBe('connect-src');

    await page.setInputFiles('#study-folder', join(folder, 'study'));
    await untilChecked(page);
    await startRun(page, 2);
    await untilWritten(page);
    expect(page.workers().length).toBe(3);
    for (const worker of page.workers()) expect(await tryToFetch(worker, probe)).toBe('refused');
    const report = page.frames().find((frame) => frame !== page.mainFrame()) as Frame;
    expect(await tryToFetch(report, probe)).toBe('refused');
    expect(server.requests.some((path) => path.includes('probe'))).toBe(false);

    // The same attempt where no policy forbids it is seen by both observers of this test.
    await page.goto(`${server.address}without-policy`);
    expect(await tryToFetch(page, probe)).toBe('fetched');
    expect(asked.some((address) => address.includes('probe'))).toBe(true);
    expect(server.requests.some((path) => path.includes('probe'))).toBe(true);
    await context.close();
  });
});
