import { describe, expect, it } from 'vitest';
import { type FoundOrigin, scoreOrigin } from './score-origin.js';
import { simulateStudy } from './simulate-study.js';

const { truth } = simulateStudy({ seed: 1, genes: 1000, cells: 20 });
const right: readonly FoundOrigin[] = [
  { patient: 'P01', verdict: 'adaptation', alarm: false, gainedArms: [] },
  { patient: 'P03', verdict: 'selection', alarm: true, gainedArms: [truth.arm.arm] },
  { patient: 'P04', verdict: 'cannot tell', alarm: false, gainedArms: [] },
];
const failed = (found: readonly FoundOrigin[]): string[] =>
  scoreOrigin(truth, found).flatMap(({ id, passed }) => (passed ? [] : [id]));
const changed = (patient: string, change: Partial<FoundOrigin>): readonly FoundOrigin[] =>
  right.map((one) => (one.patient === patient ? { ...one, ...change } : one));

describe('scoreOrigin', () => {
  it('passes the right answers', () => {
    expect(failed(right)).toEqual([]);
  });

  it('fails each wrong one on its own line', () => {
    expect(failed(changed('P03', { verdict: 'mixed' }))).toEqual(['origin-clonal']);
    expect(failed(changed('P03', { gainedArms: ['1q'] }))).toEqual(['origin-arm']);
    expect(failed(changed('P04', { alarm: true }))).toEqual(['origin-clean']);
    expect(failed(changed('P01', { verdict: 'cannot tell' }))).toEqual(['origin-adaptation']);
    expect(failed(changed('P01', { gainedArms: ['3p'] }))).toEqual(['origin-arm']);
  });

  it('fails where nothing was asked', () => {
    expect(failed([])).toHaveLength(4);
  });
});
