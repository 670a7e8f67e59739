import type { LineageRow } from './lineages-from-table.js';
import { mergeBarcodes } from './merge-barcodes.js';

/** The barcoded cells of one sample. */
export interface SampleClones {
  readonly cells: readonly string[];
  /** Clone of each; null where its barcodes cannot be told apart. */
  readonly clone: readonly (string | null)[];
  /** Cells with several barcodes of which none has more than half of the counts. */
  readonly nAmbiguous: number;
}

/** Renames barcodes that are reading errors of commoner ones, patient by patient; counts of one holder are added up. */
export function correctBarcodes(
  rows: readonly LineageRow[],
  patientOf: (sample: string) => string,
): { readonly rows: readonly LineageRow[]; readonly nMerged: number } {
  const counts = new Map<string, Map<string, number>>();
  for (const { sample, barcode, count } of rows) {
    const own = counts.get(patientOf(sample)) ?? new Map<string, number>();
    counts.set(patientOf(sample), own.set(barcode, (own.get(barcode) ?? 0) + count));
  }
  const renamed = new Map(
    [...counts].map(([patient, own]) => [patient, new Map(mergeBarcodes(own).map(({ from, to }) => [from, to]))]),
  );
  const corrected = new Map<string, LineageRow>();
  for (const row of rows) {
    const barcode = renamed.get(patientOf(row.sample))?.get(row.barcode) ?? row.barcode;
    const key = JSON.stringify([row.sample, row.cell, barcode]);
    corrected.set(key, { ...row, barcode, count: row.count + (corrected.get(key)?.count ?? 0) });
  }
  return {
    rows: [...corrected.values()],
    nMerged: [...renamed.values()].reduce((sum, merges) => sum + merges.size, 0),
  };
}

/** One clone per cell: its barcode, or of several the one with more than half of the counts. */
export function assignClones(rows: readonly LineageRow[]): SampleClones {
  const held = new Map<string, LineageRow[]>();
  for (const row of rows) {
    if (row.cell === null) continue;
    const own = held.get(row.cell);
    if (own === undefined) held.set(row.cell, [row]);
    else own.push(row);
  }
  const clone = [...held.values()].map(mainBarcode);
  return { cells: [...held.keys()], clone, nAmbiguous: clone.filter((one) => one === null).length };
}

function mainBarcode(rows: readonly LineageRow[]): string | null {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return rows.find(({ count }) => 2 * count > total)?.barcode ?? null;
}
