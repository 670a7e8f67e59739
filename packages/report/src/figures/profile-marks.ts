import { element, fragment, type Markup } from '../markup/markup.js';
import { line, px, rectangle } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import type { Call, CloneRow, ProfileBin } from './copy-number-rows.js';
import type { MappedArm, MappedChromosome } from './genome-map.js';

/** Where the profile of a clone is drawn. */
export interface ProfileFrame {
  readonly genome: readonly MappedChromosome[];
  readonly top: number;
  readonly height: number;
  /** The log2 ratio that reaches the border of the row. */
  readonly limit: number;
}

/** Colours of what is called of a stretch. */
export const callColours: Readonly<Record<Call | 'none', string>> = {
  gain: direction.up,
  loss: direction.down,
  none: '#9aa4af',
};

/** Ground of arms that cannot be told. */
export const untoldColour: string = ink.grid;

type Colour = keyof typeof callColours;

/** A clone along the genome: areas of its profile, coloured where called, with bars at arms called as a whole. */
export function profileMarks(row: CloneRow, frame: ProfileFrame): Markup {
  const { top, height } = frame;
  const arms = frame.genome.flatMap((chromosome) => chromosome.arms);
  const callOf = (arm: MappedArm): string => row.arms.find((one) => one.arm === arm.label)?.call ?? 'neutral';
  return fragment(
    arms
      .filter((arm) => callOf(arm) === 'cannot-tell')
      .map((arm) => rectangle(arm.start, top, arm.end - arm.start, height, { fill: untoldColour })),
    genomeLines(frame),
    (['none', 'gain', 'loss'] as const).map((colour) => areas(row, arms, { frame, colour })),
    arms.map((arm) => armBar(arm, callOf(arm), frame)),
  );
}

function genomeLines({ genome, top, height }: ProfileFrame): Markup {
  const [first, last] = [genome[0], genome[genome.length - 1]];
  const middle = top + height / 2;
  return fragment(
    genome
      .slice(1)
      .map(({ start }) => line(start, top, start, top + height, { stroke: ink.pale, 'stroke-width': 0.7 })),
    genome.map(
      ({ centromere }) =>
        centromere !== null &&
        line(centromere, top, centromere, top + height, {
          stroke: ink.pale,
          'stroke-width': 0.7,
          'stroke-dasharray': '2 2',
        }),
    ),
    first !== undefined &&
      last !== undefined &&
      fragment(
        line(first.start, middle, last.end, middle, { stroke: ink.pale, 'stroke-width': 0.6 }),
        rectangle(first.start, top, last.end - first.start, height, {
          fill: 'none',
          stroke: ink.pale,
          'stroke-width': 0.7,
        }),
      ),
  );
}

/** All stretches of one colour as one path. */
function areas(
  row: CloneRow,
  arms: readonly MappedArm[],
  { frame, colour }: { readonly frame: ProfileFrame; readonly colour: Colour },
): Markup | null {
  const d = arms.map((arm) => areaOf(row, arm, { frame, colour })).join('');
  return d === '' ? null : element('path', { d, fill: callColours[colour] });
}

/** The bins of one colour on an arm as steps from the middle of the row, closed where another colour begins. */
function areaOf(
  row: CloneRow,
  arm: MappedArm,
  { frame, colour }: { readonly frame: ProfileFrame; readonly colour: Colour },
): string {
  const bins = row.bins.filter((bin) => bin.arm === arm.label).sort((a, b) => a.start - b.start);
  const middle = px(frame.top + frame.height / 2);
  const isMine = (bin: ProfileBin | undefined): boolean =>
    bin !== undefined && Number.isFinite(bin.value) && colourOf(row, bin) === colour;
  return bins
    .map((bin, i) => {
      if (!isMine(bin)) return '';
      const reach = Math.max(-1, Math.min(1, bin.value / frame.limit)) * (frame.height / 2 - 1);
      const opening = isMine(bins[i - 1]) ? '' : `M${px(arm.scale.at(bin.start))} ${middle}`;
      const closing = isMine(bins[i + 1]) ? '' : `V${middle}Z`;
      const end = px(arm.scale.at(bins[i + 1]?.start ?? bin.end));
      return `${opening}V${px(frame.top + frame.height / 2 - reach)}H${end}${closing}`;
    })
    .join('');
}

/** A bin belongs to the called segment that holds its first gene. */
function colourOf({ segments }: CloneRow, bin: ProfileBin): Colour {
  const held = segments.find(({ arm, start, end }) => arm === bin.arm && start <= bin.start && bin.start <= end);
  return held?.call ?? 'none';
}

function armBar(arm: MappedArm, call: string, { top, height }: ProfileFrame): Markup | null {
  if (call !== 'gain' && call !== 'loss') return null;
  const y = call === 'gain' ? top - 1.2 : top + height - 1.2;
  return rectangle(arm.start, y, arm.end - arm.start, 2.4, { fill: ink.text });
}
