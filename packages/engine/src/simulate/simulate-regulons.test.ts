import { describe, expect, it } from 'vitest';
import { createGeneModel } from './gene-model.js';
import { resolveSimulationOptions } from './options.js';
import { simulateRegulons } from './simulate-regulons.js';

const options = resolveSimulationOptions({ seed: 4 });
const model = createGeneModel(options);
const edges = simulateRegulons(model, options);
const targetsOf = (source: string) => edges.filter((edge) => edge.source === source);

describe('simulateRegulons', () => {
  it('has one planted regulator and at least 150 decoys, all measured', () => {
    const sources = [...new Set(edges.map((edge) => edge.source))];
    expect(sources.length - 1).toBeGreaterThanOrEqual(150);
    expect(sources.every((source) => model.indexOf.has(source))).toBe(true);
    expect(edges.every((edge) => model.indexOf.has(edge.target) && edge.target !== edge.source)).toBe(true);
  });

  it('gives the planted regulator 40 targets, 34 of them programme genes with the sign they move in', () => {
    const targets = targetsOf('FOSL1');
    expect(targets).toHaveLength(40);
    const moving = targets.filter(({ target }) => model.programme[model.indexOf.get(target)!] !== 0);
    expect(moving).toHaveLength(34);
    for (const { target, weight } of moving)
      expect(weight).toBe(Math.sign(model.programme[model.indexOf.get(target)!]!));
  });

  it('lists each edge once, sorted, with weights of one', () => {
    const keys = edges.map((edge) => `${edge.source} ${edge.target}`);
    expect(new Set(keys).size).toBe(keys.length);
    const bySource = edges.map((edge) => edge.source);
    expect(bySource).toEqual([...bySource].sort());
    expect(edges.every(({ weight }) => weight === 1 || weight === -1)).toBe(true);
  });

  it('has regulons of realistic sizes that overlap, with AP-1 relatives sharing about half the targets', () => {
    const sources = [...new Set(edges.map((edge) => edge.source))];
    const sizes = sources.map((s) => targetsOf(s).length).sort((a, b) => a - b);
    expect(sizes[0]).toBeGreaterThanOrEqual(4);
    expect(sizes[sizes.length >> 1]).toBeGreaterThan(10);
    expect(sizes[sizes.length >> 1]).toBeLessThan(30);
    expect(sizes.at(-1)).toBeGreaterThan(80);
    const planted = new Set(targetsOf('FOSL1').map((edge) => edge.target));
    const shared = ['FOS', 'FOSB', 'FOSL2', 'JUN', 'JUNB', 'JUND', 'ATF3', 'BATF'].map(
      (s) => targetsOf(s).filter((edge) => planted.has(edge.target)).length,
    );
    const mean = shared.reduce((sum, x) => sum + x, 0) / shared.length;
    expect(mean).toBeGreaterThan(14);
    expect(mean).toBeLessThan(27);
  });

  it('activates in 86 % of decoy edges', () => {
    const decoys = edges.filter((edge) => edge.source !== 'FOSL1');
    expect(decoys.filter((edge) => edge.weight > 0).length / decoys.length).toBeCloseTo(0.86, 1.5);
  });
});
