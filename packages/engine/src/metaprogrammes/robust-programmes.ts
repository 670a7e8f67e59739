import { type CellProgramme, overlapMatrix } from './cell-programme.js';
import type { FounderRule, MetaProgrammeRules } from './rules.js';

/** Programmes that pass, and how many of each sample were left after each rule. */
export interface RobustProgrammes {
  /** Indices of the programmes that pass, sample by sample. */
  readonly kept: readonly number[];
  readonly tally: readonly ProgrammeTally[];
}

/** Programmes of a sample after each rule. */
export interface ProgrammeTally {
  readonly sample: string;
  readonly patient: string;
  /** At all ranks together. */
  readonly found: number;
  /** Found again at another rank. */
  readonly robust: number;
  /** Of these, found in another patient. */
  readonly recurrent: number;
  /** Of these, not redundant. */
  readonly kept: number;
}

/**
 * Programmes worth comparing between patients: robust to the rank within their sample, recurrent in another patient, not redundant
 * within their sample. Redundant ones give way to those that overlap most with another patient.
 *
 * @param programmes - those of every rank of every sample, grouped by sample
 * @see doi:10.1038/s41586-023-06130-4; `robust_nmf_programs` of the authors' repository. Difference: "another sample" is a sample of
 * another patient where there is one, because the samples of one patient share what is private to it
 */
export function robustProgrammes(
  programmes: readonly CellProgramme[],
  rules: MetaProgrammeRules,
  unit: FounderRule['unit'],
): RobustProgrammes {
  const overlaps = overlapMatrix(programmes);
  const robust = withinSampleRobust(programmes, overlaps, rules);
  const isRobust = new Set(robust);
  const elsewhere = programmes.map((programme, i) =>
    highest(overlaps, i, programmes, (other, j) => isRobust.has(j) && unitOf(other, unit) !== unitOf(programme, unit)),
  );
  const tally: ProgrammeTally[] = [];
  const kept: number[] = [];
  for (const sample of new Set(programmes.map((programme) => programme.sample))) {
    const own = programmes.flatMap((programme, i) => (programme.sample === sample ? [i] : []));
    const ofSample = own.filter((i) => isRobust.has(i));
    const recurrent = ofSample.filter((i) => (elsewhere[i] as number) >= rules.betweenMin);
    const unique = withoutRedundant(recurrent, elsewhere, { overlaps, n: programmes.length }, rules);
    kept.push(...unique);
    tally.push({
      sample,
      patient: (programmes[own[0] as number] as CellProgramme).patient,
      found: own.length,
      robust: ofSample.length,
      recurrent: recurrent.length,
      kept: unique.length,
    });
  }
  return { kept, tally };
}

/** Programmes of one patient that are robust and not redundant, chosen without looking at any other patient. */
export function ownProgrammes(
  programmes: readonly CellProgramme[],
  rules: MetaProgrammeRules,
): readonly CellProgramme[] {
  const overlaps = overlapMatrix(programmes);
  const within = programmes.map((programme, i) =>
    highest(overlaps, i, programmes, (other) => other.sample === programme.sample && other.rank !== programme.rank),
  );
  const robust = withinSampleRobust(programmes, overlaps, rules);
  const samples = [...new Set(programmes.map((programme) => programme.sample))];
  const unique = samples.flatMap((sample) =>
    withoutRedundant(
      robust.filter((i) => programmes[i]?.sample === sample),
      within,
      { overlaps, n: programmes.length },
      rules,
    ),
  );
  return unique.map((i) => programmes[i] as CellProgramme);
}

/** The patient of a programme, or its sample where there is but one patient. */
export function unitOf(programme: CellProgramme, unit: FounderRule['unit']): string {
  return unit === 'patients' ? programme.patient : programme.sample;
}

function withinSampleRobust(
  programmes: readonly CellProgramme[],
  overlaps: Int32Array,
  { withinSampleMin }: MetaProgrammeRules,
): readonly number[] {
  const atAnotherRank = (i: number, { sample, rank }: CellProgramme): number =>
    highest(overlaps, i, programmes, (other) => other.sample === sample && other.rank !== rank);
  return programmes.flatMap((programme, i) => (atAnotherRank(i, programme) >= withinSampleMin ? [i] : []));
}

/** Takes programmes by falling `merit` unless they overlap too much with one already taken. */
function withoutRedundant(
  candidates: readonly number[],
  merit: readonly number[],
  { overlaps, n }: { readonly overlaps: Int32Array; readonly n: number },
  { redundancyMax }: MetaProgrammeRules,
): readonly number[] {
  const taken: number[] = [];
  for (const i of [...candidates].sort((a, b) => (merit[b] as number) - (merit[a] as number) || a - b)) {
    if (taken.every((j) => (overlaps[i * n + j] as number) <= redundancyMax)) taken.push(i);
  }
  return taken;
}

function highest(
  overlaps: Int32Array,
  i: number,
  programmes: readonly CellProgramme[],
  counts: (other: CellProgramme, j: number) => boolean,
): number {
  let found = 0;
  programmes.forEach((other, j) => {
    if (j !== i && counts(other, j)) found = Math.max(found, overlaps[i * programmes.length + j] as number);
  });
  return found;
}
