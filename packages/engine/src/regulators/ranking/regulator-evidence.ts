import { type RunContext, throwIfAborted } from '../../core/context.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import type { ChromatinTable } from '../chromatin-line.js';
import { immediateEarlyGenes } from '../curated-immediate-early.js';
import { type EvidenceLine, type EvidenceReason, type EvidenceVerdict, reasonOf } from '../evidence.js';
import { patientsLine } from '../patients-line.js';
import type { PerturbationTable } from '../perturbation-correlation.js';
import type { RegulatorRanking, RegulatorRow } from '../rank-regulators.js';
import type { PatientGeneEffects } from '../regulator-study.js';
import {
  type EvidenceRanks,
  evidenceRanks,
  type RankedLine,
  rankedLines,
  type RankingBasis,
} from './evidence-ranks.js';
import { motifStrength, perturbationPValues } from './external-evidence.js';
import type { ProgrammePosition } from './programme-position.js';
import { regulatorFamilies } from './regulator-families.js';
import type { RegulatorRefit } from './regulator-refits.js';
import { type RegulatorStability, rankStability } from './rank-stability.js';

/** What regulators are ranked on. */
export interface RegulatorEvidenceInput {
  readonly ranking: RegulatorRanking;
  /** The shared effect without each patient; empty when it could not be estimated. */
  readonly refits: readonly RegulatorRefit[];
  readonly chromatin: ChromatinTable | null;
  /** Tables that name their regulator; others take no part. */
  readonly perturbations: readonly PerturbationTable[];
}

/** Options of {@link regulatorEvidence}. */
export interface RegulatorEvidenceOptions {
  /** Largest family-wise P of the activity; default 0.05. */
  readonly alpha?: number;
  /** Strongest genes per direction that make up the programme; default 100. */
  readonly programmeSize?: number;
  /** A regulator counts as stable while it is among this many first; default 10. */
  readonly top?: number;
}

/** One regulator with all its evidence. Numbers that could not be computed are NaN. */
export interface RegulatorEvidenceRow {
  readonly regulator: string;
  /** 1 = smallest ρ. */
  readonly rank: number;
  /** The best-ranked regulator of nearly the same targets; itself when it leads. */
  readonly family: string;
  readonly direction: 'more active' | 'less active';
  readonly nTargets: number;
  readonly z: number;
  readonly pFamilyWise: number;
  /** Patients in whom the regulon moves that way, of those asked; null without effects per patient. */
  readonly patients: { readonly agree: number; readonly asked: number } | null;
  /** Mean slope over patients with its 95 % interval. */
  readonly patientMean: number;
  readonly patientLow: number;
  readonly patientHigh: number;
  readonly logFoldChange: number;
  readonly expressionPAdjusted: number;
  /** False for immediate-early genes, whose RNA dissociation raises: shown, not ranked. */
  readonly expressionCounts: boolean;
  readonly position: ProgrammePosition;
  readonly lines: Readonly<Record<RankedLine, number>>;
  readonly rho: number;
  /** min(1, lists × ρ); too small where lists are read off the same targets, see `regulatorEvidence`. */
  readonly aggregatePValue: number;
  readonly nLists: number;
  /** Null without refits. */
  readonly stability: RegulatorStability | null;
  readonly verdict: EvidenceVerdict;
  readonly reasons: readonly EvidenceReason[];
}

/** Regulators ranked by all evidence, and families of them. */
export interface RegulatorEvidence {
  /** First rank first. */
  readonly rows: readonly RegulatorEvidenceRow[];
  /** Patients left out in turn. */
  readonly leftOut: readonly string[];
  readonly top: number;
  readonly alpha: number;
  readonly programmeSize: number;
  readonly warnings: readonly Warning[];
}

/** What {@link regulatorEvidence} is. */
export const regulatorEvidenceInfo: MethodInfo = {
  id: 'regulator-evidence',
  title: 'Regulators by all lines of evidence, aggregated by robust rank aggregation',
  version: '1.0.0',
  doi: ['10.1093/bioinformatics/btr709', '10.1093/bioadv/vbac016'],
  input: 'ranking of regulators, refits without each patient, optionally chromatin and perturbation tables',
  output: 'rank of every regulator on every line, ρ, families, stability and verdict',
  random: true,
};

/**
 * Ranks every regulator on every line of evidence, in the direction of its activity, and aggregates the ranks:
 *
 * - activity: |z| of its targets against permuted gene labels;
 * - patients: mean ULM slope over patients in its standard errors, the patient as unit;
 * - expression: t of its own RNA, with the direction of its activity (not ranked for immediate-early genes);
 * - position: agreeing targets among the strongest genes of the programme, beyond what its size leads to expect;
 * - motif and perturbation, where the study brings them.
 *
 * Robust rank aggregation lets the best lines speak, so flat RNA does not sink a regulator. Activity, patients and position
 * are read off the same targets: ρ orders, it does not test. The verdict rests on the family-wise null of the activity, on the
 * patients one by one and on the ranking without each patient:
 *
 * - supported: family-wise P ≤ alpha, the patients line holds in that direction, and without any one patient the regulator is
 *   among the first `top` in three quarters of the runs;
 * - contradicted: family-wise P ≤ alpha and the patients move the other way;
 * - not testable: fewer than three patients have its regulon; not supported: everything else.
 */
export async function regulatorEvidence(
  input: RegulatorEvidenceInput,
  options: RegulatorEvidenceOptions,
  context: RunContext,
): Promise<RegulatorEvidence> {
  const { alpha = 0.05, programmeSize = 100, top = 10 } = options;
  const { ranking, refits } = input;
  const settings = { leftOut: refits.map(({ patient }) => patient), top, alpha, programmeSize };
  if (ranking.rows.length === 0) return { rows: [], ...settings, warnings: ranking.warnings };
  const basis = await basisOf(input, programmeSize, context);
  const all = evidenceRanks(basis);
  const runs: Uint32Array[] = [];
  for (const refit of refits) {
    throwIfAborted(context);
    runs.push(evidenceRanks(withoutPatient(basis, refit)).order);
    await Promise.resolve();
  }
  const families = regulatorFamilies(ranking.network, all.order);
  const rowOf = new Map(ranking.rows.map((row) => [row.regulator, row]));
  const rows = ranking.network.regulators.map((regulator, r) =>
    evidenceRow(r, {
      all,
      basis,
      row: rowOf.get(regulator) as RegulatorRow,
      family: families[r] as string,
      stability: rankStability(
        runs.map((run) => run[r] as number),
        top,
      ),
      alpha,
    }),
  );
  return { rows: rows.sort((a, b) => a.rank - b.rank), ...settings, warnings: ranking.warnings };
}

async function basisOf(
  { ranking, chromatin, perturbations }: RegulatorEvidenceInput,
  programmeSize: number,
  context: RunContext,
): Promise<RankingBasis> {
  const { network, study } = ranking;
  const early = new Set(immediateEarlyGenes.map(({ gene }) => gene));
  const geneRows = new Map(study.genes.map((gene, g) => [gene, g]));
  return {
    network,
    statistic: study.statistic,
    averageExpression: study.averageExpression,
    patients: study.patients,
    programmeSize,
    ownGene: Int32Array.from(network.regulators, (name) => (early.has(name) ? -1 : (geneRows.get(name) ?? -1))),
    motif: Float64Array.from(network.regulators, (name) => motifStrength(name, chromatin)),
    perturbation: await perturbationPValues(ranking, perturbations, context),
  };
}

/** The basis without one patient: the refitted statistic, and the effects of the others. A gene it lacks stands still. */
function withoutPatient(basis: RankingBasis, refit: RegulatorRefit): RankingBasis {
  const rows = new Map(refit.genes.map((gene, g) => [gene, g]));
  const statistic = Float64Array.from(basis.network.genes, (gene) => {
    const value = refit.statistic[rows.get(gene) ?? -1] ?? NaN;
    return Number.isFinite(value) ? value : 0;
  });
  return { ...basis, statistic, patients: basis.patients === null ? null : others(basis.patients, refit.patient) };
}

function others(effects: PatientGeneEffects, leftOut: string): PatientGeneEffects {
  const kept = effects.patients.map((_, p) => p).filter((p) => effects.patients[p] !== leftOut);
  const width = effects.patients.length;
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: effects.genes.length * kept.length }, (_, i) => {
      const gene = Math.floor(i / kept.length);
      return values[gene * width + (kept[i % kept.length] as number)] as number;
    });
  return {
    genes: effects.genes,
    patients: kept.map((p) => effects.patients[p] as string),
    effects: pick(effects.effects),
    standardErrors: pick(effects.standardErrors),
  };
}

interface RowParts {
  readonly all: EvidenceRanks;
  readonly basis: RankingBasis;
  readonly row: RegulatorRow;
  readonly family: string;
  readonly stability: RegulatorStability | null;
  readonly alpha: number;
}

function evidenceRow(r: number, { all, basis, row, family, stability, alpha }: RowParts): RegulatorEvidenceRow {
  const up = (all.direction[r] as number) > 0;
  const aggregate = all.aggregates[r] as EvidenceRanks['aggregates'][number];
  const patients = patientsLine(row, up ? 'activated' : 'inactivated');
  const measured = Number.isFinite(row.logFoldChange);
  return {
    regulator: row.regulator,
    rank: all.order[r] as number,
    family,
    direction: up ? 'more active' : 'less active',
    nTargets: row.nTargets,
    z: all.z[r] as number,
    pFamilyWise: row.pFamilyWise,
    patients: patients.patients,
    patientMean: row.agreement?.mean ?? NaN,
    patientLow: row.agreement?.low ?? NaN,
    patientHigh: row.agreement?.high ?? NaN,
    logFoldChange: row.logFoldChange,
    expressionPAdjusted: row.expressionPAdjusted,
    expressionCounts: measured && (basis.ownGene[r] as number) >= 0,
    position: all.position[r] as ProgrammePosition,
    lines: Object.fromEntries(rankedLines.map((line) => [line, all.ranks[line][r] as number])) as Record<
      RankedLine,
      number
    >,
    rho: aggregate.rho,
    aggregatePValue: aggregate.pValue,
    nLists: aggregate.nLists,
    stability,
    ...verdictOf(row.pFamilyWise <= alpha, patients, stability),
  };
}

/** Share of the runs without one patient in which a stable regulator is among the first. */
const stableShare = 0.75;

function verdictOf(
  stands: boolean,
  patients: EvidenceLine,
  stability: RegulatorStability | null,
): Pick<RegulatorEvidenceRow, 'verdict' | 'reasons'> {
  if (patients.verdict === 'not testable') return { verdict: 'not testable', reasons: patients.reasons };
  if (stands && patients.verdict === 'contradicted') return { verdict: 'contradicted', reasons: patients.reasons };
  const missing = [
    ...(stands ? [] : [weakActivity]),
    ...(patients.verdict === 'supported' ? [] : patients.reasons),
    ...(stability === null ? [noRefits] : stability.share >= stableShare ? [] : [unstable]),
  ];
  return missing.length > 0
    ? { verdict: 'not supported', reasons: missing }
    : { verdict: 'supported', reasons: patients.reasons };
}

const weakActivity = reasonOf(
  'activity-flat',
  'its targets move no more together than those of the most extreme random regulon',
  'ses cibles ne bougent pas plus ensemble que celles du régulon aléatoire le plus extrême',
);
const noRefits = reasonOf(
  'no-refits',
  'its rank could not be read without each patient',
  'son rang n’a pas pu être lu sans chaque patient',
);
const unstable = reasonOf(
  'rank-unstable',
  'its rank depends on single patients',
  'son rang dépend de patients particuliers',
);
