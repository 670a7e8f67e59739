import type { ForestEstimate, ForestRow } from './forest.js';
import { withoutPatient } from './table-order.js';

/** An estimate of one patient, for instance of one of its samples. */
export interface PatientRow {
  readonly patient: string;
  readonly row: ForestEstimate;
}

/** Rows of a forest plot with the spacing that keeps it on one page. */
export interface PatientRows {
  readonly rows: readonly ForestRow[];
  readonly spacing: 'close' | undefined;
}

/** More rows than these, headings among them, leave the page at their usual height. */
const mostSpacedRows = 36;

/**
 * Rows under a heading per patient; where that makes too many, close together with the patient before the label, or in its
 * place where a patient has one row.
 */
export function rowsByPatient(found: readonly PatientRow[]): PatientRows {
  const patients = [...new Set(found.map(({ patient }) => patient))];
  const groups = patients.map((patient) => found.filter((one) => one.patient === patient).map(({ row }) => row));
  if (found.length + patients.length <= mostSpacedRows) {
    return {
      rows: groups.flatMap((rows, i) => underHeading(patients[i] ?? '', rows)),
      spacing: undefined,
    };
  }
  return {
    rows: groups.flatMap((rows, i) =>
      rows.map((row, k) => ({
        ...row,
        label: rows.length === 1 ? (patients[i] ?? '') : fullLabel(patients[i] ?? '', row.label),
        ...(i > 0 && k === 0 ? { opens: 'group' as const } : {}),
      })),
    ),
    spacing: 'close',
  };
}

function underHeading(patient: string, rows: readonly ForestEstimate[]): readonly ForestRow[] {
  return [
    { kind: 'heading', text: patient },
    ...rows.map((row) => ({ ...row, label: withoutPatient(row.label, patient) })),
  ];
}

/** Many labs name samples after their patients already. */
function fullLabel(patient: string, label: string): string {
  return label.startsWith(patient) ? label : `${patient} · ${label}`;
}
