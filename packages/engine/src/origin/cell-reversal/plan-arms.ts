import { type CellCounts, type CellSample, sampleRanges } from '../../cells/cell-counts.js';
import { type RunContext, rngFor } from '../../core/context.js';
import { shuffleInPlace } from '../../core/rng.js';
import { compareText } from '../../programme/compare-text.js';
import { contrastParts } from './deal-units.js';
import type { ResolvedCellReversalOptions } from './options.js';
import type { ContrastPart, NotTestableReason } from './types.js';

/** The samples and cells of one arm. */
export interface PlannedArm {
  readonly patient: string;
  readonly arm: string;
  /** Indices into the samples of the cells. */
  readonly samples: Readonly<Record<ContrastPart, readonly number[]>>;
  /** Tumour cells with counts. */
  readonly nCells: Readonly<Record<ContrastPart, number>>;
  readonly notTestable: NotTestableReason | null;
  readonly reasons: readonly string[];
}

/** The tumour cells of a study by sample. */
export interface TumourCells {
  readonly cells: CellCounts;
  /** Rows of each sample's tumour cells with counts, in the order of the study. */
  readonly rows: readonly Uint32Array[];
  /** Place of every cell among the tumour cells given; −1 for others. */
  readonly placeOf: Int32Array;
}

/** Sorts the tumour cells by sample; cells without counts have no position and are left out. */
export function tumourCellsOf(cells: CellCounts, tumourCells: Uint32Array): TumourCells {
  const { indptr, data } = cells.counts;
  const kept = tumourCells
    .filter((row) => data.subarray(indptr[row], indptr[row + 1]).some((count) => count > 0))
    .sort();
  const rows = sampleRanges(cells).map(([start, end]) => kept.subarray(lowerBound(kept, start), lowerBound(kept, end)));
  const placeOf = new Int32Array(cells.barcodes.length).fill(-1);
  tumourCells.forEach((row, place) => {
    placeOf[row] = place;
  });
  return { cells, rows, placeOf };
}

/**
 * The arms of every patient: its relapse samples by treatment (or by the name the options give), each against all untreated samples and
 * against the residual samples of the same treatment, or all of them where the treatment has none. A patient without relapse
 * samples has one arm, which says so.
 */
export function planArms(tumour: TumourCells, options: ResolvedCellReversalOptions): readonly PlannedArm[] {
  const { samples } = tumour.cells;
  const patients = [...new Set(samples.map(({ patient }) => patient))].sort(compareText);
  return patients.flatMap((patient) => {
    const at = (stage: string): number[] =>
      samples.flatMap((s, i) => (s.patient === patient && s.stage === stage ? [i] : []));
    const [from, to, back] = contrastParts.map((part) => at(options.contrast[part])) as [number[], number[], number[]];
    const nameOf = (i: number): string => {
      const { sample, treatment } = samples[i] as CellSample;
      return options.arms.get(sample) ?? treatment;
    };
    const names = [...new Set(back.map(nameOf))].sort(compareText);
    return (names.length === 0 ? [''] : names).map((arm) => {
      const own = back.filter((i) => nameOf(i) === arm);
      return plannedArm(
        { patient, arm, samples: { from, to: sameTreatment(to, own, samples), back: own } },
        tumour,
        options,
      );
    });
  });
}

function sameTreatment(
  to: readonly number[],
  back: readonly number[],
  samples: readonly CellSample[],
): readonly number[] {
  const treatments = new Set(back.map((i) => samples[i]?.treatment));
  const same = to.filter((i) => treatments.has(samples[i]?.treatment));
  return same.length > 0 ? same : to;
}

function plannedArm(
  arm: Pick<PlannedArm, 'patient' | 'arm' | 'samples'>,
  { cells, rows }: TumourCells,
  { contrast, minCells }: ResolvedCellReversalOptions,
): PlannedArm {
  const count = (part: ContrastPart): number =>
    arm.samples[part].reduce((sum, i) => sum + (rows[i] as Uint32Array).length, 0);
  const nCells = { from: count('from'), to: count('to'), back: count('back') };
  const missing = contrastParts.filter((part) => arm.samples[part].length === 0);
  const few = contrastParts.filter((part) => nCells[part] < minCells);
  const technologies = new Set(
    contrastParts.flatMap((part) => arm.samples[part]).map((i) => cells.samples[i]?.technology),
  );
  const because = (notTestable: NotTestableReason | null, ...reasons: string[]): PlannedArm => {
    return { ...arm, nCells, notTestable, reasons };
  };
  if (missing.length > 0) {
    return because(
      'missing-stage',
      `no ${missing.map((part) => contrast[part]).join(' and no ')} sample with single cells`,
    );
  }
  if (few.length > 0) {
    const found = few.map((part) => `${String(nCells[part])} ${contrast[part]} cells`).join(' and ');
    return because('too-few-cells', `${found}; ${String(minCells)} are needed`);
  }
  if (technologies.size > 1) return because('technology', 'its stages come from different technologies');
  return because(null);
}

/** Rows of the cells used of one sample: in the order of their barcodes, so that the order of the study does not matter. */
export function chosenRows(
  { cells, rows }: TumourCells,
  sample: number,
  maxCells: number,
  context: RunContext,
): Uint32Array {
  const ordered = (rows[sample] as Uint32Array)
    .slice()
    .sort((a, b) => compareText(cells.barcodes[a], cells.barcodes[b]) || a - b);
  if (ordered.length <= maxCells) return ordered;
  const places = Uint32Array.from(ordered.keys());
  shuffleInPlace(places, rngFor(context, `origin/cell-reversal/cells/${cells.samples[sample]?.sample ?? ''}`));
  return places
    .subarray(0, maxCells)
    .sort()
    .map((place) => ordered[place] as number);
}

function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
