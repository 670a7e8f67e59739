import type { RunContext } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import type { Organism } from '../../data/gene-table.js';
import { joinRows, mapRowBlocks } from '../scores/row-blocks.js';
import { type Barnyard, callBarnyard, type SpeciesCounts } from './barnyard.js';
import { type GeneSpecies, type GeneSpeciesOptions, readGeneSpecies } from './gene-species.js';
import { type HostContamination, hostContamination } from './host-contamination.js';
import { requireGenes, type SampleCellCounts } from './sample-cell-counts.js';
import { type SpeciesCountsPayload, speciesCountsTask } from './species-counts.js';

/** What {@link splitSpecies} is. */
export const splitSpeciesInfo: MethodInfo = {
  id: 'species-split',
  title: 'Tumour and host cells of a xenograft on a mixed genome',
  version: '1.0.0',
  doi: [],
  input: 'raw counts of one sample, barcodes × genes of two species',
  output:
    'per barcode the share of counts on tumour-species genes (0 to 1) and whether it is kept; the genes that stay',
  random: false,
};

/** Options of {@link splitSpecies}. */
export interface SplitSpeciesOptions extends GeneSpeciesOptions {
  /** Species of the tumour. */
  readonly tumour: Organism;
  /** A barcode is kept when more than this share of its counts is on genes of the tumour's species. */
  readonly minimumFraction?: number;
  /** Barcodes with this many counts or fewer are not judged here, and pass: on a raw matrix they are empty droplets. */
  readonly emptyAtOrBelow?: number;
}

/** Tumour and host told apart. */
export interface SpeciesSplit {
  /** `not-mixed`: the genes are of one species; nothing is removed. */
  readonly status: 'split' | 'not-mixed';
  readonly reasons: readonly string[];
  readonly geneSpecies: Pick<GeneSpecies, 'counts' | 'how'>;
  /** Genes that stay, without genome prefix: the tumour's and those of no known species. */
  readonly genes: readonly string[];
  /** Their columns in the input. */
  readonly geneColumns: Uint32Array;
  /** Per barcode 1 when it passes. */
  readonly kept: Uint8Array;
  readonly minimumFraction: number;
  /** Per barcode `tumour / (tumour + host)` counts; NaN without either. Null when not mixed. */
  readonly tumourFraction: Float64Array | null;
  readonly counts: SpeciesCounts | null;
  /** The two-species plot. Null when not mixed. */
  readonly barnyard: Barnyard | null;
  readonly contamination: HostContamination | null;
  readonly warnings: readonly Warning[];
}

/** Genes the smaller species needs for a list to be called mixed: a few stray names are not a genome. */
const smallestGenomeShare = 0.05;

/**
 * Splits a xenograft sample counted on a mixed genome: keeps the barcodes with more than `minimumFraction` (default 0.75) of their counts
 * on genes of the tumour's species, and drops the host's genes. Beside it, every barcode is called by the 10x two-species rule
 * and the host counts in tumour cells are measured. Genes of no known species (transgenes, spike-ins) stay, and count for neither side.
 *
 * The two rules answer different questions: the share decides what is kept, as in the reference study. A pair of a tumour cell and a
 * small host cell can pass it; once the host's genes are dropped, the tumour cell is what is left.
 *
 * Cost: one pass over the stored values.
 *
 * @throws ShapeError when genes and counts do not fit; OptionError when `minimumFraction` is not within 0 to 1
 * @see `readGeneSpecies` for how genes are told apart, `callBarnyard` for the two-species rule
 */
export async function splitSpecies(
  sample: SampleCellCounts,
  options: SplitSpeciesOptions,
  context: RunContext,
): Promise<SpeciesSplit> {
  const { tumour, minimumFraction = 0.75, emptyAtOrBelow = 0 } = options;
  requireGenes(sample);
  if (!(minimumFraction >= 0 && minimumFraction < 1)) {
    throw new OptionError('Option minimumFraction must be at least 0 and below 1.', { found: String(minimumFraction) });
  }
  const read = readGeneSpecies(sample.genes, options);
  const host: Organism = tumour === 'human' ? 'mouse' : 'human';
  if (!isMixed(read)) return notMixed(sample, read, { tumour, minimumFraction });
  const counts = await countSpecies(sample, { species: read.species, tumour, host }, context);
  const totals = counts.tumour.map((count, cell) => count + (counts.host[cell] as number));
  const isJudged = Uint8Array.from(totals, (total) => (total > emptyAtOrBelow ? 1 : 0));
  const tumourFraction = counts.tumour.map((count, cell) => count / (totals[cell] as number));
  const barnyard = callBarnyard(counts, isJudged);
  return {
    status: 'split',
    reasons: [],
    ...keptGenes(read, host),
    kept: Uint8Array.from(isJudged, (is, cell) =>
      is === 0 || (tumourFraction[cell] as number) > minimumFraction ? 1 : 0,
    ),
    minimumFraction,
    tumourFraction,
    counts,
    barnyard,
    contamination: hostContamination(counts, { calls: barnyard.calls, isJudged }),
    warnings: [],
  };
}

function isMixed({ counts: { human, mouse } }: GeneSpecies): boolean {
  return Math.min(human, mouse) >= smallestGenomeShare * (human + mouse) && Math.min(human, mouse) > 0;
}

function keptGenes(
  { species, names, counts, how }: GeneSpecies,
  dropped: Organism | null,
): Pick<SpeciesSplit, 'genes' | 'geneColumns' | 'geneSpecies'> {
  const geneColumns = Uint32Array.from(species.keys()).filter((g) => species[g] !== dropped || dropped === null);
  return { geneSpecies: { counts, how }, geneColumns, genes: Array.from(geneColumns, (g) => names[g] as string) };
}

async function countSpecies(
  { counts }: SampleCellCounts,
  { species, tumour, host }: Pick<GeneSpecies, 'species'> & { readonly tumour: Organism; readonly host: Organism },
  context: RunContext,
): Promise<SpeciesCounts> {
  const side = Uint8Array.from(species, (of) => (of === tumour ? 1 : of === host ? 2 : 0));
  const blocks = await mapRowBlocks<Omit<SpeciesCountsPayload, 'block'>, SpeciesCounts>(
    counts,
    { task: speciesCountsTask, stage: 'species of the cells', shared: { side } },
    context,
  );
  const join = (parts: readonly Float64Array[]): Float64Array => joinRows(parts, counts.shape[0]);
  return { tumour: join(blocks.map((block) => block.tumour)), host: join(blocks.map((block) => block.host)) };
}

function notMixed(
  { counts }: SampleCellCounts,
  read: GeneSpecies,
  { tumour, minimumFraction }: { readonly tumour: Organism; readonly minimumFraction: number },
): SpeciesSplit {
  const { human, mouse } = read.counts;
  const only: Organism | null = human === 0 && mouse === 0 ? null : human >= mouse ? 'human' : 'mouse';
  return {
    status: 'not-mixed',
    reasons: [
      only === null
        ? 'no gene is of a known species'
        : `${String(Math.max(human, mouse))} genes are ${only}, ${String(Math.min(human, mouse))} of the other species`,
    ],
    ...keptGenes(read, null),
    kept: new Uint8Array(counts.shape[0]).fill(1),
    minimumFraction,
    tumourFraction: null,
    counts: null,
    barnyard: null,
    contamination: null,
    warnings: only === null || only === tumour ? [] : [wrongSpecies(only, tumour)],
  };
}

function wrongSpecies(only: Organism, tumour: Organism): Warning {
  return {
    code: 'wrong-species',
    message: `The genes are ${only}, but the tumour is ${tumour}: these counts were made on the host's genome.`,
  };
}
