import { fragment, type Markup } from '../markup/markup.js';
import { label, line, mark } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { textWidth } from '../svg/text-width.js';
import type { CloneBranch } from './clone-tree.js';

/** Where a tree is drawn. */
export interface TreeFrame {
  /** Where the root and the clones stand. */
  readonly left: number;
  readonly right: number;
  /** Height of each clone's row on the page. */
  readonly rowOf: (clone: string) => number;
  /** Lines an alteration list may take: above the branch, then below it. */
  readonly lines: 1 | 2;
  /** Words for alterations that found no room. */
  readonly more: (n: number) => string;
}

const size = 9.5;
const indent = 5;
const narrowest = 22;
const stroke = { stroke: ink.text, 'stroke-width': 1.1 };

/** Clones joined from left to right, alterations written on the branch they lie on. */
export function cloneTreeMarks(branches: readonly CloneBranch[], frame: TreeFrame): Markup {
  return fragment(
    fork(branches, { xs: levels(branches, frame), level: 0 }, frame),
    mark('circle', frame.left, middleOf(branches, frame), 3, { fill: ink.paper, ...stroke }),
  );
}

/** Where each level of forks stands: each gets room for its longest alteration, then more as its lists need it. */
function levels(branches: readonly CloneBranch[], { left, right, lines }: TreeFrame): readonly number[] {
  const least: number[] = [];
  const wanted: number[] = [];
  const visit = (inner: readonly CloneBranch[], level: number): void => {
    for (const { events, branches: further } of inner) {
      const longest = Math.max(0, ...events.map((event) => textWidth(event, size)));
      least[level] = Math.max(least[level] ?? narrowest, longest + indent + 4);
      wanted[level] = Math.max(wanted[level] ?? 1, textWidth(events.join(' '), size) / lines - longest);
      visit(further, level + 1);
    }
  };
  visit(branches, 0);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const spare = right - left - sum(least);
  const xs = [left];
  for (const [level, width] of least.entries()) {
    const share = (wanted[level] as number) / sum(wanted);
    xs.push((xs[level] as number) + (spare < 0 ? (width * (right - left)) / sum(least) : width + spare * share));
  }
  return xs;
}

interface Level {
  readonly xs: readonly number[];
  readonly level: number;
}

function fork(branches: readonly CloneBranch[], { xs, level }: Level, frame: TreeFrame): Markup {
  const x = xs[level] as number;
  const heights = branches.map((branch) => heightOf(branch, frame));
  return fragment(
    branches.length > 1 && line(x, Math.min(...heights), x, Math.max(...heights), stroke),
    branches.map((branch, i) => {
      const y = heights[i] as number;
      const end = branch.clone === null ? (xs[level + 1] as number) : frame.right;
      const style = branch.events.length === 0 ? { stroke: ink.axis, 'stroke-dasharray': '2 2' } : stroke;
      return fragment(
        line(x, y, end, y, style),
        eventLines(branch.events, { width: end - x - indent - 2, frame }).map((text, row) =>
          label(text, x + indent, y + (row === 0 ? -3.5 : 10), { size }),
        ),
        branch.clone === null && fork(branch.branches, { xs, level: level + 1 }, frame),
      );
    }),
  );
}

/** As many alterations as fit on the lines, then how many more. */
function eventLines(
  events: readonly string[],
  { width, frame }: { readonly width: number; readonly frame: TreeFrame },
): readonly string[] {
  if (events.length === 0) return [];
  for (let shown = events.length; shown > 0; shown--) {
    const hidden = events.length - shown;
    const lines = filled([...events.slice(0, shown), ...(hidden === 0 ? [] : [frame.more(hidden)])], width);
    if (lines !== null && lines.length <= frame.lines) return lines;
  }
  const whole = frame.more(events.length);
  return textWidth(whole, size) <= width ? [whole] : [];
}

/** Words laid into lines; null where one is wider than a line. */
function filled(words: readonly string[], width: number): readonly string[] | null {
  if (words.some((word) => textWidth(word, size) > width)) return null;
  const lines: string[] = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    const longer = `${last ?? ''} ${word}`;
    if (last !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function heightOf(branch: CloneBranch, frame: TreeFrame): number {
  return branch.clone === null ? middleOf(branch.branches, frame) : frame.rowOf(branch.clone);
}

function middleOf(branches: readonly CloneBranch[], frame: TreeFrame): number {
  const heights = branches.map((branch) => heightOf(branch, frame));
  return (Math.min(...heights) + Math.max(...heights)) / 2;
}
