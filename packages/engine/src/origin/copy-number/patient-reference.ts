import { type CellCounts, sampleRanges } from '../../cells/cell-counts.js';
import { findReferenceCells } from './find-reference.js';
import type { CopyNumberReference, ResolvedCopyNumberOptions } from './options.js';
import type { ReferenceProfile } from './reference-model.js';
import type { CopyNumberReason, ReferenceKind } from './types.js';

/** The rows of one patient with what they are compared with. */
export interface PatientReference {
  readonly kind: ReferenceKind;
  /** Why there is none; null with one. */
  readonly reason: CopyNumberReason | null;
  /** The patient's own cells, then reference cells of other patients. */
  readonly rows: Uint32Array;
  readonly nOwn: number;
  /** Reference group of each row; −1 for cells that are not reference. */
  readonly groupOf: Int16Array;
  readonly groupNames: readonly string[];
  readonly profile: ReferenceProfile | null;
}

/** Above this share of a patient's cells, markers of the surroundings do not tell normal cells: the tumour shows them itself. */
const mostFound = 0.8;
/** Smaller groups of reference cells are taken together. */
const leastGroup = 10;

/**
 * Finds the reference of a patient: its own reference cells when there are enough, otherwise those of the whole study, or the
 * profile. A reason instead of a reference is a result, not an error.
 */
export function patientReference(
  cells: CellCounts,
  patient: string,
  options: ResolvedCopyNumberOptions,
): PatientReference {
  const rows = rowsOf(cells, (sample) => sample.patient === patient);
  const { reference, minReferenceCells } = options;
  switch (reference.kind) {
    case 'profile':
      return { ...without(rows, 'profile', null), profile: reference.profile };
    case 'cells':
      return givenCells(cells, rows, reference, minReferenceCells);
    case 'untreated':
      return untreatedCells(cells, rows, minReferenceCells);
    case 'find':
      return foundCells(cells, rows, minReferenceCells);
  }
}

function givenCells(
  cells: CellCounts,
  own: Uint32Array,
  { types }: Extract<CopyNumberReference, { kind: 'cells' }>,
  least: number,
): PatientReference {
  const isReference = (row: number): boolean => (types[row] ?? null) !== null;
  const nOwn = own.filter(isReference).length;
  const mine = new Set(own);
  const foreign =
    nOwn >= least ? [] : Array.from(cells.sampleOf.keys()).filter((row) => !mine.has(row) && isReference(row));
  const total = nOwn + foreign.length;
  if (total < least) return without(own, 'none', total === 0 ? 'no-reference' : 'few-reference-cells');
  const rows = Uint32Array.from([...own, ...foreign]);
  const names = Array.from(rows, (row) => types[row] ?? null);
  return { ...grouped(rows, names), kind: 'cells', nOwn: own.length };
}

function untreatedCells(cells: CellCounts, own: Uint32Array, least: number): PatientReference {
  const isUntreated = (row: number): boolean => cells.samples[cells.sampleOf[row] as number]?.stage === 'untreated';
  const n = own.filter(isUntreated).length;
  // With nothing but untreated cells there is nothing to compare them with.
  if (n < least || n === own.length) return without(own, 'none', n === own.length ? 'no-reference' : notEnough(n));
  const names = Array.from(own, (row) => (isUntreated(row) ? 'untreated' : null));
  return { ...grouped(own, names), kind: 'untreated', nOwn: own.length };
}

function foundCells(cells: CellCounts, own: Uint32Array, least: number): PatientReference {
  const found = findReferenceCells({ counts: cells.counts, rows: own }, cells.genes);
  if (found.nFound < least || found.nFound > mostFound * own.length) {
    return without(own, 'none', found.nFound < least ? notEnough(found.nFound) : 'no-reference');
  }
  const names = Array.from(found.groupOf, (group) => (group < 0 ? null : (found.groupNames[group] as string)));
  return { ...grouped(own, names), kind: 'found', nOwn: own.length };
}

function notEnough(found: number): CopyNumberReason {
  return found === 0 ? 'no-reference' : 'few-reference-cells';
}

function without(rows: Uint32Array, kind: ReferenceKind, reason: CopyNumberReason | null): PatientReference {
  const groupOf = new Int16Array(rows.length).fill(-1);
  return { kind, reason, rows, nOwn: rows.length, groupOf, groupNames: [], profile: null };
}

/** Numbers the groups; those of fewer than ten cells are taken together. */
function grouped(
  rows: Uint32Array,
  names: readonly (string | null)[],
): Pick<PatientReference, 'rows' | 'groupOf' | 'groupNames' | 'profile' | 'reason'> {
  const sizes = new Map<string, number>();
  for (const name of names) if (name !== null) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const large = [...sizes].filter(([, n]) => n >= leastGroup).map(([name]) => name);
  const nSmall = [...sizes.values()].reduce((sum, n) => sum + (n < leastGroup ? n : 0), 0);
  const keepsRest = nSmall >= leastGroup || large.length === 0;
  const groupNames = keepsRest && nSmall > 0 ? [...large, 'other'] : large;
  const groupOf = Int16Array.from(names, (name) => {
    if (name === null) return -1;
    const group = large.indexOf(name);
    return group >= 0 ? group : keepsRest ? large.length : -1;
  });
  return { rows, groupOf, groupNames, profile: null, reason: null };
}

function rowsOf(cells: CellCounts, holds: (sample: CellCounts['samples'][number]) => boolean): Uint32Array {
  const rows: number[] = [];
  sampleRanges(cells).forEach(([start, end], s) => {
    if (!holds(cells.samples[s] as CellCounts['samples'][number])) return;
    for (let row = start; row < end; row++) rows.push(row);
  });
  return Uint32Array.from(rows);
}
