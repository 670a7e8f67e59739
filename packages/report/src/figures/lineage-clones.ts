import { element, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { label, px, rectangle } from '../svg/marks.js';
import { categoryColour, ink, inkOn } from '../svg/palette.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { panelGrid, type PanelPlace } from './panel-grid.js';
import { namesIn, rowsOf, stagesIn, withoutPatient } from './table-order.js';

type CloneRows = ReadTable<'n_clones' | 'n_cells' | 'share', 'patient' | 'stage' | 'clone'>;

/** The name the table gives to all smaller clones together. */
const rest = 'other';
const headerHeight = 34;
const footerHeight = 36;
/** A segment lower than this holds no text. */
const writable = 11.5;

/** One clone of a patient at each stage: its share (0 where it was not seen) and the clones in the row. */
interface Clone {
  readonly name: string;
  readonly colour: string;
  readonly shares: readonly number[];
  readonly nClones: readonly number[];
}

/** A patient: a bar for each stage it has; `nCells` is NaN at a stage it has not. */
interface Panel {
  readonly patient: string;
  readonly verdict: string | null;
  readonly nCells: readonly number[];
  readonly clones: readonly Clone[];
}

/** Sizes that depend on how many patients share the page. */
interface PanelShape {
  readonly columns: number;
  readonly barHeight: number;
  readonly barWidth: number;
  readonly leftNames: number;
  readonly rightNames: number;
}

/** Clones of every patient as stacked bars, stage by stage, joined by bands. */
export function drawLineageClones(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'lineage_clones', {
    numbers: ['n_clones', 'n_cells', 'share'],
    texts: ['patient', 'stage', 'clone'],
  });
  if (!read.found) return leftOut(context, read);
  const stages = stagesIn(read.texts.stage);
  const panels = namesIn(read.texts.patient)
    .map((patient) => panelOf(context, read, { patient, stages }))
    .filter(({ nCells }) => nCells.some((n) => n > 0));
  if (panels.length === 0) return nothingToDraw(context, 'lineage_clones');
  const shape = shapeFor(panels.length);
  const grid = panelGrid(
    panels.map(() => headerHeight + shape.barHeight + footerHeight),
    { columns: shape.columns, gap: 16, top: 4 },
  );
  const text = context.text.figures.origin.lineageClones;
  const named = Math.max(...panels.map(({ clones }) => clones.filter(({ name }) => name !== rest).length));
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['lineage_clones'],
    caption: text.caption(named),
    svg: svgDocument(
      {
        id: figureName('lineage-clones'),
        width: fullWidth,
        height: grid.bottom + 4,
        title: context.text.figureTitles['lineage-clones'],
        description: text.description(panels.length, stages.length),
      },
      panels.map((panel, i) => panelMarkup(context, panel, { stages, shape, place: grid.places[i] as PanelPlace })),
    ),
  };
}

function shapeFor(patients: number): PanelShape {
  if (patients === 1) return { columns: 1, barHeight: 230, barWidth: 58, leftNames: 130, rightNames: 150 };
  if (patients === 2) return { columns: 2, barHeight: 200, barWidth: 44, leftNames: 66, rightNames: 74 };
  if (patients <= 6) return { columns: 3, barHeight: 160, barWidth: 34, leftNames: 0, rightNames: 66 };
  return { columns: 4, barHeight: patients <= 12 ? 140 : 112, barWidth: 27, leftNames: 0, rightNames: 42 };
}

function panelOf(
  context: ReportContext,
  read: CloneRows,
  { patient, stages }: { readonly patient: string; readonly stages: readonly string[] },
): Panel {
  const rows = rowsOf(read.texts.patient, patient);
  const at = (stage: string, clone: string): number | undefined =>
    rows.find((row) => read.texts.stage[row] === stage && read.texts.clone[row] === clone);
  const names = namesIn(rows.map((row) => read.texts.clone[row] ?? null));
  const ordered = [...names.filter((name) => name !== rest), ...names.filter((name) => name === rest)];
  const numberAt = (values: Float64Array, row: number | undefined): number =>
    row === undefined || !Number.isFinite(values[row]) ? 0 : (values[row] as number);
  return {
    patient,
    verdict: verdictOf(context, patient),
    nCells: stages.map((stage) => {
      const mine = rows.filter((row) => read.texts.stage[row] === stage);
      return mine.length === 0 ? NaN : mine.reduce((sum, row) => sum + numberAt(read.numbers.n_cells, row), 0);
    }),
    clones: ordered.map((name, i) => ({
      name,
      colour: name === rest ? ink.pale : categoryColour(i),
      shares: stages.map((stage) => numberAt(read.numbers.share, at(stage, name))),
      nClones: stages.map((stage) => numberAt(read.numbers.n_clones, at(stage, name))),
    })),
  };
}

function verdictOf({ result, text }: ReportContext, patient: string): string | null {
  const row = textsOrMissing(result, 'lineage_patients', 'patient').indexOf(patient);
  const verdict = row === -1 ? null : textsOrMissing(result, 'lineage_patients', 'verdict')[row];
  const words = text.figures.origin;
  return verdict == null ? null : words.lineageClones.verdict(words.verdict(verdict));
}

interface PanelFrame {
  readonly stages: readonly string[];
  readonly shape: PanelShape;
  readonly place: PanelPlace;
}

/** A stage of a panel that has cells, and where its bar stands. */
interface Bar {
  readonly stage: number;
  readonly left: number;
}

/** One clone in one bar. */
interface Segment {
  readonly clone: Clone;
  readonly stage: number;
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

function panelMarkup(context: ReportContext, panel: Panel, frame: PanelFrame): Markup {
  const { place, shape, stages } = frame;
  const bars = barsOf(panel, frame);
  const columns = bars.map((bar) => segmentsOf(panel, bar, { shape, top: place.top + headerHeight }));
  return fragment(
    label(fitText(panel.patient, place.width, 12), place.left, place.top + 11, { size: 12, bold: 'bold' }),
    panel.verdict !== null &&
      label(fitText(panel.verdict, place.width, 10.5), place.left, place.top + 25, { size: 10.5, colour: ink.muted }),
    columns.slice(1).map((column, i) => bands(columns[i] ?? [], column, shape.barWidth)),
    columns.map((column) => column.map((segment) => segmentMarkup(context, segment, shape.barWidth))),
    cloneNames(context, columns[0] ?? [], {
      patient: panel.patient,
      width: shape.leftNames - 8,
      edge: -8,
      anchor: 'end',
    }),
    cloneNames(context, columns[columns.length - 1] ?? [], {
      patient: panel.patient,
      width: shape.rightNames - 8,
      edge: shape.barWidth + 6,
      anchor: 'start',
    }),
    bars.map(({ stage, left }) => {
      const x = left + shape.barWidth / 2;
      const y = place.top + headerHeight + shape.barHeight;
      return fragment(
        label(context.text.stage(stages[stage] ?? ''), x, y + 14, { size: 9.5, anchor: 'middle' }),
        label(context.number.integer(panel.nCells[stage] as number), x, y + 27, {
          size: 10,
          anchor: 'middle',
          colour: ink.muted,
        }),
      );
    }),
  );
}

function barsOf(panel: Panel, { place, shape, stages }: PanelFrame): readonly Bar[] {
  const inset = Math.max(shape.leftNames, 12);
  const room = place.width - inset - shape.rightNames - shape.barWidth;
  const step = stages.length === 1 ? 0 : room / (stages.length - 1);
  return stages.flatMap((_, stage) =>
    (panel.nCells[stage] as number) > 0 ? [{ stage, left: place.left + inset + stage * step }] : [],
  );
}

function segmentsOf(
  { clones }: Panel,
  { stage, left }: Bar,
  { shape, top }: { readonly shape: PanelShape; readonly top: number },
): readonly Segment[] {
  let y = top;
  return clones.map((clone) => {
    const height = (clone.shares[stage] as number) * shape.barHeight;
    const segment = { clone, stage, left, top: y, height };
    y += height;
    return segment;
  });
}

function segmentMarkup(context: ReportContext, { clone, stage, left, top, height }: Segment, width: number): Markup {
  return fragment(
    height > 0 &&
      rectangle(left, top, width, height, {
        fill: clone.colour,
        stroke: ink.paper,
        'stroke-width': height > 3 ? 0.7 : 0,
      }),
    height >= writable &&
      label(context.number.percent(clone.shares[stage] as number), left + width / 2, top + height / 2 + 3.5, {
        size: 9.5,
        anchor: 'middle',
        colour: inkOn(clone.colour),
      }),
  );
}

function bands(from: readonly Segment[], to: readonly Segment[], barWidth: number): readonly Markup[] {
  return from.flatMap((a, i) => {
    const b = to[i];
    if (b === undefined || a.height + b.height === 0) return [];
    const [x1, x2] = [a.left + barWidth, b.left];
    const middle = px((x1 + x2) / 2);
    const d = [
      `M${px(x1)} ${px(a.top)}`,
      `C${middle} ${px(a.top)} ${middle} ${px(b.top)} ${px(x2)} ${px(b.top)}`,
      `V${px(b.top + b.height)}`,
      `C${middle} ${px(b.top + b.height)} ${middle} ${px(a.top + a.height)} ${px(x1)} ${px(a.top + a.height)}Z`,
    ].join('');
    return [element('path', { d, fill: a.clone.colour, 'fill-opacity': a.clone.name === rest ? '0.3' : '0.38' })];
  });
}

interface NamePlace {
  readonly patient: string;
  readonly width: number;
  /** From the left of the bar to where the names start, or end. */
  readonly edge: number;
  readonly anchor: 'start' | 'end';
}

function cloneNames(
  context: ReportContext,
  segments: readonly Segment[],
  { patient, width, edge, anchor }: NamePlace,
): readonly Markup[] {
  if (width <= 0) return [];
  const text = context.text.figures.origin.lineageClones;
  const nameOf = ({ clone, stage }: Segment): string => {
    if (clone.name !== rest) return withoutPatient(clone.name, patient);
    const n = clone.nClones[stage] as number;
    const whole = text.others(n);
    return textWidth(whole, 10) <= width ? whole : `+${context.number.integer(n)}`;
  };
  return segments
    .filter(({ height }) => height >= writable)
    .map((segment) =>
      label(fitText(nameOf(segment), width, 10), segment.left + edge, segment.top + segment.height / 2 + 3.5, {
        size: 10,
        anchor,
      }),
    );
}
