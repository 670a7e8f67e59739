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

  it('rounds a P value before it takes its power of ten', () => {
    expect(both((w) => w.pValue(0.000999)).en).toBe('1.0 × 10⁻³');
    expect(both((w) => w.pValue(1 / 1001))).toEqual({ en: '1.0 × 10⁻³', fr: '1,0 × 10⁻³' });
    expect(both((w) => w.pValue(9.96e-11)).en).toBe('1.0 × 10⁻¹⁰');
    expect(both((w) => w.pValue(0.001)).en).toBe('0.0010');
    expect(both((w) => w.pValue(1)).en).toBe('1.0');
    expect(both((w) => w.pValue(5e-324)).en).toBe('4.9 × 10⁻³²⁴');
    expect(both((w) => w.pValue(NaN)).en).toBe('not computed');
  });

  it('writes given numbers as they were given', () => {
    expect(both((w) => w.given(100 * 0.07))).toEqual({ en: '7', fr: '7' });
    expect(both((w) => w.given(0.025))).toEqual({ en: '0.025', fr: '0,025' });
    expect(both((w) => w.given(1e-4)).fr).toBe('0,0001');
  });

  it('has a singular for one, and in French for none', () => {
    const patients = (n: number): { en: string; fr: string } =>
      both((w) => w.count(n, ['patient has', 'patients have'], ['patient a', 'patients ont']));
    expect(patients(0)).toEqual({ en: '0 patients have', fr: '0 patient a' });
    expect(patients(1)).toEqual({ en: '1 patient has', fr: '1 patient a' });
    expect(patients(2)).toEqual({ en: '2 patients have', fr: '2 patients ont' });
    expect(both((w) => w.list([]))).toEqual({ en: 'none', fr: 'aucun' });
    expect(both((w) => w.list(['a']))).toEqual({ en: 'a', fr: 'a' });
    expect(both((w) => w.list(['a', 'b'])).fr).toBe('a et b');
  });

  it('lists and counts', () => {
    expect(both((w) => w.list(['a', 'b', 'c']))).toEqual({ en: 'a, b and c', fr: 'a, b et c' });
    const genes = (n: number): { en: string; fr: string } =>
      both((w) => w.count(n, ['gene', 'genes'], ['gène', 'gènes']));
    expect(genes(0)).toEqual({ en: '0 genes', fr: '0 gène' });
    expect(genes(9394)).toEqual({ en: '9,394 genes', fr: '9\u202f394 gènes' });
  });
});
