import { describe, expect, it } from 'vitest';
import { numberFormat } from './number-format.js';
import { typeset } from './typography.js';

const en = numberFormat('en');
const fr = numberFormat('fr');

describe('numberFormat', () => {
  it('writes decimals, thousands and minus signs of each language', () => {
    expect([en.integer(14989), fr.integer(14989), fr.integer(-9394.4)]).toEqual([
      '14,989',
      '14\u202f989',
      '−9\u202f394',
    ]);
    expect([en.fixed(-0.257), fr.fixed(-0.257), fr.fixed(3, 0)]).toEqual(['−0.26', '−0,26', '3']);
    expect([en.percent(0.047, 1), fr.percent(0.047, 1)]).toEqual(['4.7%', '4,7\u202f%']);
  });

  it('never writes a negative or signed zero', () => {
    expect([en.fixed(-0.001), en.signed(-0.001), en.signed(0.001), en.general(-0)]).toEqual([
      '0.00',
      '0.00',
      '0.00',
      '0',
    ]);
    expect([en.signed(0.5), fr.signed(-0.5)]).toEqual(['+0.50', '−0,50']);
  });

  it('keeps three digits in general', () => {
    expect([0.98123, 3.77365, 12.44, 123.4, 12345.6, 87, 14989].map(en.general)).toEqual([
      '0.981',
      '3.77',
      '12.4',
      '123',
      '12,346',
      '87',
      '14,989',
    ]);
    expect([1e-4, 4.5678e-7, 2.5e7, 9.999e-4].map(en.general)).toEqual(['10⁻⁴', '4.57 × 10⁻⁷', '25,000,000', '10⁻³']);
    expect(fr.general(4.5678e-7)).toBe('4,57 × 10⁻⁷');
  });

  it('writes P values', () => {
    expect([0.26, 0.0434, 0.001, 1, 0, 3.21e-12, 9.99e-5].map(en.pValue)).toEqual([
      '0.26',
      '0.043',
      '0.001',
      '1',
      '0',
      '3.2 × 10⁻¹²',
      '1.0 × 10⁻⁴',
    ]);
  });

  it('writes what is missing as a dash and infinity as its sign', () => {
    for (const write of [en.integer, en.fixed, en.signed, en.general, en.pValue]) expect(write(NaN)).toBe('–');
    expect([en.fixed(Infinity), en.fixed(-Infinity)]).toEqual(['∞', '−∞']);
  });

  it('gives an estimate and its interval the same decimals', () => {
    expect(en.estimate(0.98123, 0.9312, 1.04)).toEqual({ value: '0.98', interval: '0.93 to 1.04' });
    expect(fr.estimate(-1.2, -22.25, 3)).toEqual({ value: '−1,2', interval: '−22,3 à 3,0' });
    expect(en.estimate(391, 380, 402)).toEqual({ value: '391', interval: '380 to 402' });
    expect(en.estimate(0.98123, NaN, 1)).toEqual({ value: '0.981', interval: '' });
  });
});

describe('typeset', () => {
  it('spaces French punctuation and leaves English alone', () => {
    expect(typeset('Est-ce vrai ? « Oui » : 5 % ; fin !', 'fr')).toBe(
      'Est-ce vrai\u202f? «\u202fOui\u202f»\u00a0: 5\u202f% ; fin !'.replace(/ ([;!])/g, '\u202f$1'),
    );
    expect(typeset('Is it true? 5 %: yes', 'en')).toBe('Is it true? 5 %: yes');
  });

  it('keeps a comparison on one line', () => {
    expect(typeset('(P = 0.26, r ≥ −0.1)', 'en')).toBe('(P\u00a0=\u00a00.26, r\u00a0≥\u00a0−0.1)');
  });
});
