import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const site = fileURLToPath(new URL('../../apps/web/dist/site', import.meta.url));
const executable =
  process.env['REMNANT_CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** The browser itself stays off the network too. */
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Whether to leave out the tests in a browser; says why when it does. Where `REMNANT_REQUIRE` names `browser` the tests run,
 * and fail without one.
 */
export function withoutBrowser(what: string): boolean {
  const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('browser');
  if (executable !== undefined || required) return false;
  console.log(`skipped: ${what}: no Chromium on this machine`);
  return true;
}

/** Starts Chromium. */
export function openBrowser(): Promise<Browser> {
  if (executable === undefined) throw new Error('No Chromium was found; name one in REMNANT_CHROMIUM.');
  return chromium.launch({ executablePath: executable, args: quiet });
}

/** The built app on a plain web server: no header of it helps the page to keep its promise. */
export interface AppServer {
  readonly address: string;
  /** Paths asked for so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** What `remnant app` sends with the page: only then may its threads share memory, which the view of the cells needs. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Serves the built app, and under `/without-policy` an empty page that may do as it likes.
 *
 * @param headers - `isolated` as `remnant app` does, `plain` as any web server does
 */
export async function serveApp(headers: 'plain' | 'isolated' = 'plain'): Promise<AppServer> {
  if (!existsSync(join(site, 'index.html'))) throw new Error('The app is not built: npm run build');
  const requests: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    requests.push(url);
    const path = url === '/' ? 'index.html' : url;
    const file = join(site, path);
    if (url !== '/without-policy' && !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      ...(headers === 'isolated' ? isolation : {}),
      'Content-Type': types[extname(file)] ?? 'text/html; charset=utf-8',
    });
    response.end(url === '/without-policy' ? '<!doctype html>' : readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The app, loaded and ready for files. */
export interface OpenApp {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about. */
  readonly complaints: string[];
}

/** Opens the app in a browser with its own storage, on a machine that says it has two processors. */
export async function openApp(browser: Browser, address: string, locale = 'en-GB'): Promise<OpenApp> {
  const context = await browser.newContext({ locale, acceptDownloads: true });
  await context.addInitScript('Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 2 })');
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(address);
  await page.waitForSelector('html[data-worker="ready"]');
  return { context, page, complaints };
}

/** Drops files and folders of this computer on a place of the page, as a hand would. */
export async function dropOn({ context, page }: OpenApp, selector: string, paths: readonly string[]): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`Nothing to drop on: ${selector}`);
  const place = { x: box.x + box.width / 2, y: box.y + 12 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const session = await context.newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place, data });
  }
  await session.detach();
}

/** Waits until a dropped study has been read. */
export async function untilChecked(page: Page): Promise<void> {
  await page.waitForSelector('html[data-activity="none"]');
  await failIfFailed(page);
  await page.waitForSelector('#run-study:enabled');
}

/** Starts the analysis of the study that was read, on so many threads. */
export async function startRun(page: Page, threads: number): Promise<void> {
  await page.locator('#more-options').evaluate((details: HTMLDetailsElement) => {
    details.open = true;
  });
  await page.fill('#option-threads', String(threads));
  await page.click('#run-study');
}

/** Waits for the results and reads their checksums, by path. */
export async function untilWritten(page: Page): Promise<Record<string, string>> {
  await page.waitForSelector('#results-title, .failure:not([hidden])', { timeout: 240_000 });
  await failIfFailed(page);
  const rows = await page.$$eval('[data-sha256]', (nodes) =>
    nodes.map((node) => [node.getAttribute('data-path') ?? '', node.getAttribute('data-sha256') ?? '']),
  );
  return Object.fromEntries(rows) as Record<string, string>;
}

async function failIfFailed(page: Page): Promise<void> {
  const failure = page.locator('.failure:not([hidden])');
  if ((await failure.count()) > 0) throw new Error(`The app says: ${await failure.innerText()}`);
}
