import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { legend, type LegendItem } from '../svg/legend.js';
import { label, line, rectangle } from '../svg/marks.js';
import { cloneColour, ink } from '../svg/palette.js';
import { fitText, textWidth, wrapText } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { cloneTreeMarks } from './clone-tree-marks.js';
import {
  type CloneRow,
  copyNumberRows,
  eventsOf,
  type PatientRows,
  patientsWithoutProfile,
  type ProfileRows,
} from './copy-number-rows.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { mapGenome, type MappedChromosome } from './genome-map.js';
import { callColours, profileMarks, untoldColour } from './profile-marks.js';

/** Rows are as high as one page allows, between these. */
const heights = { page: 960, least: 13, most: 36 } as const;
/** Space between patients and clones; less of it where patients are many. */
const roomy = { heading: 24, blockGap: 10, rowGap: 4 } as const;
const close = { heading: 18, blockGap: 4, rowGap: 2 } as const;
const mostRoomy = 8;
const treeWidth = 164;
const nameWidth = 80;
const smallestLimit = 0.15;
const headroom = 1.15;

interface Layout {
  readonly genome: readonly MappedChromosome[];
  readonly rowHeight: number;
  readonly spaces: typeof roomy | typeof close;
  readonly namesLeft: number;
  readonly hasTree: boolean;
  readonly limit: number;
}

/** Clones of every patient along the genome, with the tree of what they share. */
export function drawCopyNumberClones(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'copy_number_profiles', {
    numbers: ['start', 'end', 'log2_ratio'],
    texts: ['patient', 'clone', 'arm'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.log2_ratio.some(Number.isFinite)) return nothingToDraw(context, 'copy_number_profiles');
  const patients = copyNumberRows(context, read);
  const layout = layOut(patients, read);
  const tops = topsOf(patients, layout);
  const axisTop = tops.bottom;
  const text = context.text.figures.origin.copyNumberClones;
  const under = underneath(context, { patients, layout, top: axisTop + 46 });
  const nClones = patients.reduce((sum, { clones }) => sum + clones.length, 0);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['copy_number_profiles', 'copy_number_arms', 'copy_number_segments'],
    caption: text.caption(layout.hasTree),
    svg: svgDocument(
      {
        id: figureName('copy-number-clones'),
        width: fullWidth,
        height: under.bottom,
        title: context.text.figureTitles['copy-number-clones'],
        description: text.description(patients.length, nClones),
      },
      patients.map((patient, i) => blockMarkup(context, patient, { layout, top: tops.blocks[i] as number })),
      genomeAxis(context, layout, axisTop),
      under.markup,
    ),
  };
}

function layOut(patients: readonly PatientRows[], { numbers, texts }: ProfileRows): Layout {
  const clones = patients.flatMap((patient) => patient.clones);
  const hasTree = clones.some((clone) => eventsOf(clone).length > 0);
  const namesLeft = hasTree ? treeWidth + 6 : 0;
  const spaces = patients.length > mostRoomy ? close : roomy;
  const free = heights.page - patients.length * (spaces.heading + spaces.blockGap) - clones.length * spaces.rowGap;
  const stretches = texts.arm.map((arm, i) => ({
    arm: arm ?? '',
    start: numbers.start[i] as number,
    end: numbers.end[i] as number,
  }));
  return {
    genome: mapGenome(stretches, [namesLeft + nameWidth, fullWidth - 2]),
    rowHeight: Math.max(heights.least, Math.min(heights.most, free / clones.length)),
    spaces,
    namesLeft,
    hasTree,
    limit: limitOf(numbers.log2_ratio),
  };
}

/** The ratio that all but the most extreme hundredth of the bins stay within. */
function limitOf(values: Float64Array): number {
  const sizes = values.filter(Number.isFinite).map(Math.abs).sort();
  return Math.max(smallestLimit, headroom * (sizes[Math.floor(0.99 * (sizes.length - 1))] ?? 0));
}

function topsOf(
  patients: readonly PatientRows[],
  { rowHeight, spaces }: Layout,
): { readonly blocks: readonly number[]; readonly bottom: number } {
  let y = 2;
  const blocks = patients.map(({ clones }) => {
    const top = y;
    y += spaces.heading + clones.length * (rowHeight + spaces.rowGap) + spaces.blockGap;
    return top;
  });
  return { blocks, bottom: y - spaces.blockGap };
}

interface BlockFrame {
  readonly layout: Layout;
  readonly top: number;
}

function blockMarkup(context: ReportContext, patient: PatientRows, { layout, top }: BlockFrame): Markup {
  const { rowHeight, spaces } = layout;
  const rowTop = (i: number): number => top + spaces.heading + i * (rowHeight + spaces.rowGap);
  const rowOf = (clone: string): number =>
    rowTop(patient.clones.findIndex((one) => one.clone === clone)) + rowHeight / 2;
  const text = context.text.figures.origin.copyNumberClones;
  return fragment(
    heading(context, patient, { layout, top }),
    patient.clones.some((clone) => eventsOf(clone).length > 0) &&
      cloneTreeMarks(patient.tree, {
        left: 6,
        right: treeWidth,
        rowOf,
        lines: rowHeight < 26 ? 1 : 2,
        more: (n) => text.more(n),
      }),
    patient.clones.map((clone, i) =>
      fragment(
        cloneName(context, clone, { layout, top: rowTop(i) }),
        profileMarks(clone, {
          genome: layout.genome,
          top: rowTop(i),
          height: rowHeight,
          limit: layout.limit,
        }),
      ),
    ),
  );
}

/** The patient over its tree, what it was compared with over its profiles. */
function heading(
  context: ReportContext,
  { patient, comparedWith, cannotTell }: PatientRows,
  { layout, top }: BlockFrame,
): Markup {
  const text = context.text.figures.origin.copyNumberClones;
  const notes = [
    ...(comparedWith === null ? [] : [text.against(comparedWith)]),
    ...(cannotTell === null ? [] : [text.cannotTell(cannotTell)]),
  ];
  const left = Math.max(layout.namesLeft + nameWidth, textWidth(patient, 12, 'bold') + 10);
  return fragment(
    label(patient, 0, top + 13, { size: 12, bold: 'bold' }),
    label(fitText(notes.join(' · '), fullWidth - left, 10.5), left, top + 13, { size: 10.5, colour: ink.muted }),
  );
}

function cloneName(context: ReportContext, { clone, nCells }: CloneRow, { layout, top }: BlockFrame): Markup {
  const text = context.text.figures.origin;
  const x = layout.namesLeft;
  const middle = top + layout.rowHeight / 2;
  const name = text.copyNumberClones.clone(clone);
  const cells = Number.isFinite(nCells) ? text.cells(nCells) : '';
  const isRoomy = layout.rowHeight >= 24;
  return fragment(
    rectangle(x, middle - 4, 8, 8, { fill: cloneColour(Number(clone) || 1) }),
    isRoomy
      ? fragment(
          label(name, x + 13, middle - 1, { size: 11 }),
          label(cells, x + 13, middle + 11, { size: 9.5, colour: ink.muted }),
        )
      : label(`${name} (${context.number.integer(nCells)})`, x + 12, middle + 3.5, { size: 9.5 }),
  );
}

/** Arms and chromosome numbers under the profiles; numbers too close for one line go on a second. */
function genomeAxis(context: ReportContext, { genome, namesLeft }: Layout, y: number): Markup {
  const hasShortArms = genome.some(({ arms }) => arms.some(({ arm }) => arm === 'p'));
  let ends = [-Infinity, -Infinity];
  const names = genome.map(({ name, start, end }) => {
    const middle = (start + end) / 2;
    const half = textWidth(name, 9.5) / 2 + 1;
    const line = middle - half >= (ends[0] as number) ? 0 : 1;
    ends = ends.map((taken, i) => (i === line ? middle + half : taken));
    return label(name, middle, y + 22 + 11 * line, { size: 9.5, anchor: 'middle' });
  });
  return fragment(
    label(context.text.figures.origin.copyNumberClones.chromosome, namesLeft + nameWidth - 8, y + 22, {
      size: 10,
      anchor: 'end',
      colour: ink.muted,
    }),
    genome.map(({ end }) => line(end, y - 4, end, y + 3, { stroke: ink.pale, 'stroke-width': 0.7 })),
    hasShortArms &&
      genome.flatMap(({ arms }) =>
        arms
          .filter(({ arm, start, end }) => end - start >= textWidth(arm, 8.5))
          .map(({ arm, start, end }) =>
            label(arm, (start + end) / 2, y + 8.5, { size: 8.5, anchor: 'middle', colour: ink.muted }),
          ),
      ),
    names,
  );
}

function underneath(
  context: ReportContext,
  {
    patients,
    layout,
    top,
  }: { readonly patients: readonly PatientRows[]; readonly layout: Layout; readonly top: number },
): { readonly markup: Markup; readonly bottom: number } {
  const text = context.text.figures.origin.copyNumberClones;
  const limit = context.number.fixed(layout.limit);
  const keys = legend('', legendItems(context), 0, top + 6, fullWidth);
  const without = patientsWithoutProfile(
    context,
    patients.map(({ patient }) => patient),
  );
  const notes = [
    text.scale(limit),
    ...(without.length === 0
      ? []
      : wrapText(
          text.notDrawn(without.map(({ patient, reasons }) => `${patient} (${text.cannotTell(reasons)})`)),
          fullWidth,
          11,
        )),
  ];
  const first = top + keys.height + 8;
  return {
    markup: fragment(
      keys.markup,
      notes.map((note, i) => label(note, 0, first + 6 + 16 * i, { size: 11, colour: ink.muted })),
    ),
    bottom: first + 16 * notes.length + 2,
  };
}

function legendItems(context: ReportContext): readonly LegendItem[] {
  const text = context.text.figures.origin.copyNumberClones;
  return [
    { text: text.gain, shape: 'square', fill: callColours.gain },
    { text: text.loss, shape: 'square', fill: callColours.loss },
    { text: text.uncalled, shape: 'square', fill: callColours.none },
    { text: text.untold, shape: 'square', fill: untoldColour },
    { text: text.arm, shape: 'bar', fill: ink.text },
  ];
}
