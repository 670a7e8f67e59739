import type { InlineSample } from './study-schema.js';

/** A sample sheet as text, wherever it came from. */
export interface SampleSheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Name of the file for messages. */
  readonly file: string;
  /** Number of the first row of `rows` in the file, the header being row 1: 2 for a plain CSV. */
  readonly firstRow: number;
  /** Row of the file each row stands on, where rows do not follow each other (inline lists: the line in the YAML file). */
  readonly rowNumbers?: readonly number[];
}

/**
 * Turns an inline sample list into a sheet: columns in order of first appearance, absent keys as empty cells.
 *
 * @param options - the file's name, and the line of each sample in it when known; otherwise samples are numbered from 1
 */
export function inlineSampleSheet(
  samples: readonly InlineSample[],
  options: { readonly file: string; readonly rowNumbers?: readonly number[] },
): SampleSheet {
  const columns = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  const rows = samples.map((sample) => columns.map((name) => String(sample[name] ?? '')));
  return { columns, rows, firstRow: 1, ...options };
}

/** The row of the file on which the sheet's row `index` stands. */
export function rowNumber(sheet: SampleSheet, index: number): number {
  return sheet.rowNumbers?.[index] ?? sheet.firstRow + index;
}
