import type { CellCounts } from '../../cells/cell-counts.js';
import type { OriginAnalysis } from '../../claims/analysis.js';

/** What genetics say of each cell; one entry per row of the counts. */
export interface CellGenetics {
  readonly lineage: readonly (string | null)[];
  readonly clone: readonly (string | null)[];
  /** NaN where it cannot be told. */
  readonly alteredProbability: Float64Array;
}

/** Puts lineage barcodes and copy-number clones beside the cells of a study. */
export function cellGenetics(cells: CellCounts, { copyNumber, evidence }: OriginAnalysis): CellGenetics {
  const n = cells.barcodes.length;
  const clone: (string | null)[] = Array.from({ length: n }, () => null);
  const alteredProbability = new Float64Array(n).fill(NaN);
  for (const { cells: own } of copyNumber?.patients ?? []) {
    own.row.forEach((row, i) => {
      const number = own.clone[i] as number;
      clone[row] = own.isReference[i] === 1 ? 'reference' : number === 0 ? null : String(number);
      alteredProbability[row] = own.alteredProbability[i] as number;
    });
  }
  return { lineage: lineageOf(cells, evidence), clone, alteredProbability };
}

function lineageOf(cells: CellCounts, evidence: OriginAnalysis['evidence']): readonly (string | null)[] {
  const bySample = new Map<string, Map<string, string | null>>();
  for (const { source, cell, sample, labels } of evidence) {
    if (source !== 'barcode') continue;
    cell?.forEach((name, i) => {
      const own = bySample.get(sample[i] as string) ?? new Map<string, string | null>();
      bySample.set(sample[i] as string, own.set(name, labels[0]?.values[i] ?? null));
    });
  }
  return cells.barcodes.map(
    (barcode, row) => bySample.get(cells.samples[cells.sampleOf[row] as number]?.sample ?? '')?.get(barcode) ?? null,
  );
}
