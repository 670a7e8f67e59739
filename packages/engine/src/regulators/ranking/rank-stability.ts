/** How much a rank depends on single patients. */
export interface RegulatorStability {
  /** Best and worst rank over the runs without one patient. */
  readonly low: number;
  readonly high: number;
  /** Share of the runs in which the regulator is among the first. */
  readonly share: number;
  /** Rank of every run, in the order of the patients left out. */
  readonly ranks: readonly number[];
}

/** Interval and share of the runs among the first `top`; null without runs. */
export function rankStability(ranks: readonly number[], top: number): RegulatorStability | null {
  if (ranks.length === 0) return null;
  return {
    low: Math.min(...ranks),
    high: Math.max(...ranks),
    share: ranks.filter((rank) => rank <= top).length / ranks.length,
    ranks,
  };
}
