import { exp } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { logDensity, logMixture, logRatio, monotoneLogRatio, stateProbability } from './component-density.js';
import type { CellScores } from './score-cells.js';

function oneCell(z: number, skew = 0): CellScores {
  const one = (value: number): Float64Array => Float64Array.of(value);
  return {
    z: one(z),
    shift: one(5),
    skew: one(skew),
    skewShifted: one(2.5 * skew),
    varianceShifted: one(1.8),
    weights: one(1),
  };
}

const states = { untreated: { mean: 0, spread: 0 }, persister: { mean: 1, spread: 0.04 } };

describe('the density of a score', () => {
  it.each([0, 0.3, 0.8, -0.4])('integrates to one and has the stated mean at skewness %f', (skew) => {
    for (const component of [states.untreated, states.persister]) {
      let total = 0;
      let mean = 0;
      for (let z = -15; z < 30; z += 0.01) {
        const density = exp(logDensity(oneCell(z, skew), 0, z, component)) * 0.01;
        total += density;
        mean += z * density;
      }
      expect(total).toBeCloseTo(1, 2);
      expect(mean).toBeCloseTo(5 * component.mean, 1);
    }
  });

  it('has a heavier upper tail where counts are skewed', () => {
    expect(logDensity(oneCell(4, 0.5), 0, 4, states.untreated)).toBeGreaterThan(
      logDensity(oneCell(4), 0, 4, states.untreated) + 1,
    );
  });
});

describe('the ratio for calls', () => {
  it('never falls as the score rises, unlike the ratio of the densities', () => {
    const wide = { ...states, persister: { mean: 0.6, spread: 1 } };
    const at = (z: number): number => monotoneLogRatio(oneCell(z, 0.2), 0, wide);
    for (let z = -8; z < 12; z += 0.25) expect(at(z + 0.25)).toBeGreaterThanOrEqual(at(z) - 1e-9);
    expect(logRatio(oneCell(-6, 0.2), 0, wide)).toBeGreaterThan(logRatio(oneCell(-1, 0.2), 0, wide));
  });
});

describe('mixtures of far densities', () => {
  it.each([-2000, -5, 0, 3, 2000])('are finite at a log ratio of %d', (ratio) => {
    for (const fraction of [0, 1e-6, 0.4, 1]) {
      const p = stateProbability(fraction, ratio);
      expect(p >= 0 && p <= 1).toBe(true);
      if (fraction > 0 && fraction < 1) expect(Number.isFinite(logMixture(fraction, ratio))).toBe(true);
    }
    expect(logMixture(0.4, 3)).toBeCloseTo(Math.log(0.6 + 0.4 * Math.exp(3)), 12);
  });
});
