import { type Rng, shuffleInPlace } from '../core/rng.js';
import { selectRows } from '../data/compact-counts.js';
import type { CsrMatrix } from '../data/matrix.js';

/** At most `most` rows of each range, drawn at random and kept in order, with the range each comes from. */
export function someRows(
  counts: CsrMatrix,
  ranges: readonly (readonly [number, number])[],
  most: number,
  rng: Rng,
): { readonly counts: CsrMatrix; readonly sampleOf: Uint32Array } {
  const chosen = ranges.map(([start, end]) => {
    const rows = Uint32Array.from({ length: end - start }, (_, i) => start + i);
    shuffleInPlace(rows, rng);
    return rows.subarray(0, most).sort();
  });
  return {
    counts: selectRows(
      counts,
      chosen.flatMap((rows) => [...rows]),
    ),
    sampleOf: Uint32Array.from(chosen.flatMap((rows, j) => Array.from(rows, () => j))),
  };
}
