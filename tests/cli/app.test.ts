import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { remnant, start, temporaryFolder } from './command-line.js';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function ask(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(address, { headers }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => (body += data.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    }).on('error', reject);
  });
}

it('serves app and report to this computer only, lets nothing out, and stops with Ctrl-C', async () => {
  const out = join(temporaryFolder(), 'results');
  mkdirSync(out);
  writeFileSync(join(out, 'report.html'), '<!doctype html><p>the report</p>');
  writeFileSync(join(out, '../secret.txt'), 'not for the browser');
  const app = start(['app', out, '--json']);
  const line = await new Promise<string>((resolve) =>
    app.child.stdout?.once('data', (data: Buffer) => {
      resolve(data.toString());
    }),
  );
  const { address, report } = JSON.parse(line) as { address: string; report: string };
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);

  const page = await ask(address);
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(page.headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(page.headers['content-security-policy']).toContain("connect-src 'none'");
  expect((await ask(report)).body).toContain('the report');
  expect((await ask(`${address}results/..%2fsecret.txt`)).status).toBe(404);
  expect((await ask(`${address}none.js`)).status).toBe(404);
  expect((await ask(address, { Host: 'evil.example' })).status).toBe(403);

  app.child.kill('SIGINT');
  expect((await app.finished).code).toBe(0);
});

it('says when a folder holds no report', async () => {
  const { code, err } = await remnant(['app', temporaryFolder()]);
  expect(code).toBe(2);
  expect(err).toMatch(/This folder holds no report/);
});
