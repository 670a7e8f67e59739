import type { Dataset } from '@remnant/engine';

/** Formats of single-cell data that are read. */
export type CellFormat = 'anndata' | '10x-folder' | '10x-h5' | 'table';

/** A data set with how it was read. Its matrices are compressed rows, cells × genes. */
export interface CellDataset extends Dataset {
  readonly format: CellFormat;
  /** What was read in a way the user should see. */
  readonly readings: readonly string[];
}
