/** The filters, in the order they are applied. */
export type QualityFilter =
  | 'tumour-species'
  | 'empty-droplets'
  | 'total-counts'
  | 'detected-genes'
  | 'mitochondrial'
  | 'doublets';

/** One step of the waterfall: how many barcodes came in and went out. */
export interface FilterRow {
  readonly sample: string;
  readonly filter: QualityFilter;
  readonly before: number;
  readonly removed: number;
  readonly after: number;
  /** What a cell has to be to stay, in words. */
  readonly threshold: string;
  /** Ends of the range kept; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  /**
   * `not-asked`: switched off; `not-needed`: the data do not call for it (one species only, already filtered); `not-testable`:
   * the data do not allow it (no mitochondrial genes, too few cells for doublets).
   */
  readonly status: 'applied' | 'not-asked' | 'not-needed' | 'not-testable';
  readonly reasons: readonly string[];
}

/** What a filter decided, before its cells are counted. */
export interface FilterDecision
  extends Pick<FilterRow, 'filter' | 'threshold' | 'low' | 'high' | 'status' | 'reasons'> {
  /** Whether a barcode stays; never asked when the filter is not applied. */
  readonly keeps: (cell: number) => boolean;
}

/** Barcodes that are left, and the filter that removed each of the others. */
export interface Waterfall {
  readonly cells: Uint32Array;
  /** Per barcode the position in `rows` of the filter that removed it, or −1. */
  readonly removedBy: Int8Array;
  readonly rows: readonly FilterRow[];
}

/** The waterfall before any filter. */
export function startWaterfall(nBarcodes: number): Waterfall {
  return {
    cells: Uint32Array.from({ length: nBarcodes }, (_, cell) => cell),
    removedBy: new Int8Array(nBarcodes).fill(-1),
    rows: [],
  };
}

/** The waterfall with one more filter. A barcode that an earlier filter removed is not asked again. */
export function applyFilter(waterfall: Waterfall, { keeps, ...decision }: FilterDecision, sample: string): Waterfall {
  const before = waterfall.cells.length;
  const cells = decision.status === 'applied' ? waterfall.cells.filter(keeps) : waterfall.cells;
  const removedBy = Int8Array.from(waterfall.removedBy);
  const position = waterfall.rows.length;
  if (cells.length < before) {
    for (const cell of waterfall.cells) removedBy[cell] = position;
    for (const cell of cells) removedBy[cell] = -1;
  }
  const row: FilterRow = { sample, ...decision, before, removed: before - cells.length, after: cells.length };
  return { cells, removedBy, rows: [...waterfall.rows, row] };
}

/** A filter that removes nothing, and why. */
export function withoutFilter(
  filter: QualityFilter,
  status: Exclude<FilterRow['status'], 'applied'>,
  reasons: readonly string[],
): FilterDecision {
  return { filter, threshold: 'no limit', low: null, high: null, status, reasons, keeps: () => true };
}
