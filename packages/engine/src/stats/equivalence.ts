import { OptionError } from '../core/errors.js';
import { studentQuantile, studentUpper } from './distributions.js';

/** An estimate with what its t distribution needs. */
export interface StudentEstimate {
  readonly estimate: number;
  readonly standardError: number;
  /** Degrees of freedom; Infinity for a normal estimate. */
  readonly df: number;
}

/** Options of `equivalenceTest`. */
export interface EquivalenceOptions {
  /** Largest difference from `target` that does not matter; above zero. */
  readonly margin: number;
  /** The value to be equivalent to. Default 0. */
  readonly target?: number;
  /** Level of each one-sided test. Default 0.05. */
  readonly alpha?: number;
}

/** Outcome of two one-sided tests. */
export interface Equivalence {
  /** P value of "not below target − margin". */
  readonly pLower: number;
  /** P value of "not above target + margin". */
  readonly pUpper: number;
  /** The larger of the two: P value of equivalence. */
  readonly pValue: number;
  /** The 1 − 2α interval of the estimate; equivalence at α means that it lies within the margin. */
  readonly low: number;
  readonly high: number;
  readonly equivalent: boolean;
}

/**
 * Two one-sided t tests of equivalence: both |estimate − target| ≥ margin hypotheses must be rejected. A large P value says
 * that equivalence was not shown, never that there is a difference.
 *
 * @throws OptionError for a margin that is not above zero, an alpha outside 0 to ½, or a standard error or df that is not
 * above zero
 * @see Schuirmann, doi:10.1007/BF01068419
 */
export function equivalenceTest(value: StudentEstimate, options: EquivalenceOptions): Equivalence {
  const { margin, target = 0, alpha = 0.05 } = options;
  const { estimate, standardError, df } = value;
  if (!(margin > 0)) throw new OptionError('An equivalence margin must be above zero.', { found: String(margin) });
  if (!(alpha > 0 && alpha < 0.5)) throw new OptionError('Alpha must be between 0 and ½.', { found: String(alpha) });
  if (!(standardError > 0 && df > 0)) {
    throw new OptionError('An equivalence test needs a standard error and degrees of freedom above zero.', {
      found: `standard error ${String(standardError)}, df ${String(df)}`,
    });
  }
  const pLower = studentUpper((estimate - target + margin) / standardError, df);
  const pUpper = studentUpper((target + margin - estimate) / standardError, df);
  const half = studentQuantile(1 - alpha, df) * standardError;
  const pValue = Math.max(pLower, pUpper);
  return { pLower, pUpper, pValue, low: estimate - half, high: estimate + half, equivalent: pValue < alpha };
}
