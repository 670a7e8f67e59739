/** How probable a doublet is at each score. */
export interface DoubletProbabilities {
  /** Of each cell, 0 … 1. */
  readonly cells: Float64Array;
  /** Of each simulated doublet, by its score. */
  readonly simulated: Float64Array;
}

/**
 * Probability that a cell is a doublet, from its score and the expected share ρ of doublets:
 *
 * `P(doublet | s) = ρ f_D(s) / f(s)`, at most 1,
 *
 * where f_D is the density of the scores of simulated doublets and f that of the scores of the cells, doublets among them. The ratio
 * is that of a logistic choice between the two groups, f_D/f = (π/(1 − π)) · (cells / simulated), with π(s) the share of simulated
 * doublets at that score, non-decreasing in s: the isotonic regression by pooling adjacent violators.
 *
 * The probabilities of all cells add up to ρ · cells at most, so that no more than ρ · cells / p reach p.
 *
 * @param scores - of cells and of simulated doublets
 * @param expectedRate - ρ, above 0 and below 1
 */
export function doubletProbability(
  scores: { readonly cells: Float64Array; readonly simulated: Float64Array },
  expectedRate: number,
): DoubletProbabilities {
  const nCells = scores.cells.length;
  const nSimulated = scores.simulated.length;
  const joined = new Float64Array(nCells + nSimulated);
  joined.set(scores.cells);
  joined.set(scores.simulated, nCells);
  const ratio = (expectedRate * nCells) / nSimulated;
  const probability = simulatedShares(joined, nCells).map((share) =>
    share < 1 ? Math.min(1, (ratio * share) / (1 - share)) : 1,
  );
  return { cells: probability.slice(0, nCells), simulated: probability.slice(nCells) };
}

interface Pool {
  weight: number;
  simulated: number;
  /** First position in the order of scores. */
  start: number;
}

/** Share of simulated points at each point's score, non-decreasing in the score. */
function simulatedShares(scores: Float64Array, nCells: number): Float64Array {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] as number) - (scores[b] as number) || a - b);
  const pools: Pool[] = [];
  order.forEach((point, position) => {
    const tied = position > 0 && scores[point] === scores[order[position - 1] as number];
    const own = { weight: 1, simulated: point >= nCells ? 1 : 0, start: position };
    if (tied) absorb(pools.at(-1) as Pool, own);
    else pools.push(own);
    // A tie can still turn its pool, so pools are compared once the next score begins.
    const next = order[position + 1];
    if (next === undefined || scores[next] !== scores[point]) poolViolators(pools);
  });
  const shares = new Float64Array(scores.length);
  pools.forEach(({ start, simulated, weight }, i) => {
    const end = pools[i + 1]?.start ?? order.length;
    for (let position = start; position < end; position++) shares[order[position] as number] = simulated / weight;
  });
  return shares;
}

function poolViolators(pools: Pool[]): void {
  while (pools.length > 1) {
    const [before, last] = pools.slice(-2) as [Pool, Pool];
    if (before.simulated * last.weight < last.simulated * before.weight) return;
    absorb(before, last);
    pools.pop();
  }
}

function absorb(pool: Pool, other: Pool): void {
  pool.weight += other.weight;
  pool.simulated += other.simulated;
}
