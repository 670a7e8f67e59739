import { describe, expect, it } from 'vitest';
import { scoreAuc } from './score-auc.js';

const scores = Float64Array.of(5, 6, 7, 8, 1, 2, 3, 4, 6.5);

describe('score AUC', () => {
  it('keeps a width at AUC one', () => {
    const found = scoreAuc(scores, [0, 1, 2, 3], [4, 5, 6, 7]);
    expect(found).toMatchObject({ value: 1, high: 1, status: 'ok' });
    expect(found.low).toBeGreaterThan(0.4);
    expect(found.low).toBeLessThan(0.8);
  });

  it('ends where the score test just rejects', () => {
    const found = scoreAuc(scores, [0, 1, 2, 3], [4, 5, 6, 7, 8]);
    expect(found.value).toBe(18 / 20);
    for (const theta of [found.low, found.high] as number[]) {
      const spread = (1 - theta) / (2 - theta) + theta / (1 + theta);
      const variance = (theta * (1 - theta) * (1 + (4.5 - 1) * spread)) / 20;
      expect(Math.abs(0.9 - theta)).toBeCloseTo(1.959963984540054 * Math.sqrt(variance), 9);
    }
  });

  it('mirrors when the arms change places', () => {
    const a = scoreAuc(scores, [0, 1, 2], [4, 5, 8]);
    const b = scoreAuc(scores, [4, 5, 8], [0, 1, 2]);
    expect(b.value).toBeCloseTo(1 - (a.value as number), 12);
    expect(b.low).toBeCloseTo(1 - (a.high as number), 9);
  });

  it('is a sign only with one sample per arm', () => {
    expect(scoreAuc(scores, [0], [4])).toMatchObject({
      value: null,
      status: 'not-identifiable',
      reasons: ['one sample per arm: a sign only'],
    });
    expect(scoreAuc(scores, [0, 1], [4]).reasons).toEqual(['one sample in one of the two arms: a sign only']);
    expect(scoreAuc(scores, [0, 1], []).reasons).toEqual(['no sample in one of the two arms']);
    expect(scoreAuc(scores.fill(NaN), [0, 1], [2, 3]).reasons).toEqual(['the samples have no score']);
  });
});
