import { linearScale, type Scale } from '../svg/scale.js';

/** A chromosome arm by name: `8q` is arm `q` of chromosome `8`. */
export interface ArmName {
  readonly chromosome: string;
  readonly arm: string;
}

/** Reads `8q`; null for anything that does not end in `p` or `q`. */
export function readArm(label: string): ArmName | null {
  const match = /^(\w+)([pq])$/.exec(label);
  return match === null ? null : { chromosome: match[1] ?? '', arm: match[2] ?? '' };
}

/** Orders arms along the genome: by number, then X and Y, the short arm first. */
export function byGenome(a: string, b: string): number {
  const [first, second] = [readArm(a), readArm(b)];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  const place = ({ chromosome }: ArmName): number =>
    /^\d+$/.test(chromosome) ? Number(chromosome) : 1000 + chromosome.charCodeAt(0);
  return place(first) - place(second) || (first.arm < second.arm ? -1 : first.arm > second.arm ? 1 : 0);
}

/** Where an arm lies on the page. */
export interface MappedArm {
  readonly label: string;
  readonly arm: string;
  readonly start: number;
  readonly end: number;
  /** From bases on the chromosome to pixels. */
  readonly scale: Scale;
}

/** Where a chromosome lies on the page; the centromere is null where only one arm was measured. */
export interface MappedChromosome {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly centromere: number | null;
  readonly arms: readonly MappedArm[];
}

/** A measured stretch: the first and last base of a bin of genes. */
export interface Stretch {
  readonly arm: string;
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Lays the measured part of the genome along the page, arm after arm, widths in proportion to bases. What lies between
 * the last gene of a short arm and the first of a long one is left out, as is all beyond the outermost genes.
 */
export function mapGenome(
  stretches: readonly Stretch[],
  [left, right]: readonly [number, number],
): readonly MappedChromosome[] {
  const spans = spansOf(stretches);
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const perBase = (right - left) / Math.max(1, total);
  let x = left;
  const arms = spans.map(({ label, start, end }): MappedArm & ArmName => {
    const from = x;
    x += (end - start) * perBase;
    const name = readArm(label) ?? { chromosome: label, arm: '' };
    return { label, ...name, start: from, end: x, scale: linearScale([start, end], [from, x]) };
  });
  return [...new Set(arms.map(({ chromosome }) => chromosome))].map((name) => {
    const mine = arms.filter(({ chromosome }) => chromosome === name);
    const [first, last] = [mine[0], mine[mine.length - 1]];
    return {
      name,
      start: first?.start ?? left,
      end: last?.end ?? left,
      centromere: mine.length === 2 ? (first?.end ?? null) : null,
      arms: mine,
    };
  });
}

function spansOf(stretches: readonly Stretch[]): readonly Span[] {
  const spans = new Map<string, Span>();
  for (const { arm, start, end } of stretches) {
    const known = spans.get(arm);
    spans.set(arm, {
      label: arm,
      start: Math.min(start, known?.start ?? start),
      end: Math.max(end, known?.end ?? end),
    });
  }
  return [...spans.values()].sort((a, b) => byGenome(a.label, b.label));
}
