import { exp2, log } from '../core/pinned-math.js';
import { median } from '../stats/quantile.js';
import { type CollectedCells } from './collect-genes.js';
import { forEachCount, type UntreatedProfile } from './untreated-profile.js';

/** What a caller expects of every collected gene; zero where it is not part of it. */
export interface CallerEffects {
  /** Shrunken mean log2 effect. */
  readonly effects: Float64Array;
  /** Log2 effects of each training patient. */
  readonly training: readonly Float64Array[];
  /** What a patient that did not teach the caller shows of it, as a share of what its teachers show. */
  readonly heldOutShare: number;
}

/** The score of every cell and its first three moments in an untreated and in a persister cell of the same depth. */
export interface CellScores {
  /** Standardised score: mean 0 and variance 1 in an untreated cell of independent genes. */
  readonly z: Float64Array;
  /** Mean of `z` in a cell with the full learned effects; its reciprocal is the standard error of the activity z / shift. */
  readonly shift: Float64Array;
  /** Third central moment of `z` in an untreated cell, and in one with the full effects. */
  readonly skew: Float64Array;
  readonly skewShifted: Float64Array;
  /** Variance of `z` in a cell with the full effects. */
  readonly varianceShifted: Float64Array;
  /** Weight of every gene of the caller. */
  readonly weights: Float64Array;
}

/**
 * Scores cells by a fixed linear form S = Σ a_g k_g over the genes of the caller. The weights are those of the log likelihood
 * ratio of two negative binomials at the median depth L₀ of the patient, untreated (μ₀ = L₀π) against shifted by the learned
 * effect (μ₁ = μ₀·2^δ): `a = ln[μ₁(1 + φμ₀) / (μ₀(1 + φμ₁))]`, the most powerful form where genes are independent given the state.
 *
 * Because S is linear, its moments at any depth L are polynomials in L: mean `L Σ aπ`, variance
 * `L Σ a²π + L (Σ aπ)² + L² Σ a²φπ²` (the middle term is the Poisson error of the depth itself), third moment
 * `L Σ a³π + 3L² Σ a³φπ² + 2L³ Σ a³φ²π³`; the same with π·2^δ in a shifted cell. The score is `z = (S − mean) / √variance`.
 *
 * The activity of a cell is z / shift. Its unit is a persister state as strong as in the other patients, had they not taught the
 * caller: the median over the training patients of the S that their own effects give at the rates of this patient, times the
 * held-out share. Where that is not above zero the shrunken mean effects give the unit.
 *
 * @param caller - learned log2 effects of every collected gene; zero for genes that are not part of the caller
 * @returns one entry per cell; NaN for cells without depth
 */
export function scoreCells(cells: CollectedCells, profile: UntreatedProfile, caller: CallerEffects): CellScores {
  const { effects } = caller;
  const weights = callerWeights(cells, profile, effects);
  const base = momentsOf(weights, profile.rate, profile.dispersion);
  const shifted = momentsOf(
    weights,
    profile.rate.map((pi, g) => pi * exp2(effects[g] as number)),
    profile.dispersion,
  );
  const unit = unitStrength(weights, profile.rate, caller) / (shifted.mean - base.mean);
  const column = (): Float64Array => new Float64Array(cells.nCells).fill(NaN);
  const scores = { z: column(), shift: column(), skew: column(), skewShifted: column(), varianceShifted: column() };
  for (let c = 0; c < cells.nCells; c++) {
    const L = cells.depth[c] as number;
    if (!(L > 0)) continue;
    let sum = 0;
    forEachCount(cells, c, (slot, k) => {
      sum += (weights[slot] as number) * k;
    });
    const variance = base.variance(L);
    const sd = Math.sqrt(variance);
    scores.z[c] = (sum - L * base.mean) / sd;
    scores.shift[c] = (unit * L * (shifted.mean - base.mean)) / sd;
    const skew = base.third(L) / (variance * sd);
    scores.skew[c] = skew;
    scores.skewShifted[c] = skew + unit * (shifted.third(L) / (variance * sd) - skew);
    scores.varianceShifted[c] = 1 + unit * (shifted.variance(L) / variance - 1);
  }
  return { ...scores, weights };
}

/** Mean of S per count of depth, beyond an untreated cell, in a persister state as strong as in the median training patient. */
function unitStrength(weights: Float64Array, rate: Float64Array, caller: CallerEffects): number {
  const gain = (own: Float64Array): number =>
    own.reduce((sum, delta, g) => sum + (weights[g] as number) * (rate[g] as number) * (exp2(delta) - 1), 0);
  const typical = caller.training.length === 0 ? 0 : median(caller.training.map(gain)) * caller.heldOutShare;
  return typical > 0 ? typical : gain(caller.effects);
}

function callerWeights(
  cells: CollectedCells,
  { rate, dispersion }: UntreatedProfile,
  effects: Float64Array,
): Float64Array {
  const typicalDepth = median(cells.depth);
  return effects.map((delta, g) => {
    if (delta === 0) return 0;
    const mu0 = typicalDepth * (rate[g] as number);
    const mu1 = mu0 * exp2(delta);
    const phi = dispersion[g] as number;
    return log((mu1 * (1 + phi * mu0)) / (mu0 * (1 + phi * mu1)));
  });
}

/** Moments of S at depth L, for given rates. */
interface Moments {
  /** Per unit of depth. */
  readonly mean: number;
  readonly variance: (L: number) => number;
  readonly third: (L: number) => number;
}

function momentsOf(a: Float64Array, rate: Float64Array, dispersion: Float64Array): Moments {
  let mean = 0;
  let v1 = 0;
  let v2 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  for (let g = 0; g < a.length; g++) {
    const [weight, pi, phi] = [a[g] as number, rate[g] as number, dispersion[g] as number];
    const cube = weight * weight * weight;
    mean += weight * pi;
    v1 += weight * weight * pi;
    v2 += weight * weight * phi * pi * pi;
    t1 += cube * pi;
    t2 += 3 * cube * phi * pi * pi;
    t3 += 2 * cube * phi * phi * pi * pi * pi;
  }
  v1 += mean * mean;
  t1 -= mean * mean * mean;
  return {
    mean,
    variance: (L) => L * (v1 + L * v2),
    third: (L) => L * (t1 + L * (t2 + L * t3)),
  };
}
