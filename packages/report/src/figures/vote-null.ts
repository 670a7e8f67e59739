import { log10, pow } from '@remnant/engine';
import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisLeft } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, line, mark } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { linearScale, type Scale } from '../svg/scale.js';
import { numbersOrMissing, readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const height = 372;
const area = { left: 74, right: fullWidth - 8, top: 14, bottom: height - 112 };

/** Genes of one level. `expected` stands for both directions together, as the permutations count them. */
interface Level {
  readonly level: number;
  readonly up: number;
  readonly down: number;
  readonly total: number;
  readonly expected: number;
  readonly fdr: number;
}

/** Genes that agree in so many patients, against what permuted stage labels give. */
export function drawVoteNull(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'vote', {
    numbers: ['level', 'observed_up', 'observed_down', 'expected'],
    texts: [],
  });
  if (!read.found) return leftOut(context, read);
  const levels = toLevels(context, read.numbers);
  if (levels.length === 0) return nothingToDraw(context, 'vote');
  const y = countScale(levels);
  const band = (area.right - area.left) / levels.length;
  const text = context.text.figures.voteNull;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['vote'],
    caption: text.caption,
    svg: svgDocument(
      {
        id: figureName('vote-null'),
        width: fullWidth,
        height,
        title: context.text.figureTitles['vote-null'],
        description: text.description(levels.length),
      },
      countAxis(context, y),
      levels.map((level, i) => levelMarks(context, level, area.left + (i + 0.5) * band, y)),
      line(area.left, area.bottom, area.right, area.bottom, { stroke: ink.axis }),
      label(text.fdr, area.left - 8, area.bottom + 38, { size: 11, anchor: 'end', colour: ink.muted }),
      label(text.x, (area.left + area.right) / 2, area.bottom + 62, { size: 12, anchor: 'middle' }),
      legend(
        '',
        [
          { text: text.observed, shape: 'circle', fill: ink.text },
          { text: text.up, shape: 'triangle', fill: direction.up },
          { text: text.down, shape: 'triangle-down', fill: direction.down },
          { text: text.expected, shape: 'bar', fill: ink.text },
        ],
        area.left,
        height - 18,
        area.right - area.left,
      ).markup,
    ),
  };
}

function toLevels(
  context: ReportContext,
  numbers: Readonly<Record<'level' | 'observed_up' | 'observed_down' | 'expected', Float64Array>>,
): readonly Level[] {
  const fdr = numbersOrMissing(context.result, 'vote', 'fdr');
  return Array.from(numbers.level, (level, i) => {
    const [up, down] = [numbers.observed_up[i] as number, numbers.observed_down[i] as number];
    return { level, up, down, total: up + down, expected: numbers.expected[i] as number, fdr: fdr[i] as number };
  })
    .filter(({ level }) => Number.isFinite(level))
    .sort((a, b) => a.level - b.level);
}

/** Counts on a logarithmic scale from the power of ten below the smallest; zero stands on the floor. */
function countScale(levels: readonly Level[]): Scale {
  const counts = levels.flatMap((level) => [level.total, level.expected, level.up, level.down]).filter((n) => n > 0);
  const floor = 0.7 * pow(10, Math.floor(log10(Math.min(10, ...counts))));
  const scale = linearScale([log10(floor), log10(Math.max(10, ...counts) * 2)], [area.bottom, area.top]);
  return { ...scale, at: (count) => scale.at(log10(Math.max(count, floor))) };
}

function countAxis(context: ReportContext, y: Scale): Markup {
  const values = Array.from({ length: 12 }, (_, i) => pow(10, i - 5));
  const shown = values.filter((value) => log10(value) >= y.domain[0] && log10(value) <= y.domain[1]);
  return axisLeft(
    {
      scale: y,
      ticks: { values: shown, decimals: 0 },
      write: context.number.general,
      title: context.text.figures.voteNull.y,
    },
    area.left,
    18,
    area.right,
  );
}

function levelMarks(context: ReportContext, level: Level, x: number, y: Scale): Markup {
  const { integer, percent } = context.number;
  const { up, down, total, expected, fdr } = level;
  const isAbove = !(total < expected);
  return fragment(
    Number.isFinite(expected) && Number.isFinite(total) && excessLine(x, y.at(expected), y.at(total)),
    Number.isFinite(expected) && mark('bar', x, y.at(expected), 8, { fill: ink.text }),
    Number.isFinite(up) && mark('triangle', x - 15, y.at(up), 4.2, { fill: direction.up }),
    Number.isFinite(down) && mark('triangle-down', x + 15, y.at(down), 4.2, { fill: direction.down }),
    Number.isFinite(total) && mark('circle', x, y.at(total), 5, { fill: ink.text }),
    Number.isFinite(total) &&
      label(integer(total), x, y.at(total) + (isAbove ? -11 : 20), { size: 11.5, anchor: 'middle', bold: 'bold' }),
    label(integer(level.level), x, area.bottom + 18, { size: 12, anchor: 'middle', bold: 'bold' }),
    label(percent(fdr, fdr < 0.1 ? 1 : 0), x, area.bottom + 38, { size: 11, anchor: 'middle', colour: ink.muted }),
  );
}

function excessLine(x: number, from: number, to: number): Markup {
  return line(x, from, x, to, { stroke: ink.pale, 'stroke-width': 6 });
}
