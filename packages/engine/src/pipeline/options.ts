import { z } from 'zod';
import { OptionError } from '../core/errors.js';

/** Every option of a run. All faces share these names and defaults; a face adds none of its own. */
export interface RunOptions {
  /** Seed of every random stream. */
  readonly seed: number;
  /** Regulators tested end to end by name. */
  readonly regulators: readonly string[];
  /** Genes tested by name as shared markers. */
  readonly markers: readonly string[];
  /** A gene is called when its adjusted P value is below this (published-style model). */
  readonly pAdjustedMax: number;
  /** … and its absolute log2 fold change is above this. */
  readonly logFoldChangeMin: number;
  /** False-discovery rate of patient-level and enrichment calls. */
  readonly fdr: number;
  /** Genes per direction of the signature scored on samples and patients. */
  readonly signatureSize: number;
  /** Permutations of every permutation null. */
  readonly permutations: number;
  /** Bootstrap draws of every bootstrap interval. */
  readonly bootstraps: number;
  /** A regulon needs at least this many measured targets. */
  readonly minimumRegulonSize: number;
  /** Genes of highest variance used for the display of samples. */
  readonly variableGenes: number;
  /** Principal components used for clustering samples. */
  readonly components: number;
  /** A relapse counts as returned when the interval of its reversal index lies within this of one. */
  readonly reversalMargin: number;
  /** Blocks of cells per single-cell sample, for intervals from cell sampling. */
  readonly cellBlocks: number;
  /** How cells are judged: `mad` by the spread of each sample, `pdx` or `cell-line` by the reference study's limits, `none` keeps all. */
  readonly quality: 'mad' | 'pdx' | 'cell-line' | 'none';
  /** Fixed limits that go before those of `quality`; null leaves them to it. */
  readonly minimumCounts: number | null;
  readonly maximumCounts: number | null;
  readonly minimumDetectedGenes: number | null;
  readonly maximumDetectedGenes: number | null;
  /** Percent of a cell's counts. */
  readonly maximumMitochondrial: number | null;
  /** Xenografts: a cell is kept when more than this percent of its counts is on genes of the tumour's species. */
  readonly tumourSpecies: number;
  /** Keep every droplet: no doublets are looked for. */
  readonly skipDoublets: boolean;
  /** What the tumour comes from: cells of that lineage are not told from tumour cells by markers. */
  readonly tumourLineage: 'epithelial' | 'melanocytic' | 'neural' | 'mesenchymal' | 'haematological';
  /** No embedding, clusters, abundance or maps. */
  readonly skipEmbedding: boolean;
  /** The embedding takes at most this many cells; larger studies are drawn down to it evenly by sample. */
  readonly embeddingCells: number;
  /** Programmes are not looked for without labels (consensus NMF). */
  readonly skipMetaProgrammes: boolean;
  /** Random starts of each factorisation. */
  readonly nmfReplicates: number;
  /** No copy number from expression. */
  readonly skipCopyNumber: boolean;
  /** What copy number is compared with: normal cells, the patient's untreated cells, or the better of them by patient. */
  readonly copyNumberReference: 'auto' | 'normal' | 'untreated';
  /** Lineage barcodes one letter from a commoner one: kept apart, or read as its errors. */
  readonly barcodeErrors: 'keep' | 'merge';
  /** Leave a sample whose file cannot be read out of the run, with a warning, instead of stopping. */
  readonly skipUnreadable: boolean;
  /** Input that would need more memory than this is refused before it is read. */
  readonly memoryGib: number;
}

/** The schema of `RunOptions`, with every default. Help texts, the command line and the app are made from it. */
export const runOptionsSchema: z.ZodType<RunOptions> = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).default(1).describe('Seed of every random stream'),
  regulators: z.array(z.string().min(1)).default(['FOSL1']).describe('Regulators to test end to end by name'),
  markers: z.array(z.string().min(1)).default(['CD44']).describe('Genes to test by name as shared markers'),
  pAdjustedMax: z.number().gt(0).lte(1).default(1e-4).describe('Adjusted P value below which a gene is called'),
  logFoldChangeMin: z.number().gte(0).default(0.5).describe('Absolute log2 fold change above which a gene is called'),
  fdr: z.number().gt(0).lt(1).default(0.05).describe('False-discovery rate of patient-level and enrichment calls'),
  signatureSize: z.int().min(5).max(2000).default(100).describe('Genes per direction of the persister signature'),
  permutations: z.int().min(100).max(1_000_000).default(1000).describe('Permutations of every permutation null'),
  bootstraps: z.int().min(100).max(1_000_000).default(2000).describe('Draws of every bootstrap interval'),
  minimumRegulonSize: z.int().min(2).default(5).describe('Measured targets a regulon needs'),
  variableGenes: z.int().min(10).default(500).describe('Genes of highest variance used to display samples'),
  components: z.int().min(2).max(50).default(6).describe('Principal components used to cluster samples'),
  reversalMargin: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.2)
    .describe('How near to one a reversal index must be to count as returned'),
  cellBlocks: z
    .int()
    .min(5)
    .max(200)
    .default(20)
    .describe('Blocks of cells per single-cell sample, for cell-sampling intervals'),
  quality: z
    .enum(['mad', 'pdx', 'cell-line', 'none'])
    .default('mad')
    .describe('Limits for good cells: spread of each sample, the reference study’s for pdx or cell-line, none'),
  minimumCounts: limit('Fewest counts of a good cell'),
  maximumCounts: limit('Most counts of a good cell'),
  minimumDetectedGenes: limit('Fewest genes detected in a good cell'),
  maximumDetectedGenes: limit('Most genes detected in a good cell'),
  maximumMitochondrial: z
    .number()
    .gt(0)
    .lte(100)
    .nullable()
    .default(null)
    .describe('Most mitochondrial counts of a good cell, percent'),
  tumourSpecies: z
    .number()
    .gt(0)
    .lt(100)
    .default(75)
    .describe('Xenografts: counts on genes of the tumour’s species above which a cell is kept, percent'),
  skipDoublets: z.boolean().default(false).describe('Do not look for doublets'),
  tumourLineage: z
    .enum(['epithelial', 'melanocytic', 'neural', 'mesenchymal', 'haematological'])
    .default('epithelial')
    .describe('What the tumour comes from; its own lineage is not taken for normal cells'),
  skipEmbedding: z.boolean().default(false).describe('No embedding and clusters of cells'),
  embeddingCells: z.int().min(100).max(150_000).default(100_000).describe('Most cells in the embedding'),
  skipMetaProgrammes: z.boolean().default(false).describe('Do not look for programmes without labels'),
  nmfReplicates: z.int().min(5).max(1000).default(10).describe('Random starts of each factorisation'),
  skipCopyNumber: z.boolean().default(false).describe('No copy number from expression'),
  copyNumberReference: z
    .enum(['auto', 'normal', 'untreated'])
    .default('auto')
    .describe('Copy number against normal cells, against untreated cells, or the better of them by patient'),
  barcodeErrors: z
    .enum(['keep', 'merge'])
    .default('keep')
    .describe('Lineage barcodes one letter from a commoner one: keep them, or merge them into it'),
  skipUnreadable: z
    .boolean()
    .default(false)
    .describe('Leave out samples whose file cannot be read, with a warning, instead of stopping'),
  memoryGib: z.number().gt(0).default(4).describe('Memory budget in GiB; larger input is refused before it is read'),
});

function limit(description: string): z.ZodDefault<z.ZodNullable<z.ZodInt>> {
  return z.int().min(1).nullable().default(null).describe(description);
}

/**
 * Fills in defaults and checks ranges.
 *
 * @throws OptionError for an unknown key or a value out of range, naming the option.
 */
export function resolveRunOptions(options: unknown = {}): RunOptions {
  const parsed = runOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new OptionError(`Option ${issue?.path.join('.') ?? ''} cannot be used: ${issue?.message ?? 'unknown reason'}.`);
}
