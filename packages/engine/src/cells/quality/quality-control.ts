import { type RunContext, throwIfAborted } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { selectRows } from '../../data/compact-counts.js';
import type { GeneTable } from '../../data/gene-table.js';
import { type AmbientEstimate, ambientFraction } from './ambient-fraction.js';
import { type CellMetrics, cellMetrics, selectMetrics } from './cell-metrics.js';
import { checkRawMatrix } from './raw-matrix.js';
import { type EmptyDroplets, emptyDroplets, type EmptyDropletsOptions } from './empty-droplets.js';
import { applyFilter, type FilterDecision, type FilterRow, startWaterfall, type Waterfall } from './filter-row.js';
import { doubletFilter, emptyDropletFilter, limitFilters, speciesFilter } from './quality-filters.js';
import { type QualityLimits, qualityLimits, type QualityLimitsOptions } from './quality-limits.js';
import { rowTotals, type SampleCellCounts, selectColumns } from './sample-cell-counts.js';
import { type SpeciesSplit, splitSpecies, type SplitSpeciesOptions } from './split-species.js';

/** What {@link qualityControl} is. */
export const qualityControlInfo: MethodInfo = {
  id: 'quality-control',
  title: 'Filters from the barcodes of a sample to its good cells',
  version: '1.0.0',
  doi: ['10.1093/bioinformatics/btw777', '10.1186/s13059-019-1662-y'],
  input: 'raw counts of one sample, barcodes × genes',
  output: 'the cells kept, the filter that removed each of the others, and counts before and after every filter',
  random: true,
};

/** The barcodes of one sample. */
export interface SampleBarcodes extends SampleCellCounts {
  /** Name of the sample: it is in every row, and names its random streams. */
  readonly sample: string;
}

/** Looks for doublets among the cells kept so far: per cell 1 for a doublet, or null when it cannot tell. */
export type FindDoublets = (cells: SampleBarcodes, context: RunContext) => Promise<Uint8Array | null>;

/** Options of {@link qualityControl}. */
export interface QualityControlOptions {
  /** Known genes of the tumour's species; null when there is no table. */
  readonly geneTable: GeneTable | null;
  /** The species split of a xenograft; null leaves it out. */
  readonly species: Omit<SplitSpeciesOptions, 'emptyAtOrBelow'> | null;
  /** The search for empty droplets in a raw matrix; null leaves it out. */
  readonly emptyDroplets: Omit<EmptyDropletsOptions, 'candidates' | 'stream'> | null;
  readonly limits: QualityLimitsOptions;
  /** Null leaves doublets in. */
  readonly findDoublets: FindDoublets | null;
}

/** The good cells of a sample, and what became of the others. */
export interface QualityControl {
  readonly sample: string;
  readonly status: 'ok' | 'nothing-left';
  readonly reasons: readonly string[];
  /** Rows of the input that are kept, increasing. */
  readonly cells: Uint32Array;
  /** Cells kept × genes kept, raw counts. */
  readonly counts: SampleCellCounts['counts'];
  /** Genes kept, without genome prefix: host genes are dropped. */
  readonly genes: readonly string[];
  /** One row per filter, in order. */
  readonly rows: readonly FilterRow[];
  /** Per barcode of the input the position in `rows` of the first filter that removed it, or −1 when kept. */
  readonly removedBy: Int8Array;
  /** Metrics of every barcode of the input, on the genes kept. */
  readonly metrics: CellMetrics;
  readonly limits: QualityLimits;
  readonly species: SpeciesSplit | null;
  readonly droplets: EmptyDroplets | null;
  /** Ambient RNA in the cells kept; null when none is. */
  readonly ambient: AmbientEstimate | null;
  readonly warnings: readonly Warning[];
}

const defaultLower = 100;

/**
 * Takes one sample from barcodes to good cells: species split (when asked), empty droplets (when the matrix is raw), limits on counts, genes and
 * mitochondrial share, doublets (when a finder is given). Each filter sees only what the ones before it left, and every barcode has one
 * reason for its removal.
 *
 * On a raw matrix the species split judges only barcodes above `lower` counts: the empty ones pass it, make the ambient profile, and leave with the
 * empty droplets. The limits are taken over the barcodes that are left after that.
 *
 * @returns with no cell left the status says so and the rows where they went; that is a result, not an error
 * @throws ShapeError when genes and counts do not fit, or the finder returns another number of cells; OptionError for an option out of range
 */
export async function qualityControl(
  input: SampleBarcodes,
  options: QualityControlOptions,
  context: RunContext,
): Promise<QualityControl> {
  const species = await splitOf(input, options, context);
  const sample = onTumourGenes(input, species);
  const droplets = await dropletsOf(sample, { options, species }, context);
  const metrics = await cellMetrics(sample, options, context);
  throwIfAborted(context);
  const decisions = [speciesFilter(species), emptyDropletFilter(droplets)];
  const alive = applyAll(startWaterfall(input.counts.shape[0]), decisions, input.sample);
  const limits = qualityLimits(selectMetrics(metrics, alive.cells), { ...options.limits, nGenes: sample.genes.length });
  const judged = applyAll(alive, limitFilters(metrics, limits), input.sample);
  const { waterfall, counts } = await withoutDoublets(sample, { judged, find: options.findDoublets }, context);
  const kept = { ...sample, counts };
  const ambient = waterfall.cells.length === 0 ? null : await ambientOf(kept, droplets, context);
  const { cells, rows, removedBy } = waterfall;
  return {
    sample: input.sample,
    ...statusOf(cells.length, rows),
    cells,
    counts,
    genes: sample.genes,
    rows,
    removedBy,
    metrics,
    limits,
    species,
    droplets,
    ambient,
    warnings: [species, droplets, metrics, limits, ambient].flatMap((part) => part?.warnings ?? []),
  };
}

async function splitOf(
  input: SampleBarcodes,
  { species, emptyDroplets: dropletOptions }: QualityControlOptions,
  context: RunContext,
): Promise<SpeciesSplit | null> {
  if (species === null) return null;
  const lower = dropletOptions?.lower ?? defaultLower;
  const isRaw =
    dropletOptions !== null && checkRawMatrix(rowTotals(input.counts), { ...dropletOptions, lower }).kind === 'raw';
  return splitSpecies(input, { ...species, emptyAtOrBelow: isRaw ? lower : 0 }, context);
}

/** The matrix itself when no gene is dropped. */
function onTumourGenes(input: SampleBarcodes, species: SpeciesSplit | null): SampleBarcodes {
  if (species === null) return input;
  const { genes, geneColumns } = species;
  const isWhole = geneColumns.length === input.genes.length;
  return { ...input, genes, counts: isWhole ? input.counts : selectColumns(input.counts, geneColumns) };
}

async function dropletsOf(
  sample: SampleBarcodes,
  { options, species }: { readonly options: QualityControlOptions; readonly species: SpeciesSplit | null },
  context: RunContext,
): Promise<EmptyDroplets | null> {
  if (options.emptyDroplets === null) return null;
  const takesPart = species?.kept ?? null;
  return emptyDroplets(sample.counts, { ...options.emptyDroplets, takesPart, stream: sample.sample }, context);
}

function applyAll(waterfall: Waterfall, decisions: readonly FilterDecision[], sample: string): Waterfall {
  return decisions.reduce((state, decision) => applyFilter(state, decision, sample), waterfall);
}

/** Runs the finder on the cells left, and takes its doublets out. */
async function withoutDoublets(
  sample: SampleBarcodes,
  { judged, find }: { readonly judged: Waterfall; readonly find: FindDoublets | null },
  context: RunContext,
): Promise<{ readonly waterfall: Waterfall; readonly counts: SampleCellCounts['counts'] }> {
  const counts = rowsOf(sample.counts, judged.cells);
  const isAsked = find !== null && judged.cells.length > 0;
  const isDoublet = isAsked ? await find({ ...sample, counts }, context) : null;
  if (isDoublet !== null && isDoublet.length !== judged.cells.length) {
    throw new ShapeError('The doublets found do not fit the cells they were looked for among.', {
      expected: String(judged.cells.length),
      found: String(isDoublet.length),
    });
  }
  const decision = doubletFilter({ isAsked, isDoublet, cells: judged.cells });
  const waterfall = applyFilter(judged, decision, sample.sample);
  return {
    waterfall,
    counts: waterfall.cells.length === judged.cells.length ? counts : rowsOf(sample.counts, waterfall.cells),
  };
}

/** The matrix itself when every row stays. */
function rowsOf(counts: SampleCellCounts['counts'], cells: Uint32Array): SampleCellCounts['counts'] {
  return cells.length === counts.shape[0] ? counts : selectRows(counts, cells);
}

function ambientOf(
  kept: SampleBarcodes,
  droplets: EmptyDroplets | null,
  context: RunContext,
): Promise<AmbientEstimate> {
  return ambientFraction(kept, { profile: droplets?.ambientProfile ?? null, stream: kept.sample }, context);
}

function statusOf(nKept: number, rows: readonly FilterRow[]): Pick<QualityControl, 'status' | 'reasons'> {
  if (nKept > 0) return { status: 'ok', reasons: [] };
  const last = rows.findLast((row) => row.removed > 0);
  const reason =
    last === undefined
      ? 'the sample has no barcodes'
      : `no cell is left: ${last.filter} (${last.threshold}) removed the last ${String(last.removed)}`;
  return { status: 'nothing-left', reasons: [reason] };
}
