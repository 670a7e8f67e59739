import { createRng } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import type { PatientEffects } from '../programme/patient-effects.js';
import { learnCaller, type LearnCallerOptions } from './learn-caller.js';

const nGenes = 400;
const patients = ['A', 'B', 'C', 'D'];

/** Effects of four patients: the first 20 genes shared up, the next 15 down, all with noise of their own. */
function plantedEffects(
  change: (gene: number, patient: number, effect: number) => number = (_g, _p, e) => e,
): PatientEffects {
  const rng = createRng(3, 'learn-caller');
  const genes = Array.from({ length: nGenes }, (_, g) => `G${String(g).padStart(3, '0')}`);
  const effects = new Float64Array(nGenes * patients.length);
  for (let g = 0; g < nGenes; g++) {
    const shared = g < 20 ? 1.5 : g < 35 ? -1.5 : 0;
    patients.forEach((_, k) => {
      effects[g * patients.length + k] = change(g, k, shared + 0.3 * rng.normal());
    });
  }
  return {
    contrast: { from: 'untreated', to: 'residual' },
    genes,
    patients,
    nFrom: Int32Array.from(patients, () => 1),
    nTo: Int32Array.from(patients, () => 1),
    effects,
    standardErrors: effects.map(() => NaN),
    basis: 'none',
    dfResidual: 0,
    averageExpression: Float64Array.from(genes, (_, g) => g % 10),
    notTestable: [],
    warnings: [],
  };
}

const options: LearnCallerOptions = {
  trainingPatients: ['B', 'C', 'D'],
  minTrainingPatients: 2,
  callerSize: 15,
  usable: () => true,
};

describe('the caller learned from other patients', () => {
  const effects = plantedEffects();
  const learned = learnCaller(effects, options);

  it('takes the genes all of them change, with shrunken effects', () => {
    expect(learned.status).toBe('ok');
    expect(learned.genes).toHaveLength(30);
    const places = learned.genes.map(({ gene }) => effects.genes.indexOf(gene));
    expect(places.every((place) => place < 35)).toBe(true);
    for (const { effect, meanEffect, t, trainingEffects } of learned.genes) {
      expect(Math.abs(effect)).toBeLessThan(Math.abs(meanEffect));
      expect(effect).toBeCloseTo(meanEffect * (1 - 1 / (t * t)), 12);
      expect(trainingEffects.reduce((sum, e) => sum + e, 0) / 3).toBeCloseTo(meanEffect, 12);
    }
  });

  it('does not look at the patient it is for', () => {
    const changed = plantedEffects((g, k, effect) => (k === 0 ? 100 - g : effect));
    expect(learnCaller(changed, options)).toEqual(learned);
  });

  it('leaves out genes that are not usable', () => {
    const without = learnCaller(effects, { ...options, usable: (gene) => gene !== 'G003' });
    expect(without.genes.map(({ gene }) => gene)).not.toContain('G003');
  });

  it('learns nothing from too few patients', () => {
    expect(learnCaller(effects, { ...options, trainingPatients: ['B'] })).toMatchObject({
      status: 'not-identifiable',
      reasons: ['only 1 other patient has both stages; a caller is learned from at least 2'],
      genes: [],
    });
  });

  it('learns nothing from patients that do not change alike', () => {
    const own = plantedEffects((g, k, effect) => (g < 35 ? 0 : 3 * effect));
    expect(learnCaller(own, options).reasons).toEqual(['the other patients do not change alike']);
  });

  it('learns nothing from exchanged labels', () => {
    const exchanged = learnCaller(effects, { ...options, trainingPatients: patients, signs: [1, -1, 1, -1] });
    expect(exchanged.status).toBe('not-identifiable');
    expect(exchanged.agreement?.correlation).toBeLessThan(0);
  });
});
