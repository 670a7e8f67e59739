import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, rectangle } from '../svg/marks.js';
import { categoryColour, divergingColour, ink } from '../svg/palette.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const largestSide = 520;
const strip = 10;
const left = 96;
/** Genes of a programme: what a full overlap is. */
const fullOverlap = 50;

/** Genes shared by every pair of kept programmes; meta-programmes are framed, patients on the strip. */
export function drawMetaProgrammeHeatmap(context: ReportContext): FigureOutcome {
  const pairs = readColumns(context.result, 'programme_overlaps', { numbers: ['a', 'b', 'shared'], texts: [] });
  if (!pairs.found) return leftOut(context, pairs);
  if (!pairs.numbers.shared.some(Number.isFinite)) return nothingToDraw(context, 'programme_overlaps');
  const programmes = readColumns(context.result, 'sample_programmes', {
    numbers: ['place'],
    texts: ['patient', 'meta_programme'],
  });
  if (!programmes.found) return leftOut(context, programmes);
  const n = programmes.nRows;
  const cell = Math.max(1.5, Math.min(18, largestSide / n));
  const side = cell * n;
  const top = 8 + strip + 4;
  const patients = [...new Set(programmes.texts.patient.map((patient) => patient ?? ''))].sort();
  const colourOf = (patient: string | null | undefined): string => categoryColour(patients.indexOf(patient ?? ''));
  const text = context.text.figures.cells;
  const keys = legend(
    '',
    patients.map((patient) => ({ text: patient, shape: 'square', fill: colourOf(patient) })),
    left,
    top + side + 24,
    fullWidth - left,
  );
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['programme_overlaps', 'sample_programmes'],
    caption: text.heatmapCaption(n),
    svg: svgDocument(
      {
        id: figureName('meta-programme-heatmap'),
        width: fullWidth,
        height: top + side + 20 + keys.height + 6,
        title: context.text.figureTitles['meta-programme-heatmap'],
        description: text.heatmapDescription(n),
      },
      programmes.texts.patient.map((patient, i) =>
        rectangle(left + i * cell, 8, cell, strip, { fill: colourOf(patient) }),
      ),
      rectangle(left, top, side, side, { fill: divergingColour(0), stroke: ink.pale }),
      Array.from(pairs.numbers.shared, (shared, k) =>
        pairMarkup(shared, pairs.numbers.a[k] as number, pairs.numbers.b[k] as number, { cell, top }),
      ),
      frames(programmes.texts.meta_programme, { cell, top }),
      keys.markup,
    ),
  };
}

interface Grid {
  readonly cell: number;
  readonly top: number;
}

function pairMarkup(shared: number, a: number, b: number, { cell, top }: Grid): Markup | null {
  if (shared === 0) return null;
  const fill = divergingColour(shared / fullOverlap);
  const at = (row: number, column: number): Markup =>
    rectangle(left + (column - 1) * cell, top + (row - 1) * cell, cell, cell, { fill });
  return a === b ? at(a, b) : fragment(at(a, b), at(b, a));
}

/** A frame and a name around each run of programmes of one meta-programme. */
function frames(names: readonly (string | null)[], { cell, top }: Grid): readonly Markup[] {
  const runs = [...new Set(names)].filter((name) => name !== null);
  return runs.map((name) => {
    const first = names.indexOf(name);
    const size = names.filter((other) => other === name).length * cell;
    return fragment(
      rectangle(left + first * cell, top + first * cell, size, size, {
        fill: 'none',
        stroke: ink.text,
        'stroke-width': 1,
      }),
      label(name, left - 8, top + first * cell + size / 2 + 4, { size: 11, anchor: 'end' }),
    );
  });
}
