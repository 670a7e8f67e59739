import { callDoublets } from '../cells/doublets/call-doublets.js';
import type { FindDoublets } from '../cells/quality/quality-control.js';

/** Looks for doublets in one sample, and remembers the scores of the cells that stay. */
export interface SampleDoubletFinder {
  readonly find: FindDoublets;
  /** Scores of the cells that were not called; null before the search and where it could not tell. */
  readonly scores: () => Float64Array | null;
}

/** Doublets by simulated neighbours, in the form quality control asks for them. */
export function sampleDoublets(): SampleDoubletFinder {
  let scores: Float64Array | null = null;
  return {
    find: async ({ sample, genes, counts }, context) => {
      const [nCells] = counts.shape;
      const found = await callDoublets(
        {
          counts,
          genes,
          barcodes: Array.from({ length: nCells }, (_, cell) => String(cell)),
          sampleOf: new Uint32Array(nCells),
          samples: [{ sample, patient: '', stage: 'untreated', treatment: '', technology: '' }],
        },
        {},
        context,
      );
      scores = found.scores.filter((_, cell) => found.called[cell] === 0);
      return found.samples[0]?.status === 'ok' ? found.called : null;
    },
    scores: () => scores,
  };
}
