import { ShapeError } from '../../core/errors.js';
import type { CellSample } from '../cell-counts.js';
import type { CellSamples } from './patient-units.js';

/** A label for every cell: clusters, cell types, or called states. */
export interface CellLabels {
  readonly names: readonly string[];
  /** Index into `names`, one per cell; −1 for a cell without a label. */
  readonly labelOf: ArrayLike<number>;
}

/** How many cells of each sample carry each label. */
export interface LabelCounts {
  readonly labels: readonly string[];
  readonly samples: readonly CellSample[];
  /** Labels × samples, row-major. */
  readonly counts: Float64Array;
}

/**
 * Counts the cells of every sample by label; cells without a label are not counted.
 *
 * @throws ShapeError when labels do not fit the cells
 */
export function countLabels({ sampleOf, samples }: CellSamples, { names, labelOf }: CellLabels): LabelCounts {
  if (labelOf.length !== sampleOf.length) {
    throw new ShapeError('The labels do not fit the cells.', {
      expected: `${String(sampleOf.length)}, one per cell`,
      found: String(labelOf.length),
    });
  }
  const counts = new Float64Array(names.length * samples.length);
  for (let cell = 0; cell < sampleOf.length; cell++) {
    const label = labelOf[cell] as number;
    if (label >= names.length) {
      throw new ShapeError('A cell has a label without a name.', { row: cell + 1, found: String(label) });
    }
    if (label < 0) continue;
    const at = label * samples.length + (sampleOf[cell] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return { labels: names, samples, counts };
}
