import { describe, expect, it } from 'vitest';
import { plantedStudy, reorder } from '../../../../tests/support/planted-study.js';
import { fixedEffectModel } from './fixed-effect-model.js';

const options = { contrast: { from: 'untreated', to: 'residual' }, pAdjustedMax: 0.01, logFoldChangeMin: 0.5 } as const;
const planted = plantedStudy([
  { patient: 'A', untreated: 3, residual: 3, relapse: 2 },
  { patient: 'B', untreated: 2, residual: 2 },
  { patient: 'C', untreated: 2, residual: 2 },
]);

describe('fixed-effect model', () => {
  it('calls the planted genes with their sign and hardly any other', () => {
    const found = fixedEffectModel(planted.input, options);
    expect(found.status).toBe('ok');
    const up = found.table.gene.filter((_, g) => found.direction[g] === 1);
    const down = found.table.gene.filter((_, g) => found.direction[g] === -1);
    expect(planted.up.filter((gene) => up.includes(gene)).length).toBeGreaterThanOrEqual(19);
    expect(planted.down.filter((gene) => down.includes(gene)).length).toBeGreaterThanOrEqual(14);
    expect(found.nUp + found.nDown).toBeLessThanOrEqual(38);
    // 16 samples less 3 stages and 2 further patients.
    expect(found.dfResidual).toBe(16 - 5);
  });

  it('does not depend on the order of samples or genes', () => {
    const found = fixedEffectModel(planted.input, options);
    const samples = planted.input.patient.map((_, s) => s).reverse();
    const genes = planted.input.counts.genes.map((_, g) => g).reverse();
    const turned = fixedEffectModel(reorder(planted.input, { samples, genes }), options);
    const t = turned.table.t.slice().reverse();
    found.table.t.forEach((value, g) => {
      expect(t[g]).toBeCloseTo(value, 8);
    });
  });

  it('hardly depends on the depth of one sample where genes are well counted', () => {
    const { counts } = planted.input;
    const n = counts.samples.length;
    const deeper = { ...counts, values: counts.values.map((y, k) => (k % n === 1 ? 4 * y : y)) };
    const found = fixedEffectModel(planted.input, options);
    const scaled = fixedEffectModel({ ...planted.input, counts: deeper }, options);
    const counted = counts.genes.flatMap((_, g) =>
      Math.min(...counts.values.subarray(g * n, g * n + n)) >= 50 ? [g] : [],
    );
    expect(counted.length).toBeGreaterThan(100);
    for (const g of counted) {
      expect(scaled.table.logFoldChange[g]).toBeCloseTo(found.table.logFoldChange[g] as number, 1);
    }
  });

  it('refuses to compare stages confounded with patient, with the reason', () => {
    const { input } = plantedStudy([
      { patient: 'A', untreated: 2, residual: 0 },
      { patient: 'B', untreated: 0, residual: 2 },
    ]);
    const found = fixedEffectModel(input, options);
    expect(found.status).toBe('not-identifiable');
    expect(found.reasons).toEqual([
      'stage and patient are confounded: no chain of patients ties untreated to residual samples',
    ]);
    expect(found.table.t.every(Number.isNaN)).toBe(true);
  });

  it('says when nothing is left to estimate the variance, or a stage is missing', () => {
    const single = plantedStudy([{ patient: 'A', untreated: 1, residual: 1 }]).input;
    expect(fixedEffectModel(single, options).reasons[0]).toMatch(/no sample is left over/);
    const untreated = plantedStudy([{ patient: 'A', untreated: 2, residual: 0 }]).input;
    expect(fixedEffectModel(untreated, options).reasons).toEqual(['no residual sample']);
  });

  it('leaves out samples tied to neither stage and says so', () => {
    const { input } = plantedStudy([
      { patient: 'A', untreated: 2, residual: 2 },
      { patient: 'Z', untreated: 0, residual: 0, relapse: 2 },
    ]);
    const found = fixedEffectModel(input, options);
    expect(found.samples.length).toBe(4);
    expect(found.warnings.map((w) => w.code)).toContain('fixed-effect-dropped-samples');
  });

  it('checks its options', () => {
    expect(() => fixedEffectModel(planted.input, { ...options, pAdjustedMax: 0 })).toThrow('pAdjustedMax');
    expect(() => fixedEffectModel(planted.input, { ...options, logFoldChangeMin: -1 })).toThrow('logFoldChangeMin');
    const same = { from: 'relapse', to: 'relapse' } as const;
    expect(() => fixedEffectModel(planted.input, { ...options, contrast: same })).toThrow('two different stages');
  });
});
