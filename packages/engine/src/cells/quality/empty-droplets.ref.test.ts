import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { type EmptyDroplets, emptyDroplets } from './empty-droplets.js';
import { goodTuringProportions } from './good-turing.js';
import { csrFromRows } from './planted-cells.test-helper.js';
import { qualityTasks } from './quality-tasks.js';

/** Against DropletUtils 1.18.1 and edgeR 3.40 (reference/empty-droplets/make_reference.R). */
const folder = new URL('../../../../../reference/empty-droplets/', import.meta.url);

interface Expected {
  readonly lower: number;
  readonly alpha: number;
  readonly retain: number;
  readonly knee: number;
  readonly inflection: number;
  readonly nCalled: number;
  readonly called: string;
  readonly pValue: (number | null)[];
  readonly ambient: number[];
  readonly goodTuring: number[];
}

const { planted } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
  readonly planted: Expected;
};

function readPlanted(): CsrMatrix {
  const [, ...lines] = gunzipSync(readFileSync(new URL('planted.csv.gz', folder)))
    .toString()
    .trim()
    .split('\n');
  const rows: number[][] = Array.from({ length: planted.called.length }, () => new Array<number>(200).fill(0));
  for (const line of lines) {
    const [barcode, gene, count] = line.split(',').map(Number);
    rows[barcode!]![gene!] = count!;
  }
  return csrFromRows(rows);
}

const run = (retain: number): Promise<EmptyDroplets> =>
  emptyDroplets(readPlanted(), { lower: planted.lower, retain }, inlineContext(qualityTasks));

describe('against DropletUtils', () => {
  it('smooths the ambient profile as edgeR does', () => {
    const shares = goodTuringProportions(planted.ambient);
    // Rounding only: the sums are added up in another order. edgeR's shares are renormalised as DropletUtils does.
    const sum = planted.goodTuring.reduce((a, b) => a + b, 0);
    shares.forEach((share, g) => {
      expect(share).toBeCloseTo(planted.goodTuring[g]! / sum, 12);
    });
  });

  it('gives the same scaling and P values', async () => {
    const found = await run(1e9);
    // R's optimize stops at 1.2e-4 of the searched range.
    expect(Math.abs(found.alpha! / planted.alpha - 1)).toBeLessThan(1e-3);
    const tested = Array.from(found.pValue.keys()).filter((i) => !Number.isNaN(found.pValue[i]));
    expect(tested).toEqual(planted.pValue.flatMap((p, i) => (p === null ? [] : [i])));
    for (const i of tested) {
      const p = planted.pValue[i]!;
      // Two sets of 10,000 simulations: five standard errors of their difference, and the smallest step.
      expect(Math.abs(found.pValue[i]! - p)).toBeLessThan(5 * Math.sqrt((2 * p * (1 - p)) / 10_000) + 3e-4);
    }
  });

  it('calls the same cells with the same knee', async () => {
    // DropletUtils turns its knee back from a logarithm: 152 is written 152.00000000000003 there, and 152 counts are below it.
    expect(Array.from((await run(planted.retain + 1e-9)).isCell).join('')).toBe(planted.called);
  });
});
