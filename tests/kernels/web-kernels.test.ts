import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeKernels } from '@remnant/host/node';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineScran } from '../../apps/web/inline-scran.mjs';
import { type FolderServer, serveFolders } from '../../packages/remnant/src/cli/serve-folders.js';
import { openBrowser, withoutBrowser } from '../browser/app-browser.js';
import type { KernelsReport } from './analysis-stand-in.js';
import { kernelsCases, kernelsDigest } from './conformance.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageSource = (name: string): string => join(root, `packages/${name}/src/index.ts`);

/** Bundles the page as the app is bundled: workers inlined, scran.js inlined in them. */
async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'tests/kernels'),
    base: './',
    logLevel: 'error',
    resolve: {
      alias: ['engine', 'formats', 'kernels', 'report', 'host'].map((name) => ({
        find: new RegExp(`^@remnant/${name}$`),
        replacement: packageSource(name),
      })),
    },
    build: { outDir, target: 'es2022', modulePreload: false, minify: false, emptyOutDir: true },
    worker: { format: 'iife', plugins: () => [inlineScran()] },
  });
}

/** The same files without any header that would isolate the page. */
async function servePlainly(folder: string): Promise<{ readonly address: string; readonly server: Server }> {
  const server = createServer(({ url = '/' }, response) => {
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'Content-Type': type });
    response.end(readFileSync(join(folder, url === '/' ? 'index.html' : url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, server };
}

describe.skipIf(withoutBrowser('tests/kernels/web-kernels'))('kernels in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let isolating: FolderServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'remnant-kernels-'));
    await buildPage(folder);
    browser = await openBrowser();
    isolating = await serveFolders([{ prefix: '/', folder }]);
  });

  afterAll(async () => {
    await browser.close();
    await isolating.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const reportOf = async (address: string): Promise<KernelsReport & { readonly requests: readonly string[] }> => {
    const page = await browser.newPage();
    await page.goto(address, { waitUntil: 'load' });
    const requests: string[] = [];
    page.context().on('request', (request) => {
      if (/^(https?|wss?):/.test(request.url())) requests.push(request.url());
    });
    const report = await page.evaluate(() => (globalThis as unknown as { report: Promise<KernelsReport> }).report);
    await page.close();
    return { ...report, requests };
  };

  it('pass the conformance suite, give the bytes of Node and fetch nothing', async () => {
    const report = await reportOf(isolating.address);
    expect([report.isolated, report.unavailable]).toEqual([true, null]);
    expect(report.outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(report.outcomes.length).toBe(kernelsCases.length);
    const expected = await kernelsDigest(nodeKernels(2));
    expect(report.digests).toEqual({ '1': expected, '2': expected });
    expect(report.requests).toEqual([]);
  }, 240_000);

  it('say why they are unavailable on a page that is not isolated', async () => {
    const { address, server } = await servePlainly(folder);
    const report = await reportOf(address);
    server.close();
    expect(report.isolated).toBe(false);
    expect(report.unavailable).toMatch(/Cross-Origin-Opener-Policy/);
    expect(report.outcomes).toEqual([]);
  });
});
