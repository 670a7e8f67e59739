import type { CellCounts } from '../../cells/cell-counts.js';
import { report, rngFor, type RunContext, throwIfAborted } from '../../core/context.js';
import type { Warning } from '../../core/method.js';
import { median } from '../../stats/quantile.js';
import { type AlleleEvidence, alleleEvidence } from './allele-evidence.js';
import { cellCalls, isAltered } from './cell-calls.js';
import { detectionCounts, geneSlots, observationSizes, usedDepths } from './cell-sums.js';
import { divide, findClones } from './find-clones.js';
import type { GenePosition } from './gene-positions.js';
import { type GenomeLayout, layOutGenome } from './genome-layout.js';
import { cutRegions, type GenomeRegion } from './genome-regions.js';
import { type GroupProfile, groupProfiles } from './group-profile.js';
import type { ContrastInput } from './held-out-arms.js';
import { measureResiduals } from './measure-residuals.js';
import type { ResolvedCopyNumberOptions } from './options.js';
import { type PatientReference, patientReference } from './patient-reference.js';
import { describePatient, withoutCalls } from './patient-result.js';
import { modelOfCells, modelOfProfile, type ReferenceModel } from './reference-model.js';
import type { CopyNumberReason, PatientCopyNumber } from './types.js';

/** One patient of a study. */
export interface PatientInput {
  readonly cells: CellCounts;
  readonly positions: readonly GenePosition[];
  readonly patient: string;
  readonly options: ResolvedCopyNumberOptions;
}

/** Everything measured on one patient before it is described. Per-row arrays hold the patient's own cells first. */
export interface MeasuredPatient extends ContrastInput {
  readonly found: PatientReference;
  readonly regions: readonly GenomeRegion[];
  readonly bins: Float32Array;
  readonly detected: Uint32Array;
  readonly isReference: Uint8Array;
  /** Rows that are judged: the patient's own, deep enough, not reference (except untreated cells, which are both). */
  readonly candidates: Uint32Array;
  /** Clone of each row, from 0; −1 for rows that are not candidates. */
  readonly cloneOf: Int16Array;
  readonly clones: readonly GroupProfile[];
  /** One per sample of the patient. */
  readonly samples: readonly GroupProfile[];
  readonly probability: Float64Array;
  /** Altered clone that a cell most resembles. */
  readonly likelyClone: Int16Array;
  readonly alleles: readonly AlleleEvidence[];
  readonly warnings: readonly Warning[];
}

/** `copyNumber` of one patient. */
export async function patientCopyNumber(input: PatientInput, context: RunContext): Promise<PatientCopyNumber> {
  const { cells, options } = input;
  const found = patientReference(cells, input.patient, options);
  const place = { counts: cells.counts, rows: found.rows };
  const layout = layOutPatient(input, found);
  const regions = cutRegions(layout, options.windowGenes);
  const thin = tooThin(layout, regions, found, options);
  if (thin !== null) return withoutCalls(input, { found, layout }, thin);
  const slots = geneSlots(layout, cells.genes.length);
  const { total: depths, detected } = usedDepths(place, slots);
  const depth = median(depths.filter((_, i) => (detected[i] as number) >= options.minDetectedGenes));
  if (!(depth > 0)) return withoutCalls(input, { found, layout }, ['low-depth']);
  const sizes = observationSizes(place, slots, layout.genes.length);
  const reference = modelOf(found, { ...place, slots, depths, sizes, depth, genes: layout.genes });
  const isReference = Uint8Array.from(found.groupOf, (group) => (group >= 0 ? 1 : 0));
  const contrast = { ...place, layout, slots, reference, depths };
  const { bins, groupOf: nearest } = await measureResiduals(
    { ...contrast, regions, depth, cap: options.cap, isReference, patient: input.patient },
    context,
  );
  const measured = { ...contrast, nearest, found, regions, bins, detected, isReference };
  return describePatient(input, judge(input, measured, context));
}

type Residuals = Pick<MeasuredPatient, keyof ContrastInput | 'found' | 'regions' | 'bins' | 'detected' | 'isReference'>;

function judge(input: PatientInput, measured: Residuals, context: RunContext): MeasuredPatient {
  const { options } = input;
  const { found, isReference, detected, rows } = measured;
  const candidates = Uint32Array.from(rows.keys()).filter(
    (i) =>
      i < found.nOwn &&
      (detected[i] as number) >= options.minDetectedGenes &&
      (found.kind === 'untreated' || isReference[i] === 0),
  );
  const samples = sampleProfiles(input, measured, candidates);
  const clones = clonesOf(input, measured, { candidates, samples }, context);
  throwIfAborted(context);
  const { probability, clone } = cellCalls({ ...measured, ...clones });
  return {
    ...measured,
    ...clones,
    candidates,
    samples,
    probability,
    likelyClone: clone,
    alleles: allelesOf(input, { ...measured, ...clones }, context),
    warnings: warningsOf(measured, probability, options),
  };
}

function layOutPatient({ cells, positions, options }: PatientInput, found: PatientReference): GenomeLayout {
  const detections = detectionCounts({ counts: cells.counts, rows: found.rows });
  const least = options.minDetection * found.rows.length;
  return layOutGenome(cells.genes, positions, {
    ...options,
    isExpressed: (column) => (detections[column] as number) >= Math.max(1, least),
  });
}

function tooThin(
  layout: GenomeLayout,
  regions: readonly GenomeRegion[],
  found: PatientReference,
  options: ResolvedCopyNumberOptions,
): readonly CopyNumberReason[] | null {
  const reasons: CopyNumberReason[] = found.reason === null ? [] : [found.reason];
  if (layout.genes.length < options.minGenes) reasons.push('few-genes');
  else if (new Set(regions.map(({ arm }) => arm)).size < options.minArms) reasons.push('few-arms');
  if (found.nOwn < options.minCloneCells) reasons.push('few-cells');
  return reasons.length > 0 ? reasons : null;
}

function modelOf(
  { profile, groupOf, groupNames }: PatientReference,
  cells: Omit<Parameters<typeof modelOfCells>[0], 'groupOf' | 'groupNames'> & { readonly genes: readonly string[] },
): ReferenceModel {
  return profile === null
    ? modelOfCells({ ...cells, groupOf, groupNames })
    : modelOfProfile(profile, cells.genes, cells);
}

function clonesOf(
  { options, patient }: PatientInput,
  measured: Residuals,
  { candidates, samples }: Pick<MeasuredPatient, 'candidates' | 'samples'>,
  context: RunContext,
): Clones {
  const { minCloneCells, maxClones, posterior } = options;
  let splits = 0;
  const onSplit = (): void => {
    throwIfAborted(context);
    report(context, `clones of ${patient}`, ++splits, 2 * maxClones - 1, 'splits');
  };
  const found = findClones(measured, candidates, { minCloneCells, maxClones, posterior, onSplit });
  const nGroups = found.reduce((most, clone) => Math.max(most, clone + 1), 0);
  const clones = profiledClones(measured, { candidates, found, nGroups }, options);
  const isEnough = clones.clones.length > 1 || !samplesDisagree(samples);
  if (clones.clones.some(isAltered) ? isEnough : !samples.some(isAltered)) return clones;
  const along = alongSampleCalls(measured, candidates, samples);
  const divided = profiledClones(measured, { candidates, found: along, nGroups: 2 }, options);
  return divided.clones.some(isAltered) ? divided : clones;
}

type Clones = Pick<MeasuredPatient, 'cloneOf' | 'clones'>;

function profiledClones(
  measured: Residuals,
  groups: { readonly candidates: Uint32Array; readonly found: Uint8Array; readonly nGroups: number },
  options: ResolvedCopyNumberOptions,
): Clones {
  const cloneOf = new Int16Array(measured.rows.length).fill(-1);
  groups.candidates.forEach((cell, i) => (cloneOf[cell] = groups.found[i] as number));
  return { cloneOf, clones: groupProfiles(measured, { groupOf: cloneOf, nGroups: groups.nGroups }, options) };
}

/** Whether an arm is called in one sample and neutral in another: then one clone cannot be all there is. */
function samplesDisagree(samples: readonly GroupProfile[]): boolean {
  const arms = samples[0]?.arms ?? [];
  return arms.some((_, arm) => {
    const calls = samples.map((sample) => sample.arms[arm]?.call);
    return calls.includes('neutral') && (calls.includes('gain') || calls.includes('loss'));
  });
}

/** Two groups along the arms called in whole samples: samples are groups from outside, so their calls need no held-out genes. */
function alongSampleCalls(measured: Residuals, candidates: Uint32Array, samples: readonly GroupProfile[]): Uint8Array {
  const signs = measured.layout.arms.map((_, arm) => {
    const calls = samples.map((sample) => sample.arms[arm]?.call);
    return (calls.includes('gain') ? 1 : 0) - (calls.includes('loss') ? 1 : 0);
  });
  const direction = Float64Array.from(measured.regions, ({ arm }) => signs[arm] as number);
  const high = new Set(divide(measured, candidates, direction)[1]);
  return Uint8Array.from(candidates, (cell) => (high.has(cell) ? 1 : 0));
}

function sampleProfiles(
  { cells, patient, options }: PatientInput,
  measured: Residuals,
  candidates: Uint32Array,
): readonly GroupProfile[] {
  const place = new Map(
    cells.samples.flatMap((sample, s) => (sample.patient === patient ? [s] : [])).map((s, i) => [s, i] as const),
  );
  const groupOf = new Int16Array(measured.rows.length).fill(-1);
  for (const cell of candidates)
    groupOf[cell] = place.get(cells.sampleOf[measured.rows[cell] as number] as number) ?? -1;
  return groupProfiles(measured, { groupOf, nGroups: place.size }, options);
}

function allelesOf(
  { options, patient }: PatientInput,
  measured: Residuals & Clones,
  context: RunContext,
): readonly AlleleEvidence[] {
  if (options.alleles === null) return [];
  const rowsWhere = (holds: (cell: number) => boolean): ReadonlySet<number> =>
    new Set(measured.rows.filter((_, cell) => holds(cell)));
  const altered = measured.clones.map(isAltered);
  const all = { clone: 0, rows: rowsWhere((cell) => (measured.cloneOf[cell] as number) >= 0) };
  const groups = measured.clones.map((_, k) => ({
    clone: k + 1,
    rows: rowsWhere((cell) => measured.cloneOf[cell] === k),
  }));
  const normal = rowsWhere((cell) => {
    const clone = measured.cloneOf[cell] as number;
    return clone >= 0 ? altered[clone] === false && altered.includes(true) : measured.isReference[cell] === 1;
  });
  const usable = measured.found.kind !== 'untreated' && normal.size > 0;
  const rng = rngFor(context, `origin/copy-number/alleles/${patient}`);
  return alleleEvidence(options.alleles, { groups: [all, ...groups], normal: usable ? normal : null }, rng);
}

function warningsOf(
  { found, isReference, rows }: Residuals,
  probability: Float64Array,
  { cellPosterior }: ResolvedCopyNumberOptions,
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (rows.length > found.nOwn) {
    warnings.push({
      code: 'reference-of-other-patients',
      message: 'The reference cells are those of other patients: differences between people count as differences here.',
    });
  }
  const altered = isReference.reduce(
    (count, is, i) => count + (is === 1 && i < found.nOwn && (probability[i] as number) >= cellPosterior ? 1 : 0),
    0,
  );
  const total = isReference.subarray(0, found.nOwn).reduce((sum, is) => sum + is, 0);
  if (found.kind !== 'untreated' && altered > 0.05 * total) {
    warnings.push({
      code: 'reference-looks-altered',
      message: `${String(altered)} of ${String(total)} reference cells carry the alterations called: are they all normal?`,
    });
  }
  return warnings;
}
