import { describe, expect, it } from 'vitest';
import { plantedStudy, reorder } from '../../../../tests/support/planted-study.js';
import { normalizeInput } from './input.js';
import { patientEffects } from './patient-effects.js';
import { patientMetaAnalysis } from './patient-meta-analysis.js';

const contrast = { from: 'untreated', to: 'residual' } as const;
const mixed = plantedStudy([
  { patient: 'A', untreated: 3, residual: 4 },
  { patient: 'B', untreated: 1, residual: 1 },
  { patient: 'C', untreated: 1, residual: 1 },
  { patient: 'D', untreated: 2, residual: 0, relapse: 1 },
  { patient: 'E', untreated: 1, residual: 1 },
]);

describe('patient effects', () => {
  it('are differences of mean log expression, one per patient', () => {
    const input = normalizeInput(mixed.input);
    const found = patientEffects(input, { contrast });
    expect(found.patients).toEqual(['A', 'B', 'C', 'E']);
    expect(found.notTestable).toEqual([{ patient: 'D', reason: 'no residual sample' }]);
    const { samples, values } = input.logExpression;
    const meanOf = (pattern: RegExp, g: number): number => {
      const columns = samples.flatMap((name, s) => (pattern.test(name) ? [s] : []));
      return columns.reduce((sum, s) => sum + (values[g * samples.length + s] as number), 0) / columns.length;
    };
    for (const g of [0, 100, 299]) {
      expect(found.effects[g * 4]).toBeCloseTo(meanOf(/^A_residual/, g) - meanOf(/^A_untreated/, g), 10);
      expect(found.effects[g * 4 + 2]).toBeCloseTo(meanOf(/^C_residual/, g) - meanOf(/^C_untreated/, g), 10);
    }
  });

  it('borrow the replicates’ variance where a patient has none, so single samples are less certain', () => {
    const found = patientEffects(normalizeInput(mixed.input), { contrast });
    expect(found.basis).toBe('replicates');
    // A: 3 + 4 samples less 2 means; D: two untreated less one.
    expect(found.dfResidual).toBe(5 + 1);
    const median = (k: number): number =>
      Array.from({ length: 300 }, (_, g) => found.standardErrors[g * 4 + k] as number).sort(
        (a, b) => a - b,
      )[150] as number;
    // √(1/3 + 1/4) against √2, up to depth.
    expect(median(1) / median(0)).toBeGreaterThan(1.5);
    expect(median(1) / median(0)).toBeLessThan(2.3);
  });

  it('estimate the spread between samples that was planted', () => {
    const { input } = plantedStudy([{ patient: 'A', untreated: 8, residual: 8 }], { genes: 500, sampleSpread: 0.3 });
    const { standardErrors } = patientEffects(normalizeInput(input), { contrast });
    const typical = standardErrors.slice().sort()[250] as number;
    // 0.3 √(2/8) = 0.15, plus shot noise.
    expect(typical).toBeGreaterThan(0.14);
    expect(typical).toBeLessThan(0.2);
  });

  it('fall back on the additive model without replicates, and say so', () => {
    const { input } = plantedStudy(['A', 'B', 'C'].map((patient) => ({ patient, untreated: 1, residual: 1 })));
    const found = patientEffects(normalizeInput(input), { contrast });
    expect(found.basis).toBe('additive-model');
    expect(found.warnings.map((w) => w.code)).toEqual(['patient-effects-unreplicated']);
  });

  it('have no sampling error for a single pair', () => {
    const { input } = plantedStudy([{ patient: 'A', untreated: 1, residual: 1 }]);
    const found = patientEffects(normalizeInput(input), { contrast });
    expect(found.basis).toBe('none');
    expect(found.standardErrors.every(Number.isNaN)).toBe(true);
  });

  it('do not depend on the order of the samples', () => {
    const order = mixed.input.patient.map((_, s) => s).reverse();
    const found = patientEffects(normalizeInput(mixed.input), { contrast });
    const turned = patientEffects(normalizeInput(reorder(mixed.input, { samples: order })), { contrast });
    expect(turned.patients).toEqual(found.patients);
    found.effects.forEach((value, i) => {
      expect(turned.effects[i]).toBeCloseTo(value, 10);
      expect(turned.standardErrors[i]).toBeCloseTo(found.standardErrors[i] as number, 8);
    });
  });
});

describe('patient meta-analysis', () => {
  const six = plantedStudy([
    { patient: 'A', untreated: 8, residual: 12 },
    ...['B', 'C', 'D', 'E', 'F'].map((patient) => ({ patient, untreated: 1, residual: 1 })),
  ]);
  const effects = patientEffects(normalizeInput(six.input), { contrast });

  it('weighs every patient the same: the effect is their plain mean', () => {
    const found = patientMetaAnalysis(effects, { fdr: 0.05 });
    for (const g of [0, 30, 200]) {
      const row = effects.effects.subarray(g * 6, g * 6 + 6);
      expect(found.effect[g]).toBeCloseTo(row.reduce((a, b) => a + b, 0) / 6, 12);
    }
    const weighted = patientMetaAnalysis(effects, { fdr: 0.05, weights: 'inverse-variance' });
    expect(weighted.effect[0]).not.toBeCloseTo(found.effect[0] as number, 6);
  });

  it('calls the planted genes and keeps its false-discovery rate', () => {
    const { direction, genes, nAgreeing } = patientMetaAnalysis(effects, { fdr: 0.05 });
    const up = genes.filter((_, g) => direction[g] === 1);
    const down = genes.filter((_, g) => direction[g] === -1);
    expect(up.filter((gene) => six.up.includes(gene)).length).toBeGreaterThanOrEqual(18);
    expect(down.filter((gene) => six.down.includes(gene)).length).toBeGreaterThanOrEqual(13);
    expect(up.length + down.length).toBeLessThanOrEqual(40);
    expect(nAgreeing[0]).toBe(6);
  });

  it('cannot speak for a single patient', () => {
    const { input } = plantedStudy([{ patient: 'A', untreated: 3, residual: 3 }]);
    const found = patientMetaAnalysis(patientEffects(normalizeInput(input), { contrast }), { fdr: 0.05 });
    expect(found.status).toBe('not-identifiable');
    expect(found.direction.every((d) => d === 0)).toBe(true);
    expect(found.pValue.every(Number.isNaN)).toBe(true);
  });

  it('checks its options', () => {
    expect(() => patientMetaAnalysis(effects, { fdr: 1 })).toThrow('fdr');
  });
});
