import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { reportPolicySources } from '@remnant/report';

/** A folder shown under a prefix of the address. */
export interface ServedFolder {
  /** For instance `/` or `/results/`. */
  readonly prefix: string;
  readonly folder: string;
}

/** A running server. */
export interface FolderServer {
  readonly address: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Nothing may be loaded from, or sent to, anywhere but this server; threads may share memory. */
const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${reportPolicySources.script}; worker-src 'self' blob:; ` +
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-src 'self' blob:; " +
    "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/**
 * Serves folders to this computer only.
 *
 * @param folders - tried in order; the first whose prefix fits and that has the file answers
 * @param port - 0 for any free one
 */
export async function serveFolders(folders: readonly ServedFolder[], port = 0): Promise<FolderServer> {
  const server = createServer((request, response) => {
    void answer(folders, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  folders: readonly ServedFolder[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(request);
  const file = refusal === null ? await findFile(folders, request.url ?? '/') : null;
  if (file === null) {
    const [status, text] = refusal ?? ([404, 'Not found'] as const);
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
    return;
  }
  const type = types[extname(file.path).toLowerCase()] ?? 'application/octet-stream';
  response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': file.bytes });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file.path).pipe(response);
}

/** Also a page elsewhere that points its own name at this computer (DNS rebinding) is not let in. */
function refusalOf({ headers: { host }, method }: IncomingMessage): readonly [number, string] | null {
  if (host === undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return [403, 'Forbidden'];
  return method === 'GET' || method === 'HEAD' ? null : [405, 'Method not allowed'];
}

async function findFile(
  folders: readonly ServedFolder[],
  url: string,
): Promise<{ readonly path: string; readonly bytes: number } | null> {
  const path = decodedPath(url);
  if (path === null) return null;
  for (const { prefix, folder } of folders) {
    if (!path.startsWith(prefix)) continue;
    const below = path.slice(prefix.length);
    const full = normalize(join(folder, below === '' || below.endsWith('/') ? `${below}index.html` : below));
    if (!full.startsWith(normalize(folder + sep))) continue;
    const found = await stat(full).catch(() => null);
    if (found?.isFile() === true) return { path: full, bytes: found.size };
  }
  return null;
}

function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
}
