import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { ink, okabeIto } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { fitText } from '../svg/text-width.js';
import { numbersOrMissing, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { isPooled } from './pooled.js';

const rowHeight = 25;
const top = 40;
const aucRange = [150, 350] as const;
const overlapRange = [474, 664] as const;

interface PatientRow {
  readonly patient: string;
  readonly samples: string;
  readonly auc: number;
  readonly aucStatus: string;
  readonly difference: number;
  readonly nullP: number;
  readonly overlap: number;
}

/** What happens when each patient is left out: how well the rest predict it, and how much the signature itself changes. */
export function drawLeaveOneOut(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'programme_patients', { numbers: ['auc'], texts: ['patient'] });
  if (!read.found) return leftOut(context, read);
  const rows = patientRows(context, read.numbers.auc, read.texts.patient);
  if (!rows.some((row) => Number.isFinite(row.auc) || Number.isFinite(row.overlap)))
    return nothingToDraw(context, 'programme_patients');
  const text = context.text.figures.leaveOneOut;
  const bottom = top + rows.length * rowHeight + 4;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['programme_patients'],
    caption: text.caption,
    svg: svgDocument(
      {
        id: figureName('leave-one-out'),
        width: fullWidth,
        height: bottom + 46,
        title: context.text.figureTitles['leave-one-out'],
        description: text.description,
      },
      patientLabels(context, rows),
      aucPanel(context, rows, bottom),
      overlapPanel(context, rows, bottom),
    ),
  };
}

function patientRows(
  context: ReportContext,
  aucs: Float64Array,
  patients: readonly (string | null)[],
): readonly PatientRow[] {
  const column = (name: string): Float64Array => numbersOrMissing(context.result, 'programme_patients', name);
  const [nFrom, nTo, nullP, overlap] = [
    column('n_from'),
    column('n_to'),
    column('null_p_value'),
    column('signature_overlap'),
  ];
  const difference = column('score_difference');
  const statuses = textsOrMissing(context.result, 'programme_patients', 'auc_status');
  const { integer } = context.number;
  const rows = patients.map((patient, i) => ({
    patient: patient ?? '',
    samples: `${integer(nFrom[i] as number)} → ${integer(nTo[i] as number)}`,
    auc: aucs[i] as number,
    aucStatus: statuses[i] ?? 'ok',
    difference: difference[i] as number,
    nullP: nullP[i] as number,
    overlap: overlap[i] as number,
  }));
  return rows.filter((row) => !isPooled(row.patient));
}

function middleOf(index: number): number {
  return top + (index + 0.5) * rowHeight;
}

function patientLabels(context: ReportContext, rows: readonly PatientRow[]): Markup {
  const { words, figures } = context.text;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(words.patient, 0, top - 12, style),
    label(figures.patientForest.samples, 88, top - 12, style),
    line(0, top - 4, fullWidth, top - 4, { stroke: ink.grid }),
    rows.map((row, i) =>
      fragment(
        label(fitText(row.patient, 84, 11.5), 0, middleOf(i) + 4, { size: 11.5 }),
        label(row.samples, 88, middleOf(i) + 4, { size: 11.5, colour: ink.muted }),
      ),
    ),
  );
}

function aucPanel(context: ReportContext, rows: readonly PatientRow[], bottom: number): Markup {
  const text = context.text.figures.leaveOneOut;
  const lowest = extent([...rows.map((row) => row.auc), 0.5])?.[0] ?? 0;
  const x = linearScale([lowest < 0.4 ? 0 : 0.4, 1.02], aucRange);
  const { fixed, pValue } = context.number;
  const ticks = { values: [0, 0.25, 0.5, 0.75, 1].filter((value) => value >= x.domain[0]), decimals: 2 };
  return fragment(
    label(text.aucHeader, aucRange[0], top - 12, { size: 11, bold: 'bold', colour: ink.muted }),
    label(text.nullHeader, aucRange[1] + 46, top - 12, { size: 11, bold: 'bold', colour: ink.muted }),
    line(x.at(0.5), top, x.at(0.5), bottom, { stroke: ink.axis, 'stroke-dasharray': '3 3' }),
    rows.map((row, i) =>
      fragment(
        Number.isFinite(row.auc) ? aucMark(row, x, middleOf(i)) : signOnly(context, row, x, middleOf(i)),
        Number.isFinite(row.auc) && label(fixed(row.auc), aucRange[1] + 10, middleOf(i) + 4, { size: 11.5 }),
        label(pValue(row.nullP), aucRange[1] + 46, middleOf(i) + 4, { size: 11.5, colour: ink.muted }),
      ),
    ),
    axisBottom(
      { scale: x, ticks, write: (value) => fixed(value, value % 0.5 === 0 ? 1 : 2), title: text.aucAxis },
      bottom,
    ),
  );
}

function aucMark(row: PatientRow, x: Scale, y: number): Markup {
  const isReplicated = row.aucStatus === 'ok';
  return fragment(
    line(x.at(0.5), y, x.at(row.auc), y, { stroke: ink.pale, 'stroke-width': 1.5 }),
    mark('circle', x.at(row.auc), y, 4.6, {
      fill: isReplicated ? okabeIto.blue : ink.paper,
      stroke: okabeIto.blue,
      'stroke-width': 1.6,
    }),
  );
}

/** Where an arm has one sample there is no AUC to speak of: only whether the score goes up or down. */
function signOnly(context: ReportContext, row: PatientRow, x: Scale, y: number): Markup | null {
  if (!Number.isFinite(row.difference)) return null;
  const { higher, lower } = context.text.figures.leaveOneOut;
  const text = row.difference > 0 ? `▲ ${higher}` : `▼ ${lower}`;
  return label(text, x.at(0.5) + 8, y + 4, { size: 11, colour: ink.muted });
}

/** Signature overlap is a share of genes kept, or a count when any value is above one. */
function overlapPanel(context: ReportContext, rows: readonly PatientRow[], bottom: number): Markup | null {
  const largest = extent(rows.map((row) => row.overlap))?.[1];
  if (largest === undefined) return null;
  const isShare = largest <= 1;
  const text = context.text.figures.leaveOneOut;
  const x = linearScale([0, isShare ? 1 : Math.max(100, largest)], overlapRange);
  const { percent, integer } = context.number;
  const write = isShare ? (value: number): string => percent(value) : integer;
  return fragment(
    label(text.overlapHeader, overlapRange[0], top - 12, { size: 11, bold: 'bold', colour: ink.muted }),
    rows.map((row, i) =>
      fragment(
        Number.isFinite(row.overlap) &&
          rectangle(overlapRange[0], middleOf(i) - 6, x.at(row.overlap) - overlapRange[0], 12, {
            fill: okabeIto.skyBlue,
          }),
        label(
          write(row.overlap),
          (Number.isFinite(row.overlap) ? x.at(row.overlap) : overlapRange[0]) + 6,
          middleOf(i) + 4,
          { size: 11.5 },
        ),
      ),
    ),
    axisBottom({ scale: x, ticks: niceTicks(x.domain, 4), write, title: text.overlapAxis }, bottom),
  );
}
