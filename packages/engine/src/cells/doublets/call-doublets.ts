import { type RunContext, rngFor } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { type CellCounts, sampleRanges } from '../cell-counts.js';
import { type DoubletOptions, type ResolvedDoubletOptions, resolveDoubletOptions } from './doublet-options.js';
import { callSampleDoublets, type SampleDoublets } from './sample-doublets.js';

/** What `callDoublets` is. */
export const callDoubletsInfo: MethodInfo = {
  id: 'doublets',
  title: 'Doublets by simulated neighbours',
  version: '1',
  doi: ['10.1016/j.cels.2018.11.005', '10.12688/f1000research.73600.2'],
  input: 'raw counts, cells × genes, of cells that passed quality control, sample by sample',
  output: 'score and probability of a doublet per cell, both 0 … 1; calls per sample',
  random: true,
};

/** Doublets of all samples. Per-cell lists follow the cells of the input. */
export interface DoubletCalls {
  /** Weighted share of simulated doublets among the neighbours; NaN where the sample is not testable. */
  readonly scores: Float64Array;
  /** Probability of a doublet; NaN where the sample is not testable. */
  readonly probabilities: Float64Array;
  /** 1 for a doublet. */
  readonly called: Uint8Array;
  /** In the order of the samples. */
  readonly samples: readonly SampleDoublets[];
  readonly options: ResolvedDoubletOptions;
  readonly warnings: readonly Warning[];
}

/**
 * Finds droplets with two different cells, sample by sample: doublets are simulated as sums of two random cells and placed
 * with the cells on their principal components; a cell with many simulated doublets among its nearest neighbours is
 * likely to be one.
 *
 * Score: share of simulated doublets among the k(1 + r) nearest neighbours (r simulated per cell), nearer ones weighing more.
 * Probability: see `doubletProbability`. A doublet is called where the probability reaches `probabilityMin`.
 *
 * Two cells of one kind look like one: only heterotypic doublets can be seen. Cells between two states, which are what a study of
 * persisters looks for, also lie between them; this is why nothing is called without a score that simulated doublets reach and
 * cells do not, and why no more can be called than expected over `probabilityMin`.
 *
 * Cost: per sample, one distance for each pair of a query and a point, measured in docs/methods/doublets.md.
 *
 * @param cells - after quality control; empty droplets and damaged cells would be parents of the simulated doublets
 * @returns statuses per sample; never throws on what the cells are like
 * @throws OptionError for an option out of range; ShapeError when names and matrix disagree; AbortedError on request
 * @see doi:10.1016/j.cels.2018.11.005; Scrublet 0.2.3. Differences are listed in docs/methods/doublets.md
 */
export async function callDoublets(
  cells: CellCounts,
  options: DoubletOptions,
  context: RunContext,
): Promise<DoubletCalls> {
  const resolved = resolveDoubletOptions(options);
  const [nCells, nGenes] = cells.counts.shape;
  if (cells.genes.length !== nGenes || cells.sampleOf.length !== nCells) {
    throw new ShapeError('Cells have names that do not fit their matrix.', {
      expected: `${String(nCells)} cells and ${String(nGenes)} genes`,
      found: `${String(cells.sampleOf.length)} and ${String(cells.genes.length)}`,
    });
  }
  const scores = new Float64Array(nCells).fill(NaN);
  const probabilities = new Float64Array(nCells).fill(NaN);
  const called = new Uint8Array(nCells);
  const samples: SampleDoublets[] = [];
  for (const [s, range] of sampleRanges(cells).entries()) {
    const { sample } = cells.samples[s] as CellCounts['samples'][number];
    const part = { sample, counts: cells.counts, range };
    const found = await callSampleDoublets(part, resolved, { ...context, rng: rngFor(context, `doublets/${sample}`) });
    scores.set(found.scores, range[0]);
    probabilities.set(found.probabilities, range[0]);
    called.set(found.called, range[0]);
    samples.push(found.summary);
  }
  return {
    scores,
    probabilities,
    called,
    samples,
    options: resolved,
    warnings: samples.flatMap(warningsOf),
  };
}

function warningsOf({ sample, status, reasons, estimatedRate, expectedRate }: SampleDoublets): readonly Warning[] {
  if (status === 'not-testable') {
    return [
      { code: 'doublets-not-testable', message: `Doublets of ${sample} cannot be called: ${reasons.join('; ')}.` },
    ];
  }
  if (estimatedRate === null || estimatedRate <= 1.5 * expectedRate) return [];
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return [
    {
      code: 'doublets-more-than-expected',
      message: `${sample} seems to hold ${percent(estimatedRate)} doublets where ${percent(expectedRate)} are expected. Either it was loaded with more cells, then give expectedRate; or cells between two states lie where doublets would, then they should not be removed.`,
    },
  ];
}
