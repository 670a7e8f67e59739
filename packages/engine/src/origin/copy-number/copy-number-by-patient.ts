import { type CellCounts, sampleRanges } from '../../cells/cell-counts.js';
import { selectCells } from '../../cells/kernels/subsample-cells.js';
import type { RunContext } from '../../core/context.js';
import type { AlleleCounts } from './allele-counts.js';
import { copyNumber } from './copy-number.js';
import type { GenePosition } from './gene-positions.js';
import type { CopyNumberOptions } from './options.js';
import type { CopyNumber, PatientCopyNumber } from './types.js';

/** How the reference of each patient is chosen. */
export interface PatientReferenceChoice {
  /** Type of each normal cell of the study; null for tumour cells. */
  readonly types: readonly (string | null)[];
  /**
   * `auto`: a patient's own normal cells where there are enough, otherwise its untreated cells; `normal`: normal cells, those of
   * other patients where the patient has too few; `untreated`: untreated cells, so that only changes since then are seen.
   */
  readonly prefer: 'auto' | 'normal' | 'untreated';
}

/** Normal cells of a patient that `auto` compares its tumour cells with; fewer are not used. */
const enoughNormal = 20;

/**
 * Copy number patient by patient, each against the best reference it has: see `PatientReferenceChoice`. Rows of the result are
 * rows of `cells`.
 *
 * @throws as `copyNumber`
 */
export async function copyNumberByPatient(
  cells: CellCounts,
  positions: readonly GenePosition[],
  options: Omit<CopyNumberOptions, 'reference'> & { readonly choice: PatientReferenceChoice },
  context: RunContext,
): Promise<CopyNumber> {
  const { choice, ...rest } = options;
  const patients = [...new Set(cells.samples.map(({ patient }) => patient))];
  const found = new Map<string, PatientCopyNumber>();
  for (const [kind, own] of groupsOf(cells, patients, choice)) {
    if (own.length === 0) continue;
    const rows = rowsOf(cells, own);
    const part = rows.length === cells.barcodes.length ? cells : selectCells(cells, rows);
    const reference =
      kind === 'untreated'
        ? ({ kind } as const)
        : ({ kind: 'cells', types: Array.from(rows, (row) => choice.types[row] ?? null) } as const);
    const alleles = rest.alleles == null ? null : allelesOfRows(rest.alleles, rows);
    const result = await copyNumber(part, positions, { ...rest, alleles, reference }, context);
    for (const patient of result.patients) {
      if (own.includes(patient.patient)) found.set(patient.patient, onAllRows(patient, rows));
    }
  }
  return { patients: patients.flatMap((patient) => found.get(patient) ?? []), warnings: [] };
}

type Kind = 'normal' | 'untreated';

function groupsOf(
  cells: CellCounts,
  patients: readonly string[],
  { types, prefer }: PatientReferenceChoice,
): readonly (readonly [Kind, readonly string[]])[] {
  if (prefer !== 'auto') return [[prefer, patients]];
  const normal = new Map<string, number>();
  cells.sampleOf.forEach((s, row) => {
    const patient = cells.samples[s]?.patient ?? '';
    if ((types[row] ?? null) !== null) normal.set(patient, (normal.get(patient) ?? 0) + 1);
  });
  const has = (patient: string): boolean => (normal.get(patient) ?? 0) >= enoughNormal;
  return [
    ['normal', patients.filter(has)],
    ['untreated', patients.filter((patient) => !has(patient))],
  ];
}

function rowsOf(cells: CellCounts, patients: readonly string[]): Uint32Array {
  const wanted = new Set(patients);
  const rows = sampleRanges(cells).flatMap(([start, end], s) =>
    wanted.has(cells.samples[s]?.patient ?? '') ? Array.from({ length: end - start }, (_, i) => start + i) : [],
  );
  return Uint32Array.from(rows);
}

/** The counts of some rows, which are then numbered from 0. */
function allelesOfRows(alleles: AlleleCounts, rows: Uint32Array): AlleleCounts {
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const kept = Uint32Array.from(alleles.cell.keys()).filter((i) => place.has(alleles.cell[i] as number));
  const picked = (values: ArrayLike<number>): Uint32Array => kept.map((i) => values[i] as number);
  return {
    sites: alleles.sites,
    cell: kept.map((i) => place.get(alleles.cell[i] as number) as number),
    site: picked(alleles.site),
    alternative: picked(alleles.alternative),
    total: picked(alleles.total),
  };
}

function onAllRows(patient: PatientCopyNumber, rows: Uint32Array): PatientCopyNumber {
  return { ...patient, cells: { ...patient.cells, row: patient.cells.row.map((row) => rows[row] as number) } };
}
