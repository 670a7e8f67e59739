import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { label, rectangle } from '../svg/marks.js';
import { divergingColour, ink } from '../svg/palette.js';
import { extent } from '../svg/scale.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { readColumns, type ReadTable } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

type Pairs = ReadTable<
  'correlation_all' | 'correlation_signature',
  'patient_a' | 'treatment_a' | 'patient_b' | 'treatment_b' | 'relation'
>;

/** One treatment of one patient: a row and a column of the matrix. */
interface Arm {
  readonly key: string;
  readonly patient: string;
  readonly treatment: string;
}

interface Matrix {
  readonly arms: readonly Arm[];
  /** Row-major: above the diagonal the signature genes, below it all genes. */
  readonly values: Float64Array;
}

/** Treatment against treatment: signature genes above the diagonal, all genes below, patients' own blocks framed. */
export function drawTreatmentHeatmap(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'treatment_correlations', {
    numbers: ['correlation_all', 'correlation_signature'],
    texts: ['patient_a', 'treatment_a', 'patient_b', 'treatment_b', 'relation'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.correlation_all.some(Number.isFinite)) return nothingToDraw(context, 'treatment_correlations');
  const matrix = toMatrix(read);
  const text = context.text.figures.treatmentHeatmap;
  const size = matrix.arms.length;
  const nameWidth = Math.min(170, Math.max(...matrix.arms.map((arm) => textWidth(armName(arm), 11))) + 10);
  const cell = Math.min(44, Math.floor((fullWidth - nameWidth - 16) / size));
  const left = nameWidth;
  const top = Math.ceil(nameWidth * 0.72) + 26;
  const height = top + size * cell + 66;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['treatment_correlations'],
    caption: text.caption(summarise(read, 'within'), summarise(read, 'between')),
    svg: svgDocument(
      {
        id: figureName('treatment-heatmap'),
        width: fullWidth,
        height,
        title: context.text.figureTitles['treatment-heatmap'],
        description: text.description(size),
      },
      cells(context, matrix, left, top, cell),
      armLabels(matrix.arms, left, top, cell),
      patientFrames(matrix.arms, left, top, cell),
      colourKey(context, left, top + size * cell + 44),
    ),
  };
}

function armName({ patient, treatment }: Arm): string {
  return `${patient} · ${treatment}`;
}

function toMatrix(read: Pairs): Matrix {
  const { patient_a, treatment_a, patient_b, treatment_b } = read.texts;
  const found = new Map<string, Arm>();
  const armOf = (patient: string | null | undefined, treatment: string | null | undefined): string => {
    const arm = { key: JSON.stringify([patient, treatment]), patient: patient ?? '', treatment: treatment ?? '' };
    if (!found.has(arm.key)) found.set(arm.key, arm);
    return arm.key;
  };
  const ends = patient_a.map(
    (patient, i) => [armOf(patient, treatment_a[i]), armOf(patient_b[i], treatment_b[i])] as const,
  );
  const arms = groupedByPatient([...found.values()]);
  const indexOf = new Map(arms.map((arm, i) => [arm.key, i]));
  const values = new Float64Array(arms.length * arms.length).fill(NaN);
  ends.forEach(([a, b], i) => {
    const [first, second] = [indexOf.get(a) ?? 0, indexOf.get(b) ?? 0].sort((x, y) => x - y) as [number, number];
    values[first * arms.length + second] = read.numbers.correlation_signature[i] as number;
    values[second * arms.length + first] = read.numbers.correlation_all[i] as number;
  });
  return { arms, values };
}

/** Arms of one patient side by side; patients with several treatments first, otherwise in order of appearance. */
function groupedByPatient(arms: readonly Arm[]): readonly Arm[] {
  const groups = [...new Set(arms.map((arm) => arm.patient))].map((patient) =>
    arms.filter((arm) => arm.patient === patient),
  );
  return groups.sort((a, b) => b.length - a.length).flat();
}

function summarise(read: Pairs, relation: 'within' | 'between'): RelationSummary {
  const rows = [...read.texts.relation.keys()].filter((i) => read.texts.relation[i] === relation);
  const range = (values: Float64Array): readonly [number, number] =>
    extent(rows.map((i) => values[i] as number)) ?? [NaN, NaN];
  return {
    pairs: rows.length,
    all: range(read.numbers.correlation_all),
    signature: range(read.numbers.correlation_signature),
  };
}

/** Lowest and highest correlation of the pairs of one kind. */
interface RelationSummary {
  readonly pairs: number;
  readonly all: readonly [number, number];
  readonly signature: readonly [number, number];
}

function cells(context: ReportContext, { arms, values }: Matrix, left: number, top: number, cell: number): Markup {
  const size = arms.length;
  return fragment(
    Array.from({ length: size * size }, (_, index) => {
      const row = Math.floor(index / size);
      const column = index % size;
      const value = values[index] as number;
      const fill = row === column ? ink.paper : divergingColour(value);
      const [x, y] = [left + column * cell, top + row * cell];
      return fragment(
        rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, { fill }),
        cell >= 26 && row !== column && cellValue(context, value, x + cell / 2, y + cell / 2 + 4),
      );
    }),
  );
}

function cellValue(context: ReportContext, value: number, x: number, y: number): Markup {
  const isDark = Math.abs(value) > 0.72;
  return label(context.number.fixed(value), x, y, {
    size: 10.5,
    anchor: 'middle',
    colour: isDark ? ink.paper : ink.text,
  });
}

function armLabels(arms: readonly Arm[], left: number, top: number, cell: number): Markup {
  const size = Math.min(11, cell - 2);
  return fragment(
    arms.map((arm, i) => {
      const middle = (i + 0.5) * cell;
      const name = fitText(armName(arm), left - 10, size);
      return fragment(
        label(name, left - 8, top + middle + 4, { size, anchor: 'end' }),
        label(name, left + middle + 3, top - 8, { size, turn: -45 }),
      );
    }),
  );
}

function patientFrames(arms: readonly Arm[], left: number, top: number, cell: number): Markup {
  const patients = [...new Set(arms.map((arm) => arm.patient))];
  return fragment(
    patients.map((patient) => {
      const first = arms.findIndex((arm) => arm.patient === patient);
      const count = arms.filter((arm) => arm.patient === patient).length;
      const attributes = { fill: 'none', stroke: ink.text, 'stroke-width': 2 };
      return count > 1 && rectangle(left + first * cell, top + first * cell, count * cell, count * cell, attributes);
    }),
  );
}

function colourKey(context: ReportContext, left: number, y: number): Markup {
  const steps = 41;
  const width = 200 / steps;
  const text = context.text.figures.treatmentHeatmap;
  const { fixed } = context.number;
  const blocks = Array.from({ length: steps }, (_, i) =>
    rectangle(left + i * width, y - 8, width + 0.4, 9, { fill: divergingColour((2 * i) / (steps - 1) - 1) }),
  );
  const ends = [-1, 0, 1].map((value) =>
    label(fixed(value, 0), left + (200 * (value + 1)) / 2, y + 13, { size: 10.5, anchor: 'middle', colour: ink.muted }),
  );
  return fragment(
    blocks,
    ends,
    label(text.key, left, y - 16, { size: 11, bold: 'bold', colour: ink.muted }),
    label(`◥ ${text.upper}`, left + 250, y - 1, { size: 11 }),
    label(`◣ ${text.lower}`, left + 250, y + 15, { size: 11 }),
    rectangle(left + 250, y - 26, 10, 10, { fill: 'none', stroke: ink.text, 'stroke-width': 1.6 }),
    label(text.frame, left + 266, y - 17, { size: 11 }),
  );
}
