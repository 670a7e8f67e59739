import { log } from '../../core/pinned-math.js';
import { midRanks } from '../../stats/correlation.js';
import { permutationStrata } from '../expression-bins.js';
import { type RegulonAgreement, patientAgreement } from '../patient-agreement.js';
import { permutationMoments, standardise } from '../permutation-moments.js';
import type { PatientGeneEffects } from '../regulator-study.js';
import type { RegulonNetwork } from '../regulon-network.js';
import { type ProgrammePosition, programmePosition } from './programme-position.js';
import { type RankAggregate, robustRankAggregation } from './robust-rank-aggregation.js';

/** The lines of evidence that are ranked and aggregated, in report order. */
export const rankedLines = ['activity', 'patients', 'expression', 'position', 'motif', 'perturbation'] as const;

/** One of {@link rankedLines}. */
export type RankedLine = (typeof rankedLines)[number];

/** What regulators are ranked on: the genes of the network, and what a study brings from outside. */
export interface RankingBasis {
  readonly network: RegulonNetwork;
  /** Moderated t per gene; complete. */
  readonly statistic: Float64Array;
  readonly averageExpression: Float64Array;
  readonly patients: PatientGeneEffects | null;
  /** Strongest genes per direction that make up the programme. */
  readonly programmeSize: number;
  /** Position of each regulator's own gene; −1 where it was not measured or its RNA does not count. */
  readonly ownGene: Int32Array;
  /** Signed −ln P of the regulator's motif, positive when enriched; NaN where absent. */
  readonly motif: Float64Array;
  /** One-sided P that switching the regulator on moves the programme, and that it moves it back; NaN where absent. */
  readonly perturbation: { readonly activating: Float64Array; readonly inactivating: Float64Array };
}

/** Every regulator on every line. Arrays are one value per regulator. */
export interface EvidenceRanks {
  /** +1 more active in the state the contrast leads to, −1 less: the sign of its activity. */
  readonly direction: Int8Array;
  readonly z: Float64Array;
  readonly agreement: readonly RegulonAgreement[] | null;
  readonly position: readonly ProgrammePosition[];
  /** Rank over the regulators that have the line, above 0 to 1; ties share their mean rank; NaN without it. */
  readonly ranks: Readonly<Record<RankedLine, Float64Array>>;
  readonly aggregates: readonly RankAggregate[];
  /** 1 = smallest ρ; ties by |z|. */
  readonly order: Uint32Array;
}

/**
 * Ranks every regulator on every line in the direction of its own activity, and aggregates the ranks. The perturbation line
 * has no list of regulators behind it, so its P value stands for a normalised rank.
 */
export function evidenceRanks(basis: RankingBasis): EvidenceRanks {
  const { network, statistic } = basis;
  const strata = permutationStrata(statistic.length, basis.averageExpression);
  const z = standardise(permutationMoments(network, statistic, strata));
  const direction = Int8Array.from(z, (value) => (value < 0 ? -1 : 1));
  const agreement = basis.patients === null ? null : patientAgreement(basis.patients, network);
  const position = programmePosition(network, statistic, { size: basis.programmeSize, direction });
  const along = (r: number, value: number | undefined): number => (direction[r] as number) * (value ?? NaN);
  const per = (pick: (r: number) => number): Float64Array => Float64Array.from(network.regulators, (_, r) => pick(r));
  const ranks: EvidenceRanks['ranks'] = {
    activity: normalisedRanks(z.map(Math.abs)),
    patients: normalisedRanks(per((r) => along(r, patientT(agreement?.[r])))),
    expression: normalisedRanks(per((r) => along(r, statistic[basis.ownGene[r] as number]))),
    position: normalisedRanks(per((r) => -log((position[r] as ProgrammePosition).pValue))),
    motif: normalisedRanks(per((r) => along(r, basis.motif[r]))),
    perturbation: per(
      (r) => basis.perturbation[(direction[r] as number) > 0 ? 'activating' : 'inactivating'][r] as number,
    ),
  };
  const aggregates = network.regulators.map((_, r) =>
    robustRankAggregation(rankedLines.map((line) => ranks[line][r] as number)),
  );
  return { direction, z, agreement, position, ranks, aggregates, order: orderOf(aggregates, z) };
}

/** Mean slope over patients in its standard errors; a slope known in fewer than two patients has none. */
function patientT(agreement: RegulonAgreement | undefined): number {
  if (agreement === undefined || agreement.asked < 2) return NaN;
  const known = agreement.slopes.filter((slope) => !Number.isNaN(slope));
  const squares = known.reduce((sum, slope) => sum + (slope - agreement.mean) ** 2, 0);
  return agreement.mean / Math.sqrt(squares / (known.length * (known.length - 1)));
}

/** Rank from the strongest over how many have a strength. */
function normalisedRanks(strength: Float64Array): Float64Array {
  const known = [...strength.keys()].filter((r) => !Number.isNaN(strength[r]));
  const ranks = midRanks(known.map((r) => -(strength[r] as number)));
  const out = new Float64Array(strength.length).fill(NaN);
  known.forEach((r, i) => {
    out[r] = (ranks[i] as number) / known.length;
  });
  return out;
}

function orderOf(aggregates: readonly RankAggregate[], z: Float64Array): Uint32Array {
  const rho = (r: number): number => aggregates[r]?.rho ?? NaN;
  const key = (r: number): number => (Number.isNaN(rho(r)) ? Infinity : rho(r));
  const size = (r: number): number => (Number.isNaN(z[r]) ? 0 : Math.abs(z[r] as number));
  const sorted = aggregates.map((_, r) => r).sort((a, b) => key(a) - key(b) || size(b) - size(a) || a - b);
  const order = new Uint32Array(aggregates.length);
  sorted.forEach((r, i) => {
    order[r] = i + 1;
  });
  return order;
}
