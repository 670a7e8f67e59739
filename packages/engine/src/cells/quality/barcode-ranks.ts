import { log10 } from '../../core/pinned-math.js';

/** Options of {@link barcodeRanks}. */
export interface BarcodeRanksOptions {
  /** Barcodes with this many counts or fewer are no part of the curve. */
  readonly lower: number;
  /** The first barcodes of the curve are left out of the search: a few giants bend it. */
  readonly excludeFrom?: number;
}

/** The barcode-rank curve and its two points. */
export interface BarcodeRanks {
  /** Distinct total counts above `lower`, decreasing. */
  readonly totals: Float64Array;
  /** Mean rank of the barcodes with that total, from 1. */
  readonly ranks: Float64Array;
  /** Total at which the plateau of cells ends; null when the curve is too short. */
  readonly knee: number | null;
  /** Total at which the curve falls fastest. */
  readonly inflection: number | null;
}

/** Step of the even grid on log10 rank, and half the width over which its slope is taken. */
const step = 0.01;
const halfWindow = 5;

/**
 * The curve of total counts against rank, both log10, and its knee and inflection.
 *
 * The curve is read by linear interpolation on an even grid of log10 rank (step 0.01), from rank `excludeFrom` on. **Inflection**: the grid point
 * with the steepest fall over ± 0.05. **Knee**: before it, the point highest above the straight line from the start of the curve to
 * the inflection. No spline is fitted.
 *
 * @param totals - total counts per barcode
 * @see `DropletUtils::barcodeRanks` 1.18 (same idea; there the knee is the point of greatest curvature of a fitted spline, here it is the
 * greatest distance from the chord, and the slope is taken over a window, so the two differ by some ten per cent of the counts)
 */
export function barcodeRanks(totals: Float64Array, { lower, excludeFrom = 50 }: BarcodeRanksOptions): BarcodeRanks {
  const curve = rankCurve(totals.filter((total) => total > lower).sort());
  const grid = evenGrid(curve, excludeFrom);
  if (grid.length < 2 * halfWindow + 1) return { ...curve, knee: null, inflection: null };
  const inflection = steepest(grid);
  const knee = farthestAbove(grid, inflection);
  return { ...curve, knee: totalAt(curve, grid, knee), inflection: totalAt(curve, grid, inflection) };
}

type Curve = Pick<BarcodeRanks, 'totals' | 'ranks'>;

/** A point of the curve on log10 axes. */
interface Point {
  readonly rank: number;
  readonly total: number;
}

function rankCurve(increasing: Float64Array): Curve {
  const totals: number[] = [];
  const ranks: number[] = [];
  const n = increasing.length;
  for (let end = n; end > 0; ) {
    let start = end - 1;
    while (start > 0 && increasing[start - 1] === increasing[end - 1]) start--;
    totals.push(increasing[end - 1] as number);
    ranks.push((n - end + 1 + (n - start)) / 2);
    end = start;
  }
  return { totals: Float64Array.from(totals), ranks: Float64Array.from(ranks) };
}

function evenGrid({ totals, ranks }: Curve, excludeFrom: number): Point[] {
  const points: Point[] = [];
  const x = ranks.map(log10);
  const y = totals.map(log10);
  const last = x[x.length - 1] ?? -Infinity;
  let right = 1;
  for (let i = 0; ; i++) {
    const rank = log10(Math.max(1, excludeFrom)) + i * step;
    if (rank > last) return points;
    while (right < x.length - 1 && (x[right] as number) < rank) right++;
    const [x0, x1] = [x[right - 1] as number, x[right] as number];
    const t = (rank - x0) / (x1 - x0);
    points.push({ rank, total: (1 - t) * (y[right - 1] as number) + t * (y[right] as number) });
  }
}

function steepest(grid: readonly Point[]): number {
  let best = halfWindow;
  const fall = (i: number): number => (grid[i - halfWindow] as Point).total - (grid[i + halfWindow] as Point).total;
  for (let i = halfWindow; i < grid.length - halfWindow; i++) if (fall(i) > fall(best)) best = i;
  return best;
}

function farthestAbove(grid: readonly Point[], end: number): number {
  const [a, b] = [grid[0] as Point, grid[end] as Point];
  const slope = (b.total - a.total) / (b.rank - a.rank);
  const above = (i: number): number => {
    const point = grid[i] as Point;
    return point.total - a.total - slope * (point.rank - a.rank);
  };
  let best = 0;
  for (let i = 1; i <= end; i++) if (above(i) > above(best)) best = i;
  return best;
}

/** The total of the barcode nearest to a grid point, not above it in rank: a count that occurs. */
function totalAt({ totals, ranks }: Curve, grid: readonly Point[], index: number): number {
  const { rank } = grid[index] as Point;
  let at = 0;
  while (at < ranks.length - 1 && log10(ranks[at + 1] as number) <= rank) at++;
  return totals[at] as number;
}
