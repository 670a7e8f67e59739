import type { Analysis, CellAnalysis } from '../claims/analysis.js';
import { cellReversal } from '../origin/cell-reversal/index.js';
import { type Reversal, reversal } from '../origin/reversal.js';
import type { SampleSet } from '../data/assemble-samples.js';
import type { StageContrast } from '../study/types.js';
import type { ProgrammeAnalysis } from './analyse-programme.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** What reversal takes from the rest of the study. */
export interface ReversalStepInput {
  readonly programme: ProgrammeAnalysis;
  readonly contrast: StageContrast;
  /** The samples that count as evidence. */
  readonly samples: SampleSet;
  readonly cells: CellAnalysis | null;
  /** From `cellsKey`. */
  readonly cellKey: string;
}

/** Largest log2 difference from untreated at which one gene still counts as back. */
const equivalenceLogFoldChange = 0.5;

/** Reversal by sample and by cell. */
export async function analyseReversal(
  { programme, contrast, samples, cells, cellKey }: ReversalStepInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<Pick<Analysis, 'reversal' | 'cellReversal'>> {
  const { fdr, bootstraps, reversalMargin: margin, signatureSize, permutations, cellBlocks } = options;
  const { input, leaveOneOut, base } = programme;
  const asking = { contrast, margin, fdr, equivalenceLogFoldChange, bootstraps };
  const key = [...base, JSON.stringify([asking, signatureSize, permutations, cellBlocks])];
  const learned = new Map(
    leaveOneOut.patientLevel.patients.map((p) => [p.patient, { signature: p.signature, call: p.call.call }]),
  );
  const bySample: Reversal = await runStep('reversal by patient', key, environment, (context) =>
    reversal(input, learned, { ...asking, blocks: samples.blocks }, context),
  );
  if (cells === null) return { reversal: bySample, cellReversal: null };
  const byCell = await runStep('reversal of cells', [...key, cellKey], environment, (context) =>
    cellReversal(
      { cells: cells.cells, tumourCells: cells.tumourCells, persisters: cells.persisters, reversal: bySample },
      { contrast, margin },
      context,
    ),
  );
  return { reversal: bySample, cellReversal: byCell };
}
