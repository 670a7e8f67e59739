import { type CsrMatrix, type Dataset, UnsupportedError } from '@remnant/engine';
import { asciiLines, createByteWriter } from './byte-writer.js';
import { deterministicGzip } from './deterministic-gzip.js';

/** `v3`: matrix.mtx.gz, features.tsv.gz, barcodes.tsv.gz (Cell Ranger 3 and later). `v2`: matrix.mtx, genes.tsv, barcodes.tsv. */
export type TenxLayout = 'v2' | 'v3';

/**
 * Writes raw counts as a 10x folder. The matrix is genes × cells with one-based indices, as Cell Ranger writes it.
 * Genes have no Ensembl id here: their symbol stands in both columns, so that no made-up id can be taken for a real gene.
 *
 * @param dataset - cells × genes, csr, non-negative integers
 * @returns file name to bytes
 * @throws UnsupportedError for a matrix that is not csr
 */
export function tenxFolder(dataset: Dataset, layout: TenxLayout): Readonly<Record<string, Uint8Array>> {
  if (dataset.X.kind !== 'csr') throw new UnsupportedError('A 10x folder is written from a csr matrix only.');
  const matrix = matrixMarket(dataset.X);
  const barcodes = asciiLines(dataset.obsNames);
  const { varNames } = dataset;
  if (layout === 'v2') {
    const genes = asciiLines(varNames.map((gene) => `${gene}\t${gene}`));
    return { 'matrix.mtx': matrix, 'genes.tsv': genes, 'barcodes.tsv': barcodes };
  }
  const features = asciiLines(varNames.map((gene) => `${gene}\t${gene}\tGene Expression`));
  return {
    'matrix.mtx.gz': deterministicGzip(matrix),
    'features.tsv.gz': deterministicGzip(features),
    'barcodes.tsv.gz': deterministicGzip(barcodes),
  };
}

function matrixMarket(X: CsrMatrix): Uint8Array<ArrayBuffer> {
  const [cells, genes] = X.shape;
  const writer = createByteWriter(12 * X.indices.length + 100);
  writer.text('%%MatrixMarket matrix coordinate integer general\n%\n');
  writer.text(`${String(genes)} ${String(cells)} ${String(X.indices.length)}\n`);
  for (let cell = 0; cell < cells; cell++) {
    const tail = ` ${String(cell + 1)} `;
    const end = X.indptr[cell + 1] as number;
    for (let k = X.indptr[cell] as number; k < end; k++) {
      writer.integer((X.indices[k] as number) + 1);
      writer.text(tail);
      writer.integer(X.data[k] as number);
      writer.text('\n');
    }
  }
  return writer.finish();
}
