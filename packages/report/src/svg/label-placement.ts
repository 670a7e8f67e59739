import { textWidth } from './text-width.js';

/** A point that wants a label. Earlier ones choose their place first. */
export interface LabelRequest {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly bold?: 'bold' | undefined;
}

/** A label where it fits. */
export interface PlacedLabel {
  readonly request: LabelRequest;
  /** Left edge and baseline of the text. */
  readonly x: number;
  readonly baseline: number;
  /** Where a leader line meets the label; null when the label touches its point. */
  readonly leader: readonly [number, number] | null;
}

/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Candidate {
  readonly box: Box;
  readonly distance: number;
}

const distances = [5, 11, 19, 29, 41, 56, 74];
/** Unit vectors every 30 degrees, sideways first: labels beside their point read best. */
const directions: readonly (readonly [number, number])[] = [
  [1, 0],
  [-1, 0],
  [0.866, -0.5],
  [-0.866, -0.5],
  [0.866, 0.5],
  [-0.866, 0.5],
  [0.5, -0.866],
  [-0.5, -0.866],
  [0.5, 0.866],
  [-0.5, 0.866],
  [0, -1],
  [0, 1],
];

/**
 * Places labels near their points without overlapping one another or leaving `bounds`, preferring places that cover few
 * of the `crowd` of other points. Greedy, in the order given; a label with no free place is left out.
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  options: { readonly bounds: Box; readonly size: number; readonly crowd: readonly (readonly [number, number])[] },
): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const taken: Box[] = requests.map(({ x, y }) => ({ left: x - 3, top: y - 3, right: x + 3, bottom: y + 3 }));
  requests.forEach((request, index) => {
    const others = taken.filter((_, i) => i !== index);
    const best = bestCandidate(candidatesFor(request, options.size), others, options);
    if (best === null) return;
    taken.push(best.box);
    placed.push(asLabel(request, best, options.size));
  });
  return placed;
}

function candidatesFor(request: LabelRequest, size: number): readonly Candidate[] {
  const halfWidth = textWidth(request.text, size, request.bold) / 2 + 1;
  const halfHeight = size * 0.52;
  return distances.flatMap((distance) =>
    directions.map(([dx, dy]) => {
      const centreX = request.x + dx * (distance + halfWidth);
      const centreY = request.y + dy * (distance + halfHeight);
      return {
        distance,
        box: {
          left: centreX - halfWidth,
          right: centreX + halfWidth,
          top: centreY - halfHeight,
          bottom: centreY + halfHeight,
        },
      };
    }),
  );
}

function bestCandidate(
  candidates: readonly Candidate[],
  taken: readonly Box[],
  options: { readonly bounds: Box; readonly crowd: readonly (readonly [number, number])[] },
): Candidate | null {
  let best: Candidate | null = null;
  let bestCost = Infinity;
  for (const candidate of candidates) {
    if (candidate.distance >= bestCost) break;
    if (!inside(candidate.box, options.bounds) || taken.some((box) => overlaps(box, candidate.box))) continue;
    const covered = options.crowd.filter(([x, y]) => contains(candidate.box, x, y)).length;
    const cost = candidate.distance + 6 * covered;
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

function asLabel(request: LabelRequest, { box, distance }: Candidate, size: number): PlacedLabel {
  const nearestX = Math.min(Math.max(request.x, box.left), box.right);
  const nearestY = Math.min(Math.max(request.y, box.top + 1), box.bottom - 1);
  return {
    request,
    x: box.left + 1,
    baseline: box.bottom - size * 0.2,
    leader: distance > 8 ? [nearestX, nearestY] : null,
  };
}

function inside(box: Box, bounds: Box): boolean {
  return box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function contains(box: Box, x: number, y: number): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}
