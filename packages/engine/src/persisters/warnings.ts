import type { Warning } from '../core/method.js';
import type { JudgedOutcome } from './assemble-calls.js';
import type { ReplicateVariation } from './fraction-estimate.js';
import type { PlantedCalibration, ShuffleControl } from './types.js';

/** A confounder this many untreated standard deviations higher under treatment is worth a warning. */
const largeShift = 1;
/** Share of shuffled-label calls above which the controls have failed. */
const shuffleTolerance = 0.01;
const watched = new Set(['dissociation', 'stress', 'mitochondrial', 'ambient']);

/** Calibration error on planted cells above which probabilities are not to be taken at their word. */
const calibrationTolerance = 0.05;

/** What warnings are drawn from besides the outcomes. */
export interface WarningInput {
  readonly variation: ReplicateVariation | null;
  readonly shuffles: ShuffleControl | null;
  readonly calibration: PlantedCalibration;
}

/** What a reader of the calls should know. */
export function callWarnings(
  outcomes: readonly JudgedOutcome[],
  { variation, shuffles, calibration }: WarningInput,
): readonly Warning[] {
  const shifted = outcomes.flatMap(({ plan, states }) =>
    (states?.associations ?? [])
      .filter(({ name, shift }) => watched.has(name) && shift >= largeShift)
      .map(
        ({ name, shift }): Warning => ({
          code: `persisters-${name}-raised`,
          message: `${plan.patient}: the ${name} score is ${shift.toFixed(1)} standard deviations higher under treatment; its genes are not part of the caller.`,
        }),
      ),
  );
  const unconverged = outcomes
    .filter(({ states }) => states?.mixture.converged === false)
    .map(
      ({ plan }): Warning => ({
        code: 'persisters-not-converged',
        message: `${plan.patient}: the two-state mixture did not converge; its fractions are uncertain.`,
      }),
    );
  const failed: readonly Warning[] =
    shuffles !== null && shuffles.nCalled > shuffleTolerance * shuffles.nCells
      ? [
          {
            code: 'persisters-shuffle-control',
            message: `Callers learned from shuffled stage labels call ${((100 * shuffles.nCalled) / shuffles.nCells).toFixed(1)} % of cells: the calls are not specific to the stage.`,
          },
        ]
      : [];
  const unreplicated: readonly Warning[] =
    variation === null && outcomes.some(({ states }) => states !== null)
      ? [
          {
            code: 'persisters-unreplicated',
            message:
              'No patient has two single-cell samples of one stage and treatment: intervals of fractions are technical only.',
          },
        ]
      : [];
  const error = calibration.calibrationError ?? 0;
  const miscalibrated: readonly Warning[] =
    error > calibrationTolerance
      ? [
          {
            code: 'persisters-calibration',
            message: `On untreated cells given the programme by hand the probabilities are off by ${(100 * error).toFixed(0)} % on average: take them as a ranking.`,
          },
        ]
      : [];
  return [...shifted, ...unconverged, ...failed, ...miscalibrated, ...unreplicated];
}
