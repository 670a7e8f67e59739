import { type GroupProfiles, groupVariance, jackknifeDf } from './group-sums.js';
import type { AxisComparison } from './score-axes.js';

/** Two groups of cells of one patient. */
export interface GroupPair {
  readonly patient: string;
  readonly from: number;
  readonly to: number;
}

/** One group of cells against another, patient by patient; pairs with a group that cannot be used are left out. */
export function groupComparison(profiles: GroupProfiles, pairs: readonly GroupPair[]): AxisComparison {
  const { genes } = profiles.sums;
  const kept = pairs.filter(({ from, to }) => profiles.usable[from] === true && profiles.usable[to] === true);
  const effects = new Float64Array(genes.length * kept.length);
  const averageExpression = new Float64Array(genes.length);
  kept.forEach(({ from, to }, p) => {
    for (let g = 0; g < genes.length; g++) {
      const before = profiles.logExpression[from * genes.length + g] as number;
      const after = profiles.logExpression[to * genes.length + g] as number;
      effects[g * kept.length + p] = after - before;
      averageExpression[g] = (averageExpression[g] as number) + (before + after) / (2 * kept.length);
    }
  });
  return {
    genes,
    patients: kept.map(({ patient }) => patient),
    effects,
    averageExpression,
    errorsOf: (set) =>
      kept.map(({ from, to }) => {
        const variance = groupVariance(profiles, set, from) + groupVariance(profiles, set, to);
        return { standardError: Math.sqrt(variance), df: jackknifeDf, basis: 'cell-blocks' };
      }),
  };
}
