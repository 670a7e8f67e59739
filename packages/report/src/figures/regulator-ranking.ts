import { fragment, type Markup } from '../markup/markup.js';
import { optionNumber, optionTexts, type ReportContext } from '../report-context.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { direction, ink, namedGround } from '../svg/palette.js';
import { extent, linearScale, niceTicks, padded, type Scale } from '../svg/scale.js';
import { fitText } from '../svg/text-width.js';
import { numbersOrMissing, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const rowHeight = 20;
const top = 40;
const perEnd = 10;
const activityRange = [150, 408] as const;
const expressionRange = [476, 616] as const;

interface Regulator {
  readonly name: string;
  readonly rank: number;
  readonly score: number;
  readonly isSignificant: boolean;
  readonly expression: number;
  readonly patients: string;
  readonly isNamed: boolean;
}

/** A row of the figure: a regulator, or the count of those not shown between two. */
type Row =
  | { readonly kind: 'regulator'; readonly regulator: Regulator }
  | { readonly kind: 'gap'; readonly hidden: number };

/** The most and least active regulators, the named ones at their rank wherever that is, with the RNA of each beside it. */
export function drawRegulatorRanking(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'regulators', { numbers: ['consensus', 'rank'], texts: ['regulator'] });
  if (!read.found) return leftOut(context, read);
  const all = rankedRegulators(context, read.texts.regulator, read.numbers.rank, read.numbers.consensus);
  if (all.length === 0) return nothingToDraw(context, 'regulators');
  const rows = chosenRows(all);
  const text = context.text.figures.regulatorRanking;
  const bottom = top + rows.length * rowHeight + 4;
  const shown = rows.flatMap((row) => (row.kind === 'regulator' ? [row.regulator] : []));
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['regulators'],
    caption: text.caption(all.length, optionNumber(context.result, 'fdr')),
    svg: svgDocument(
      {
        id: figureName('regulator-ranking'),
        width: fullWidth,
        height: bottom + 76,
        title: context.text.figureTitles['regulator-ranking'],
        description: text.description(all.length),
      },
      headers(context),
      rows.map((row, i) => rowText(context, row, top + (i + 0.5) * rowHeight)),
      activityPanel(context, rows, shown, bottom),
      expressionPanel(context, rows, shown, bottom),
      legend(
        '',
        [
          { text: text.clear, shape: 'square', fill: direction.up },
          { text: text.unclear, shape: 'square', fill: ink.paper, stroke: direction.up },
          { text: text.named, shape: 'triangle', fill: ink.text },
        ],
        0,
        bottom + 60,
        fullWidth,
      ).markup,
    ),
  };
}

function rankedRegulators(
  context: ReportContext,
  names: readonly (string | null)[],
  ranks: Float64Array,
  scores: Float64Array,
): readonly Regulator[] {
  const { result } = context;
  const column = (name: string): Float64Array => numbersOrMissing(result, 'regulators', name);
  const [nullP, expression] = [column('null_p_adjusted'), column('expression_log2_fold_change')];
  const [agree, asked] = [column('patients_agree'), column('patients_asked')];
  const named = new Set([
    ...optionTexts(result, 'regulators'),
    ...textsOrMissing(result, 'named_regulators', 'regulator'),
  ]);
  const level = optionNumber(result, 'fdr') ?? 0.05;
  const { integer } = context.number;
  return names
    .map((name, i) => ({
      name: name ?? '',
      rank: ranks[i] as number,
      score: scores[i] as number,
      isSignificant: !((nullP[i] as number) >= level),
      expression: expression[i] as number,
      patients: Number.isFinite(asked[i]) ? `${integer(agree[i] as number)} / ${integer(asked[i] as number)}` : '',
      isNamed: named.has(name),
    }))
    .filter((regulator) => Number.isFinite(regulator.score) && Number.isFinite(regulator.rank))
    .sort((a, b) => a.rank - b.rank);
}

function chosenRows(all: readonly Regulator[]): readonly Row[] {
  const isShown = (regulator: Regulator, i: number): boolean =>
    i < perEnd || i >= all.length - perEnd || regulator.isNamed;
  const rows: Row[] = [];
  let hidden = 0;
  all.forEach((regulator, i) => {
    if (!isShown(regulator, i)) {
      hidden += 1;
      return;
    }
    if (hidden > 0) rows.push({ kind: 'gap', hidden });
    hidden = 0;
    rows.push({ kind: 'regulator', regulator });
  });
  return rows;
}

function headers(context: ReportContext): Markup {
  const text = context.text.figures.regulatorRanking;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(text.rank, 30, top - 14, { ...style, anchor: 'end' }),
    label(text.regulator, 42, top - 14, style),
    label(text.activity, activityRange[0], top - 14, style),
    label(text.expression, expressionRange[0], top - 14, style),
    label(text.patients, fullWidth, top - 14, { ...style, anchor: 'end' }),
    line(0, top - 5, fullWidth, top - 5, { stroke: ink.grid }),
  );
}

function rowText(context: ReportContext, row: Row, y: number): Markup {
  if (row.kind === 'gap') {
    return label(`⋮ ${context.text.figures.regulatorRanking.hidden(row.hidden)}`, 42, y + 4, {
      size: 10.5,
      colour: ink.muted,
    });
  }
  const { name, rank, patients, isNamed } = row.regulator;
  const bold = isNamed ? 'bold' : undefined;
  return fragment(
    isNamed && rectangle(0, y - rowHeight / 2 + 1, fullWidth, rowHeight - 2, { fill: namedGround }),
    label(context.number.integer(rank), 30, y + 4, { size: 11, anchor: 'end', colour: ink.muted, bold }),
    label(fitText(name, activityRange[0] - 60, 11.5), 42, y + 4, { size: 11.5, bold }),
    label(patients, fullWidth, y + 4, { size: 11, anchor: 'end', colour: ink.muted }),
  );
}

function activityPanel(
  context: ReportContext,
  rows: readonly Row[],
  shown: readonly Regulator[],
  bottom: number,
): Markup {
  const domain = padded(extent([0, ...shown.map((regulator) => regulator.score)]) ?? [0, 1], 0.06);
  const x = linearScale(domain, activityRange);
  const ticks = niceTicks(domain, 6);
  const { fixed, signed } = context.number;
  return fragment(
    rows.map((row, i) => row.kind === 'regulator' && bar(row.regulator, x, top + (i + 0.5) * rowHeight)),
    rows.map(
      (row, i) =>
        row.kind === 'regulator' &&
        label(signed(row.regulator.score), activityRange[1] + 46, top + (i + 0.5) * rowHeight + 4, {
          size: 11,
          anchor: 'end',
        }),
    ),
    line(x.at(0), top, x.at(0), bottom, { stroke: ink.axis }),
    axisBottom(
      {
        scale: x,
        ticks,
        write: (value) => fixed(value, ticks.decimals),
        title: context.text.figures.regulatorRanking.activityAxis,
      },
      bottom,
    ),
  );
}

function bar(regulator: Regulator, x: Scale, y: number): Markup {
  const colour = regulator.score >= 0 ? direction.up : direction.down;
  const [left, right] = [x.at(Math.min(0, regulator.score)), x.at(Math.max(0, regulator.score))];
  return fragment(
    rectangle(left, y - 6, Math.max(0.5, right - left), 12, {
      fill: regulator.isSignificant ? colour : ink.paper,
      stroke: colour,
      'stroke-width': 1,
    }),
    regulator.isNamed &&
      mark('triangle', (regulator.score >= 0 ? left : right) + (regulator.score >= 0 ? -9 : 9), y, 4, {
        fill: ink.text,
      }),
  );
}

function expressionPanel(
  context: ReportContext,
  rows: readonly Row[],
  shown: readonly Regulator[],
  bottom: number,
): Markup | null {
  const measured = extent(shown.map((regulator) => regulator.expression));
  if (measured === null) return null;
  const reach = 1.1 * Math.max(1, Math.abs(measured[0]), Math.abs(measured[1]));
  const x = linearScale([-reach, reach], expressionRange);
  const ticks = niceTicks(x.domain, 3);
  const { fixed } = context.number;
  return fragment(
    line(x.at(0), top, x.at(0), bottom, { stroke: ink.axis }),
    rows.map((row, i) => {
      const y = top + (i + 0.5) * rowHeight;
      if (row.kind === 'gap' || !Number.isFinite(row.regulator.expression)) return null;
      const at = x.at(row.regulator.expression);
      return fragment(
        line(x.at(0), y, at, y, { stroke: ink.pale, 'stroke-width': 1.5 }),
        mark('circle', at, y, 3.6, { fill: ink.text }),
      );
    }),
    axisBottom(
      {
        scale: x,
        ticks,
        write: (value) => fixed(value, ticks.decimals),
        title: context.text.figures.regulatorRanking.expressionAxis,
      },
      bottom,
    ),
  );
}
