import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Rows of a table by column name. */
export type Rows = Record<string, string>[];

/** What stands in `../shared` beside this checkout. */
export const shared: string = fileURLToPath(new URL('../../../shared/', import.meta.url));
/** The folder of the eight-patient study. */
export const publishedStudy: string = `${shared}data/bulk/tnbc_pdx_ap1_baudre/`;

/** Whether tests on it can run; where `REMNANT_REQUIRE` names `shared` they run and fail without it. */
export const hasPublishedStudy: boolean =
  (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared') || existsSync(publishedStudy);
if (!hasPublishedStudy) console.warn('Skipped: the eight-patient study is not beside this checkout (../shared/data).');

/** Reads a table with a comma between cells, gzip or not. */
export function readCsv(path: string): Rows {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim();
  const [header = [], ...lines] = text.split('\n').map((line) => line.split(',').map((cell) => cell.replace(/"/g, '')));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}
