import type { Rng } from '../core/rng.js';

/** Inner products of unit vectors, n × n: all that k-means and silhouettes need to know of them. */
export interface UnitGram {
  readonly n: number;
  readonly products: Float64Array;
}

/** Options of {@link clusterSpectra}. */
export interface ClusterSpectraOptions {
  readonly clusters: number;
  /** Starts of k-means; the best is kept. */
  readonly starts: number;
}

/** Inner products of the rows of a matrix, which are taken to be of unit length. */
export function unitGram(rows: readonly Float64Array[]): UnitGram {
  const n = rows.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const product = i === j ? 1 : innerProduct(rows[i] as Float64Array, rows[j] as Float64Array);
      products[i * n + j] = product;
      products[j * n + i] = product;
    }
  }
  return { n, products };
}

/** Some of the vectors. */
export function selectFromGram(gram: UnitGram, kept: readonly number[]): UnitGram {
  const products = new Float64Array(kept.length * kept.length);
  kept.forEach((i, row) => {
    kept.forEach((j, column) => {
      products[row * kept.length + column] = gram.products[i * gram.n + j] as number;
    });
  });
  return { n: kept.length, products };
}

/** Euclidean distance of two unit vectors. */
export function unitDistance(gram: UnitGram, i: number, j: number): number {
  return Math.sqrt(Math.max(0, 2 - 2 * (gram.products[i * gram.n + j] as number)));
}

/**
 * Mean distance of every vector to its nearest `neighbours` others: small where replicates found the same spectrum.
 *
 * @see doi:10.7554/eLife.43803
 */
export function neighbourDistance(gram: UnitGram, neighbours: number): Float64Array {
  const nearest = Math.min(neighbours, gram.n - 1);
  return Float64Array.from({ length: gram.n }, (_, i) => {
    const others = new Float64Array(gram.n - 1);
    for (let j = 0; j < gram.n; j++) if (j !== i) others[j < i ? j : j - 1] = unitDistance(gram, i, j);
    others.sort();
    let sum = 0;
    for (let k = 0; k < nearest; k++) sum += others[k] as number;
    return nearest > 0 ? sum / nearest : 0;
  });
}

/**
 * k-means of unit vectors from their inner products alone: |x − c|² = 1 − 2 x·c + c·c, where c is a mean of vectors. Starts are drawn
 * by k-means++; Lloyd steps until no vector changes.
 *
 * @returns the cluster of each vector, numbered in order of first appearance
 * @see doi:10.1145/1283383.1283494 (k-means++)
 */
export function clusterSpectra(gram: UnitGram, { clusters, starts }: ClusterSpectraOptions, rng: Rng): Int32Array {
  let best: Clustering | null = null;
  for (let start = 0; start < starts; start++) {
    const found = lloyd(gram, drawSeeds(gram, clusters, rng), clusters);
    if (best === null || found.inertia < best.inertia - 1e-12) best = found;
  }
  return renumbered(best?.labels ?? new Int32Array(0));
}

/**
 * Mean silhouette, (b − a) / max(a, b): a is the mean distance to the vector's own cluster, b that to the nearest other one; a vector
 * alone in its cluster counts zero.
 *
 * @returns −1 to 1; NaN with fewer than two clusters
 * @see doi:10.1016/0377-0427(87)90125-7; scikit-learn's `silhouette_score`
 */
export function meanSilhouette(gram: UnitGram, labels: Int32Array): number {
  const clusters = Math.max(0, ...labels) + 1;
  if (clusters < 2) return NaN;
  const sizes = new Int32Array(clusters);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  let total = 0;
  for (let i = 0; i < gram.n; i++) total += silhouette(gram, labels, sizes, i);
  return total / gram.n;
}

function silhouette(gram: UnitGram, labels: Int32Array, sizes: Int32Array, i: number): number {
  const own = labels[i] as number;
  if (sizes[own] === 1) return 0;
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < gram.n; j++) {
    const label = labels[j] as number;
    sums[label] = (sums[label] as number) + (i === j ? 0 : unitDistance(gram, i, j));
  }
  const a = (sums[own] as number) / ((sizes[own] as number) - 1);
  let b = Infinity;
  sums.forEach((sum, label) => {
    if (label !== own) b = Math.min(b, sum / (sizes[label] as number));
  });
  return a === b ? 0 : (b - a) / Math.max(a, b);
}

interface Clustering {
  readonly labels: Int32Array;
  readonly inertia: number;
}

function drawSeeds(gram: UnitGram, clusters: number, rng: Rng): readonly number[] {
  const seeds = [rng.integer(gram.n)];
  const nearest = new Float64Array(gram.n).fill(Infinity);
  while (seeds.length < clusters) {
    const last = seeds.at(-1) as number;
    let total = 0;
    for (let i = 0; i < gram.n; i++) {
      nearest[i] = Math.min(nearest[i] as number, unitDistance(gram, i, last) ** 2);
      total += nearest[i] as number;
    }
    let left = rng.uniform() * total;
    let drawn = 0;
    while (drawn < gram.n - 1 && left >= (nearest[drawn] as number)) left -= nearest[drawn++] as number;
    seeds.push(drawn);
  }
  return seeds;
}

function lloyd(gram: UnitGram, seeds: readonly number[], clusters: number): Clustering {
  const labels = new Int32Array(gram.n).fill(-1);
  let toCentre: readonly Float64Array[] = seeds.map((seed) =>
    Float64Array.from({ length: gram.n }, (_, i) => unitDistance(gram, i, seed) ** 2),
  );
  for (let step = 0; step < 300; step++) {
    let changed = false;
    let inertia = 0;
    for (let i = 0; i < gram.n; i++) {
      let nearest = 0;
      for (let c = 1; c < clusters; c++) if (distanceAt(toCentre, c, i) < distanceAt(toCentre, nearest, i)) nearest = c;
      if (labels[i] !== nearest) changed = true;
      labels[i] = nearest;
      inertia += distanceAt(toCentre, nearest, i);
    }
    if (!changed || step === 299) return { labels, inertia };
    toCentre = centreDistances(gram, labels, toCentre);
  }
  return { labels, inertia: Infinity };
}

function distanceAt(toCentre: readonly Float64Array[], cluster: number, i: number): number {
  return (toCentre[cluster] as Float64Array)[i] as number;
}

/** Squared distances to the means of the clusters; a cluster left empty keeps its last centre. */
function centreDistances(gram: UnitGram, labels: Int32Array, before: readonly Float64Array[]): readonly Float64Array[] {
  return before.map((last, cluster) => {
    const members = Array.from(labels.keys()).filter((i) => labels[i] === cluster);
    if (members.length === 0) return last;
    const toMean = Float64Array.from({ length: gram.n }, (_, i) => {
      let sum = 0;
      for (const j of members) sum += gram.products[i * gram.n + j] as number;
      return sum / members.length;
    });
    let own = 0;
    for (const j of members) own += (toMean[j] as number) / members.length;
    return toMean.map((product) => Math.max(0, 1 - 2 * product + own));
  });
}

function renumbered(labels: Int32Array): Int32Array {
  const numberOf = new Map<number, number>();
  for (const label of labels) if (!numberOf.has(label)) numberOf.set(label, numberOf.size);
  return labels.map((label) => numberOf.get(label) as number);
}

function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
