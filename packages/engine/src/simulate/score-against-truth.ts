import type { Bilingual } from '../core/text.js';
import type { ReversalVerdict } from '../origin/reversal-verdict.js';
import type { ProgrammeCall } from '../programme/programme-call.js';
import { areaUnderCurve } from '../stats/auc.js';
import { type FoundInCells, scoreCells } from './score-cells.js';
import { type FoundOrigin, scoreOrigin } from './score-origin.js';
import { type FoundTargets, scoreTargets } from './score-targets.js';
import type { TruthScore, TruthScoreLine } from './truth-score.js';
import type { PatientTruth, ReversalTruth, SimulationTruth } from './truth.js';

/** The answers of an analysis, in the form the score compares. */
export interface FoundInStudy {
  /** The statistic of the shared programme by gene, positive for up: a moderated t or the like. NaN counts as not scored. */
  readonly programmeGeneScores: readonly { readonly gene: string; readonly score: number }[];
  /** Regulators from most active in persisters to least, by signed activity. */
  readonly regulatorRanking: readonly string[];
  /** Expression of the planted regulator, residual against untreated; null when it was not measured. */
  readonly regulatorExpression: { readonly log2FoldChange: number; readonly pAdjusted: number } | null;
  readonly patientProgramme: readonly { readonly patient: string; readonly call: ProgrammeCall }[];
  /** A patient without an entry counts as not testable. */
  readonly reversal: readonly { readonly patient: string; readonly verdict: ReversalVerdict }[];
  /** Left out where single cells were not analysed. */
  readonly cells?: FoundInCells;
  /** Left out where no genetic source was analysed. */
  readonly origin?: readonly FoundOrigin[];
  /** Left out where markers and weaknesses were not analysed. */
  readonly targets?: FoundTargets;
}

const aurocTarget = 0.95;
/** More than half of the first genes, where chance gives under one in twenty. */
const precisionTarget = 0.5;
const flatLog2FoldChange = 0.5;
const flatPAdjusted = 0.05;

/**
 * Scores an analysis of a simulated study against what was planted.
 *
 * - Shared programme: area under the ROC curve of programme genes against all others. A programme gene is ranked by its
 *   score times its planted sign, any other gene by its absolute score, so a gene found with the wrong sign counts as missed;
 *   a programme gene without a score is ranked last; ties count half. Target 0.95. Also the share of programme genes with
 *   the right sign among as many top genes as the programme has (90); target one half.
 * - Regulator: the planted one ranks first, and its RNA is flat (|log2 fold change| < 0.5 and adjusted P > 0.05).
 * - Patients: none with persisters is called `none`; the null patient is.
 * - Reversal: every reversible patient with a relapse is called `returned`; the clonal and the null patient are not; patients
 *   without a relapse get no answer either way.
 *
 * - Single cells: see `scoreCells`. Origin: see `scoreOrigin`. Markers, switch and iron: see `scoreTargets`.
 *
 * @param truth - of the simulation
 * @param found - of the analysis
 * @returns one line per planted fact, and whether all passed
 */
export function scoreAgainstTruth(truth: SimulationTruth, found: FoundInStudy): TruthScore {
  const lines = [
    ...programmeLines(truth, found),
    ...regulatorLines(truth, found),
    ...patientLines(truth, found),
    ...reversalLines(truth, found),
    ...(found.cells === undefined ? [] : scoreCells(truth, found.cells)),
    ...(found.origin === undefined ? [] : scoreOrigin(truth, found.origin)),
    ...(found.targets === undefined ? [] : scoreTargets(truth, found.targets)),
  ];
  return { lines, passed: lines.every((line) => line.passed) };
}

function programmeLines(truth: SimulationTruth, found: FoundInStudy): readonly TruthScoreLine[] {
  const signs = plantedSigns(truth);
  const auroc = programmeAuroc(signs, found);
  const precision = programmePrecision(signs, found);
  return [
    {
      id: 'programme-auroc',
      label: { en: 'Shared-programme genes, AUROC', fr: 'Gènes du programme partagé, AUROC' },
      value: Number.isNaN(auroc) ? null : auroc,
      shown: Number.isNaN(auroc) ? '–' : auroc.toFixed(3),
      target: `≥ ${aurocTarget.toFixed(2)}`,
      passed: auroc >= aurocTarget,
    },
    {
      id: 'programme-precision',
      label: {
        en: `Programme genes with the right sign among the top ${String(signs.size)}`,
        fr: `Gènes du programme de bon signe parmi les ${String(signs.size)} premiers`,
      },
      value: precision,
      shown: precision.toFixed(2),
      target: `> ${precisionTarget.toFixed(2)}`,
      passed: precision > precisionTarget,
    },
  ];
}

function plantedSigns(truth: SimulationTruth): ReadonlyMap<string, 1 | -1> {
  return new Map([
    ...truth.programme.up.map(({ gene }): [string, 1] => [gene, 1]),
    ...truth.programme.down.map(({ gene }): [string, -1] => [gene, -1]),
  ]);
}

function programmeAuroc(signs: ReadonlyMap<string, 1 | -1>, found: FoundInStudy): number {
  const scored = new Map(found.programmeGeneScores.map(({ gene, score }) => [gene, score]));
  const planted = [...signs].map(([gene, sign]) => {
    const score = (scored.get(gene) ?? NaN) * sign;
    return Number.isNaN(score) ? -Number.MAX_VALUE : score;
  });
  const others = [...scored]
    .filter(([gene, score]) => !signs.has(gene) && !Number.isNaN(score))
    .map(([, score]) => Math.abs(score));
  return areaUnderCurve(planted, others);
}

function programmePrecision(signs: ReadonlyMap<string, 1 | -1>, found: FoundInStudy): number {
  const top = found.programmeGeneScores
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score) || (a.gene < b.gene ? -1 : 1))
    .slice(0, signs.size);
  return top.filter(({ gene, score }) => signs.get(gene) === Math.sign(score)).length / signs.size;
}

function regulatorLines(truth: SimulationTruth, found: FoundInStudy): readonly TruthScoreLine[] {
  const { symbol } = truth.regulator;
  const rank = found.regulatorRanking.indexOf(symbol) + 1;
  const change = found.regulatorExpression;
  return [
    {
      id: 'regulator-rank',
      label: { en: `Rank of the planted regulator, ${symbol}`, fr: `Rang du régulateur planté, ${symbol}` },
      value: rank === 0 ? null : rank,
      shown: rank === 0 ? '–' : `${String(rank)} / ${String(found.regulatorRanking.length)}`,
      target: '1',
      passed: rank === 1,
    },
    {
      id: 'regulator-flat',
      label: {
        en: `RNA of ${symbol} flat (log2 fold change, adjusted P)`,
        fr: `ARN de ${symbol} stable (log2, P ajusté)`,
      },
      value: change?.log2FoldChange ?? null,
      shown: change === null ? '–' : `${change.log2FoldChange.toFixed(2)}; P ${change.pAdjusted.toPrecision(2)}`,
      target: `|log2| < ${flatLog2FoldChange.toFixed(1)}; P > ${flatPAdjusted.toFixed(2)}`,
      passed:
        change !== null && Math.abs(change.log2FoldChange) < flatLog2FoldChange && change.pAdjusted > flatPAdjusted,
    },
  ];
}

function patientLines(truth: SimulationTruth, found: FoundInStudy): readonly TruthScoreLine[] {
  const callOf = new Map(found.patientProgramme.map(({ patient, call }) => [patient, call]));
  const line = (
    id: string,
    planted: PatientTruth['programme'],
    label: Bilingual,
    isRight: (call: ProgrammeCall) => boolean,
  ) =>
    countLine(
      id,
      label,
      tally(
        truth.patients.filter((p) => p.programme === planted),
        ({ patient }) => {
          const call = callOf.get(patient);
          return call !== undefined && isRight(call);
        },
      ),
    );
  const withPersisters = {
    en: 'Patients with persisters not called "none"',
    fr: 'Patients avec persistantes non classés « aucune »',
  };
  const without = { en: 'Patient without persisters called "none"', fr: 'Patient sans persistantes classé « aucune »' };
  return [
    line('programme-patients', 'present', withPersisters, (call) => call !== 'none'),
    line('programme-null', 'none', without, (call) => call === 'none'),
  ];
}

interface ReversalQuestion {
  readonly id: string;
  readonly truth: ReversalTruth;
  readonly label: Bilingual;
  readonly agrees: (verdict: ReversalVerdict) => boolean;
}

const reversalQuestions: readonly ReversalQuestion[] = [
  {
    id: 'reversal-returned',
    truth: 'returned',
    label: { en: 'Reversible patients called returned', fr: 'Patients réversibles classés « retour »' },
    agrees: (verdict) => verdict === 'returned',
  },
  {
    id: 'reversal-clonal',
    truth: 'not returned',
    label: {
      en: 'Clonal-resistance patient not called returned',
      fr: 'Patient à résistance clonale non classé « retour »',
    },
    agrees: (verdict) => verdict !== 'returned',
  },
  {
    id: 'reversal-null',
    truth: 'nothing to reverse',
    label: {
      en: 'Patient without persisters not called returned',
      fr: 'Patient sans persistantes non classé « retour »',
    },
    agrees: (verdict) => verdict !== 'returned',
  },
  {
    id: 'reversal-not-testable',
    truth: 'not testable',
    label: { en: 'Patients without relapse called not testable', fr: 'Patients sans rechute classés « non testable »' },
    agrees: (verdict) => verdict === 'not testable',
  },
];

function reversalLines(truth: SimulationTruth, found: FoundInStudy): readonly TruthScoreLine[] {
  const verdictOf = new Map(found.reversal.map(({ patient, verdict }) => [patient, verdict]));
  return reversalQuestions.map(({ id, truth: planted, label, agrees }) => {
    const asked = truth.patients.filter((p) => p.reversal === planted);
    return countLine(
      id,
      label,
      tally(asked, ({ patient }) => agrees(verdictOf.get(patient) ?? 'not testable')),
    );
  });
}

interface Tally {
  readonly agree: number;
  readonly asked: number;
}

function tally(patients: readonly PatientTruth[], agrees: (patient: PatientTruth) => boolean): Tally {
  return { agree: patients.filter(agrees).length, asked: patients.length };
}

function countLine(id: string, label: Bilingual, { agree, asked }: Tally): TruthScoreLine {
  const target = `${String(asked)}/${String(asked)}`;
  return { id, label, value: agree, shown: `${String(agree)}/${String(asked)}`, target, passed: agree === asked };
}
