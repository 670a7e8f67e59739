import { rngFor, type RunContext } from '../core/context.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { squeezeVariances } from '../stats/squeeze-variances.js';

/** What exchanging the two stages within patients does to the largest t of a list of genes. */
export interface SignFlipNull {
  /** Labellings looked at; every one of the 2^k where `exact`. */
  readonly nDraws: number;
  readonly exact: boolean;
  /** Per gene of the list: share of labellings whose largest t reaches its own. */
  readonly pFamilyWise: Float64Array;
  /** The 95 % quantile of the largest t. */
  readonly highestT: number;
}

/** Up to this many patients every labelling is looked at. */
const exactPatients = 11;
const randomDraws = 2000;

/**
 * Family-wise error of the best gene of a list by exchanging `from` and `to` in whole patients: each labelling flips the sign
 * of some patients' effects, for all genes together, so the correlation between genes is kept. The statistic is the one-sided
 * moderated t over patients, t = ē / √((d₀s₀² + (k − 1)s²) / (d₀ + k − 1) / k), with the prior (d₀, s₀²) of the unflipped data.
 *
 * With k patients P cannot go below 1/2^k. Gives NaN with fewer than two.
 *
 * @param rows - rows of the listed genes in the effects
 * @see Westfall and Young 1993, Resampling-Based Multiple Testing (max-T)
 */
export function signFlipNull(effects: PatientEffects, rows: ArrayLike<number>, context: RunContext): SignFlipNull {
  const k = effects.patients.length;
  const missing = new Float64Array(rows.length).fill(NaN);
  if (k < 2 || rows.length === 0) return { nDraws: 0, exact: true, pFamilyWise: missing, highestT: NaN };
  const statistic = flippedStatistic(effects, rows);
  const signs = labellings(k, context);
  const observed = statistic(new Float64Array(k).fill(1));
  const highest = Float64Array.from(signs, (flips) => largest(statistic(flips)));
  highest.sort();
  const reaching = (t: number): number => highest.length - firstAtLeast(highest, t - 1e-9);
  return {
    nDraws: signs.length,
    exact: k <= exactPatients,
    pFamilyWise: observed.map((t) => (Number.isNaN(t) ? NaN : share(reaching(t), signs.length, k <= exactPatients))),
    highestT: highest[Math.min(highest.length - 1, Math.floor(0.95 * highest.length))] as number,
  };
}

/** Exact enumerations hold the observed labelling; random ones are given it. */
function share(count: number, total: number, exact: boolean): number {
  return exact ? count / total : (1 + count) / (1 + total);
}

function labellings(k: number, context: RunContext): readonly Float64Array[] {
  if (k <= exactPatients) {
    return Array.from({ length: 2 ** k }, (_, code) =>
      Float64Array.from({ length: k }, (__, p) => ((code >> p) & 1 ? -1 : 1)),
    );
  }
  const rng = rngFor(context, 'markers/sign-flips');
  return Array.from({ length: randomDraws }, () =>
    Float64Array.from({ length: k }, () => (rng.uniform() < 0.5 ? -1 : 1)),
  );
}

function flippedStatistic(effects: PatientEffects, rows: ArrayLike<number>): (signs: Float64Array) => Float64Array {
  const k = effects.patients.length;
  const { prior, dfPrior } = priorOf(effects);
  const values = Array.from(rows, (row) => effects.effects.subarray(row * k, (row + 1) * k));
  const squares = values.map((own) => own.reduce((sum, value) => sum + value * value, 0));
  return (signs) => {
    const t = new Float64Array(rows.length);
    values.forEach((own, i) => {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += (signs[p] as number) * (own[p] as number);
      const within = (squares[i] as number) - (sum * sum) / k;
      const variance = dfPrior === Infinity ? prior : (dfPrior * prior + Math.max(0, within)) / (dfPrior + k - 1);
      t[i] = sum / k / Math.sqrt(variance / k);
    });
    return t;
  };
}

function priorOf(effects: PatientEffects): { readonly prior: number; readonly dfPrior: number } {
  const k = effects.patients.length;
  const variances = effects.genes.map((_, g) => {
    const own = effects.effects.subarray(g * k, (g + 1) * k);
    const centre = own.reduce((sum, value) => sum + value, 0) / k;
    return own.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (k - 1);
  });
  return squeezeVariances(variances, k - 1);
}

function largest(values: Float64Array): number {
  let top = -Infinity;
  for (const value of values) if (value > top) top = value;
  return top;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
