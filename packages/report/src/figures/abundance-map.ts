import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { dots, label, mark, rectangle } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, padded } from '../svg/scale.js';
import { numbersOrMissing, readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, halfWidth, leftOut, nothingToDraw } from './figure.js';

const frame = { left: 4, right: halfWidth - 4, top: 6, bottom: halfWidth - 2 };
const mostDots = 6000;

/** Neighbourhoods that gain or lose cells, at their index cells on the map. */
export function drawAbundanceMap(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'abundance', {
    numbers: ['umap_1', 'umap_2', 'n_cells', 'direction'],
    texts: [],
  });
  if (!read.found) return leftOut(context, read);
  const { umap_1: x, umap_2: y, n_cells: size, direction: way } = read.numbers;
  if (!x.some(Number.isFinite)) return nothingToDraw(context, 'abundance');
  const backX = numbersOrMissing(context.result, 'cells', 'umap_1');
  const backY = numbersOrMissing(context.result, 'cells', 'umap_2');
  const domain = (axis: Float64Array): readonly [number, number] => padded(extent(axis) ?? [0, 1], 0.04);
  const sx = linearScale(domain(backX.length > 0 ? backX : x), [frame.left, frame.right]);
  const sy = linearScale(domain(backY.length > 0 ? backY : y), [frame.bottom, frame.top]);
  const every = Math.ceil(backX.length / mostDots);
  const back = Array.from(backX.keys()).filter((cell) => cell % every === 0 && Number.isFinite(backX[cell]));
  const order = [...x.keys()].sort((a, b) => Math.abs(way[a] as number) - Math.abs(way[b] as number) || a - b);
  const colour = (place: number): string =>
    (way[place] as number) > 0 ? direction['up'] : (way[place] as number) < 0 ? direction['down'] : ink.axis;
  const count = (sign: number): number => way.filter((d) => d === sign).length;
  const text = context.text.figures.cells;
  const keys = legend(
    '',
    [
      { text: text.gained(count(1)), shape: 'circle', fill: direction['up'] },
      { text: text.lost(count(-1)), shape: 'circle', fill: direction['down'] },
      { text: text.unchanged(count(0)), shape: 'circle', fill: ink.axis },
    ],
    frame.left,
    frame.bottom + 30,
    halfWidth - 8,
  );
  return {
    kind: 'drawn',
    width: 'half',
    tables: ['abundance', 'cells'],
    caption: text.abundanceCaption,
    svg: svgDocument(
      {
        id: figureName('abundance-map'),
        width: halfWidth,
        height: frame.bottom + 24 + keys.height + 10,
        title: context.text.figureTitles['abundance-map'],
        description: text.abundanceDescription(count(1), count(-1), x.length),
      },
      rectangle(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, {
        fill: 'none',
        stroke: ink.pale,
      }),
      dots(
        back.map((cell) => [sx.at(backX[cell] as number), sy.at(backY[cell] as number)]),
        0.8,
        { stroke: ink.grid },
      ),
      order.map((place) =>
        mark(
          'circle',
          sx.at(x[place] as number),
          sy.at(y[place] as number),
          1.2 + Math.sqrt(size[place] as number) / 4,
          {
            fill: colour(place),
            'fill-opacity': way[place] === 0 ? '0.25' : '0.8',
          },
        ),
      ),
      label('UMAP 1, UMAP 2', frame.right, frame.bottom + 14, { size: 10.5, anchor: 'end', colour: ink.muted }),
      keys.markup,
    ),
  };
}
