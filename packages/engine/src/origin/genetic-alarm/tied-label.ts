import type { Estimate } from '../../core/method.js';
import { log } from '../../core/pinned-math.js';
import { normalQuantile } from '../../stats/distributions.js';
import type { GeneticEvidence, GeneticLabel } from './types.js';

/** A clone, an altered arm or a variant, and how much more its cells are persisters than the others. */
export interface TiedLabel {
  readonly label: string;
  /** Value of the label, for instance the name of the clone, `gain` or `mutated`. */
  readonly value: string;
  /** Cells with the value, and how many of them are persisters. */
  readonly nCarriers: number;
  readonly nCarriersInState: number;
  readonly nOthers: number;
  readonly nOthersInState: number;
  /** Natural logarithm of the odds ratio, samples as strata; the interval holds for all candidates at once. */
  readonly logOddsRatio: Estimate;
  /** Clones, arms and variants it was chosen from. */
  readonly nCandidates: number;
}

/** Cells by carrier and state in one sample. */
interface Fourfold {
  carriersIn: number;
  carriersOut: number;
  othersIn: number;
  othersOut: number;
}

/**
 * The value of any label whose cells differ most in the state, by z of the stratified log odds ratio: within each sample with
 * both carriers and others, log[(a + ½)(d + ½)/((b + ½)(c + ½))], pooled with weights 1/Σ 1/(n + ½). The interval has level
 * 1 − (1 − level)/m for m candidates, so that it holds for the one chosen.
 *
 * @param minimumCarriers - fewest cells with the value, and fewest without it
 * @returns null where no value has enough cells
 * @see Gart 1966 doi:10.1093/biomet/53.3-4.447 for the added halves
 */
export function mostTiedLabel(
  evidence: GeneticEvidence,
  { minimumCarriers, level }: { readonly minimumCarriers: number; readonly level: number },
): TiedLabel | null {
  const candidates = evidence.labels.flatMap((label) =>
    candidateValues(label, evidence).flatMap((value) => {
      const tables = fourfoldTables(evidence, label, value);
      const sum = (of: (table: Fourfold) => number): number => tables.reduce((total, table) => total + of(table), 0);
      const nCarriers = sum((t) => t.carriersIn + t.carriersOut);
      const nOthers = sum((t) => t.othersIn + t.othersOut);
      const pooled = pooledLogOdds(tables);
      if (Math.min(nCarriers, nOthers) < minimumCarriers || pooled === null) return [];
      const counts = { nCarriersInState: sum((t) => t.carriersIn), nOthersInState: sum((t) => t.othersIn) };
      return [{ label: label.name, value, nCarriers, nOthers, ...counts, pooled }];
    }),
  );
  const [first] = candidates.sort(
    (a, b) => Math.abs(b.pooled.value) / b.pooled.error - Math.abs(a.pooled.value) / a.pooled.error,
  );
  if (first === undefined) return null;
  const { pooled, ...found } = first;
  return {
    ...found,
    logOddsRatio: simultaneous(pooled, { level, m: candidates.length }),
    nCandidates: candidates.length,
  };
}

/** Values to be compared with all others; of two complementary ones only the rarer. */
function candidateValues({ values }: GeneticLabel, { persister }: GeneticEvidence): readonly string[] {
  const counts = new Map<string, number>();
  values.forEach((value, i) => {
    if (value !== null && persister[i] != null) counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const ranked = [...counts].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1)).map(([value]) => value);
  return ranked.length <= 2 ? ranked.slice(0, ranked.length - 1) : ranked;
}

function fourfoldTables({ sample, persister }: GeneticEvidence, { values }: GeneticLabel, value: string): Fourfold[] {
  const tables = new Map<string, Fourfold>();
  values.forEach((own, i) => {
    const inState = persister[i] ?? null;
    if (own === null || inState === null) return;
    const name = sample[i] as string;
    const table = tables.get(name) ?? { carriersIn: 0, carriersOut: 0, othersIn: 0, othersOut: 0 };
    tables.set(name, table);
    if (own === value) table[inState ? 'carriersIn' : 'carriersOut'] += 1;
    else table[inState ? 'othersIn' : 'othersOut'] += 1;
  });
  return [...tables.values()].filter(isInformative);
}

function isInformative({ carriersIn, carriersOut, othersIn, othersOut }: Fourfold): boolean {
  return (
    carriersIn + carriersOut > 0 && othersIn + othersOut > 0 && carriersIn + othersIn > 0 && carriersOut + othersOut > 0
  );
}

function pooledLogOdds(tables: readonly Fourfold[]): { readonly value: number; readonly error: number } | null {
  let [weighted, weights] = [0, 0];
  for (const { carriersIn, carriersOut, othersIn, othersOut } of tables) {
    const [a, b, c, d] = [carriersIn + 0.5, carriersOut + 0.5, othersIn + 0.5, othersOut + 0.5];
    const weight = 1 / (1 / a + 1 / b + 1 / c + 1 / d);
    weighted += weight * log((a * d) / (b * c));
    weights += weight;
  }
  return weights === 0 ? null : { value: weighted / weights, error: Math.sqrt(1 / weights) };
}

function simultaneous(
  { value, error }: { readonly value: number; readonly error: number },
  { level, m }: { readonly level: number; readonly m: number },
): Estimate {
  const reach = normalQuantile(1 - (1 - level) / (2 * m)) * error;
  return {
    value,
    low: value - reach,
    high: value + reach,
    level,
    method: `log odds ratio with halves added, samples as strata, interval for ${String(m)} candidates at once`,
    status: 'ok',
    reasons: [],
  };
}
