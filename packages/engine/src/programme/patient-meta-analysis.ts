import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { randomEffects } from '../stats/meta-analysis.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import type { PatientEffects } from './patient-effects.js';
import { patientLevelTest } from './patient-level-test.js';

/** What {@link patientMetaAnalysis} is. */
export const patientMetaAnalysisInfo: MethodInfo = {
  id: 'patient-meta-analysis',
  title: 'Random-effects meta-analysis of one effect per patient',
  version: '1.0.0',
  doi: ['10.1002/sim.1482', '10.1002/jrsm.1164', '10.2202/1544-6115.1027'],
  input: 'one effect per gene and patient, with sampling standard errors',
  output: 'per gene mean effect with interval, heterogeneity, moderated t over patients, P value and adjusted P value',
  random: false,
};

/** Options of {@link patientMetaAnalysis}. */
export interface PatientMetaAnalysisOptions {
  /** False-discovery rate at which genes are called. */
  readonly fdr: number;
  /** `equal` (default): each patient weighs the same. `inverse-variance`: by precision, for comparison. */
  readonly weights?: 'equal' | 'inverse-variance';
  /** Estimator of the variance between patients. Default REML. */
  readonly tau?: 'REML' | 'PM';
  /** Coverage of the interval. Default 0.95. */
  readonly level?: number;
}

/** The patient-level estimate of the shared programme; one entry per gene. */
export interface PatientMetaAnalysis {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly genes: readonly string[];
  readonly patients: readonly string[];
  readonly weights: 'equal' | 'inverse-variance';
  readonly level: number;
  /** Mean log2 fold change over patients, with its Hartung–Knapp interval and P value. */
  readonly effect: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly pHartungKnapp: Float64Array;
  /** Variance between patients, its share of the total, Cochran's Q and its P value; NaN without sampling errors. */
  readonly tau2: Float64Array;
  readonly i2: Float64Array;
  readonly q: Float64Array;
  readonly qPValue: Float64Array;
  /** Moderated t of the unweighted patient effects: the ranking statistic. */
  readonly t: Float64Array;
  readonly pValue: Float64Array;
  readonly pAdjusted: Float64Array;
  readonly dfTotal: number;
  readonly dfPrior: number;
  /** Patients whose effect has the sign of the mean. */
  readonly nAgreeing: Int32Array;
  /** +1 raised, −1 lowered, 0 not called at `fdr`. */
  readonly direction: Int8Array;
}

/**
 * Pools one effect per patient, gene by gene. With equal weights the estimate is the plain mean and its Hartung–Knapp interval
 * that of the one-sample t: it needs no sampling errors, so borrowed ones cannot mislead it. Sampling errors enter τ², I² and
 * Q only (and everything with inverse-variance weights). Genes are ranked and called by the moderated t over patients, which
 * shares the between-patient variance across genes.
 *
 * @throws OptionError when an option is out of range
 * @see doi:10.1002/sim.1482 (Hartung–Knapp), doi:10.1002/jrsm.1164 (estimators of τ²), doi:10.2202/1544-6115.1027 (moderation)
 * @example
 * ```ts
 * const shared = patientMetaAnalysis(effects, { fdr: 0.05 });
 * shared.genes.filter((_, g) => shared.direction[g] === 1);
 * ```
 */
export function patientMetaAnalysis(effects: PatientEffects, options: PatientMetaAnalysisOptions): PatientMetaAnalysis {
  const { fdr, weights = 'equal', tau = 'REML', level = 0.95 } = options;
  if (!(fdr > 0 && fdr < 1)) throw new OptionError('Option fdr must lie between 0 and 1.', { found: String(fdr) });
  const nGenes = effects.genes.length;
  const k = effects.patients.length;
  const pooled = emptyColumns(nGenes);
  for (let g = 0; g < nGenes; g++) {
    const y = effects.effects.subarray(g * k, (g + 1) * k);
    const variances = effects.standardErrors.subarray(g * k, (g + 1) * k).map((se) => se * se);
    const result = randomEffects(y, variances, { weights, tau, level });
    pooled.effect[g] = result.estimate ?? NaN;
    pooled.low[g] = result.low ?? NaN;
    pooled.high[g] = result.high ?? NaN;
    pooled.pHartungKnapp[g] = result.pValue ?? NaN;
    pooled.tau2[g] = result.tau2 ?? NaN;
    pooled.i2[g] = result.i2 ?? NaN;
    pooled.q[g] = result.q ?? NaN;
    pooled.qPValue[g] = result.qPValue ?? NaN;
    const sign = Math.sign(pooled.effect[g] as number);
    pooled.nAgreeing[g] = y.filter((effect) => Math.sign(effect) === sign).length;
  }
  return {
    status: k >= 2 ? 'ok' : 'not-identifiable',
    reasons: k >= 2 ? [] : ['a mean over patients needs at least two of them with both stages'],
    genes: effects.genes,
    patients: effects.patients,
    weights,
    level,
    ...pooled,
    ...rankingStatistic(effects, fdr),
  };
}

type Ranking = Pick<PatientMetaAnalysis, 't' | 'pValue' | 'pAdjusted' | 'dfTotal' | 'dfPrior' | 'direction'>;

function rankingStatistic(effects: PatientEffects, fdr: number): Ranking {
  const nGenes = effects.genes.length;
  if (effects.patients.length < 2) {
    const missing = (): Float64Array => new Float64Array(nGenes).fill(NaN);
    const none = { t: missing(), pValue: missing(), pAdjusted: missing() };
    return { ...none, dfTotal: 0, dfPrior: NaN, direction: new Int8Array(nGenes) };
  }
  const everyone = effects.patients.map((_, k) => k);
  const { t, pValue, dfTotal, dfPrior } = patientLevelTest(effects, everyone);
  const pAdjusted = benjaminiHochberg(pValue);
  const direction = Int8Array.from(t, (value, g) => ((pAdjusted[g] as number) <= fdr ? Math.sign(value) : 0));
  return { t, pValue, pAdjusted, dfTotal, dfPrior, direction };
}

function emptyColumns(
  nGenes: number,
): Pick<
  PatientMetaAnalysis,
  'effect' | 'low' | 'high' | 'pHartungKnapp' | 'tau2' | 'i2' | 'q' | 'qPValue' | 'nAgreeing'
> {
  const column = (): Float64Array => new Float64Array(nGenes);
  return {
    effect: column(),
    low: column(),
    high: column(),
    pHartungKnapp: column(),
    tau2: column(),
    i2: column(),
    q: column(),
    qPValue: column(),
    nAgreeing: new Int32Array(nGenes),
  };
}
