import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FolderServer, serveFolders } from '../../packages/remnant/src/cli/serve-folders.js';
import { bundle } from './bundle.js';
import type { PageReport } from './web-page-entry.js';

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('browser');
if (browserPath === undefined && !required)
  console.log('skipped: tests/host/web-executors: no Chromium on this machine');

describe.skipIf(browserPath === undefined && !required)('Web Workers in Chromium', () => {
  let server: FolderServer;

  beforeAll(async () => {
    const [page, worker] = await Promise.all([
      bundle('web-page-entry.ts', 'browser'),
      bundle('web-worker-entry.ts', 'browser'),
    ]);
    const site = mkdtempSync(join(tmpdir(), 'remnant-site-'));
    writeFileSync(join(site, 'index.html'), '<!doctype html><script type="module" src="web-page-entry.mjs"></script>');
    server = await serveFolders([
      { prefix: '/', folder: site },
      { prefix: '/', folder: dirname(fileURLToPath(page)) },
      { prefix: '/', folder: dirname(fileURLToPath(worker)) },
    ]);
  });

  afterAll(() => server.close());

  it('pass the conformance suite and share memory on a cross-origin isolated page', async () => {
    const browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(server.address);
      const report = await page.evaluate(() => (globalThis as unknown as { report: Promise<PageReport> }).report);
      expect(report.outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
      expect(report.outcomes.length).toBeGreaterThan(20);
      expect([report.isolated, report.sharesMemory]).toEqual([true, true]);
    } finally {
      await browser.close();
    }
  });
});
