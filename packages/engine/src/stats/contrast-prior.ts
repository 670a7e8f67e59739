import { studentQuantile, studentTwoSided } from './distributions.js';
import { logStudentUpper, studentUpperQuantile } from './log-tails.js';

/** What the prior of one contrast is estimated from: one entry per gene. */
export interface ContrastStatistics {
  readonly t: Float64Array;
  readonly stdevUnscaled: Float64Array;
  readonly dfTotal: Float64Array;
}

/** Options of `contrastPriorVariance`. */
export interface ContrastPriorOptions {
  /** Assumed share of genes that change. */
  readonly proportion: number;
  /** Smallest and largest prior variance allowed. */
  readonly limits: readonly [number, number];
}

/**
 * Unscaled prior variance v₀ of the effects of changed genes. The ⌈p n/2⌉ largest |t| are matched to the quantiles they would
 * have if a share p of genes had t scaled by √(1 + v₀/v) and the others were null; v₀ is the mean of the solutions
 * v ((|t|/q)² − 1), each kept within the limits.
 *
 * @returns the prior variance; null when there is no gene
 * @see doi:10.2202/1544-6115.1027, section 6.3; limma 3.54 `tmixture.vector`
 */
export function contrastPriorVariance(statistics: ContrastStatistics, options: ContrastPriorOptions): number | null {
  const { proportion, limits } = options;
  const present = Uint32Array.from(statistics.t, (_, i) => i).filter((i) => Number.isFinite(statistics.t[i]));
  const n = present.length;
  const nTop = Math.ceil((proportion / 2) * n);
  if (nTop < 1) return null;
  const share = Math.max(nTop / n, proportion);
  const dfMax = present.reduce((most, i) => Math.max(most, statistics.dfTotal[i] as number), 0);
  let sum = 0;
  largestStatistics(statistics, present, nTop, dfMax).forEach(({ t, gene }, rank) => {
    const null0 = studentTwoSided(t, dfMax);
    const target = ((rank + 0.5) / n - (1 - share) * null0) / share;
    const u = statistics.stdevUnscaled[gene] as number;
    const ratio = target > null0 ? t / -studentQuantile(target / 2, dfMax) : 1;
    sum += Math.min(Math.max(u * u * (ratio * ratio - 1), limits[0]), limits[1]);
  });
  return sum / nTop;
}

interface TopStatistic {
  readonly t: number;
  readonly gene: number;
}

/**
 * The `nTop` largest |t| after each is moved to the same tail probability at `dfMax`. That never raises |t|, so genes are
 * taken by raw |t| and the search stops at the first that cannot enter any more.
 */
function largestStatistics(
  { t, dfTotal }: ContrastStatistics,
  present: Uint32Array,
  nTop: number,
  dfMax: number,
): readonly TopStatistic[] {
  const size = (i: number): number => Math.abs(t[i] as number);
  const order = present.slice().sort((a, b) => size(b) - size(a) || a - b);
  const top: TopStatistic[] = [];
  for (const gene of order) {
    const last = top.at(-1);
    if (top.length === nTop && last !== undefined && size(gene) <= last.t) break;
    const moved = (dfTotal[gene] as number) < dfMax ? atDf(size(gene), dfTotal[gene] as number, dfMax) : size(gene);
    const place = top.findIndex((other) => other.t < moved);
    top.splice(place < 0 ? top.length : place, 0, { t: moved, gene });
    if (top.length > nTop) top.pop();
  }
  return top;
}

function atDf(t: number, df: number, dfMax: number): number {
  const logTail = logStudentUpper(t, df);
  return dfMax === Infinity ? t : studentUpperQuantile(logTail, dfMax);
}
