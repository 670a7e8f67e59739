import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeBarcodes } from './merge-barcodes.js';

describe('merging barcodes', () => {
  it('merges chains into the commonest', () => {
    const counts = new Map([
      ['AAAA', 100],
      ['AAAC', 20],
      ['AACC', 3],
      ['GGGG', 50],
    ]);
    expect(mergeBarcodes(counts)).toEqual([
      { from: 'AAAC', to: 'AAAA' },
      { from: 'AACC', to: 'AAAA' },
    ]);
  });

  it('keeps neighbours that are about as common, and insertions', () => {
    expect(
      mergeBarcodes(
        new Map([
          ['AAAA', 30],
          ['AAAC', 20],
          ['AAAAA', 1],
        ]),
      ),
    ).toEqual([]);
  });

  it('chooses the commonest of several parents, then the first by name', () => {
    const counts = new Map([
      ['AAAT', 1],
      ['AAAC', 9],
      ['AAAG', 9],
    ]);
    expect(mergeBarcodes(counts)).toEqual([{ from: 'AAAT', to: 'AAAC' }]);
  });

  it('ends at barcodes that keep their name, and does not depend on the order', () => {
    const barcode = fc.string({ unit: fc.constantFrom('A', 'C', 'G', 'T'), minLength: 4, maxLength: 4 });
    const counts = fc.array(fc.tuple(barcode, fc.integer({ min: 1, max: 100 })), { maxLength: 40 });
    fc.assert(
      fc.property(counts, (entries) => {
        const map = new Map(entries);
        const merges = mergeBarcodes(map);
        const renamed = new Set(merges.map(({ from }) => from));
        expect(merges.every(({ to }) => !renamed.has(to))).toBe(true);
        expect(mergeBarcodes(new Map([...map].reverse()))).toEqual(merges);
      }),
      { numRuns: 50 },
    );
  });
});
