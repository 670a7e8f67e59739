import type { Estimate } from '../core/method.js';
import { randomEffects } from '../stats/meta-analysis.js';

/**
 * Mean of one share per patient, each weighing the same, with the t interval over patients, cut at the limits a share has.
 * Patients without a number take no part.
 *
 * @param values - one per patient, null or NaN where it was not measured
 * @param limits - smallest and largest value possible
 */
export function meanOverPatients(
  values: readonly (number | null)[],
  limits: readonly [number, number] = [0, 1],
): Estimate {
  const known = values.flatMap((value) => (value !== null && Number.isFinite(value) ? [value] : []));
  const mean = randomEffects(
    known,
    known.map(() => 0),
  );
  const cut = (value: number | null): number | null =>
    value === null ? null : Math.min(limits[1], Math.max(limits[0], value));
  return {
    value: known.length === 0 ? null : mean.estimate,
    low: cut(mean.low),
    high: cut(mean.high),
    level: mean.level,
    method: 'mean over patients, each weighing the same, with a t interval over patients',
    status: known.length === 0 ? 'not-identifiable' : mean.status,
    reasons:
      known.length === 0
        ? ['no patient has enough cells']
        : mean.status === 'ok'
          ? []
          : ['an interval over patients needs two of them that differ'],
  };
}
