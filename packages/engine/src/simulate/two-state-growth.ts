import { exp, expm1 } from '../core/pinned-math.js';

/** Rates of the sensitive–persister model, all per day. */
export interface TwoStateRates {
  /** Net growth of sensitive cells, g_S. */
  readonly growthSensitive: number;
  /** Net growth of persister cells, g_P. */
  readonly growthPersister: number;
  /** Entry into the persister state, u ≥ 0. */
  readonly entry: number;
  /** Exit from the persister state, v ≥ 0. */
  readonly exit: number;
}

/** Amounts of sensitive and persister cells, in any one unit (cells, mm³, fractions of the start). */
export interface TwoStateTumour {
  readonly sensitive: number;
  readonly persister: number;
}

/**
 * Solves dS/dt = (g_S − u)S + vP, dP/dt = uS + (g_P − v)P exactly over a time during which the rates do not change.
 * With A the matrix of the system, m half its trace and h² = m² − det A, exp(At) = e^{mt}(cosh(ht) I + sinh(ht)/h (A − mI)).
 * h is real because u and v are not negative.
 *
 * @param start - the tumour at time 0
 * @param rates - constant rates, per day
 * @param timeDays - ≥ 0
 * @returns the tumour at `timeDays`, in the unit of `start`
 * @see doi:10.1371/journal.pcbi.1013202 for the model; the test reproduces its nadir and regrowth times.
 */
export function twoStateGrowth(start: TwoStateTumour, rates: TwoStateRates, timeDays: number): TwoStateTumour {
  const a = rates.growthSensitive - rates.entry;
  const d = rates.growthPersister - rates.exit;
  const half = (a + d) / 2;
  const gap = (a - d) / 2;
  const h = Math.sqrt(gap * gap + rates.entry * rates.exit);
  // cosh(ht) and sinh(ht)/h with e^{ht} taken out, so that neither overflows nor loses digits as h → 0.
  const rise = exp((half + h) * timeDays);
  const decay = exp(-2 * h * timeDays);
  const cosh = (rise * (1 + decay)) / 2;
  const sinhOverH = h === 0 ? rise * timeDays : (-rise * expm1(-2 * h * timeDays)) / (2 * h);
  const { sensitive, persister } = start;
  return {
    sensitive: cosh * sensitive + sinhOverH * ((a - half) * sensitive + rates.exit * persister),
    persister: cosh * persister + sinhOverH * (rates.entry * sensitive + (d - half) * persister),
  };
}
