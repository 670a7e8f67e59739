import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { isVerdict, verdictColour, verdictMark } from '../svg/verdict-mark.js';
import { readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { isPooled } from './pooled.js';

type EvidenceRows = ReadTable<'value' | 'low' | 'high' | 'p_value', 'regulator' | 'line' | 'verdict'>;

/** Activity of one regulator in one patient. */
interface PatientActivity {
  readonly regulator: string;
  readonly patient: string;
  readonly ulm: number;
}

const rowHeight = 34;
const columns = { line: 26, verdict: 300, value: 420, p: 600 } as const;

/** Each named regulator's lines of evidence, graded apart, above its activity patient by patient. */
export function drawNamedRegulator(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'named_regulators', {
    numbers: ['value', 'low', 'high', 'p_value'],
    texts: ['regulator', 'line', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const activities = patientActivities(context);
  const names = [...new Set(read.texts.regulator.filter((name) => name !== null))];
  if (names.length === 0) return nothingToDraw(context, 'named_regulators');
  const text = context.text.figures.namedRegulator;
  let y = 4;
  const blocks = names.map((name) => {
    const block = regulatorBlock(
      context,
      name,
      read,
      activities.filter((activity) => activity.regulator === name),
      y,
    );
    y = block.bottom + 22;
    return block.markup;
  });
  return {
    kind: 'drawn',
    width: 'full',
    tables: activities.length > 0 ? ['named_regulators', 'regulator_patients'] : ['named_regulators'],
    caption: text.caption(activities.length > 0),
    svg: svgDocument(
      {
        id: figureName('named-regulator'),
        width: fullWidth,
        height: y - 14,
        title: context.text.figureTitles['named-regulator'],
        description: text.description(names),
      },
      blocks,
    ),
  };
}

function patientActivities(context: ReportContext): readonly PatientActivity[] {
  const read = readColumns(context.result, 'regulator_patients', { numbers: ['ulm'], texts: ['regulator', 'patient'] });
  if (!read.found) return [];
  return read.texts.regulator
    .map((regulator, i) => ({
      regulator: regulator ?? '',
      patient: read.texts.patient[i] ?? '',
      ulm: read.numbers.ulm[i] as number,
    }))
    .filter((activity) => Number.isFinite(activity.ulm) && !isPooled(activity.patient));
}

interface Block {
  readonly markup: Markup;
  readonly bottom: number;
}

function regulatorBlock(
  context: ReportContext,
  name: string,
  read: EvidenceRows,
  activities: readonly PatientActivity[],
  top: number,
): Block {
  const text = context.text.figures.namedRegulator;
  const rows = [...read.texts.regulator.keys()].filter((i) => read.texts.regulator[i] === name);
  const header = { size: 11, bold: 'bold', colour: ink.muted } as const;
  const firstRow = top + 48;
  const linesBottom = firstRow + rows.length * rowHeight;
  const strip = activities.length === 0 ? null : activityStrip(context, activities, linesBottom + 24);
  return {
    bottom: strip?.bottom ?? linesBottom,
    markup: fragment(
      label(name, 0, top + 14, { size: 14, bold: 'bold' }),
      label(text.line, columns.line, top + 36, header),
      label(text.verdict, columns.verdict, top + 36, header),
      label(text.value, columns.value, top + 36, header),
      label(text.p, columns.p, top + 36, header),
      line(0, firstRow - 6, fullWidth, firstRow - 6, { stroke: ink.grid }),
      rows.map((i, at) => {
        const repeats = at > 0 && read.texts.line[rows[at - 1] ?? -1] === read.texts.line[i];
        return evidenceRow(context, read, i, { y: firstRow + (at + 0.5) * rowHeight - 4, repeats });
      }),
      strip?.markup,
    ),
  };
}

/** One number of one line; a line with several numbers names itself and its verdict once. */
function evidenceRow(
  context: ReportContext,
  read: EvidenceRows,
  i: number,
  at: { readonly y: number; readonly repeats: boolean },
): Markup {
  const { y } = at;
  const { estimate, pValue } = context.number;
  const { value, low, high, p_value } = read.numbers;
  const written = estimate(value[i] as number, low[i] as number, high[i] as number);
  const shown = written.interval === '' ? written.value : `${written.value} [${written.interval}]`;
  return fragment(
    !at.repeats && lineAndVerdict(context, read.texts.line[i] ?? '', read.texts.verdict[i] ?? '', y),
    label(fitText(quantityOf(context, i), fullWidth - columns.value, 10), columns.value, y + 13, {
      size: 10,
      colour: ink.muted,
    }),
    label(shown, columns.value, y - 1, { size: 12 }),
    label(pValue(p_value[i] as number), columns.p, y - 1, { size: 12 }),
    line(at.repeats ? columns.value : 0, y + rowHeight / 2, fullWidth, y + rowHeight / 2, {
      stroke: ink.grid,
      'stroke-width': 0.6,
    }),
  );
}

/** What the number of a row is, in the language of the report where the phrase is known. */
function quantityOf(context: ReportContext, i: number): string {
  const phrase = textsOrMissing(context.result, 'named_regulators', 'quantity')[i] ?? '';
  return context.text.quantities[phrase] ?? phrase;
}

function lineAndVerdict(context: ReportContext, id: string, verdict: string, y: number): Markup {
  const { evidenceLines, verdict: verdictWords } = context.text;
  const known = isVerdict(verdict);
  const name = fitText(evidenceLines[id] ?? id, columns.verdict - columns.line - 8, 12);
  return fragment(
    known && verdictMark(verdict, 9, y, 8),
    label(name, columns.line, y + 4, { size: 12 }),
    label(known ? verdictWords[verdict] : verdict, columns.verdict, y + 4, {
      size: 12,
      bold: 'bold',
      colour: known ? verdictColour[verdict] : ink.text,
    }),
  );
}

/** Patients on one axis of activity; names are stacked upwards where they would collide. */
function activityStrip(context: ReportContext, activities: readonly PatientActivity[], top: number): Block {
  const text = context.text.figures.namedRegulator;
  const span = extent(activities.map((activity) => activity.ulm)) ?? [-1, 1];
  const reach = 1.15 * Math.max(2, Math.abs(span[0]), Math.abs(span[1]));
  const x = linearScale([-reach, reach], [40, fullWidth - 40]);
  const sorted = [...activities].sort((a, b) => a.ulm - b.ulm);
  const levels = stackLevels(
    sorted.map((activity) => ({ at: x.at(activity.ulm), width: textWidth(activity.patient, 10.5) + 8 })),
  );
  const baseline = top + 24 + 14 * (Math.max(...levels) + 1);
  const ticks = niceTicks(x.domain, 8);
  return {
    bottom: baseline + 44,
    markup: fragment(
      label(text.strip, 0, top + 4, { size: 11, bold: 'bold', colour: ink.muted }),
      rectangle(x.at(-2), baseline - 9, x.at(2) - x.at(-2), 14, { fill: '#eff1f4' }),
      line(x.at(0), top + 12, x.at(0), baseline + 6, { stroke: ink.axis, 'stroke-dasharray': '3 3' }),
      sorted.map((activity, i) => patientPoint(activity, x, baseline - 2, levels[i] ?? 0)),
      axisBottom(
        { scale: x, ticks, write: (value) => context.number.fixed(value, ticks.decimals), title: text.stripAxis },
        baseline + 6,
      ),
    ),
  };
}

function patientPoint(activity: PatientActivity, x: Scale, y: number, level: number): Markup {
  const at = x.at(activity.ulm);
  const nameBase = y - 10 - 14 * level;
  return fragment(
    level > 0 && line(at, y - 4, at, nameBase + 2, { stroke: ink.pale, 'stroke-width': 0.8 }),
    mark('circle', at, y, 4.4, {
      fill: activity.ulm >= 0 ? direction.up : direction.down,
      stroke: ink.paper,
      'stroke-width': 1,
    }),
    label(activity.patient, at, nameBase, { size: 10.5, anchor: 'middle' }),
  );
}

/** The lowest level at which each label clears those already placed; labels come sorted from left to right. */
function stackLevels(labels: readonly { readonly at: number; readonly width: number }[]): readonly number[] {
  const ends: number[] = [];
  return labels.map(({ at, width }) => {
    const free = ends.findIndex((end) => at - width / 2 >= end);
    const level = free === -1 ? ends.length : free;
    ends[level] = at + width / 2;
    return level;
  });
}
