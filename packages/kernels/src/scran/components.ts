import type {
  CellComponents,
  ComponentOptions,
  CorrectionOptions,
  DenseMatrix,
  NormalizedCells,
} from '@remnant/engine';
import { int32, loadNormalized } from './load-cells.js';
import type { Session } from './session.js';

/** Principal components by scran.js (IRLBA). */
export function principalComponents(
  cells: NormalizedCells,
  { components, block }: ComponentOptions,
  session: Session,
): CellComponents {
  const [nCells, nGenes] = cells.counts.shape;
  const pca = session.keep(
    session.scran.runPca(loadNormalized(cells, session), {
      numberOfPCs: components,
      block: block === null ? null : int32(block),
      blockMethod: 'project',
      blockWeightPolicy: 'variable',
      realizeMatrix: true,
      numberOfThreads: session.numberOfThreads,
    }),
  );
  const n = pca.numberOfPCs();
  return {
    scores: { kind: 'dense', shape: [nCells, n], data: pca.principalComponents() },
    loadings: { kind: 'dense', shape: [nGenes, n], data: transposed(pca.rotation(), n, nGenes) },
    varianceExplained: pca.varianceExplained(),
    totalVariance: pca.totalVariance(),
  };
}

/** Mutual nearest neighbours correction by scran.js, with an approximate search. */
export function correctBatches(
  { shape, data }: DenseMatrix,
  { batch, neighbours }: CorrectionOptions,
  { scran, numberOfThreads, keep }: Session,
): DenseMatrix {
  const [nCells, nComponents] = shape;
  const block = keep(scran.createInt32WasmArray(nCells));
  block.set(batch);
  const corrected = scran.mnnCorrect(Float64Array.from(data), block, {
    numberOfDims: nComponents,
    numberOfCells: nCells,
    k: neighbours,
    approximate: true,
    numberOfThreads,
  });
  return { kind: 'dense', shape, data: corrected };
}

/** Columns × rows from rows × columns. */
function transposed(values: Float64Array, nRows: number, nColumns: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let row = 0; row < nRows; row++) {
    for (let column = 0; column < nColumns; column++) {
      out[column * nRows + row] = values[row * nColumns + column] as number;
    }
  }
  return out;
}
