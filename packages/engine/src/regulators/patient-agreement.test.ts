import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { patientAgreement } from './patient-agreement.js';
import { prepareNetwork } from './regulon-network.js';
import { regulonOverlap } from './regulon-overlap.js';

const genes = Array.from({ length: 300 }, (_, g) => `G${String(g)}`);
const patients = ['p1', 'p2', 'p3', 'p4', 'p5'];
const network = prepareNetwork(
  [
    ...genes.slice(0, 40).map((target) => ({ source: 'SHARED', target, weight: 1 })),
    ...genes.slice(100, 140).map((target) => ({ source: 'MIXED', target, weight: 1 })),
  ],
  genes,
);
const rng = createRng(4, 'agreement');
const effects = Float64Array.from(
  genes.flatMap((_, g) =>
    patients.map((__, p) => {
      const shared = g < 40 ? -1 - 0.2 * p : 0;
      const mixed = g >= 100 && g < 140 ? (p % 2 === 0 ? 1 : -1) : 0;
      return shared + mixed + 0.4 * rng.normal();
    }),
  ),
);
const table = { genes, patients, effects, standardErrors: effects.map(() => 0.4) };
const [mixed, shared] = patientAgreement(table, network);

describe('patientAgreement', () => {
  it('finds a regulon that moves alike in every patient, in log2 per unit of weight', () => {
    expect(shared!.negative).toBe(5);
    expect(shared!.signPValue).toBeCloseTo(2 / 32, 12);
    expect(shared!.mean).toBeCloseTo(-1.4, 1);
    expect(shared!.high).toBeLessThan(0);
    expect(shared!.slopes[4]).toBeLessThan(shared!.slopes[0]!);
  });

  it('does not call one that moves both ways', () => {
    expect([mixed!.positive, mixed!.negative]).toEqual([3, 2]);
    expect(mixed!.low).toBeLessThan(0);
    expect(mixed!.high).toBeGreaterThan(0);
    expect(mixed!.tau2).toBeGreaterThan(0.5);
  });

  it('counts only the patients in whom enough targets were measured', () => {
    const holes = effects.map((value, i) => (i % 5 === 0 && i < 38 * 5 ? NaN : value));
    const [, fewer] = patientAgreement({ ...table, effects: holes }, network);
    expect(fewer!.asked).toBe(4);
    expect(fewer!.slopes[0]).toBeNaN();
  });
});

describe('regulonOverlap', () => {
  it('lists regulators that share most of a regulon, with their signs', () => {
    const nested = prepareNetwork(
      [
        ...genes.slice(0, 10).map((target) => ({ source: 'SMALL', target, weight: 1 })),
        ...genes.slice(1, 50).map((target, i) => ({ source: 'LARGE', target, weight: i < 3 ? -1 : 1 })),
      ],
      genes,
    );
    const [large, small] = regulonOverlap(nested, 0.8);
    expect(large).toEqual([]);
    expect(small).toEqual([{ regulator: 'LARGE', nShared: 9, fraction: 0.9, sameSign: 6 / 9 }]);
  });
});
