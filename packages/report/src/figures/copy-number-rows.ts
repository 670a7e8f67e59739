import type { ReportContext } from '../report-context.js';
import { readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { type CloneBranch, cloneTree, leavesOf } from './clone-tree.js';
import { byGenome, type Stretch } from './genome-map.js';
import { namesIn, rowsOf } from './table-order.js';

/** The table `copy_number_profiles` as read. */
export type ProfileRows = ReadTable<'start' | 'end' | 'log2_ratio', 'patient' | 'clone' | 'arm'>;

/** What is called of a stretch. */
export type Call = 'gain' | 'loss';

/** A bin of a profile. */
export interface ProfileBin extends Stretch {
  readonly value: number;
}

/** A called stretch of an arm. */
export interface CalledSegment extends Stretch {
  readonly call: Call;
}

/** An arm with its call. */
export interface ArmCall {
  readonly arm: string;
  readonly call: Call | 'neutral' | 'cannot-tell';
}

/** A clone: its profile, and what is called of it. */
export interface CloneRow {
  readonly clone: string;
  readonly nCells: number;
  readonly bins: readonly ProfileBin[];
  readonly segments: readonly CalledSegment[];
  readonly arms: readonly ArmCall[];
}

/** A patient: its clones in the order of its tree. */
export interface PatientRows {
  readonly patient: string;
  /** `normal`, `untreated`, or null where not known. */
  readonly comparedWith: string | null;
  /** Why nothing is called; null where something is. */
  readonly cannotTell: readonly string[] | null;
  readonly clones: readonly CloneRow[];
  readonly tree: readonly CloneBranch[];
}

/** Gathers the clones of every patient from the tables of copy number. */
export function copyNumberRows({ result }: ReportContext, profiles: ProfileRows): readonly PatientRows[] {
  const arms = armRows(result);
  const segments = segmentRows(result);
  return namesIn(profiles.texts.patient).map((patient) => {
    const rows = rowsOf(profiles.texts.patient, patient);
    const clones = namesIn(rows.map((row) => profiles.texts.clone[row] ?? null)).map((clone): CloneRow => {
      const calls = arms.filter((one) => one.patient === patient && one.clone === clone);
      return {
        clone,
        nCells: calls[0]?.nCells ?? NaN,
        bins: rows.filter((row) => profiles.texts.clone[row] === clone).map((row) => binOf(profiles, row)),
        segments: segments.filter((one) => one.patient === patient && one.clone === clone),
        arms: calls.map(({ arm, call }) => ({ arm, call })),
      };
    });
    const tree = cloneTree(clones.map((clone) => ({ name: clone.clone, events: eventsOf(clone) })));
    const order = leavesOf(tree);
    return {
      patient,
      ...patientInfo(result, patient),
      clones: [...clones].sort((a, b) => order.indexOf(a.clone) - order.indexOf(b.clone)),
      tree,
    };
  });
}

/** Arms called in a clone, signed, along the genome. */
export function eventsOf({ arms }: Pick<CloneRow, 'arms'>): readonly string[] {
  const signs: Readonly<Record<string, string>> = { gain: '+', loss: '−' };
  return [...arms]
    .sort((a, b) => byGenome(a.arm, b.arm))
    .flatMap(({ arm, call }) => {
      const sign = signs[call];
      return sign === undefined ? [] : [sign + arm];
    });
}

function binOf({ numbers, texts }: ProfileRows, row: number): ProfileBin {
  return {
    arm: texts.arm[row] ?? '',
    start: numbers.start[row] as number,
    end: numbers.end[row] as number,
    value: numbers.log2_ratio[row] as number,
  };
}

type Result = ReportContext['result'];

interface OfClone {
  readonly patient: string | null;
  readonly clone: string | null;
}

function armRows(result: Result): readonly (ArmCall & OfClone & { readonly nCells: number })[] {
  const read = readColumns(result, 'copy_number_arms', {
    numbers: ['n_cells'],
    texts: ['patient', 'clone', 'arm', 'call'],
  });
  if (!read.found) return [];
  const { patient, clone, arm, call } = read.texts;
  return arm.map((name, i) => ({
    patient: patient[i] ?? null,
    clone: clone[i] ?? null,
    arm: name ?? '',
    call: call[i] as ArmCall['call'],
    nCells: read.numbers.n_cells[i] as number,
  }));
}

function segmentRows(result: Result): readonly (CalledSegment & OfClone)[] {
  const read = readColumns(result, 'copy_number_segments', {
    numbers: ['start', 'end'],
    texts: ['patient', 'clone', 'arm', 'call'],
  });
  if (!read.found) return [];
  const { patient, clone, arm, call } = read.texts;
  return arm.map((name, i) => ({
    patient: patient[i] ?? null,
    clone: clone[i] ?? null,
    arm: name ?? '',
    call: call[i] === 'loss' ? 'loss' : 'gain',
    start: read.numbers.start[i] as number,
    end: read.numbers.end[i] as number,
  }));
}

/** Patients of whom there is no profile at all, each with why. */
export function patientsWithoutProfile(
  { result }: ReportContext,
  drawn: readonly string[],
): readonly { readonly patient: string; readonly reasons: readonly string[] }[] {
  const patients = textsOrMissing(result, 'copy_number_patients', 'patient');
  const reasons = textsOrMissing(result, 'copy_number_patients', 'reason');
  return patients.flatMap((patient, i) =>
    patient === null || drawn.includes(patient) ? [] : [{ patient, reasons: split(reasons[i]) }],
  );
}

function patientInfo(result: Result, patient: string): Pick<PatientRows, 'comparedWith' | 'cannotTell'> {
  const at = textsOrMissing(result, 'copy_number_patients', 'patient').indexOf(patient);
  const field = (name: string): string | null => textsOrMissing(result, 'copy_number_patients', name)[at] ?? null;
  if (at === -1) return { comparedWith: null, cannotTell: null };
  return {
    comparedWith: field('compared_with'),
    cannotTell: field('status') === 'cannot-tell' ? split(field('reason')) : null,
  };
}

function split(reasons: string | null | undefined): readonly string[] {
  return (reasons ?? '').split('; ').filter((reason) => reason !== '');
}
