import { describe, expect, it } from 'vitest';
import { both } from './words.js';

describe('both', () => {
  it('writes numbers as each language does', () => {
    expect(both((w) => w.number(-1.234))).toEqual({ en: '−1.23', fr: '−1,23' });
    expect(both((w) => w.number(-0.0001))).toEqual({ en: '0.00', fr: '0,00' });
    expect(both((w) => w.signed(0.5, 1)).en).toBe('+0.5');
    expect(both((w) => w.number(NaN)).fr).toBe('non calculé');
  });

  it('writes P values without hiding their size', () => {
    expect(both((w) => w.pValue(0.26)).en).toBe('0.26');
    expect(both((w) => w.pValue(3.14e-12))).toEqual({ en: '3.1 × 10⁻¹²', fr: '3,1 × 10⁻¹²' });
    expect(both((w) => w.pValue(0)).en).toBe('0');
  });

  it('lists and counts', () => {
    expect(both((w) => w.list(['a', 'b', 'c']))).toEqual({ en: 'a, b and c', fr: 'a, b et c' });
    const genes = (n: number): { en: string; fr: string } =>
      both((w) => w.count(n, ['gene', 'genes'], ['gène', 'gènes']));
    expect(genes(0)).toEqual({ en: '0 genes', fr: '0 gène' });
    expect(genes(9394)).toEqual({ en: '9,394 genes', fr: '9\u202f394 gènes' });
  });
});
