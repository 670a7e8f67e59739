import type { Estimate } from '../../core/method.js';
import { clopperPearson } from '../../stats/exact-binomial.js';
import { isAltered } from './cell-calls.js';
import { cellHeatmap } from './cell-heatmap.js';
import type { GenomeLayout } from './genome-layout.js';
import { leastArmGenes } from './genome-regions.js';
import type { GroupProfile } from './group-profile.js';
import type { MeasuredPatient, PatientInput } from './patient-copy-number.js';
import type { PatientReference } from './patient-reference.js';
import { standardisedArms } from './standardised-arms.js';
import type {
  CellCopyNumber,
  CopyNumberClone,
  CopyNumberReason,
  PatientCopyNumber,
  SampleCopyNumber,
} from './types.js';

const noHeatmap = { cells: new Uint32Array(0), values: new Float32Array(0) };

/** The record of a patient about which nothing can be told. */
export function withoutCalls(
  input: PatientInput,
  { found, layout }: { readonly found: PatientReference; readonly layout: GenomeLayout },
  reasons: readonly CopyNumberReason[],
): PatientCopyNumber {
  const { nOwn } = found;
  const reason = reasons[0] ?? 'uncertain';
  const abstained = Array.from({ length: nOwn }, () => reason);
  const samples = patientSamples(input).map(({ sample, index }): SampleCopyNumber => {
    const nCells = found.rows.subarray(0, nOwn).filter((row) => input.cells.sampleOf[row] === index).length;
    const counts = { nCells, nAltered: 0, nUnaltered: 0 };
    return {
      sample,
      status: 'cannot-tell',
      reasons,
      ...counts,
      abstained: { [reason]: nCells },
      alteredFraction: alteredFraction(counts, reasons),
      arms: [],
    };
  });
  return {
    patient: input.patient,
    status: 'cannot-tell',
    reasons,
    reference: { kind: found.kind, groups: [], fromOtherPatients: found.rows.length > nOwn, comparedWith: null },
    nGenes: layout.genes.length,
    genomeArms: layout.arms,
    bins: layout.bins,
    samples,
    clones: [],
    cells: {
      row: found.rows.slice(0, nOwn),
      isReference: Uint8Array.from(found.groupOf.subarray(0, nOwn), (group) => (group >= 0 ? 1 : 0)),
      alteredProbability: new Float64Array(nOwn).fill(NaN),
      clone: new Uint8Array(nOwn),
      abstained,
      armScores: new Float32Array(nOwn * layout.arms.length).fill(NaN),
    },
    heatmap: noHeatmap,
    alleles: [],
    warnings: [],
  };
}

/** The record of a patient from what was measured. */
export function describePatient(input: PatientInput, measured: MeasuredPatient): PatientCopyNumber {
  const { found, layout } = measured;
  const assigned = assignedClones(measured, input.options);
  const order = cloneOrder(measured.clones, assigned);
  const altered = measured.clones.some(isAltered) || measured.samples.some(isAltered);
  const reasons = altered ? [] : [quietOrUncertain(measured)];
  const cells = describeCells(input, measured, { assigned, order, reasons });
  return {
    patient: input.patient,
    status: altered ? 'called' : 'cannot-tell',
    reasons,
    reference: {
      kind: found.kind,
      groups: measured.reference.groups,
      fromOtherPatients: found.rows.length > found.nOwn,
      comparedWith: found.kind === 'untreated' ? 'untreated' : 'normal',
    },
    nGenes: layout.genes.length,
    genomeArms: layout.arms,
    bins: layout.bins,
    samples: describeSamples(input, measured, { cells, reasons }),
    clones: describeClones(input, measured, { order, cells }),
    cells,
    heatmap: cellHeatmap(measured, cells, input.options),
    alleles: measured.alleles
      .filter(({ clone }) => clone === 0 || order.includes(clone - 1))
      .map((evidence) => ({ ...evidence, clone: order.indexOf(evidence.clone - 1) + 1 })),
    warnings: measured.warnings,
  };
}

/** Altered clones first, larger ones first; without those that no cell is left in, unless no cell is in any. */
function cloneOrder(clones: readonly GroupProfile[], assigned: Int16Array): readonly number[] {
  const rank = (k: number): number => (isAltered(clones[k] as GroupProfile) ? 0 : 1);
  const size = (k: number): number => clones[k]?.nCells ?? 0;
  const none = assigned.every((clone) => clone < 0);
  return [...clones.keys()]
    .filter((k) => none || assigned.includes(k))
    .sort((a, b) => rank(a) - rank(b) || size(b) - size(a) || a - b);
}

/** The clone (from 0) of each of the patient's cells by its probability; −1 for cells without a call and for reference cells. */
function assignedClones(
  { found, probability, cloneOf, likelyClone, clones, isReference }: MeasuredPatient,
  { cellPosterior }: PatientInput['options'],
): Int16Array {
  const altered = clones.map(isAltered);
  return Int16Array.from({ length: found.nOwn }, (_, i) => {
    const p = probability[i] as number;
    const own = cloneOf[i] as number;
    const isHigh = p >= cellPosterior;
    if (!isHigh && !(p <= 1 - cellPosterior)) return -1;
    if (own >= 0 && altered[own] === isHigh) return own;
    if (isHigh) return likelyClone[i] as number;
    return isReference[i] === 1 ? -1 : altered.indexOf(false);
  });
}

/** Nothing called: because the arms are neutral, or because they cannot be told. */
function quietOrUncertain({ clones }: MeasuredPatient): CopyNumberReason {
  const arms = clones.flatMap((clone) => clone.arms.filter(({ nGenes }) => nGenes >= leastArmGenes));
  return 2 * arms.filter(({ call }) => call === 'neutral').length >= arms.length ? 'quiet-genome' : 'uncertain';
}

interface CellContext {
  readonly assigned: Int16Array;
  readonly order: readonly number[];
  readonly reasons: readonly CopyNumberReason[];
}

function describeCells(
  { options }: PatientInput,
  measured: MeasuredPatient,
  { assigned, order, reasons }: CellContext,
): CellCopyNumber {
  const { found, probability, detected, isReference } = measured;
  const reasonOf = (i: number): CopyNumberReason | null => {
    if ((detected[i] as number) < options.minDetectedGenes) return 'low-depth';
    const p = probability[i] as number;
    if (Number.isNaN(p)) return reasons[0] ?? 'uncertain';
    return p > 1 - options.cellPosterior && p < options.cellPosterior ? 'uncertain' : null;
  };
  const abstained = Array.from({ length: found.nOwn }, (_, i) => reasonOf(i));
  return {
    row: measured.rows.slice(0, found.nOwn),
    isReference: isReference.slice(0, found.nOwn),
    alteredProbability: Float64Array.from(abstained, (reason, i) =>
      reason === 'low-depth' ? NaN : (probability[i] as number),
    ),
    clone: Uint8Array.from(abstained, (reason, i) => (reason === null ? order.indexOf(assigned[i] as number) + 1 : 0)),
    abstained,
    armScores: standardisedArms(measured),
  };
}

function describeClones(
  input: PatientInput,
  measured: MeasuredPatient,
  { order, cells }: { readonly order: readonly number[]; readonly cells: CellCopyNumber },
): readonly CopyNumberClone[] {
  const samples = patientSamples(input);
  return order.map((k, place) => {
    const profile = measured.clones[k] as GroupProfile;
    const members = cells.row.filter((_, i) => cells.clone[i] === place + 1);
    return {
      clone: place + 1,
      altered: isAltered(profile),
      cellsBySample: samples.map(({ index }) => members.filter((row) => input.cells.sampleOf[row] === index).length),
      ...profile,
    };
  });
}

function describeSamples(
  input: PatientInput,
  measured: MeasuredPatient,
  { cells, reasons }: { readonly cells: CellCopyNumber; readonly reasons: readonly CopyNumberReason[] },
): readonly SampleCopyNumber[] {
  const { cellPosterior, minCloneCells } = input.options;
  const isJudged = (i: number): boolean => measured.found.kind === 'untreated' || cells.isReference[i] === 0;
  return patientSamples(input).map(({ sample, index }, s): SampleCopyNumber => {
    const members = [...cells.row.keys()].filter(
      (i) => isJudged(i) && input.cells.sampleOf[cells.row[i] as number] === index,
    );
    const called = members.filter((i) => cells.abstained[i] === null);
    const nAltered = called.filter((i) => (cells.alteredProbability[i] as number) >= cellPosterior).length;
    const counts = { nCells: members.length, nAltered, nUnaltered: called.length - nAltered };
    const own = members.length < minCloneCells ? [...reasons, 'few-cells' as const] : reasons;
    const without = own.length === 0 && called.length === 0 ? ['uncertain' as const] : own;
    return {
      sample,
      status: without.length === 0 ? 'called' : 'cannot-tell',
      reasons: without,
      ...counts,
      abstained: countReasons(members.map((i) => cells.abstained[i] ?? null)),
      alteredFraction: alteredFraction(counts, without),
      arms: members.length < minCloneCells ? [] : (measured.samples[s]?.arms ?? []),
    };
  });
}

function countReasons(reasons: readonly (CopyNumberReason | null)[]): SampleCopyNumber['abstained'] {
  const counts: Partial<Record<CopyNumberReason, number>> = {};
  for (const reason of reasons) if (reason !== null) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** Altered over called cells. The interval also covers what the cells without a call could be. */
function alteredFraction(
  { nCells, nAltered, nUnaltered }: Pick<SampleCopyNumber, 'nCells' | 'nAltered' | 'nUnaltered'>,
  reasons: readonly CopyNumberReason[],
): Estimate {
  const called = nAltered + nUnaltered;
  const shared = {
    level: 0.95,
    method:
      'Clopper–Pearson, cells without a call counted as unaltered for the lower and as altered for the upper bound',
  };
  if (called === 0 || reasons.length > 0) {
    return { ...shared, value: null, low: null, high: null, status: 'not-identifiable', reasons: [...reasons] };
  }
  return {
    ...shared,
    value: nAltered / called,
    low: clopperPearson(nAltered, nCells).low,
    high: clopperPearson(nCells - nUnaltered, nCells).high,
    status: 'ok',
    reasons: [],
  };
}

function patientSamples({
  cells,
  patient,
}: PatientInput): readonly { readonly sample: string; readonly index: number }[] {
  return cells.samples.flatMap(({ sample, patient: own }, index) => (own === patient ? [{ sample, index }] : []));
}
