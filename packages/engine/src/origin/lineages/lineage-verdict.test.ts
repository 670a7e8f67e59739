import { describe, expect, it } from 'vitest';
import { cloneSizes } from './clone-sizes.js';
import { type LineageSample, lineageShift } from './lineage-verdict.js';

/** `nClones` clones of `each` cells. */
const sample = (nClones: number, each: number, states: LineageSample['states']): LineageSample => ({
  clones: cloneSizes(Array.from({ length: nClones * each }, (_, i) => String(i % nClones))),
  states,
});
const growing = new Map([['growing', 90]]);
const persisting = new Map([
  ['growing', 10],
  ['persister', 90],
]);

describe('what happened between two stages', () => {
  it('is adaptation when clones were kept and cells changed state', () => {
    const found = lineageShift([sample(100, 2, growing), sample(100, 2, persisting)]);
    expect(found.verdict).toBe('adaptation');
    expect(found.stateChange).toBeCloseTo(0.9, 12);
    expect(found.diversityKept.value).toBe(1);
  });

  it('is selection when most clones were lost, and mixed when some were', () => {
    expect(lineageShift([sample(100, 2, growing), sample(4, 50, persisting)]).verdict).toBe('selection');
    expect(lineageShift([sample(100, 2, growing), sample(60, 4, persisting)]).verdict).toBe('mixed');
  });

  it('cannot tell with few cells, without states, without a change of state, or with empty states', () => {
    const before = sample(100, 2, growing);
    expect(lineageShift([before, sample(20, 2, persisting)]).reasons).toEqual([
      'insufficient: 40 barcoded cells, at least 50 needed in both samples',
    ]);
    expect(lineageShift([before, sample(100, 2, null)]).reasons).toEqual([
      'clones were kept, but no state of the cells is known',
    ]);
    expect(lineageShift([before, sample(100, 2, growing)]).reasons).toEqual([
      'clones were kept, and so was the state of the cells',
    ]);
    expect(lineageShift([before, sample(100, 2, new Map())]).verdict).toBe('cannot tell');
  });
});
