import { selectRows } from '../data/compact-counts.js';
import type { GeneTable, Organism } from '../data/gene-table.js';
import type { CsrMatrix } from '../data/matrix.js';
import { qualityControl, type QualityControlOptions } from '../cells/quality/quality-control.js';
import { selectColumns } from '../cells/quality/sample-cell-counts.js';
import type { CellColumns, SampleQuality } from '../cells/study-cells.js';
import { sampleDoublets } from './sample-doublets.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** One single-cell sample as it was read. */
export interface RawSample {
  readonly sample: string;
  readonly barcodes: readonly string[];
  readonly genes: readonly string[];
  /** Barcodes × genes, raw counts. */
  readonly counts: CsrMatrix;
  /** The user's own label of each barcode; null where there is none. */
  readonly ownLabels: readonly (string | null)[];
  /** Hash of the bytes it was read from and of how it was cut out of them. */
  readonly contentHash: string;
}

/** The good cells of one sample. */
export interface PreparedSample extends Omit<RawSample, 'contentHash'> {
  readonly columns: CellColumns;
  readonly quality: SampleQuality;
}

/** What a sample is judged by besides the run's options. */
export interface PrepareSettings {
  readonly options: RunOptions;
  readonly organism: Organism;
  /** Xenograft host; null when there is none. */
  readonly host: Organism | null;
  readonly geneTable: GeneTable;
}

/** What is kept of quality control between runs: everything but the counts, which are cut out of the file again. */
interface KeptQuality {
  readonly rows: Uint32Array;
  readonly geneColumns: Uint32Array | null;
  readonly genes: readonly string[] | null;
  readonly columns: CellColumns;
  readonly quality: SampleQuality;
}

/** Takes a sample from barcodes to good cells. The decision is kept between runs; a sample without a good cell is a result. */
export async function prepareSample(
  raw: RawSample,
  settings: PrepareSettings,
  environment: StepEnvironment,
): Promise<PreparedSample> {
  const control = qualityOptions(settings);
  const key = [raw.contentHash, raw.sample, JSON.stringify([control, settings.options.skipDoublets])];
  const kept = await runStep('quality', key, environment, async (context) => {
    const doublets = settings.options.skipDoublets ? null : sampleDoublets();
    const found = await qualityControl(
      { sample: raw.sample, genes: raw.genes, counts: raw.counts },
      { ...control, geneTable: settings.geneTable, findDoublets: doublets?.find ?? null },
      context,
    );
    return keptOf(found, doublets?.scores ?? null);
  });
  const whole = kept.geneColumns === null ? raw.counts : selectColumns(raw.counts, kept.geneColumns);
  const pick = <T>(values: readonly T[]): T[] => Array.from(kept.rows, (row) => values[row] as T);
  return {
    sample: raw.sample,
    barcodes: pick(raw.barcodes),
    genes: kept.genes ?? raw.genes,
    counts: kept.rows.length === raw.counts.shape[0] ? whole : selectRows(whole, kept.rows),
    ownLabels: pick(raw.ownLabels),
    columns: kept.columns,
    quality: kept.quality,
  };
}

function qualityOptions({
  options,
  organism,
  host,
}: PrepareSettings): Omit<QualityControlOptions, 'geneTable' | 'findDoublets'> {
  const { maximumMitochondrial } = options;
  return {
    species: host === null ? null : { tumour: organism, minimumFraction: options.tumourSpecies / 100 },
    emptyDroplets: {},
    limits: {
      preset: options.quality,
      minimumCounts: options.minimumCounts,
      maximumCounts: options.maximumCounts,
      minimumDetectedGenes: options.minimumDetectedGenes,
      maximumDetectedGenes: options.maximumDetectedGenes,
      maximumMitochondrial: maximumMitochondrial === null ? null : maximumMitochondrial / 100,
    },
  };
}

function keptOf(
  found: Awaited<ReturnType<typeof qualityControl>>,
  doubletScores: (() => Float64Array | null) | null,
): KeptQuality {
  const { metrics, species, cells } = found;
  const at = (values: ArrayLike<number> | null): Float64Array =>
    Float64Array.from(cells, (cell) => (values === null ? NaN : (values[cell] as number)));
  const scores = doubletScores?.() ?? null;
  return {
    rows: cells,
    geneColumns: species?.geneColumns ?? null,
    genes: species === null ? null : found.genes,
    columns: {
      totalCounts: at(metrics.totalCounts),
      detectedGenes: at(metrics.detectedGenes),
      mitochondrialFraction: at(metrics.mitochondrialFraction),
      ambientScore: found.ambient?.score?.values ?? new Float64Array(cells.length).fill(NaN),
      doubletScore: scores ?? new Float64Array(cells.length).fill(NaN),
    },
    quality: {
      sample: found.sample,
      status: found.status,
      reasons: found.reasons,
      nBarcodes: metrics.totalCounts.length,
      nKept: cells.length,
      rows: found.rows,
      species: species === null ? null : { status: species.status, contamination: species.contamination },
      droplets: found.droplets === null ? null : { status: found.droplets.status, reasons: found.droplets.reasons },
      ambient:
        found.ambient === null
          ? null
          : {
              fraction: found.ambient.fraction,
              standIn: found.ambient.standIn,
              profileFrom: found.ambient.profileFrom,
            },
      warnings: found.warnings,
    },
  };
}
