import { type RunContext, throwIfAborted } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo } from '../../core/method.js';
import type { Bilingual } from '../../core/text.js';
import type { MarkerGeneCells } from '../../markers/marker-cells.js';
import { compareText } from '../../programme/compare-text.js';
import { patientLevelTest, patientsWithout } from '../../programme/patient-level-test.js';
import { agreementNeeded } from '../../regulators/evidence.js';
import type { DrugMatch } from '../drugs/match-drugs.js';
import { type SharedGene, sharedGenes } from '../drugs/shared-direction.js';
import { confirmingExperiment } from './confirming-experiment.js';
import { type TargetCaution, targetCautions } from './target-cautions.js';
import {
  type TargetAxis,
  type TargetEvidence,
  type TargetLine,
  targetLines,
  type TargetRegulator,
  type TargetStandingOfLine,
} from './target-evidence.js';

/** What the table of targets is. */
export const rankTargetsInfo: MethodInfo = {
  id: 'rank-targets',
  title: 'Targets joined from markers, regulators, weaknesses and drugs',
  version: '1.0.0',
  doi: [],
  input: 'shared effects, surface list, ranked regulators, weakness axes, matched drugs',
  output: 'one row per candidate gene with its lines of evidence, what speaks against it and the confirming experiment',
  random: false,
};

/** Options of `rankTargets`. */
export interface RankTargetsOptions {
  /** False-discovery rate of a regulator. Default 0.05. */
  readonly fdr?: number;
  /** Most rows. Default 200. */
  readonly most?: number;
}

/** One candidate. */
export interface Target {
  readonly rank: number;
  readonly gene: string;
  readonly shared: SharedGene;
  readonly lines: Readonly<Record<TargetLine, TargetStandingOfLine>>;
  readonly nSupported: number;
  /** Rank by |t| among all genes, and the same without the patient that costs it most; null with fewer than three patients. */
  readonly effectRank: number;
  readonly leaveOneOut: { readonly worst: number; readonly without: string } | null;
  readonly isSurface: boolean | null;
  readonly regulator: TargetRegulator | null;
  /** Supported regulators whose regulon holds the gene, best first. */
  readonly regulatedBy: readonly string[];
  readonly axes: readonly TargetAxis[];
  /** Drugs that push it back, best first, and conjugates that bind it. */
  readonly drugs: readonly string[];
  readonly against: readonly TargetCaution[];
  readonly experiment: Bilingual;
}

/** Candidates in order. */
export interface TargetRanking {
  readonly status: 'ok' | 'not testable';
  readonly reasons: readonly string[];
  readonly targets: readonly Target[];
  /** Candidates before the list was cut. */
  readonly nCandidates: number;
  /** Lines of evidence that were at hand. */
  readonly linesAtHand: readonly TargetLine[];
}

/**
 * Joins what markers, regulators, weaknesses and drugs say about each gene. Candidates are genes with at least one line
 * besides the shared change: shared surface genes, supported regulators, genes of a supported axis that the patients share,
 * and shared genes a drug pushes back.
 *
 * **Order**: lines that support the gene (of five, counted, not weighted), then lines that contradict it (fewer first), then
 * |t| over patients, then name. A line that could not be tested counts neither way. There is no score.
 *
 * @throws OptionError for a rate or number out of range; AbortedError on request
 */
export function rankTargets(evidence: TargetEvidence, options: RankTargetsOptions, context: RunContext): TargetRanking {
  const { fdr = 0.05, most = 200 } = options;
  if (!(Number.isInteger(most) && most > 0)) throw new OptionError('Option most must be a whole number above zero.');
  const nPatients = evidence.study.perPatient?.effects.patients.length ?? 0;
  const linesAtHand = targetLines.filter((line) => isAtHand(evidence, line));
  if (nPatients < 3) {
    const reasons = [`${String(nPatients)} patients can be compared with themselves; at least 3 are needed`];
    return { status: 'not testable', reasons, targets: [], nCandidates: 0, linesAtHand };
  }
  const known = lookUps(evidence, fdr);
  const ranks = effectRanks(evidence, context);
  const rows = [...known.shared.values()]
    .map((shared) => targetOf(evidence, known, ranks, shared))
    .filter(({ lines }) => targetLines.some((line) => line !== 'shared' && lines[line] === 'supported'))
    .sort(
      (a, b) =>
        b.nSupported - a.nSupported ||
        contradictions(a) - contradictions(b) ||
        Math.abs(b.shared.t) - Math.abs(a.shared.t) ||
        compareText(a.gene, b.gene),
    );
  return {
    status: 'ok',
    reasons: [],
    targets: rows.slice(0, most).map((row, i) => ({ rank: i + 1, ...row })),
    nCandidates: rows.length,
    linesAtHand,
  };
}

function isAtHand({ surface, regulators, axes, drugs, antibodyDrugs }: TargetEvidence, line: TargetLine): boolean {
  if (line === 'shared') return true;
  if (line === 'surface') return surface !== null;
  if (line === 'regulator') return regulators !== null;
  if (line === 'weakness') return axes !== null;
  return drugs?.status === 'ok' || (antibodyDrugs.length > 0 && surface !== null);
}

interface LookUps {
  readonly shared: ReadonlyMap<string, SharedGene>;
  readonly cells: ReadonlyMap<string, MarkerGeneCells>;
  readonly regulators: ReadonlyMap<string, TargetRegulator>;
  /** Names of supported regulators. */
  readonly active: ReadonlySet<string>;
  readonly regulatedBy: ReadonlyMap<string, readonly string[]>;
  readonly drugsFor: ReadonlyMap<string, readonly DrugMatch[]>;
  readonly drugsAgainst: ReadonlyMap<string, readonly DrugMatch[]>;
}

function lookUps(evidence: TargetEvidence, fdr: number): LookUps {
  const regulators = evidence.regulators ?? [];
  const isActive = ({ pAdjusted, agreement }: TargetRegulator): boolean =>
    pAdjusted <= fdr &&
    (agreement === null || (agreement.asked >= 3 && agreement.agree >= agreementNeeded(agreement.asked)));
  const active = regulators.filter(isActive);
  const place = new Map(active.map(({ regulator, pAdjusted, z }) => [regulator, { pAdjusted, z }]));
  const regulatedBy = new Map<string, string[]>();
  for (const { source, target } of evidence.regulons ?? []) {
    if (place.has(source)) regulatedBy.set(target, [...(regulatedBy.get(target) ?? []), source]);
  }
  const strength = (name: string): number => Math.abs(place.get(name)?.z ?? 0);
  for (const names of regulatedBy.values()) names.sort((a, b) => strength(b) - strength(a) || compareText(a, b));
  return {
    shared: sharedGenes(evidence.study),
    cells: new Map(evidence.cells?.genes.map((row) => [row.gene, row]) ?? []),
    regulators: new Map(regulators.map((row) => [row.regulator, row])),
    active: new Set(place.keys()),
    regulatedBy,
    drugsFor: drugsBy(evidence, 'for'),
    drugsAgainst: drugsBy(evidence, 'against'),
  };
}

function drugsBy({ drugs }: TargetEvidence, standing: 'for' | 'against'): ReadonlyMap<string, readonly DrugMatch[]> {
  const found = new Map<string, DrugMatch[]>();
  for (const drug of drugs?.drugs ?? []) {
    for (const target of drug.targets?.targets ?? []) {
      if (target.standing === standing) found.set(target.gene, [...(found.get(target.gene) ?? []), drug]);
    }
  }
  return found;
}

function targetOf(
  evidence: TargetEvidence,
  known: LookUps,
  ranks: EffectRanks,
  shared: SharedGene,
): Omit<Target, 'rank'> {
  const { gene } = shared;
  const lines = linesOf(evidence, known, shared);
  const supported = targetLines.filter((line) => lines[line] === 'supported');
  const conjugates = lines.surface === 'supported' ? evidence.antibodyDrugs.filter((drug) => drug.gene === gene) : [];
  const drugs = [
    ...(known.drugsFor.get(gene) ?? []).map(({ drug }) => drug),
    ...new Set(conjugates.map(({ drug }) => drug)),
  ];
  const place = ranks.placeOf.get(gene) as number;
  const worst = ranks.worst[place] ?? null;
  const effectRank = ranks.rank[place] as number;
  const against = targetCautions({
    shared,
    essential: evidence.essential?.has(gene) ?? false,
    cells: known.cells.get(gene) ?? null,
    worst: worst === null ? null : { rank: worst.worst, without: worst.without },
    rank: effectRank,
    wrongDrugs: known.drugsAgainst.get(gene) ?? [],
  });
  return {
    gene,
    shared,
    lines,
    nSupported: supported.length,
    effectRank,
    leaveOneOut: worst,
    isSurface: evidence.surface?.genes.has(gene) ?? null,
    regulator: known.regulators.get(gene) ?? null,
    regulatedBy: known.regulatedBy.get(gene) ?? [],
    axes: evidence.axes?.get(gene) ?? [],
    drugs,
    against,
    experiment: confirmingExperiment(gene, supported, drugs[0] ?? null),
  };
}

function linesOf(evidence: TargetEvidence, known: LookUps, shared: SharedGene): Target['lines'] {
  const { gene, direction } = shared;
  const raised = direction > 0;
  const onSurface = evidence.surface?.genes.has(gene) ?? false;
  const axes = evidence.axes?.get(gene) ?? [];
  const conjugate = onSurface && raised && evidence.antibodyDrugs.some((drug) => drug.gene === gene);
  const isRegulator = known.regulators.has(gene);
  return {
    shared: direction === 0 ? 'not supported' : 'supported',
    surface: line(evidence.surface !== null, onSurface, raised, direction < 0),
    regulator: line(evidence.regulators !== null, isRegulator, known.active.has(gene), false),
    weakness: line(
      evidence.axes !== null,
      axes.length > 0,
      direction !== 0 && axes.some(({ verdict }) => verdict === 'supported'),
      axes.every(({ verdict }) => verdict === 'contradicted'),
    ),
    drug: line(
      isAtHand(evidence, 'drug'),
      conjugate || known.drugsFor.has(gene) || known.drugsAgainst.has(gene),
      conjugate || known.drugsFor.has(gene),
      known.drugsAgainst.has(gene),
    ),
  };
}

function line(atHand: boolean, applies: boolean, holds: boolean, opposed: boolean): TargetStandingOfLine {
  if (!atHand) return 'not testable';
  if (!applies) return 'does not apply';
  if (holds) return 'supported';
  return opposed ? 'contradicted' : 'not supported';
}

function contradictions({ lines }: Omit<Target, 'rank'>): number {
  return targetLines.filter((name) => lines[name] === 'contradicted').length;
}

interface EffectRanks {
  readonly placeOf: ReadonlyMap<string, number>;
  readonly rank: Float64Array;
  readonly worst: readonly { readonly worst: number; readonly without: string }[];
}

/** Ranks by |t| among all genes, with all patients and without each. */
function effectRanks({ study }: TargetEvidence, context: RunContext): EffectRanks {
  const { effects, meta } = study.perPatient as NonNullable<TargetEvidence['study']['perPatient']>;
  const left = effects.patients.map((patient) => {
    throwIfAborted(context);
    return ranksByMagnitude(patientLevelTest(effects, patientsWithout(effects, patient)).t);
  });
  return {
    placeOf: new Map(effects.genes.map((gene, g) => [gene, g])),
    rank: ranksByMagnitude(meta.t),
    worst: effects.genes.map((_, g) => {
      const own = left.map((rank) => rank[g] as number);
      const worst = Math.max(...own);
      return { worst, without: effects.patients[own.indexOf(worst)] ?? '' };
    }),
  };
}

function ranksByMagnitude(t: Float64Array): Float64Array {
  const order = Uint32Array.from(t.keys()).sort((a, b) => Math.abs(t[b] as number) - Math.abs(t[a] as number) || a - b);
  const rank = new Float64Array(t.length);
  order.forEach((g, i) => {
    rank[g] = i + 1;
  });
  return rank;
}
