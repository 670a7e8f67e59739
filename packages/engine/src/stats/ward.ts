import { OptionError, ShapeError } from '../core/errors.js';

/** A binary tree over points, in the notation of R's `hclust`. */
export interface ClusterTree {
  readonly nPoints: number;
  /** Two entries per merge, by increasing height: −(i + 1) is point i, m > 0 is the m-th merge, counted from one. */
  readonly merges: Int32Array;
  readonly heights: Float64Array;
  /** Points in an order in which no branches cross. */
  readonly order: Int32Array;
}

interface Merge {
  readonly a: number;
  readonly b: number;
  readonly squared: number;
}

/**
 * Ward's minimum-variance clustering of points by Euclidean distance. Squared distances are updated by Lance and Williams'
 * formula d²(k, i∪j) = ((n_i + n_k) d²_ik + (n_j + n_k) d²_jk − n_k d²_ij) / (n_i + n_j + n_k); heights are their square roots.
 * Found by nearest-neighbour chains in O(n²) time and memory. Among equal distances the lower index wins; R may differ there.
 *
 * @param points - coordinates of each point, all of one length, finite
 * @throws ShapeError when coordinates differ in number or are missing
 * @see Murtagh and Legendre, doi:10.1007/s00357-014-9161-z; R's `hclust(dist(x), "ward.D2")`
 */
export function wardClustering(points: readonly ArrayLike<number>[]): ClusterTree {
  const n = points.length;
  if (n === 0) throw new ShapeError('Clustering needs at least one point.');
  const merges = chainMerges(squaredDistances(points), n);
  const bySize = merges.map((_, i) => i);
  bySize.sort((i, j) => (merges[i] as Merge).squared - (merges[j] as Merge).squared || i - j);
  return buildTree(
    bySize.map((i) => merges[i] as Merge),
    n,
  );
}

/**
 * Cluster number of each point when the tree is cut into `k` clusters, counted from one in order of first appearance.
 *
 * @throws OptionError when `k` is not an integer from one to the number of points
 * @see R's `cutree`
 */
export function cutTree(tree: ClusterTree, k: number): Int32Array {
  const n = tree.nPoints;
  if (!Number.isInteger(k) || k < 1 || k > n) {
    throw new OptionError('A tree can be cut into one to as many clusters as it has points.', {
      expected: `1 to ${String(n)}`,
      found: String(k),
    });
  }
  const root = Int32Array.from({ length: n }, (_, i) => i);
  const first = new Int32Array(n);
  for (let m = 0; m < n - k; m++) {
    const a = find(root, member(tree.merges[2 * m] as number, first));
    const b = find(root, member(tree.merges[2 * m + 1] as number, first));
    root[Math.max(a, b)] = Math.min(a, b);
    first[m] = Math.min(a, b);
  }
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: n }, (_, i) => {
    const cluster = find(root, i);
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size + 1);
    return numbers.get(cluster) as number;
  });
}

/** Some point of a tree entry. */
function member(entry: number, first: Int32Array): number {
  return entry < 0 ? -entry - 1 : (first[entry - 1] as number);
}

function find(root: Int32Array, start: number): number {
  let i = start;
  while (root[i] !== i) {
    root[i] = root[root[i] as number] as number;
    i = root[i] as number;
  }
  return i;
}

function squaredDistances(points: readonly ArrayLike<number>[]): Float64Array {
  const n = points.length;
  const nDimensions = points[0]?.length ?? 0;
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const a = points[i] as ArrayLike<number>;
    if (a.length !== nDimensions) throw new ShapeError('Points to cluster differ in their number of coordinates.');
    for (let j = 0; j < i; j++) {
      const b = points[j] as ArrayLike<number>;
      let sum = 0;
      for (let d = 0; d < nDimensions; d++)
        sum += ((a[d] as number) - (b[d] as number)) * ((a[d] as number) - (b[d] as number));
      if (!Number.isFinite(sum)) throw new ShapeError('Points to cluster have missing or infinite coordinates.');
      distances[i * n + j] = sum;
      distances[j * n + i] = sum;
    }
  }
  return distances;
}

/** Follows nearest neighbours until two clusters are each other's, merges them, and goes on from there. */
function chainMerges(distances: Float64Array, n: number): readonly Merge[] {
  const size = new Float64Array(n).fill(1);
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (merges.length < n - 1) {
    if (chain.length === 0) chain.push(size.findIndex((s) => s > 0));
    for (;;) {
      const tip = chain.at(-1) as number;
      const previous = chain.at(-2) ?? -1;
      const nearest = nearestNeighbour(distances, size, n, tip, previous);
      if (nearest === previous) break;
      chain.push(nearest);
    }
    const i = chain.pop() as number;
    const j = chain.pop() as number;
    merges.push({ a: Math.min(i, j), b: Math.max(i, j), squared: distances[i * n + j] as number });
    mergeInto(distances, size, n, Math.min(i, j), Math.max(i, j));
  }
  return merges;
}

/** The closest other cluster; among equals the one before it in the chain, then the lowest index. */
function nearestNeighbour(
  distances: Float64Array,
  size: Float64Array,
  n: number,
  tip: number,
  previous: number,
): number {
  let nearest = previous;
  let least = previous < 0 ? Infinity : (distances[tip * n + previous] as number);
  for (let k = 0; k < n; k++) {
    if (k === tip || size[k] === 0) continue;
    const distance = distances[tip * n + k] as number;
    if (distance < least || nearest < 0) {
      nearest = k;
      least = distance;
    }
  }
  return nearest;
}

/** Replaces cluster `i` by its union with `j`. */
function mergeInto(distances: Float64Array, size: Float64Array, n: number, i: number, j: number): void {
  const ni = size[i] as number;
  const nj = size[j] as number;
  const dij = distances[i * n + j] as number;
  for (let k = 0; k < n; k++) {
    const nk = size[k] as number;
    if (k === i || k === j || nk === 0) continue;
    const dik = distances[i * n + k] as number;
    const djk = distances[j * n + k] as number;
    const updated = ((ni + nk) * dik + (nj + nk) * djk - nk * dij) / (ni + nj + nk);
    distances[i * n + k] = updated;
    distances[k * n + i] = updated;
  }
  size[i] = ni + nj;
  size[j] = 0;
}

function buildTree(sorted: readonly Merge[], n: number): ClusterTree {
  const root = Int32Array.from({ length: n }, (_, i) => i);
  const entry = Int32Array.from({ length: n }, (_, i) => -i - 1);
  const merges = new Int32Array(2 * sorted.length);
  sorted.forEach(({ a, b }, m) => {
    const [left, right] = [find(root, a), find(root, b)];
    const pair = inHclustOrder(entry[left] as number, entry[right] as number);
    merges.set(pair, 2 * m);
    root[Math.max(left, right)] = Math.min(left, right);
    entry[Math.min(left, right)] = m + 1;
  });
  const heights = Float64Array.from(sorted, ({ squared }) => Math.sqrt(Math.max(0, squared)));
  return { nPoints: n, merges, heights, order: leafOrder(merges, n) };
}

/** Single points before merges, then by number. */
function inHclustOrder(a: number, b: number): readonly [number, number] {
  if (a < 0 && b < 0) return a > b ? [a, b] : [b, a];
  return a < b ? [a, b] : [b, a];
}

function leafOrder(merges: Int32Array, n: number): Int32Array {
  const order: number[] = [];
  const stack = [n === 1 ? -1 : merges.length / 2];
  while (stack.length > 0) {
    const entry = stack.pop() as number;
    if (entry < 0) order.push(-entry - 1);
    else stack.push(merges[2 * entry - 1] as number, merges[2 * entry - 2] as number);
  }
  return Int32Array.from(order);
}
