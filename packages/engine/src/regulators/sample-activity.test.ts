import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { createExpressionMatrix } from '../data/expression.js';
import { prepareNetwork } from './regulon-network.js';
import { sampleActivity } from './sample-activity.js';

const genes = Array.from({ length: 200 }, (_, g) => `G${String(g)}`);
const samples = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
const patients = ['a', 'a', 'a', 'b', 'b', 'c'];
const baseline = [true, true, false, true, false, false];
const network = prepareNetwork(
  genes.slice(0, 30).map((target, g) => ({ source: 'X', target, weight: g % 3 === 0 ? -1 : 1 })),
  genes,
);
const rng = createRng(2, 'sample activity');
const values = new Float64Array(genes.length * samples.length);
genes.forEach((_, g) => {
  const levels = { a: 5 * rng.normal(), b: 5 * rng.normal(), c: 0 };
  samples.forEach((__, s) => {
    const active = g < 30 && !baseline[s] ? (g % 3 === 0 ? -2 : 2) : 0;
    values[g * samples.length + s] = levels[patients[s] as 'a'] + active + 0.3 * rng.normal();
  });
});
const expression = createExpressionMatrix(genes, samples, values);

describe.each(['norm_wsum', 'ulm'] as const)('sampleActivity by %s', (method) => {
  const found = sampleActivity(expression, network, { patients, baseline, method });

  it('is high in the treated samples of each patient and not in the baseline ones', () => {
    expect(found.scores[2]).toBeGreaterThan(8);
    expect(found.scores[4]).toBeGreaterThan(8);
    expect(Math.abs(found.scores[0]!)).toBeLessThan(4);
  });

  it('says which samples have no baseline of their own to be compared with', () => {
    expect(found.notTestable).toEqual([
      { sample: 'b1', reason: 'the only baseline sample of its patient' },
      { sample: 'c1', reason: 'no baseline sample of its patient' },
    ]);
    expect(found.scores[3]).toBeNaN();
    expect(found.scores[5]).toBeNaN();
  });

  it('does not move when a patient’s level changes', () => {
    const raised = values.map((value, i) => (patients[i % samples.length] === 'a' ? value + 3 : value));
    const again = sampleActivity(createExpressionMatrix(genes, samples, raised), network, {
      patients,
      baseline,
      method,
    });
    found.scores.forEach((score, i) => {
      if (Number.isNaN(score)) expect(again.scores[i]).toBeNaN();
      else expect(again.scores[i]).toBeCloseTo(score, 9);
    });
  });
});

describe('sampleActivity', () => {
  it('centres on all samples of the patient without a baseline', () => {
    const found = sampleActivity(expression, network, { patients });
    expect(found.scores[2]!).toBeGreaterThan(0);
    expect(found.scores[0]!).toBeLessThan(0);
    expect(found.notTestable.map((entry) => entry.sample)).toEqual(['c1']);
  });

  it('refuses annotations that do not fit', () => {
    expect(() => sampleActivity(expression, network, { patients: ['a'] })).toThrow(/patients do not fit/);
    expect(() => sampleActivity(expression, network, { patients, method: 'gsea' as 'ulm' })).toThrow(
      /norm_wsum or ulm/,
    );
  });
});
