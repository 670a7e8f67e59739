import type { CellCounts } from '../../cells/cell-counts.js';
import type { ArmCall, PatientCopyNumber } from '../copy-number/types.js';
import type { PersisterStates } from './barcode-evidence.js';
import type { GeneticEvidence, GeneticLabel } from './types.js';

/** The clone of cells that served as reference, where the reference is the tumour itself before treatment. */
const asUntreated = 'as untreated';

/**
 * The copy number of one patient as labels for `geneticAlarm`: the clone of each cell, and for each arm that differs between its
 * clones the call of the cell's clone. Normal reference cells take no part. Where nothing is called the source abstains.
 */
export function copyNumberEvidence(
  found: PatientCopyNumber,
  cells: CellCounts,
  states: PersisterStates,
): GeneticEvidence {
  const ownTumour = found.reference.comparedWith === 'untreated';
  const kept = Array.from(found.cells.row.keys()).filter((i) => ownTumour || found.cells.isReference[i] === 0);
  const sampleAt = (i: number): CellCounts['samples'][number] =>
    cells.samples[cells.sampleOf[found.cells.row[i] as number] as number] as CellCounts['samples'][number];
  return {
    patient: found.patient,
    source: 'copy-number',
    abstained: found.status === 'called' ? null : `copy number cannot be told: ${found.reasons.join(', ')}`,
    sample: kept.map((i) => sampleAt(i).sample),
    stage: kept.map((i) => sampleAt(i).stage),
    persister: kept.map(
      (i) => states.get(sampleAt(i).sample)?.get(cells.barcodes[found.cells.row[i] as number] as string) ?? null,
    ),
    labels: found.status === 'called' ? labelsOf(found, kept) : [],
  };
}

function labelsOf(found: PatientCopyNumber, kept: readonly number[]): readonly GeneticLabel[] {
  const cloneOf = kept.map((i) => found.cells.clone[i] as number);
  const isReference = kept.map((i) => found.cells.isReference[i] === 1);
  const arms = found.genomeArms.map(({ label }) => label).filter((arm) => differs(found, arm));
  return [
    {
      name: 'clone',
      kind: 'clone',
      values: cloneOf.map((clone, k) => (isReference[k] === true ? asUntreated : nameOf(found, clone))),
    },
    ...arms.map((arm) => ({
      name: arm,
      kind: 'arm' as const,
      values: cloneOf.map((clone, k) => (isReference[k] === true ? 'neutral' : callAt(found, clone, arm))),
    })),
  ];
}

/** Unaltered clones of a patient compared with its untreated cells are what those cells are. */
function nameOf({ clones, reference }: PatientCopyNumber, clone: number): string | null {
  const own = clones.find((one) => one.clone === clone);
  if (own === undefined) return null;
  return reference.comparedWith === 'untreated' && !own.altered ? asUntreated : `clone ${String(clone)}`;
}

function callAt({ clones }: PatientCopyNumber, clone: number, arm: string): string | null {
  const call = clones.find((one) => one.clone === clone)?.arms.find((one) => one.arm === arm)?.call;
  return call === undefined || call === 'cannot-tell' ? null : call;
}

/** Whether the arm is altered in some clone and not in all cells. */
function differs({ clones, reference }: PatientCopyNumber, arm: string): boolean {
  const calls = clones.flatMap(({ arms }) => arms.find((one) => one.arm === arm)?.call ?? []);
  const told = new Set<ArmCall['call']>(calls.filter((call) => call !== 'cannot-tell'));
  if (reference.comparedWith === 'untreated') told.add('neutral');
  return told.size > 1;
}
