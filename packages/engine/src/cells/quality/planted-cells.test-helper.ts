import { createRng, type Rng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { randomGamma } from '../../simulate/random-gamma.js';
import { randomPoisson } from '../../simulate/random-poisson.js';

/** A matrix from its rows; zeros are not stored. */
export function csrFromRows(rows: readonly ArrayLike<number>[], nColumns: number = rows[0]?.length ?? 0): CsrMatrix {
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  for (const row of rows) {
    for (let g = 0; g < row.length; g++) {
      if (row[g] === 0) continue;
      indices.push(g);
      data.push(row[g] as number);
    }
    indptr.push(indices.length);
  }
  return {
    kind: 'csr',
    shape: [rows.length, nColumns],
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    data: Float32Array.from(data),
  };
}

/** A random profile over genes, sums to one. */
export function randomProfile(rng: Rng, nGenes: number, shape: number): Float64Array {
  const weights = Float64Array.from({ length: nGenes }, () => randomGamma(rng, shape));
  return normalise(weights);
}

export function normalise(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}

/** Poisson counts of one droplet with the expected numbers given. */
export function drawCounts(rng: Rng, expected: Float64Array): Float64Array {
  return expected.map((mean) => randomPoisson(rng, mean));
}

/** A raw droplet sample: empty droplets of one profile, and cells of several kinds with that profile mixed in. */
export interface PlantedDroplets {
  readonly counts: CsrMatrix;
  readonly genes: readonly string[];
  readonly isCell: Uint8Array;
  readonly kindOf: Int8Array;
  /** Ambient share of every cell's counts; NaN for empty droplets. */
  readonly ambientOf: Float64Array;
  readonly soup: Float64Array;
}

/** What is planted. */
export interface PlantedDropletsOptions {
  readonly seed: number;
  readonly nGenes: number;
  readonly nEmpty: number;
  /** Cells of each kind. */
  readonly nCells: readonly number[];
  readonly ambient: number;
  readonly depth: number;
  /** Genes expressed by one kind of cell only. */
  readonly markersPerKind: number;
  /** Share of a marker's expression that half of the markers have in the other kinds of cells too. */
  readonly leak?: number;
}

/** Cells of several kinds that share most genes and have markers of their own, in a soup of all of them. */
export function plantDroplets(options: PlantedDropletsOptions): PlantedDroplets {
  const rng = createRng(options.seed, 'planted droplets');
  const profiles = plantKinds(rng, options);
  const soup = normalise(
    profiles[0]!.map((_, g) => profiles.reduce((sum, p, k) => sum + p[g]! * (0.5 + options.nCells[k]!), 0)),
  );
  const rows: Float64Array[] = [];
  const kindOf: number[] = [];
  const ambientOf: number[] = [];
  for (let i = 0; i < options.nEmpty; i++) {
    rows.push(drawCounts(rng, scale(soup, 20 + rng.integer(60))));
    kindOf.push(-1);
    ambientOf.push(NaN);
  }
  options.nCells.forEach((n, kind) => {
    for (let i = 0; i < n; i++) {
      const depth = options.depth * randomGamma(rng, 8) * 0.125;
      const own = randomGamma(rng, 20) * 0.05;
      const fromSoup = Math.min(0.9, options.ambient * own);
      const noise = Float64Array.from(soup, () => randomGamma(rng, 5) * 0.2);
      const profile = normalise(profiles[kind]!.map((p, g) => p * noise[g]!));
      rows.push(
        drawCounts(
          rng,
          profile.map((p, g) => depth * ((1 - fromSoup) * p + fromSoup * soup[g]!)),
        ),
      );
      kindOf.push(kind);
      ambientOf.push(fromSoup);
    }
  });
  return {
    counts: csrFromRows(rows, options.nGenes),
    genes: Array.from({ length: options.nGenes }, (_, g) => (g < 13 ? `MT-G${String(g)}` : `GENE${String(g)}`)),
    isCell: Uint8Array.from(kindOf, (kind) => (kind >= 0 ? 1 : 0)),
    kindOf: Int8Array.from(kindOf),
    ambientOf: Float64Array.from(ambientOf),
    soup,
  };
}

function plantKinds(rng: Rng, { nGenes, nCells, markersPerKind, leak = 0 }: PlantedDropletsOptions): Float64Array[] {
  const shared = randomProfile(rng, nGenes, 0.7);
  const nMarkers = markersPerKind * nCells.length;
  return nCells.map((_, kind) =>
    normalise(
      shared.map((p, g) => {
        const marker = g - (nGenes - nMarkers);
        if (marker < 0) return p;
        const own = Math.floor(marker / markersPerKind) === kind ? 1 : marker % 2 === 0 ? leak : 0;
        return own * (0.4 / markersPerKind) * (0.5 + rng.uniform());
      }),
    ),
  );
}

function scale(profile: Float64Array, by: number): Float64Array {
  return profile.map((p) => p * by);
}
