import { OptionError } from '../../core/errors.js';
import type { Stage } from '../../study/types.js';

/** Options of `geneticAlarm`. */
export interface GeneticAlarmOptions {
  /** Stages between which clones are compared; untreated to residual by default. */
  readonly contrast?: { readonly from: Stage; readonly to: Stage };
  /** Level of the test of each patient and source; 0.01 by default, so that a study of several patients rarely raises a false alarm. */
  readonly alpha?: number;
  readonly permutations?: number;
  /** Fewest cells with a label and a state; 40 by default. */
  readonly minimumCells?: number;
  /** Fewest of them in the rarer state of their sample, over samples; 10 by default. */
  readonly minimumPerState?: number;
  /** Fewest cells of a clone, or with an altered arm or a variant, to be named as most tied; 5 by default. */
  readonly minimumCarriers?: number;
  /** A heritability whose upper bound is below this is no tie; 0.2 by default. */
  readonly margin?: number;
  /** A tie of at least this heritability, with at least this share of the persisters in one clone, is selection; 0.5 by default. */
  readonly strong?: number;
  /** Least share of cells that change state for an adaptation where no tie can be tested; 0.5 by default, as for lineages. */
  readonly changed?: number;
  readonly level?: number;
}

/** Options with their defaults. */
export type ResolvedAlarmOptions = Required<GeneticAlarmOptions>;

/** Fills in the defaults and checks ranges. */
export function resolveAlarmOptions(options: GeneticAlarmOptions): ResolvedAlarmOptions {
  const resolved: ResolvedAlarmOptions = {
    contrast: { from: 'untreated', to: 'residual' },
    alpha: 0.01,
    permutations: 1000,
    minimumCells: 40,
    minimumPerState: 10,
    minimumCarriers: 5,
    margin: 0.2,
    strong: 0.5,
    changed: 0.5,
    level: 0.95,
    ...options,
  };
  for (const name of ['alpha', 'margin', 'strong', 'changed', 'level'] as const) {
    if (resolved[name] > 0 && resolved[name] < 1) continue;
    throw new OptionError(`Option ${name} must lie between 0 and 1.`, { found: String(resolved[name]) });
  }
  if (resolved.permutations * resolved.alpha < 1) {
    throw new OptionError('Too few permutations to reach the level of the test.', {
      expected: `at least ${String(Math.ceil(1 / resolved.alpha))}`,
      found: String(resolved.permutations),
    });
  }
  return resolved;
}
