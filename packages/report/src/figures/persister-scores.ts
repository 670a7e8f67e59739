import { fragment, type Markup } from '../markup/markup.js';
import { element } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, line, px } from '../svg/marks.js';
import { ink, stageColour } from '../svg/palette.js';
import { linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { textWidth } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const rowHeight = 74;
const top = 10;
/** The axis reaches at least so far; activities beyond the share of cells it holds are drawn at its ends. */
const narrowest: readonly [number, number] = [-0.6, 1.6];
const shareShown = 0.995;
const nBins = 90;

/** Programme activity of the cells of every patient, one outline per stage. */
export function drawPersisterScores(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'cells', { numbers: ['persister_activity'], texts: ['patient', 'stage'] });
  if (!read.found) return leftOut(context, read);
  const activity = read.numbers.persister_activity;
  const cells = Array.from(activity.keys()).filter((cell) => Number.isFinite(activity[cell]));
  if (cells.length === 0) return nothingToDraw(context, 'cells');
  const patients = [...new Set(cells.map((cell) => read.texts.patient[cell] ?? ''))];
  const stages = [...new Set(cells.map((cell) => read.texts.stage[cell] ?? ''))];
  const left = 14 + Math.max(...patients.map((patient) => textWidth(patient, 11.5, 'bold')));
  const domain = shownRange(cells.map((cell) => activity[cell] as number));
  const x = linearScale(domain, [left, fullWidth - 10]);
  const bottom = top + rowHeight * patients.length;
  const text = context.text.figures.cells;
  const keys = legend(
    '',
    stages.map((stage) => ({ text: context.text.stage(stage), shape: 'square', fill: stageColour(stage) })),
    left,
    bottom + 58,
    fullWidth - left,
  );
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['cells'],
    caption: text.scoresCaption,
    svg: svgDocument(
      {
        id: figureName('persister-scores'),
        width: fullWidth,
        height: bottom + 52 + keys.height + 6,
        title: context.text.figureTitles['persister-scores'],
        description: text.scoresDescription(cells.length, patients.length),
      },
      axisBottom(
        {
          scale: x,
          ticks: niceTicks(domain, 6),
          write: (value) => context.number.fixed(value, 1),
          title: text.activityAxis,
        },
        bottom,
        top,
      ),
      patients.map((patient, row) => {
        const base = top + (row + 1) * rowHeight;
        return fragment(
          label(patient, left - 10, base - 8, { size: 11.5, anchor: 'end', bold: 'bold' }),
          line(left, base, fullWidth - 10, base, { stroke: ink.pale }),
          stages.map((stage) => {
            const mine = cells.filter(
              (cell) => read.texts.patient[cell] === patient && read.texts.stage[cell] === stage,
            );
            return outline(
              mine.map((cell) => activity[cell] as number),
              { x, base, colour: stageColour(stage) },
            );
          }),
        );
      }),
      keys.markup,
    ),
  };
}

/** The range that holds all but the most extreme activities at either end. */
function shownRange(values: readonly number[]): readonly [number, number] {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return [Math.min(narrowest[0], at(1 - shareShown)), Math.max(narrowest[1], at(shareShown))];
}

/** A smoothed histogram: shares per bin, averaged over neighbours twice. */
function outline(
  values: readonly number[],
  { x, base, colour }: { readonly x: Scale; readonly base: number; readonly colour: string },
): Markup | null {
  if (values.length === 0) return null;
  const [low, high] = x.domain;
  const shares = new Array<number>(nBins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * nBins);
    const kept = Math.min(nBins - 1, Math.max(0, bin));
    shares[kept] = (shares[kept] as number) + 1 / values.length;
  }
  const smooth = smoothed(smoothed(shares));
  const scale = (rowHeight - 14) / Math.max(...smooth);
  const points = smooth.map((share, bin) => {
    const at = low + ((bin + 0.5) / nBins) * (high - low);
    return `${px(x.at(at))} ${px(base - share * scale)}`;
  });
  const d = `M${px(x.at(low))} ${px(base)}L${points.join('L')}L${px(x.at(high))} ${px(base)}Z`;
  return element('path', { d, fill: colour, 'fill-opacity': '0.28', stroke: colour, 'stroke-width': 1.2 });
}

function smoothed(values: readonly number[]): readonly number[] {
  return values.map((value, i) => ((values[i - 1] ?? 0) + 2 * value + (values[i + 1] ?? 0)) / 4);
}
