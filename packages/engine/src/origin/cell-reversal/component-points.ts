import { principalComponents } from '../../stats/pca.js';
import type { CellFeatures } from './cell-features.js';
import type { Points } from './wasserstein.js';

/** Components that distances are measured in, at most. */
const nComponents = 10;

/**
 * Principal components of some cells over some genes, stages unknown to them.
 *
 * @param cells - rows of the features; row i of the points is `cells[i]`
 * @param columns - columns of the features
 * @returns null when nothing varies
 */
export function componentPoints(
  { values, nGenes }: CellFeatures,
  cells: Uint32Array,
  columns: Uint32Array,
): Points | null {
  const table = new Float64Array(columns.length * cells.length);
  columns.forEach((column, g) => {
    cells.forEach((cell, i) => {
      table[g * cells.length + i] = values[cell * nGenes + column] as number;
    });
  });
  if (columns.length === 0) return null;
  const { scores, nComponents: found } = principalComponents(
    { genes: Array.from(columns, String), samples: Array.from(cells, String), values: table },
    { components: nComponents },
  );
  return found === 0 ? null : { nDimensions: found, values: scores };
}
