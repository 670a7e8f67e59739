import type { CellCounts } from '../../cells/cell-counts.js';
import { type RunContext, throwIfAborted } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo } from '../../core/method.js';
import type { GenePosition } from './gene-positions.js';
import { type CopyNumberOptions, type ResolvedCopyNumberOptions, resolveCopyNumberOptions } from './options.js';
import { patientCopyNumber } from './patient-copy-number.js';
import type { CopyNumber, PatientCopyNumber } from './types.js';

/** What {@link copyNumber} is. */
export const copyNumberInfo: MethodInfo = {
  id: 'copy-number',
  title: 'Copy number from single-cell expression',
  version: '1.0.0',
  doi: ['10.1126/science.1254257', '10.1101/gr.228080.117', '10.1093/biostatistics/kxac047'],
  input: 'raw counts, cells × genes, with gene positions and normal reference cells',
  output:
    'loss, neutral or gain per arm and segment with posterior probability; clones; altered or unaltered cells; or no call',
  random: false,
};

/**
 * Copy number of chromosome arms and segments from the expression of their genes, per patient: clones, altered (tumour) and
 * unaltered cells, and, where the evidence is thin, no call and the reason.
 *
 * Expression of a cell is log2(1 + count scaled to the median total), less the mean of the reference, held within ± `cap`, averaged
 * over bins of neighbouring genes and centred on the cell's median region. Clones are found by splits that hold on genes
 * that had no part in them (`findClones`). Calls are made on clones and samples: per gene the log2 ratio of the summed counts
 * to what the reference expects, per arm the Huber mean over genes with a standard error from the spread between genes
 * (so that a programme that switches single genes widens it), and the posterior probability of loss, neutral and gain
 * (`callSpan`). Cells are then judged on the stretches called in their clones (`cellCalls`).
 *
 * Cost: one pass over the stored values for residuals and one per split for sums; cells × bins numbers of 4 bytes are kept while it runs.
 *
 * @param cells - raw counts of all samples; decimals (TPM) are accepted
 * @param positions - where genes lie, see `genePositions` and `withArms`; genes not named are left out
 * @param options - see `CopyNumberOptions`
 * @param context - runs `copyNumberTasks`; the seed is used for the random signs of allele evidence only
 * @returns one record per patient, in the order of the samples; ratios are relative to the central arm of the genome, so a doubled
 *   genome is not seen
 * @throws OptionError for an unknown option, one out of range, or types that do not fit the cells; AbortedError
 * @see doi:10.1126/science.1254257 (the idea); inferCNV 1.3 and infercnvpy 0.6 (smoothed profiles): here windows do not cross
 *   centromeres, several reference types are told apart per cell instead of taking their range, and calls come with probabilities
 * @example
 * ```ts
 * const result = await copyNumber(cells, genePositions(await loadGeneTable('human')), {
 *   reference: { kind: 'cells', types: labels },
 * }, context);
 * result.patients[0].clones[0].arms.filter(({ call }) => call === 'loss');
 * ```
 */
export async function copyNumber(
  cells: CellCounts,
  positions: readonly GenePosition[],
  options: CopyNumberOptions,
  context: RunContext,
): Promise<CopyNumber> {
  const resolved = resolveCopyNumberOptions(options);
  checkTypes(cells, resolved);
  const names = [...new Set(cells.samples.map(({ patient }) => patient))];
  const patients: PatientCopyNumber[] = [];
  for (const patient of names) {
    throwIfAborted(context);
    patients.push(await patientCopyNumber({ cells, positions, patient, options: resolved }, context));
  }
  return { patients, warnings: [] };
}

function checkTypes(cells: CellCounts, { reference }: ResolvedCopyNumberOptions): void {
  if (reference.kind === 'cells' && reference.types.length !== cells.barcodes.length) {
    throw new OptionError('The reference types do not fit the cells.', {
      expected: `${String(cells.barcodes.length)}, one per cell`,
      found: String(reference.types.length),
    });
  }
  if (reference.kind === 'profile') {
    const { genes, groups, counts } = reference.profile;
    if (counts.length === genes.length * groups.length && groups.length > 0) return;
    throw new OptionError('A reference profile needs one number per gene and group.', {
      expected: String(genes.length * groups.length),
      found: String(counts.length),
    });
  }
}
