/** Name of the block task. */
export const simulatedNeighboursTask = 'cells/simulated-neighbours';

/** Cells and simulated doublets as points, and the points whose neighbours are wanted. */
export interface SimulatedNeighboursPayload {
  /** Points × dimensions, row-major: cells first, then simulated doublets. Dimensions by decreasing variance. */
  readonly points: Float32Array;
  /** A multiple of four. */
  readonly nDimensions: number;
  readonly nCells: number;
  /** Neighbours wanted, below the number of points. */
  readonly k: number;
  /** First query point and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Dimensions come in multiples of this, filled up with zeros. */
export const stride = 4;

/**
 * Block task: for each query point the share of simulated doublets among its k nearest other points, the j-th nearest with
 * weight 1 − (j − ½)/k. Exact Euclidean neighbours by scanning all points in their order.
 */
export function simulatedNeighboursBlock(payload: SimulatedNeighboursPayload): Float64Array {
  const { from, to, k, nCells } = payload;
  const nearest: Nearest = { distance: new Float64Array(k), point: new Uint32Array(k) };
  const shares = new Float64Array(to - from);
  for (let query = from; query < to; query++) {
    findNearest(payload, query, nearest);
    shares[query - from] = simulatedShare(nearest, nCells);
  }
  return shares;
}

/** The nearest points found so far, as a heap with the farthest on top. */
interface Nearest {
  readonly distance: Float64Array;
  readonly point: Uint32Array;
}

/** Runs once per pair of points: four dimensions at a time, and no further once a point is too far. */
function findNearest({ points, nDimensions }: SimulatedNeighboursPayload, query: number, nearest: Nearest): void {
  const { distance, point } = nearest;
  distance.fill(Infinity);
  const nPoints = points.length / nDimensions;
  const own = points.slice(query * nDimensions, (query + 1) * nDimensions);
  for (let p = 0; p < nPoints; p++) {
    const start = p * nDimensions;
    const limit = distance[0] as number;
    let sum = 0;
    for (let d = 0; d < nDimensions && sum < limit; d += stride) {
      const first = (points[start + d] as number) - (own[d] as number);
      const second = (points[start + d + 1] as number) - (own[d + 1] as number);
      const third = (points[start + d + 2] as number) - (own[d + 2] as number);
      const fourth = (points[start + d + 3] as number) - (own[d + 3] as number);
      sum += first * first + second * second + third * third + fourth * fourth;
    }
    if (sum < limit && p !== query) replaceFarthest(distance, point, sum, p);
  }
}

function replaceFarthest(distance: Float64Array, point: Uint32Array, value: number, added: number): void {
  const size = distance.length;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && (distance[child + 1] as number) > (distance[child] as number)) child++;
    if ((distance[child] as number) <= value) break;
    distance[at] = distance[child] as number;
    point[at] = point[child] as number;
    at = child;
  }
  distance[at] = value;
  point[at] = added;
}

function simulatedShare({ distance, point }: Nearest, nCells: number): number {
  const k = distance.length;
  const order = Array.from(distance.keys()).sort(
    (a, b) => (distance[a] as number) - (distance[b] as number) || (point[a] as number) - (point[b] as number),
  );
  let simulated = 0;
  order.forEach((i, rank) => {
    if ((point[i] as number) >= nCells) simulated += 1 - (rank + 0.5) / k;
  });
  return simulated / (k / 2);
}
