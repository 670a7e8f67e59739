import { createRng } from '../core/rng.js';
import { consensusSpectra } from './consensus-spectra.js';
import { geneSpectra, type MeasuredCounts, usageShares } from './gene-spectra.js';
import { type NmfWorkspace, openWorkspace } from './nmf-workspace.js';
import { refitUsage } from './refit-usage.js';
import { openNmfKernel, type OpenNmfKernel } from './nmf-kernel.js';
import type { ScaledCounts } from './scale-counts.js';

/** What is known of one sample at one rank once all replicates are done. */
export interface ConsensusPayload {
  readonly all: MeasuredCounts;
  readonly counts: ScaledCounts;
  readonly rank: number;
  readonly replicates: number;
  /** Blocks of replicate spectra as `nmfRunsBlock` gives them. */
  readonly spectra: readonly Float64Array[];
  readonly densityThreshold: number;
  readonly neighbourhood: number;
  /** Genes listed per programme. */
  readonly programmeGenes: number;
  readonly seed: number;
  readonly label: string;
}

/** One programme of a sample by column of its genes. */
export interface ConsensusProgramme {
  /** Genes of highest score, falling; only scores above zero. */
  readonly genes: Uint32Array;
  readonly scores: Float64Array;
  /** Counts per million of the same genes in a cell that uses this programme alone. */
  readonly perMillion: Float64Array;
  /** Median of the replicate spectra over the variable genes, of sum one. */
  readonly spectrum: Float64Array;
  /** Share of the programme in the usages of the sample, mean over cells. */
  readonly usageShare: number;
  /** Replicates that gave this programme. */
  readonly replicates: number;
}

/** The programmes of one sample at one rank, by falling share of usage. */
export interface ConsensusOfRank {
  readonly programmes: readonly ConsensusProgramme[];
  /** Cells × programmes, row-major: usages of each cell, not summing to one. */
  readonly usage: Float64Array;
  readonly stability: number;
  /** ‖X − W Hᵀ‖² / ‖X‖² with the medians of all replicates as spectra. */
  readonly error: number;
  readonly nOutliers: number;
}

/** Makes the programmes of one rank from its replicates; the block task behind {@link consensusNmf}. */
export function consensusBlock(open: OpenNmfKernel, payload: ConsensusPayload): ConsensusOfRank {
  const { counts, rank } = payload;
  const nGenes = counts.columns.shape[1];
  const replicates = payload.spectra.flatMap((block) =>
    Array.from({ length: block.length / nGenes }, (_, i) => block.subarray(i * nGenes, (i + 1) * nGenes)),
  );
  const found = consensusSpectra(replicates, payload, createRng(payload.seed, payload.label));
  const workspace = openWorkspace(open, counts, Math.max(1, rank));
  const error = fitUsage(workspace, found.unfilteredMedians);
  if (found.nOutliers > 0) fitUsage(workspace, found.medians);
  const usage = workspace.usage.slice();
  const { stride } = workspace;
  const share = meanShares(usage, stride);
  const order = found.medians.map((_, j) => j).sort((a, b) => (share[b] as number) - (share[a] as number) || a - b);
  const programmes = describe(payload, { usage, stride, rank }).map((genes, j) => ({
    ...genes,
    spectrum: found.medians[j] ?? new Float64Array(0),
    usageShare: share[j] as number,
    replicates: found.sizes[j] ?? 0,
  }));
  return {
    programmes: order.map((j) => programmes[j] as ConsensusProgramme),
    usage: takeColumns(usage, stride, order),
    stability: found.stability,
    error,
    nOutliers: found.nOutliers,
  };
}

function fitUsage(workspace: NmfWorkspace, medians: readonly Float64Array[]): number {
  const { spectra, stride } = workspace;
  spectra.fill(0);
  medians.forEach((median, j) => {
    median.forEach((value, g) => (spectra[g * stride + j] = value));
  });
  return refitUsage(workspace);
}

type Genes = Pick<ConsensusProgramme, 'genes' | 'scores' | 'perMillion'>;

function describe(
  { all, programmeGenes }: ConsensusPayload,
  { usage, rank }: { readonly usage: Float64Array; readonly stride: number; readonly rank: number },
): readonly Genes[] {
  const kernel = openNmfKernel(0);
  const { scores, perMillion } = geneSpectra(kernel, all, { usage, programmes: rank });
  return scores.map((score, j) => {
    const genes = Uint32Array.from(score.keys())
      .filter((g) => (score[g] as number) > 0)
      .sort((a, b) => (score[b] as number) - (score[a] as number) || a - b)
      .slice(0, programmeGenes);
    return {
      genes,
      scores: Float64Array.from(genes, (g) => score[g] as number),
      perMillion: Float64Array.from(genes, (g) => (perMillion[j] as Float64Array)[g] as number),
    };
  });
}

function meanShares(usage: Float64Array, stride: number): Float64Array {
  const shares = usageShares(usage, stride);
  const mean = new Float64Array(stride);
  for (let i = 0; i < shares.length; i++) {
    mean[i % stride] = (mean[i % stride] as number) + ((shares[i] as number) * stride) / shares.length;
  }
  return mean;
}

function takeColumns(usage: Float64Array, stride: number, columns: readonly number[]): Float64Array {
  const taken = new Float64Array((usage.length / stride) * columns.length);
  for (let row = 0; row * stride < usage.length; row++) {
    columns.forEach((j, place) => (taken[row * columns.length + place] = usage[row * stride + j] as number));
  }
  return taken;
}
