import type { Estimate } from '../../core/method.js';
import type { PersisterCalls, PersisterSample } from '../../persisters/types.js';

/**
 * Fraction of cells in the persister state over some samples of one patient and stage, from the calls as they are: that of the sample, that
 * of the stage where these are all its samples, else the mean over samples weighted by cells. The ends of that mean are the
 * weighted means of the ends, which hold at least as much as the samples' intervals do.
 *
 * @param samples - names
 * @returns null where nothing was called
 */
export function calledFraction(
  { samples: all, patients }: PersisterCalls,
  patient: string,
  samples: readonly string[],
): Estimate | null {
  const own = all.filter(({ sample }) => samples.includes(sample)).filter(({ fraction }) => fraction.value !== null);
  const [first] = own;
  if (first === undefined) return null;
  if (own.length === 1) return first.fraction;
  const ofStage = all.filter((s) => s.patient === patient && s.stage === first.stage);
  const stage = patients.find((p) => p.patient === patient)?.stages.find((s) => s.stage === first.stage);
  if (stage !== undefined && ofStage.every(({ sample }) => samples.includes(sample))) return stage.fraction;
  return weightedMean(own);
}

function weightedMean(samples: readonly PersisterSample[]): Estimate {
  const total = samples.reduce((sum, { nCells }) => sum + nCells, 0);
  const mean = (of: (fraction: Estimate) => number): number =>
    samples.reduce((sum, { nCells, fraction }) => sum + (nCells * of(fraction)) / total, 0);
  const isNone = samples.every(({ fraction }) => fraction.status === 'censored-low');
  return {
    value: mean(({ value }) => value ?? 0),
    low: mean(({ low }) => low ?? 0),
    high: mean(({ high }) => high ?? 1),
    level: samples[0]?.fraction.level ?? NaN,
    method: 'mean over samples weighted by their cells, as are the ends of their intervals',
    status: isNone ? 'censored-low' : 'ok',
    reasons: [],
  };
}
