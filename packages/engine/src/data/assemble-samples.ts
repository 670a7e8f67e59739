import { ShapeError } from '../core/errors.js';
import { createExpressionMatrix, type ExpressionMatrix } from './expression.js';
import { regroupGenes, type SampleCounts } from './pseudobulk.js';

/** All samples of a study on one gene list. */
export interface SampleSet {
  /** Linear-scale counts or intensities, genes × samples. */
  readonly counts: ExpressionMatrix;
  /** Per sample; null for a sample that came as a table column. */
  readonly blocks: readonly SampleCounts['blocks'][];
  /** Per sample; null for a table column. */
  readonly nCells: readonly (number | null)[];
}

/** One sample with the positions of its genes in the joined list (−1 leaves a gene out). */
export interface SampleToJoin {
  readonly sample: string;
  readonly counts: SampleCounts;
  readonly target: Int32Array;
}

/** Joins samples on one gene list; genes of a sample that map to the same place are summed. */
export function assembleSamples(samples: readonly SampleToJoin[], genes: readonly string[]): SampleSet {
  if (samples.length === 0) throw new ShapeError('There is no sample to join.');
  const values = new Float64Array(genes.length * samples.length);
  const joined = samples.map((sample) => regroupGenes(sample.counts, sample.target, genes.length));
  joined.forEach((sample, column) => {
    for (let g = 0; g < genes.length; g++) values[g * samples.length + column] = sample.total[g] as number;
  });
  return {
    counts: createExpressionMatrix(
      genes,
      samples.map((s) => s.sample),
      values,
    ),
    blocks: joined.map((sample) => sample.blocks),
    nCells: joined.map((sample) => sample.nCells),
  };
}
