import type { Estimate } from '../../core/method.js';
import { exp, log } from '../../core/pinned-math.js';
import { studentQuantile } from '../../stats/distributions.js';
import type { CloneSizes } from './clone-sizes.js';

/** One library of barcode counts: plain numbers, because its reads are not cells. */
export interface BulkLibrary {
  readonly sample: string;
  readonly patient: string;
  readonly stage: string;
  /** Libraries of one replicate are technical repeats and are averaged. */
  readonly replicate: string;
  readonly nReads: number;
  readonly nBarcodes: number;
  readonly topBarcode: string | null;
  readonly topShare: number;
  /** exp(H) of the shares of the reads; NaN without reads. */
  readonly effectiveClones: number;
}

/** One stage of one patient over its replicates. */
export interface BulkStage {
  readonly patient: string;
  readonly stage: string;
  readonly nReplicates: number;
  readonly effectiveClones: Estimate;
  readonly topShare: Estimate;
}

/** Effective clones at the later stage divided by those at the earlier. */
export interface BulkShift {
  readonly patient: string;
  readonly fromStage: string;
  readonly toStage: string;
  readonly diversityKept: Estimate;
}

const noInterval = 'no sampling interval: reads are not cells; at least two replicates are needed';

/** Diversity of one bulk library. */
export function bulkLibrary(
  place: Pick<BulkLibrary, 'sample' | 'patient' | 'stage' | 'replicate'>,
  { clones, sizes, total }: CloneSizes,
): BulkLibrary {
  const entropy = sizes.reduce((sum, size) => sum - (size / total) * log(size / total), 0);
  return {
    ...place,
    nReads: total,
    nBarcodes: clones.length,
    topBarcode: clones[0] ?? null,
    topShare: total === 0 ? NaN : (sizes[0] as number) / total,
    effectiveClones: total === 0 ? NaN : exp(entropy),
  };
}

/** Means over the replicates of each patient and stage, with Student's interval; effective clones on the log scale. */
export function bulkStages(libraries: readonly BulkLibrary[], level: number): readonly BulkStage[] {
  return groupStages(libraries).map(({ patient, stage, members }) => ({
    patient,
    stage,
    nReplicates: replicateMeans(members, (library) => library.topShare).length,
    effectiveClones: meanEstimate(logDiversity(members), { level, scale: exp }),
    topShare: meanEstimate(
      replicateMeans(members, (library) => library.topShare),
      { level, scale: (share) => Math.min(1, Math.max(0, share)) },
    ),
  }));
}

/** Ratio of effective clones between two stages of every patient that has both, by Welch's interval over replicates. */
export function bulkShifts(
  libraries: readonly BulkLibrary[],
  { fromStage, toStage, level }: { readonly fromStage: string; readonly toStage: string; readonly level: number },
): readonly BulkShift[] {
  const stages = groupStages(libraries);
  return stages.flatMap(({ patient, stage, members }) => {
    const later = stages.find((other) => other.patient === patient && other.stage === toStage);
    if (stage !== fromStage || later === undefined) return [];
    const diversityKept = welch([logDiversity(members), logDiversity(later.members)], level);
    return [{ patient, fromStage, toStage, diversityKept }];
  });
}

function logDiversity(members: readonly BulkLibrary[]): readonly number[] {
  return replicateMeans(members, ({ effectiveClones }) => log(effectiveClones));
}

function groupStages(libraries: readonly BulkLibrary[]): readonly {
  readonly patient: string;
  readonly stage: string;
  readonly members: readonly BulkLibrary[];
}[] {
  const keys = new Map(libraries.map((library) => [JSON.stringify([library.patient, library.stage]), library]));
  return [...keys.values()].map(({ patient, stage }) => ({
    patient,
    stage,
    members: libraries.filter((library) => library.patient === patient && library.stage === stage),
  }));
}

/** One number per replicate: technical repeats are averaged; libraries without reads are left out. */
function replicateMeans(members: readonly BulkLibrary[], of: (library: BulkLibrary) => number): readonly number[] {
  const held = new Map<string, number[]>();
  for (const library of members) {
    if (library.nReads > 0) held.set(library.replicate, [...(held.get(library.replicate) ?? []), of(library)]);
  }
  return [...held.values()].map(mean);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredError(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length * (values.length - 1));
}

function meanEstimate(
  values: readonly number[],
  { level, scale }: { readonly level: number; readonly scale: (value: number) => number },
): Estimate {
  const method = `mean of ${String(values.length)} replicates, Student’s interval`;
  if (values.length === 0) return withoutInterval(null, level, method);
  const centre = mean(values);
  if (values.length < 2) return withoutInterval(scale(centre), level, method);
  const reach = studentQuantile((1 + level) / 2, values.length - 1) * Math.sqrt(squaredError(values));
  return withInterval([centre, reach], { level, scale, method });
}

function welch([before, after]: readonly [readonly number[], readonly number[]], level: number): Estimate {
  const method = 'ratio of effective clones, Welch’s interval over replicates on the log scale';
  if (before.length === 0 || after.length === 0) return withoutInterval(null, level, method);
  const change = mean(after) - mean(before);
  if (before.length < 2 || after.length < 2) return withoutInterval(exp(change), level, method);
  const [a, b] = [squaredError(before), squaredError(after)];
  const df = (a + b) ** 2 / (a ** 2 / (before.length - 1) + b ** 2 / (after.length - 1));
  if (!Number.isFinite(df)) return withoutInterval(exp(change), level, method);
  return withInterval([change, studentQuantile((1 + level) / 2, df) * Math.sqrt(a + b)], { level, scale: exp, method });
}

function withInterval(
  [centre, reach]: readonly [number, number],
  {
    level,
    scale,
    method,
  }: { readonly level: number; readonly scale: (value: number) => number; readonly method: string },
): Estimate {
  return {
    value: scale(centre),
    low: scale(centre - reach),
    high: scale(centre + reach),
    level,
    method,
    status: 'ok',
    reasons: [],
  };
}

function withoutInterval(value: number | null, level: number, method: string): Estimate {
  const status = value === null ? 'not-identifiable' : 'ok';
  return { value, low: null, high: null, level, method, status, reasons: [noInterval] };
}
