import type { TaskSignal } from '../core/executor.js';
import { AbortedError } from '../core/errors.js';
import { createRng } from '../core/rng.js';
import { nmf } from './nmf.js';
import { openWorkspace } from './nmf-workspace.js';
import type { OpenNmfKernel } from './nmf-kernel.js';
import type { ScaledCounts } from './scale-counts.js';

/** Some of the replicate factorisations of one sample at one rank. */
export interface NmfRunsPayload {
  readonly counts: ScaledCounts;
  readonly rank: number;
  readonly tolerance: number;
  readonly maximumIterations: number;
  /** Seed and label of the run; a replicate draws from the stream of its own number. */
  readonly seed: number;
  readonly label: string;
  readonly firstReplicate: number;
  readonly replicates: number;
}

/** Spectra of the replicates of a block. */
export interface NmfRuns {
  /** (replicates × rank) × genes, row-major, each of unit length; zeros where a component died. */
  readonly spectra: Float64Array;
  readonly errors: Float64Array;
  readonly iterations: Int32Array;
  /** Replicates stopped by the number of iterations. */
  readonly notConverged: number;
}

/** Factorises the replicates of a block; the block task behind {@link consensusNmf}. */
export function nmfRunsBlock(open: OpenNmfKernel, payload: NmfRunsPayload, signal: TaskSignal): NmfRuns {
  const { counts, rank, replicates, firstReplicate } = payload;
  const workspace = openWorkspace(open, counts, rank);
  const nGenes = counts.columns.shape[1];
  const spectra = new Float64Array(replicates * rank * nGenes);
  const errors = new Float64Array(replicates);
  const iterations = new Int32Array(replicates);
  let notConverged = 0;
  for (let r = 0; r < replicates; r++) {
    if (signal.aborted) throw new AbortedError();
    const rng = createRng(payload.seed, payload.label, firstReplicate + r);
    const found = nmf(workspace, payload, rng);
    copyUnitSpectra(found.spectra, workspace.stride, spectra.subarray(r * rank * nGenes, (r + 1) * rank * nGenes));
    errors[r] = found.error;
    iterations[r] = found.iterations;
    if (!found.converged) notConverged += 1;
  }
  return { spectra, errors, iterations, notConverged };
}

/** Genes × stride to rank × genes, each row scaled to unit length. */
function copyUnitSpectra(from: Float64Array, stride: number, to: Float64Array): void {
  const nGenes = from.length / stride;
  for (let j = 0; j * nGenes < to.length; j++) {
    let squares = 0;
    for (let g = 0; g < nGenes; g++) squares += (from[g * stride + j] as number) ** 2;
    if (squares === 0) continue;
    const length = Math.sqrt(squares);
    for (let g = 0; g < nGenes; g++) to[j * nGenes + g] = (from[g * stride + j] as number) / length;
  }
}
