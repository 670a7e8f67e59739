import type { Warning } from '../core/method.js';
import type { JudgedOutcome } from './assemble-calls.js';
import type { ReplicateVariation } from './fraction-estimate.js';
import type { ShuffleControl } from './types.js';

/** A confounder this many untreated standard deviations higher under treatment is worth a warning. */
const largeShift = 1;
/** Share of shuffled-label calls above which the controls have failed. */
const shuffleTolerance = 0.01;
const watched = new Set(['dissociation', 'stress', 'mitochondrial', 'ambient']);

/** What a reader of the calls should know. */
export function callWarnings(
  outcomes: readonly JudgedOutcome[],
  { variation, shuffles }: { readonly variation: ReplicateVariation | null; readonly shuffles: ShuffleControl | null },
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
  return [...shifted, ...unconverged, ...failed, ...unreplicated];
}
