import type { CopyState } from './types.js';

/** What effects are expected of a state, log2. */
export interface CopyStateModel {
  readonly state: CopyState;
  readonly prior: number;
  readonly mean: number;
  readonly spread: number;
}

/** Spread of the effects of unaltered arms beyond their standard errors, log2, where the reference is cells of the same study. */
export const sameStudySpread = 0.05;
/** The same where the reference is a profile from elsewhere: technologies differ along whole stretches of the genome. */
export const profileSpread = 0.1;

/** Loss of one copy of two (−1), neutral, and gain of one (0.585), partly compensated. */
export function copyStates(neutralSpread: number): readonly CopyStateModel[] {
  return [
    { state: 'loss', prior: 0.1, mean: -0.8, spread: 0.3 },
    { state: 'neutral', prior: 0.8, mean: 0, spread: neutralSpread },
    { state: 'gain', prior: 0.1, mean: 0.55, spread: 0.2 },
  ];
}
