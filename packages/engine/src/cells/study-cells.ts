import type { Warning } from '../core/method.js';
import type { CellCounts } from './cell-counts.js';
import type { AmbientEstimate } from './quality/ambient-fraction.js';
import type { EmptyDroplets } from './quality/empty-droplets.js';
import type { FilterRow } from './quality/filter-row.js';
import type { SpeciesSplit } from './quality/split-species.js';

/** What quality control found in one sample; the numbers behind the waterfall. */
export interface SampleQuality {
  readonly sample: string;
  readonly status: 'ok' | 'nothing-left';
  readonly reasons: readonly string[];
  readonly nBarcodes: number;
  readonly nKept: number;
  readonly rows: readonly FilterRow[];
  /** Null without a species split. */
  readonly species: Pick<SpeciesSplit, 'status' | 'contamination'> | null;
  readonly droplets: Pick<EmptyDroplets, 'status' | 'reasons'> | null;
  readonly ambient: Pick<AmbientEstimate, 'fraction' | 'standIn' | 'profileFrom'> | null;
  readonly warnings: readonly Warning[];
}

/** One value per good cell, in the order of the cells; NaN where it was not computed. */
export interface CellColumns {
  readonly totalCounts: Float64Array;
  readonly detectedGenes: Float64Array;
  readonly mitochondrialFraction: Float64Array;
  readonly ambientScore: Float64Array;
  readonly doubletScore: Float64Array;
}

/** The good cells of a study. */
export interface StudyCells {
  readonly cells: CellCounts;
  readonly columns: CellColumns;
  /** What each cell was called, for instance `tumour or unresolved` or `normal: myeloid`. */
  readonly label: readonly string[];
  /** 1 for cells that count as tumour. */
  readonly tumour: Uint8Array;
  /** Every single-cell sample, those without a good cell too. */
  readonly quality: readonly SampleQuality[];
  readonly warnings: readonly Warning[];
}
