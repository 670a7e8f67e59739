import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chao1, rarefiedRichness } from './rarefied-richness.js';

interface Case {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly depths: readonly number[];
  readonly rarefied: readonly number[];
  readonly chao1: number;
}

/** Values of vegan: reference/lineages/rarefy.R. */
const path = new URL('../../../../../reference/lineages/expected.json', import.meta.url);
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly Case[];

describe('rarefied richness against vegan', () => {
  it.each(cases)('$name', ({ sizes, depths, rarefied }) => {
    depths.forEach((depth, i) => {
      // Both sum logarithms of binomial coefficients of numbers up to 400: eleven digits are left.
      expect(rarefiedRichness(sizes, depth).value / (rarefied[i] as number)).toBeCloseTo(1, 10);
    });
  });

  it.each(cases)('Chao 1 of $name', ({ sizes, chao1: expected }) => {
    expect(chao1(sizes)).toBeCloseTo(expected, 10);
  });
});
