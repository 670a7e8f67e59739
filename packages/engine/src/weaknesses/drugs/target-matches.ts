import type { DrugAction, DrugGene } from '../../data/resources.js';
import { binomialUpper } from '../../stats/exact-binomial.js';
import { hypergeometricUpper } from '../../stats/hypergeometric.js';
import { benjaminiHochberg } from '../../stats/multiple-testing.js';
import type { SharedGene } from './shared-direction.js';

/**
 * What one target says about its drug. `for`: the drug pushes a shared gene back. `against`: it pushes it further.
 * `not shared`: patients do not share a change of the gene. `direction not stated`: shared, but what the drug does is not said.
 */
export type TargetStanding = 'for' | 'against' | 'not shared' | 'direction not stated' | 'not measured';

/** One target of a drug. */
export interface DrugTarget {
  readonly gene: string;
  readonly action: DrugAction;
  readonly standing: TargetStanding;
  /** Null where the study has no row for it. */
  readonly shared: SharedGene | null;
  /** A core fitness gene, which dividing normal cells need too; null without the pack. */
  readonly essential: boolean | null;
}

/** The targets of one drug, taken together. */
export interface TargetMatch {
  readonly drug: string;
  readonly targets: readonly DrugTarget[];
  readonly nFor: number;
  readonly nAgainst: number;
  /** Targets with a stated direction that were measured. */
  readonly nAsked: number;
  /** As many targets for, drawing as many pairs from the table; null without a pair that could be asked. */
  readonly pValue: number | null;
  readonly pAdjusted: number | null;
}

/** Whether the table hits the shared programme the right way more often than it would hit as many random genes. */
export interface TargetChance {
  /** Distinct targets with a stated direction that were measured; a gene inhibited by ten drugs counts once. */
  readonly asked: number;
  readonly observed: number;
  /** With as many raised and lowered genes drawn at random among all measured ones. */
  readonly expected: number;
  /** Binomial upper tail at the mean chance; null without a target. */
  readonly pValue: number | null;
}

/** Counts the distinct targets that are pushed back, against what random shared genes would give. */
export function targetChance(matches: readonly TargetMatch[], shared: ReadonlyMap<string, SharedGene>): TargetChance {
  const units = new Map<string, DrugTarget>();
  for (const { targets } of matches) {
    for (const target of targets.filter(isAsked)) units.set(`${target.action} ${target.gene}`, target);
  }
  const all = [...shared.values()];
  const part = (sign: number): number => all.filter(({ direction }) => direction === sign).length / all.length;
  const [raised, lowered] = [part(1), part(-1)];
  const found = [...units.values()];
  const expected = found.reduce((sum, { action }) => sum + (action === 'inhibits' ? raised : lowered), 0);
  const observed = count(found, 'for');
  const pValue = found.length === 0 ? null : binomialUpper(observed, found.length, expected / found.length);
  return { asked: found.length, observed, expected, pValue };
}

/** Holds every drug–gene pair against the shared programme. */
export function targetMatches(
  rows: readonly DrugGene[],
  shared: ReadonlyMap<string, SharedGene>,
  essential: ReadonlySet<string> | null,
): readonly TargetMatch[] {
  const byDrug = new Map<string, DrugTarget[]>();
  for (const { drug, gene, action } of rows) {
    const own = shared.get(gene) ?? null;
    const target: DrugTarget = {
      gene,
      action,
      standing: standingOf(action, own),
      shared: own,
      essential: essential === null ? null : essential.has(gene),
    };
    byDrug.set(drug, [...(byDrug.get(drug) ?? []), target]);
  }
  const matches = [...byDrug].map(([drug, targets]) => ({
    drug,
    targets,
    nFor: count(targets, 'for'),
    nAgainst: count(targets, 'against'),
    nAsked: targets.filter(isAsked).length,
  }));
  const population = matches.reduce((sum, { nAsked }) => sum + nAsked, 0);
  const marked = matches.reduce((sum, { nFor }) => sum + nFor, 0);
  const pValues = matches.map(({ nFor, nAsked }) =>
    nAsked === 0 ? NaN : hypergeometricUpper(nFor, { population, marked, drawn: nAsked }),
  );
  const adjusted = benjaminiHochberg(pValues);
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return matches.map((match, i) => ({
    ...match,
    pValue: known(pValues[i] as number),
    pAdjusted: known(adjusted[i] as number),
  }));
}

function standingOf(action: DrugAction, shared: SharedGene | null): TargetStanding {
  if (shared === null) return 'not measured';
  if (shared.direction === 0) return 'not shared';
  if (action === 'not stated') return 'direction not stated';
  return (action === 'inhibits') === shared.direction > 0 ? 'for' : 'against';
}

function isAsked({ action, shared }: DrugTarget): boolean {
  return shared !== null && action !== 'not stated';
}

function count(targets: readonly DrugTarget[], standing: TargetStanding): number {
  return targets.filter((target) => target.standing === standing).length;
}
