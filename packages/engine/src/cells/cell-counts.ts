import { ShapeError } from '../core/errors.js';
import type { CsrMatrix } from '../data/matrix.js';
import type { Stage } from '../study/types.js';

/** The sample sheet's row of one single-cell sample, as far as cells need it. */
export interface CellSample {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  readonly treatment: string;
  readonly technology: string;
}

/** The cells of all single-cell samples of a study on one gene list: what every method on cells starts from. */
export interface CellCounts {
  /** Cells × genes, raw counts. */
  readonly counts: CsrMatrix;
  readonly genes: readonly string[];
  /** One per cell; unique within a sample only. */
  readonly barcodes: readonly string[];
  /** Index into `samples`, one per cell. The cells of a sample stand together, in the order of `samples`. */
  readonly sampleOf: Uint32Array;
  /** In the order of the sample sheet. */
  readonly samples: readonly CellSample[];
}

/**
 * Checks that the parts of a set of cells fit.
 *
 * @throws ShapeError when names and matrix disagree or the cells of a sample do not stand together
 */
export function createCellCounts(cells: CellCounts): CellCounts {
  const [nCells, nGenes] = cells.counts.shape;
  const check = (what: string, found: number, expected: number): void => {
    if (found !== expected) {
      throw new ShapeError(`Cells have ${what} that do not fit their matrix.`, {
        expected: String(expected),
        found: String(found),
      });
    }
  };
  check('genes', cells.genes.length, nGenes);
  check('barcodes', cells.barcodes.length, nCells);
  check('samples', cells.sampleOf.length, nCells);
  for (let cell = 0; cell < nCells; cell++) {
    const sample = cells.sampleOf[cell] as number;
    if (sample >= cells.samples.length || (cell > 0 && sample < (cells.sampleOf[cell - 1] as number))) {
      throw new ShapeError('The cells of a sample do not stand together in the order of the samples.');
    }
  }
  return cells;
}

/** First cell and cell after the last of each sample. */
export function sampleRanges({ sampleOf, samples }: CellCounts): readonly (readonly [number, number])[] {
  const ends = new Uint32Array(samples.length);
  for (const sample of sampleOf) ends[sample] = (ends[sample] as number) + 1;
  let start = 0;
  return samples.map((_, s) => {
    const range = [start, start + (ends[s] as number)] as const;
    start = range[1];
    return range;
  });
}
