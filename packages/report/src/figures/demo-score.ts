import type { TruthScore } from '@remnant/engine';
import { fragment, type Markup } from '../markup/markup.js';
import { type ReportContext, say } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { linearScale } from '../svg/scale.js';
import { fitText } from '../svg/text-width.js';
import { verdictMark } from '../svg/verdict-mark.js';
import { type FigureOutcome, figureName, fullWidth } from './figure.js';

type Line = TruthScore['lines'][number];

const rowHeight = 28;
const top = 34;
const bar = [388, 520] as const;
const columns = { label: 26, shown: 534, target: 636 } as const;

/** A simulated study's answers against what was planted: value, target, passed or not. */
export function drawDemoScore(context: ReportContext): FigureOutcome {
  const { truth } = context.result;
  const text = context.text.figures.demoScore;
  if (truth === null || truth.lines.length === 0) return { kind: 'left-out', reason: text.notSimulated };
  const passed = truth.lines.filter((scored) => scored.passed).length;
  const header = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return {
    kind: 'drawn',
    width: 'full',
    tables: [],
    caption: text.caption(passed, truth.lines.length),
    svg: svgDocument(
      {
        id: figureName('demo-score'),
        width: fullWidth,
        height: top + truth.lines.length * rowHeight + 6,
        title: context.text.figureTitles['demo-score'],
        description: text.description(passed, truth.lines.length),
      },
      label(text.question, columns.label, top - 14, header),
      label(text.found, columns.shown, top - 14, header),
      label(text.target, columns.target, top - 14, header),
      line(0, top - 6, fullWidth, top - 6, { stroke: ink.grid }),
      truth.lines.map((scored, i) => scoreRow(context, scored, top + (i + 0.5) * rowHeight)),
    ),
  };
}

function scoreRow(context: ReportContext, scored: Line, y: number): Markup {
  const [shown, target] = [localised(context, scored.shown), localised(context, scored.target)];
  return fragment(
    verdictMark(scored.passed ? 'supported' : 'contradicted', 9, y, 8),
    label(fitText(say(context, scored.label), bar[0] - columns.label - 10, 12), columns.label, y + 4, { size: 12 }),
    gauge(scored, y),
    label(fitText(shown, columns.target - columns.shown - 6, 12), columns.shown, y + 4, { size: 12, bold: 'bold' }),
    label(fitText(target, fullWidth - columns.target, 12), columns.target, y + 4, { size: 12, colour: ink.muted }),
    line(0, y + rowHeight / 2, fullWidth, y + rowHeight / 2, { stroke: ink.grid, 'stroke-width': 0.6 }),
  );
}

/** Numbers come written with a decimal point. */
function localised(context: ReportContext, written: string): string {
  return context.language === 'fr' ? written.replace(/(\d)\.(\d)/g, '$1,$2') : written;
}

/** A share with a bound to reach, such as an AUROC, on a bar from nought to one with a tick at the bound. */
function gauge({ value, target }: Line, y: number): Markup | null {
  const bound = Number(/^[≥≤><]=? *(0\.\d+)$/.exec(target)?.[1] ?? NaN);
  if (value === null || !(value >= 0 && value <= 1) || Number.isNaN(bound)) return null;
  const x = linearScale([0, 1], bar);
  return fragment(
    rectangle(bar[0], y - 2, bar[1] - bar[0], 4, { fill: ink.grid }),
    rectangle(bar[0], y - 2, x.at(value) - bar[0], 4, { fill: ink.axis }),
    line(x.at(bound), y - 8, x.at(bound), y + 8, { stroke: ink.text, 'stroke-width': 1.6 }),
    mark('circle', x.at(value), y, 4.4, { fill: ink.text }),
  );
}
