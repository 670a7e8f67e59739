import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type CellCounts, createCellCounts } from '../cell-counts.js';

/** Folder of the shared single-cell data, beside the repository. */
export const sharedCells: string = fileURLToPath(new URL('../../../../../../shared/data/singlecell/', import.meta.url));

/** Why real data cannot be read, or null. */
export function sharedMissing(file: string): string | null {
  return existsSync(sharedCells + file) ? null : `${file} is not beside the repository`;
}

/** Lines of a text file, gzipped or not, cut at commas or tabs, without quotes. */
export function readRows(file: string): readonly (readonly string[])[] {
  const bytes = readFileSync(sharedCells + file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(/[,\t]/).map((cell) => cell.replaceAll('"', '')));
}

/** A genes × cells table of counts whose header has no name for the genes, as one sample of cells. */
export function readCells(file: string, sample: string): CellCounts {
  const [header = [], ...rows] = readRows(file);
  const columns: { gene: number; count: number }[][] = header.map(() => []);
  rows.forEach((row, gene) => {
    row.slice(1).forEach((value, cell) => {
      const count = Number(value);
      if (count !== 0) columns[cell]!.push({ gene, count });
    });
  });
  const indptr = new Uint32Array(header.length + 1);
  columns.forEach((column, cell) => {
    indptr[cell + 1] = indptr[cell]! + column.length;
  });
  return createCellCounts({
    counts: {
      kind: 'csr',
      shape: [header.length, rows.length],
      indptr,
      indices: Uint32Array.from(columns.flatMap((column) => column.map(({ gene }) => gene))),
      data: Float64Array.from(columns.flatMap((column) => column.map(({ count }) => count))),
    },
    genes: rows.map((row) => row[0]!),
    barcodes: header,
    sampleOf: new Uint32Array(header.length),
    samples: [{ sample, patient: sample, stage: 'untreated', treatment: 'none', technology: 'other' }],
  });
}
