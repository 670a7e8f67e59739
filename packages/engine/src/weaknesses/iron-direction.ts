import { randomEffects } from '../stats/meta-analysis.js';
import type { AxisScore, IronDirection } from './types.js';

/**
 * Tells the two opposite iron hypotheses apart: which of them the patients share, and overload less starvation in every
 * patient. Their genes overlap with opposite signs, so both can be raised only by the genes they do not share.
 */
export function ironDirection(overload: AxisScore, starvation: AxisScore): IronDirection {
  const other = new Map(starvation.patients.map(({ patient, effect }) => [patient, effect]));
  const patients = overload.patients.flatMap(({ patient, effect }) => {
    const opposite = other.get(patient);
    return opposite === undefined ? [] : [{ patient, difference: effect - opposite }];
  });
  const differences = patients.map(({ difference }) => difference);
  const pooled = randomEffects(
    differences,
    differences.map(() => NaN),
  );
  return {
    verdict: verdictOf(overload, starvation),
    difference: { effect: pooled.estimate, low: pooled.low, high: pooled.high },
    patients,
  };
}

function verdictOf(overload: AxisScore, starvation: AxisScore): IronDirection['verdict'] {
  if (overload.verdict === 'not testable' && starvation.verdict === 'not testable') return 'not testable';
  const [more, less] = [overload.verdict === 'raised', starvation.verdict === 'raised'];
  if (more && less) return 'both';
  if (more) return 'overload';
  return less ? 'starvation' : 'neither';
}
