import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHull } from './convex-hull.js';
import { placeLabels } from './label-placement.js';
import { textWidth } from './text-width.js';

const bounds = { left: 0, top: 0, right: 400, bottom: 300 };
const point = fc.record({
  x: fc.double({ min: 0, max: 400, noNaN: true }),
  y: fc.double({ min: 0, max: 300, noNaN: true }),
});

describe('placeLabels', () => {
  it('never overlaps two labels nor leaves the bounds', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), (points) => {
        const requests = points.map(({ x, y }, i) => ({ text: `GENE${String(i)}`, x, y }));
        const placed = placeLabels(requests, { bounds, size: 11, crowd: [] });
        const boxes = placed.map(({ request, x, baseline }) => ({
          left: x,
          right: x + textWidth(request.text, 11),
          top: baseline - 8,
          bottom: baseline,
        }));
        boxes.forEach((a, i) => {
          expect(a.left).toBeGreaterThanOrEqual(0);
          expect(a.right).toBeLessThanOrEqual(400);
          for (const b of boxes.slice(i + 1)) {
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('labels a lone point beside it, without a leader', () => {
    const [only] = placeLabels([{ text: 'FOSL1', x: 200, y: 150 }], { bounds, size: 11, crowd: [] });
    expect(only?.leader).toBeNull();
    expect(only?.x).toBeGreaterThan(200);
  });

  it('moves away from a crowd', () => {
    const crowd = Array.from({ length: 40 }, (_, i) => [205 + i, 150] as const);
    const [only] = placeLabels([{ text: 'FOSL1', x: 200, y: 150 }], { bounds, size: 11, crowd });
    expect(only === undefined || only.x + textWidth('FOSL1', 11) < 205 || Math.abs(only.baseline - 150) > 4).toBe(true);
  });
});

describe('convexHull', () => {
  it('holds the corners and nothing inside', () => {
    const hull = convexHull([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [2, 2],
      [1, 3],
      [4, 2],
    ]);
    expect(new Set(hull.map(String))).toEqual(new Set(['0,0', '4,0', '4,4', '0,4']));
    expect(convexHull([[1, 1]])).toEqual([[1, 1]]);
  });
});
