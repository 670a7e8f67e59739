import type { RunContext } from '../../core/context.js';
import { log } from '../../core/pinned-math.js';
import { chromatinLine, type ChromatinTable } from '../chromatin-line.js';
import type { EvidenceLine } from '../evidence.js';
import type { PerturbationTable } from '../perturbation-correlation.js';
import { perturbationLine } from '../perturbation-line.js';
import type { RegulatorRanking } from '../rank-regulators.js';
import type { RankingBasis } from './evidence-ranks.js';

/** Signed −ln P of a regulator's motif, positive when enriched; NaN without a table or a motif. */
export function motifStrength(regulator: string, chromatin: ChromatinTable | null): number {
  if (chromatin === null) return NaN;
  const line = chromatinLine(regulator, chromatin, { hypothesis: 'activated', fdr: 0.05 });
  const pValue = numberIn(line, 'p-adjusted');
  const enrichment = numberIn(line, 'log-enrichment');
  return (enrichment < 0 ? 1 : -1) * log(Math.max(pValue, 1e-300));
}

/** One-sided P values of the perturbed regulators, in each direction; NaN for the others. */
export async function perturbationPValues(
  ranking: RegulatorRanking,
  tables: readonly PerturbationTable[],
  context: RunContext,
): Promise<RankingBasis['perturbation']> {
  const empty = (): Float64Array => new Float64Array(ranking.network.regulators.length).fill(NaN);
  const found = { activating: empty(), inactivating: empty() };
  for (const table of tables) {
    const r = ranking.network.regulators.indexOf(table.regulator ?? '');
    if (r < 0) continue;
    const settings = { alpha: 0.05, pAdjustedMax: 1e-4, logFoldChangeMin: 0.5, minimumCorrelation: 0.2 };
    const line = await perturbationLine(
      ranking.study,
      table,
      {
        ...settings,
        regulator: table.regulator as string,
        hypothesis: 'activated',
        permutations: ranking.permutations,
      },
      context,
    );
    found.activating[r] = numberIn(line, 'p-for');
    found.inactivating[r] = numberIn(line, 'p-against');
  }
  return found;
}

function numberIn(line: EvidenceLine, id: string): number {
  return line.numbers.find((entry) => entry.id === id)?.value ?? NaN;
}
