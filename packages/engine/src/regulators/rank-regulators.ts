import type { RunContext } from '../core/context.js';
import type { MethodInfo, Warning } from '../core/method.js';
import type { RegulonEdge } from '../data/resources.js';
import type { ActivityScores } from './activity-input.js';
import { consensus } from './consensus.js';
import { mlm, type MlmScores } from './mlm.js';
import { patientAgreement, type RegulonAgreement } from './patient-agreement.js';
import { type RegulatorNull, regulatorNull } from './regulator-null.js';
import { type RegulatorStudy, testedGenes } from './regulator-study.js';
import { prepareNetwork, type RegulonNetwork, regulonSize } from './regulon-network.js';
import { regulonOverlap, type SharedRegulon } from './regulon-overlap.js';
import { ulm, type UlmScores } from './ulm.js';
import { weightedSum, type WeightedSumScores } from './weighted-sum.js';

/** Which methods the consensus averages. */
export type ConsensusMethods = 'published' | 'recommended';

/** Options of `rankRegulators`. */
export interface RankOptions {
  readonly permutations: number;
  readonly minimumSize: number;
  /**
   * `published` (default): all five statistics, as in the reference study. `recommended`: ULM, MLM and norm_wsum, as the
   * decoupleR paper advises, which does not count the weighted sum three times.
   */
  readonly consensusOf?: ConsensusMethods;
}

/** One regulator in the ranking. Numbers that could not be computed are NaN. */
export interface RegulatorRow {
  readonly regulator: string;
  readonly nTargets: number;
  readonly ulm: number;
  readonly ulmPValue: number;
  readonly mlm: number;
  readonly mlmPValue: number;
  readonly normWsum: number;
  readonly wsumPValue: number;
  readonly consensus: number;
  readonly consensusPValue: number;
  /** 1 = highest consensus. */
  readonly rank: number;
  /** Activity against permuted gene labels; see `RegulatorNull`. */
  readonly z: number;
  readonly pValue: number;
  readonly pUpper: number;
  readonly pLower: number;
  readonly pFamilyWise: number;
  readonly pAdjusted: number;
  /** Change of the regulator's own RNA, log2, and its adjusted P. */
  readonly logFoldChange: number;
  readonly expressionPAdjusted: number;
  /** Null when the study has no effects per patient. */
  readonly agreement: RegulonAgreement | null;
  /** Regulators that share more than 80 % of its targets, largest share first. */
  readonly overlaps: readonly SharedRegulon[];
  /** What to know before reading the row. */
  readonly flags: readonly RegulatorFlag[];
}

/** `collinear`: MLM cannot tell it from others. `overlap`: shares its regulon. `no-rna`: its own RNA was not measured. */
export type RegulatorFlag = 'collinear' | 'overlap' | 'no-rna';

/** Every regulator ranked, on the genes that have a statistic. */
export interface RegulatorRanking {
  /** Highest consensus first. */
  readonly rows: readonly RegulatorRow[];
  /** Regulons as used: regulators sorted by name. */
  readonly network: RegulonNetwork;
  /** The study restricted to the genes that were used. */
  readonly study: RegulatorStudy;
  readonly permutations: number;
  readonly consensusOf: ConsensusMethods;
  readonly warnings: readonly Warning[];
}

/** What the ranking is. */
export const rankRegulatorsInfo: MethodInfo = {
  id: 'rank-regulators',
  title: 'Ranking of regulators by the activity of their targets',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016', '10.1093/nar/gkad841'],
  input: 'moderated t of the shared effect, effects per patient, signed regulons',
  output: 'one row per regulator: ULM, MLM, weighted sum, consensus, permutation null, own RNA, patients that agree',
  random: true,
};

/** A regulon that shares more than this of its targets with another is flagged. */
const overlapThreshold = 0.8;

/**
 * Ranks every regulator: activities by three methods and their consensus, the permutation null, the regulator's own RNA and
 * the agreement of the patients. Genes without a statistic take no part.
 *
 * @param study - the shared effect and the effects per patient
 * @param edges - signed regulator → target edges
 * @returns rows by falling consensus; no rows, with a warning, when no regulon is measured
 */
export async function rankRegulators(
  study: RegulatorStudy,
  edges: readonly RegulonEdge[],
  options: RankOptions,
  context: RunContext,
): Promise<RegulatorRanking> {
  const tested = testedGenes(study);
  const network = prepareNetwork(edges, tested.genes, { minimumSize: options.minimumSize });
  const shared = {
    network,
    study: tested,
    permutations: options.permutations,
    consensusOf: options.consensusOf ?? 'published',
    warnings: network.warnings,
  };
  if (network.regulators.length === 0) return { rows: [], ...shared };
  const measured = await measure(tested, network, options, context);
  const rows = network.regulators.map((regulator, r) => rowOf(regulator, r, measured));
  return { rows: rows.sort((a, b) => a.rank - b.rank), ...shared };
}

/** Everything a row is made of, per regulator of the network. */
interface Measured {
  readonly study: RegulatorStudy;
  readonly network: RegulonNetwork;
  readonly univariate: UlmScores;
  readonly multivariate: MlmScores;
  readonly sums: WeightedSumScores;
  readonly agreed: ActivityScores;
  readonly ranks: Uint32Array;
  readonly reference: RegulatorNull;
  readonly agreements: readonly RegulonAgreement[] | null;
  readonly overlaps: readonly (readonly SharedRegulon[])[];
  /** Row of each gene in the study. */
  readonly geneRows: ReadonlyMap<string, number>;
}

async function measure(
  study: RegulatorStudy,
  network: RegulonNetwork,
  options: RankOptions,
  context: RunContext,
): Promise<Measured> {
  const input = { genes: study.genes, names: ['shared effect'], values: study.statistic };
  const { permutations } = options;
  const { averageExpression } = study;
  const univariate = ulm(input, network);
  const multivariate = mlm(input, network);
  const sums = await weightedSum(input, network, { permutations }, context);
  const recommended = [univariate, multivariate, sums.normWsum];
  const agreed = consensus(
    options.consensusOf === 'recommended' ? recommended : [...recommended, sums.wsum, sums.corrWsum],
  );
  return {
    study,
    network,
    univariate,
    multivariate,
    sums,
    agreed,
    ranks: ranksOf(agreed.scores, network.regulators),
    reference: await regulatorNull(input, network, { permutations, averageExpression }, context),
    agreements: study.patients === null ? null : patientAgreement(study.patients, network),
    overlaps: regulonOverlap(network, overlapThreshold),
    geneRows: new Map(study.genes.map((gene, row) => [gene, row])),
  };
}

function rowOf(regulator: string, r: number, measured: Measured): RegulatorRow {
  const gene = measured.geneRows.get(regulator) ?? -1;
  const overlaps = measured.overlaps[r] ?? [];
  const collinear = measured.multivariate.collinear.includes(regulator);
  return {
    regulator,
    nTargets: regulonSize(measured.network, r),
    ...activitiesOf(r, measured),
    ...nullOf(r, measured.reference),
    logFoldChange: measured.study.logFoldChange[gene] ?? NaN,
    expressionPAdjusted: measured.study.pAdjusted[gene] ?? NaN,
    agreement: measured.agreements?.[r] ?? null,
    overlaps,
    flags: flagsOf(collinear, overlaps.length > 0, gene < 0),
  };
}

type ActivityPart = 'ulm' | 'ulmPValue' | 'mlm' | 'mlmPValue' | 'normWsum' | 'wsumPValue';

function activitiesOf(
  r: number,
  { univariate, multivariate, sums, agreed, ranks }: Measured,
): Pick<RegulatorRow, ActivityPart | 'consensus' | 'consensusPValue' | 'rank'> {
  return {
    ulm: univariate.scores[r] as number,
    ulmPValue: univariate.pValues[r] as number,
    mlm: multivariate.scores[r] as number,
    mlmPValue: multivariate.pValues[r] as number,
    normWsum: sums.normWsum.scores[r] as number,
    wsumPValue: sums.wsum.pValues[r] as number,
    consensus: agreed.scores[r] as number,
    consensusPValue: agreed.pValues[r] as number,
    rank: ranks[r] as number,
  };
}

type NullPart = 'z' | 'pValue' | 'pUpper' | 'pLower' | 'pFamilyWise' | 'pAdjusted';

function nullOf(r: number, reference: RegulatorNull): Pick<RegulatorRow, NullPart> {
  return {
    z: reference.z[r] as number,
    pValue: reference.pValue[r] as number,
    pUpper: reference.pUpper[r] as number,
    pLower: reference.pLower[r] as number,
    pFamilyWise: reference.pFamilyWise[r] as number,
    pAdjusted: reference.pAdjusted[r] as number,
  };
}

/** Rank of each score, 1 for the highest; equal scores by name, missing ones last. */
function ranksOf(scores: Float64Array, names: readonly string[]): Uint32Array {
  const value = (r: number): number => (Number.isNaN(scores[r]) ? -Infinity : (scores[r] as number));
  const order = names.map((_, r) => r).sort((a, b) => (value(a) === value(b) ? a - b : value(b) - value(a)));
  const ranks = new Uint32Array(names.length);
  order.forEach((r, position) => {
    ranks[r] = position + 1;
  });
  return ranks;
}

function flagsOf(collinear: boolean, overlap: boolean, noRna: boolean): RegulatorFlag[] {
  const flags: RegulatorFlag[] = [];
  if (collinear) flags.push('collinear');
  if (overlap) flags.push('overlap');
  if (noRna) flags.push('no-rna');
  return flags;
}
