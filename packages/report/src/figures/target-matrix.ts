import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, padded, type Scale } from '../svg/scale.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { isVerdict, verdictMark } from '../svg/verdict-mark.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import type { LineStanding } from '../text/target-figure-text.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const lines = ['shared', 'surface', 'regulator', 'weakness', 'drug'] as const;
type Line = (typeof lines)[number];

const most = 20;
const top = 34;
const rowHeight = 22;
const nameLeft = 32;
const linesLeft = 112;
const lineWidth = 66;
const effectRange = [448, 520] as const;
const patientsLeft = 536;
const againstRight = 634;

type Targets = ReadTable<'rank' | 'log2_fold_change', 'gene' | `line_${Line}`>;

/** A candidate. Missing numbers are NaN. */
interface Target {
  readonly rank: number;
  readonly gene: string;
  readonly standings: readonly LineStanding[];
  readonly effect: number;
  readonly agree: number;
  readonly asked: number;
  readonly nAgainst: number;
  readonly nDrugs: number;
}

/** The first candidates against the lines of evidence, with their effect and how much speaks against them. */
export function drawTargetMatrix(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'targets', {
    numbers: ['rank', 'log2_fold_change'],
    texts: ['gene', 'line_shared', 'line_surface', 'line_regulator', 'line_weakness', 'line_drug'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.log2_fold_change.some(Number.isFinite)) return nothingToDraw(context, 'targets');
  const rows = targetsOf(context, read);
  const bottom = top + rows.length * rowHeight + 3;
  const text = context.text.figures.targets.targetMatrix;
  const contrast = contrastWords(context);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['targets'],
    caption: text.caption({ ...contrast, shown: rows.length, all: read.nRows }),
    svg: svgDocument(
      {
        id: figureName('target-matrix'),
        width: fullWidth,
        height: bottom + 56,
        title: context.text.figureTitles['target-matrix'],
        description: text.description(rows.length, read.nRows),
      },
      headers(context),
      effectPanel(context, rows, bottom),
      rows.map((row, i) => rowMarkup(context, row, top + (i + 0.5) * rowHeight)),
      key(context, bottom + 44),
    ),
  };
}

function targetsOf({ result }: ReportContext, { texts, numbers, nRows }: Targets): readonly Target[] {
  const number = (column: string): Float64Array => numbersOrMissing(result, 'targets', column);
  const [agree, asked] = [number('patients_agree'), number('patients')];
  const listed = (column: string): readonly number[] =>
    textsOrMissing(result, 'targets', column).map(
      (value) => (value ?? '').split('; ').filter((one) => one !== '').length,
    );
  const [against, drugs] = [listed('against'), listed('drugs')];
  return Array.from(
    { length: nRows },
    (_, i): Target => ({
      rank: numbers.rank[i] as number,
      gene: texts.gene[i] ?? '',
      standings: lines.map((name) => standingOf(texts[`line_${name}`][i])),
      effect: numbers.log2_fold_change[i] as number,
      agree: agree[i] ?? NaN,
      asked: asked[i] ?? NaN,
      nAgainst: against[i] ?? 0,
      nDrugs: drugs[i] ?? 0,
    }),
  )
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most);
}

function standingOf(text: string | null | undefined): LineStanding {
  return isVerdict(text) ? text : 'does not apply';
}

function headers(context: ReportContext): Markup {
  const text = context.text.figures.targets;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  const y = top - 12;
  return fragment(
    label(text.gene, nameLeft, y, style),
    lines.map((name, i) =>
      label(fitText(text.targetMatrix.line[name], lineWidth - 2, 11.5), linesLeft + (i + 0.5) * lineWidth, y, {
        ...style,
        anchor: 'middle',
      }),
    ),
    label(text.targetMatrix.effect, effectRange[0], y, style),
    label(text.targetMatrix.patients, patientsLeft, y, style),
    label(text.targetMatrix.against, againstRight, y, { ...style, anchor: 'end' }),
    label(text.targetMatrix.drugs, fullWidth - 2, y, { ...style, anchor: 'end' }),
    line(0, top - 4, fullWidth, top - 4, { stroke: ink.grid }),
  );
}

function rowMarkup(context: ReportContext, target: Target, y: number): Markup {
  const { integer } = context.number;
  const style = { size: 11, colour: ink.muted } as const;
  return fragment(
    label(integer(target.rank), nameLeft - 9, y + 4, { ...style, anchor: 'end' }),
    label(fitText(target.gene, linesLeft - nameLeft - 6, 12), nameLeft, y + 4, { size: 11.5, bold: 'bold' }),
    target.standings.map((standing, i) => standingMark(standing, linesLeft + (i + 0.5) * lineWidth, y)),
    Number.isFinite(target.asked) &&
      label(context.text.figures.targets.ofPatients(target.agree, target.asked), patientsLeft, y + 4, { size: 11 }),
    label(integer(target.nAgainst), againstRight - 14, y + 4, { size: 11, anchor: 'end' }),
    label(target.nDrugs === 0 ? '–' : integer(target.nDrugs), fullWidth - 14, y + 4, { size: 11, anchor: 'end' }),
    line(0, y + rowHeight / 2, fullWidth, y + rowHeight / 2, { stroke: ink.grid, 'stroke-width': 0.6 }),
  );
}

function standingMark(standing: LineStanding, x: number, y: number): Markup {
  if (standing !== 'does not apply') return verdictMark(standing, x, y, 6.6);
  return line(x - 4, y, x + 4, y, { stroke: ink.pale, 'stroke-width': 1.6 });
}

function effectPanel(context: ReportContext, rows: readonly Target[], bottom: number): Markup {
  const domain = padded(extent([0, ...rows.map(({ effect }) => effect)]) ?? [-1, 1], 0.08);
  const x = linearScale(domain, effectRange);
  const ticks = niceTicks(domain, 3);
  return fragment(
    line(x.at(0), top, x.at(0), bottom, { stroke: ink.axis }),
    rows.map(({ effect }, i) => effectMark(effect, x, top + (i + 0.5) * rowHeight)),
    axisBottom({ scale: x, ticks, write: (value) => context.number.fixed(value, ticks.decimals), title: '' }, bottom),
  );
}

function effectMark(effect: number, x: Scale, y: number): Markup | null {
  if (!Number.isFinite(effect)) return null;
  const colour = effect >= 0 ? direction.up : direction.down;
  const [left, right] = [x.at(Math.min(0, effect)), x.at(Math.max(0, effect))];
  return fragment(
    rectangle(left, y - 1, Math.max(0.5, right - left), 2, { fill: colour }),
    mark('circle', x.at(effect), y, 4, { fill: colour }),
  );
}

function key(context: ReportContext, y: number): Markup {
  const { standing } = context.text.figures.targets.targetMatrix;
  const shown: readonly LineStanding[] = [
    'supported',
    'not supported',
    'contradicted',
    'not testable',
    'does not apply',
  ];
  let x = 7;
  return fragment(
    shown.map((name) => {
      const entry = fragment(standingMark(name, x, y), label(standing[name], x + 12, y + 4, { size: 11 }));
      x += 34 + textWidth(standing[name], 11);
      return entry;
    }),
  );
}
