import { type Rng, shuffleInPlace } from '../../core/rng.js';
import type { StageUnits } from './deal-units.js';
import type { ContrastPart } from './types.js';

/** A draw of cells, and the units of each stage as rows of the draw. */
export interface DrawnUnits {
  readonly cells: Uint32Array;
  readonly units: Readonly<Record<ContrastPart, StageUnits>>;
}

/** At most `most` random cells of each stage, the same number from every unit as far as they go. */
export function someOfUnits(units: Readonly<Record<ContrastPart, StageUnits>>, most: number, rng: Rng): DrawnUnits {
  const cells: number[] = [];
  const draw = (part: ContrastPart): StageUnits => {
    const perUnit = Math.max(1, Math.floor(most / units[part].cells.length));
    const rows = units[part].cells.map((own) => {
      const order = own.slice();
      shuffleInPlace(order, rng);
      const first = cells.length;
      cells.push(...order.subarray(0, perUnit));
      return Uint32Array.from({ length: cells.length - first }, (_, i) => first + i);
    });
    return { ...units[part], cells: rows };
  };
  const drawn = { from: draw('from'), to: draw('to'), back: draw('back') };
  return { cells: Uint32Array.from(cells), units: drawn };
}
