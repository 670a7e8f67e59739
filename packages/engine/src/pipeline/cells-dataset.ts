import type { CellAnalysis } from '../claims/analysis.js';
import type { Provenance } from '../claims/results.js';
import { log1p } from '../core/pinned-math.js';
import { createDataset, type Dataset } from '../data/dataset.js';
import type { CsrMatrix, DenseMatrix } from '../data/matrix.js';
import type { Column, Table } from '../data/table.js';

/** With more stored values than this the log-normalised layer is left out: it would be larger than the counts. */
const mostLayerValues = 20_000_000;
/** Counts per cell after normalisation, as scanpy's and Seurat's default. */
const targetSum = 1e4;

/**
 * The good cells as `cells.h5ad` holds them: raw counts in X; `layers/log1p` with log(1 + 10⁴ · count / total); every column of the
 * table `cells` in obs; components, map and clusters in obsm; where they come from in uns. Cells outside the embedding have NaN.
 *
 * @param table - the published table `cells`, one row per cell
 */
export function cellsDataset(found: CellAnalysis, table: Table, provenance: Provenance): Dataset {
  const { cells, embedding } = found;
  const n = cells.barcodes.length;
  const spread = (matrix: DenseMatrix): DenseMatrix => onAllCells(matrix, found.embedded, n);
  const obsm: Record<string, DenseMatrix> = {};
  if (embedding.status === 'ok') {
    obsm['X_pca'] = spread(embedding.components);
    obsm['X_umap'] = spread(embedding.umap);
    if (embedding.corrected !== null) obsm['X_pca_corrected'] = spread(embedding.corrected);
    if (embedding.tsne !== null) obsm['X_tsne'] = spread(embedding.tsne);
  }
  return createDataset({
    X: cells.counts,
    obsNames: cells.barcodes.map((barcode, cell) => `${sampleOf(found, cell)}_${barcode}`),
    varNames: cells.genes,
    obs: [
      ...table.columns.filter(({ name }) => name !== 'cell'),
      barcodeColumn(cells.barcodes),
      ...treatmentColumns(found),
    ],
    var: [],
    layers: cells.counts.data.length > mostLayerValues ? {} : { log1p: logNormalised(cells.counts) },
    obsm,
    uns: {
      title: 'Cells of one Remnant run',
      remnant: {
        version: provenance.remnantVersion,
        seed: provenance.seed,
        options: JSON.stringify(provenance.options),
        inputs: JSON.stringify(provenance.inputs),
        X: 'raw counts',
        research_use_only: 'Research use only; not for diagnosis or dosing.',
      },
    },
    raw: null,
  });
}

function sampleOf({ cells }: CellAnalysis, cell: number): string {
  return cells.samples[cells.sampleOf[cell] as number]?.sample ?? '';
}

function barcodeColumn(barcodes: readonly string[]): Column {
  return { kind: 'text', name: 'barcode', description: 'Barcode', values: barcodes };
}

function treatmentColumns({ cells }: CellAnalysis): readonly Column[] {
  const of = (key: 'treatment' | 'technology', description: string): Column => ({
    kind: 'text',
    name: key,
    description,
    values: Array.from(cells.sampleOf, (s) => cells.samples[s]?.[key] ?? null),
  });
  return [of('treatment', 'Regimen'), of('technology', 'Technology')];
}

/** Rows of some cells put where those cells stand among all; the others are NaN. */
function onAllCells({ shape, data }: DenseMatrix, kept: Uint32Array, n: number): DenseMatrix {
  const width = shape[1];
  const spread = new Float32Array(n * width).fill(NaN);
  kept.forEach((cell, row) => {
    spread.set(data.subarray(row * width, (row + 1) * width), cell * width);
  });
  return { kind: 'dense', shape: [n, width], data: spread };
}

function logNormalised(counts: CsrMatrix): CsrMatrix {
  const data = new Float32Array(counts.data.length);
  for (let cell = 0; cell < counts.shape[0]; cell++) {
    const [start, end] = [counts.indptr[cell] as number, counts.indptr[cell + 1] as number];
    let total = 0;
    for (let k = start; k < end; k++) total += counts.data[k] as number;
    for (let k = start; k < end; k++) data[k] = log1p((targetSum * (counts.data[k] as number)) / total);
  }
  return { ...counts, data };
}
