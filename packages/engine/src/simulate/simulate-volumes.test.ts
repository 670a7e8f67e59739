import { describe, expect, it } from 'vitest';
import { numbersOf, textsOf } from '../data/table.js';
import { planPatients } from './patient-plan.js';
import { relativeVolume, simulateVolumes, volumeSchedule } from './simulate-volumes.js';

const { table, arms } = simulateVolumes(planPatients(8), 1);
const animal = textsOf(table, 'animal');
const day = numbersOf(table, 'day');
const volume = numbersOf(table, 'volume');
const censored = textsOf(table, 'censored');
const armOf = (model: string, arm: string) => arms.find((a) => a.model === model && a.arm === arm)!;

describe('simulateVolumes', () => {
  it('has a control arm and one arm per regimen in every model, five animals each', () => {
    expect(arms.filter((a) => a.arm === 'control')).toHaveLength(8);
    expect(arms.filter((a) => a.model === 'P06').map((a) => a.arm)).toEqual(['control', 'capecitabine', 'cisplatin']);
    expect(new Set(animal).size).toBe(arms.length * 5);
  });

  it('measures around the exact curve with the stated caliper noise', () => {
    const residuals: number[] = [];
    for (const { model, arm } of arms) {
      const truth = armOf(model, arm);
      for (let i = 1; i <= 5; i++) {
        const rows = animal.flatMap((a, r) =>
          a === `${model}-${arm}-${String(i)}` && censored[r] === null ? [r] : [],
        );
        const logs = rows.map((r) => Math.log(volume[r]! / relativeVolume(truth, day[r]!)));
        const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
        residuals.push(...logs.map((x) => (x - mean) * Math.sqrt(logs.length / (logs.length - 1))));
      }
    }
    const spread = Math.sqrt(residuals.reduce((sum, x) => sum + x * x, 0) / residuals.length);
    expect(spread).toBeGreaterThan(0.09);
    expect(spread).toBeLessThan(0.11);
  });

  it('shrinks under drug and regrows in reversible models, and is gone for weeks without persisters', () => {
    const reversible = armOf('P01', 'capecitabine');
    expect(relativeVolume(reversible, 7)).toBeLessThan(0.5);
    expect(relativeVolume(reversible, 60)).toBeGreaterThan(1);
    const none = armOf('P04', 'capecitabine');
    expect(relativeVolume(none, 28)).toBeCloseTo(Math.exp(-0.3 * 28), 12);
  });

  it('grows the resistant clone through the drug at its own rate', () => {
    const clone = armOf('P03', 'cisplatin');
    expect(relativeVolume(clone, 28)).toBeCloseTo(0.99 * Math.exp(-0.3 * 28) + 0.01 * Math.exp(0.1 * 28), 12);
  });

  it('writes the detection limit and marks it, and ends a series at the endpoint', () => {
    censored.forEach((mark, r) => {
      expect(volume[r]! >= volumeSchedule.detectionMm3).toBe(true);
      if (mark === 'left') expect(volume[r]).toBe(volumeSchedule.detectionMm3);
    });
    animal.forEach((name, r) => {
      if (volume[r]! >= volumeSchedule.endpointMm3) expect(animal[r + 1]).not.toBe(name);
    });
    expect(censored).toContain('left');
  });
});
