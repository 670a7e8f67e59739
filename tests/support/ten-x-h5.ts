import type { CsrMatrix, Dataset } from '@remnant/engine';
import type { Dataset as H5Dataset } from 'h5wasm';

/** Counts as a 10x .h5 file in the layout of Cell Ranger 3, as far as the readers look: what no writer of ours makes. */
export async function tenXH5({ X, obsNames, varNames }: Dataset): Promise<Uint8Array> {
  const lib = await import('h5wasm');
  const { FS } = await lib.ready;
  const { indptr, indices, data } = X as CsrMatrix;
  const file = new lib.File('/ten-x.h5', 'w');
  const matrix = file.create_group('matrix');
  const features = matrix.create_group('features');
  const texts = (values: readonly string[]): Parameters<H5Dataset['create_attribute']>[1] => [...values];
  matrix.create_dataset({ name: 'data', data: Int32Array.from(data) });
  matrix.create_dataset({ name: 'indices', data: BigInt64Array.from(indices, BigInt) });
  matrix.create_dataset({ name: 'indptr', data: BigInt64Array.from(indptr, BigInt) });
  matrix.create_dataset({ name: 'shape', data: Int32Array.of(varNames.length, obsNames.length) });
  matrix.create_dataset({ name: 'barcodes', data: texts(obsNames), dtype: 'S' });
  features.create_dataset({ name: 'name', data: texts(varNames), dtype: 'S' });
  features.create_dataset({ name: 'id', data: texts(varNames), dtype: 'S' });
  features.create_dataset({ name: 'feature_type', data: texts(varNames.map(() => 'Gene Expression')), dtype: 'S' });
  file.close();
  const bytes = FS.readFile('/ten-x.h5');
  FS.unlink('/ten-x.h5');
  return bytes;
}
