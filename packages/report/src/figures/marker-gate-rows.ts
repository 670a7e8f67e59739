import type { ReportContext } from '../report-context.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';

/** The table `marker_gates` as read. */
export type Gates = ReadTable<'size' | 'sensitivity' | 'specificity', 'gate' | 'measured'>;

/** A share with its interval; missing ends are NaN. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One way of measuring the gates of a size. */
export interface Measured {
  readonly sensitivity: Share;
  readonly specificity: Share;
  readonly specificityNormal: number;
  readonly youden: number;
  readonly p: number;
}

/** A patient left out of the choice. */
export interface LeftOutPatient {
  readonly patient: string;
  readonly gate: string;
  readonly sensitivity: number;
  readonly specificity: number;
}

/** Gates of one number of markers. */
export interface SizePanel {
  readonly size: number;
  readonly gate: string;
  readonly apparent: Measured | null;
  readonly nested: Measured | null;
  readonly patients: readonly LeftOutPatient[];
}

/** Gates by number of markers: the best one on all patients, and what the choice gives on patients left out. */
export function gatePanels(context: ReportContext, read: Gates): readonly SizePanel[] {
  const sizes = [...new Set(read.numbers.size)].filter(Number.isFinite).sort((a, b) => a - b);
  const ranks = numbersOrMissing(context.result, 'marker_gates', 'rank');
  return sizes
    .map((size): SizePanel => {
      const rowOf = (measured: string): number =>
        read.texts.measured.findIndex(
          (name, i) =>
            name === measured &&
            read.numbers.size[i] === size &&
            (measured === 'nested' || !((ranks[i] as number) > 1)),
        );
      const best = rowOf('apparent');
      return {
        size,
        gate: read.texts.gate[best] ?? '',
        apparent: measuredAt(context, best),
        nested: measuredAt(context, rowOf('nested')),
        patients: patientsOf(context, size),
      };
    })
    .filter(({ apparent, nested }) => apparent !== null || nested !== null);
}

/** A row of the table; null where there is none or it holds no share. */
function measuredAt({ result }: ReportContext, row: number): Measured | null {
  const at = (column: string): number => numbersOrMissing(result, 'marker_gates', column)[row] ?? NaN;
  const share = (column: string): Share => ({
    value: at(column),
    low: at(`${column}_low`),
    high: at(`${column}_high`),
  });
  const [sensitivity, specificity] = [share('sensitivity'), share('specificity')];
  if (!Number.isFinite(sensitivity.value) || !Number.isFinite(specificity.value)) return null;
  return {
    sensitivity,
    specificity,
    specificityNormal: at('specificity_normal'),
    youden: at('youden'),
    p: at('p_shuffled'),
  };
}

function patientsOf({ result }: ReportContext, size: number): readonly LeftOutPatient[] {
  const read = readColumns(result, 'marker_gate_patients', {
    numbers: ['size', 'sensitivity', 'specificity'],
    texts: ['patient'],
  });
  if (!read.found) return [];
  const gates = textsOrMissing(result, 'marker_gate_patients', 'gate');
  return read.texts.patient
    .map((patient, i) => ({
      size: read.numbers.size[i],
      patient: patient ?? '',
      gate: gates[i] ?? '',
      sensitivity: read.numbers.sensitivity[i] as number,
      specificity: read.numbers.specificity[i] as number,
    }))
    .filter((row) => row.size === size && Number.isFinite(row.sensitivity) && Number.isFinite(row.specificity));
}
