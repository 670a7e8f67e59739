import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { createRng } from '../core/rng.js';
import { asProgramme, curatedGenes, plantedAxes, type PlantedAxesOptions } from './planted.test-helper.js';
import { curatedAxes } from './sets/index.js';
import type { AxisScore, ProgrammeGene, WeaknessAxes } from './types.js';
import { weaknessAxes, type WeaknessAxesOptions } from './weakness-axes.js';

const context = inlineContext({});
const seeds = [1, 2, 3, 4, 5];

function analyse(
  planted: PlantedAxesOptions,
  programme: readonly ProgrammeGene[] = [],
  options: WeaknessAxesOptions = { permutations: 300 },
): WeaknessAxes {
  const study = plantedAxes(planted);
  return weaknessAxes({ ...study, programmeGenes: programme, cells: null, allSamples: null }, options, context);
}

function scoreOf(found: WeaknessAxes, id: string): AxisScore {
  return found.axes.find(({ axis }) => axis === id) as AxisScore;
}

/** Effect 1 towards an axis in every patient. */
function towardsAxis(id: string, size = 1): (gene: string) => number {
  const genes = new Map(curatedAxes.find((axis) => axis.id === id)?.genes.map(({ gene, sign }) => [gene, sign]));
  return (gene) => size * (genes.get(gene) ?? 0);
}

describe('weaknessAxes', () => {
  it.each(seeds)('tells overload and starvation apart, seed %i', (seed) => {
    const over = analyse({ seed, effectOf: towardsAxis('iron-overload') });
    expect(over.ironDirection.verdict).toBe('overload');
    expect(scoreOf(over, 'iron-overload').verdict).toBe('raised');
    expect(scoreOf(over, 'iron-starvation').verdict).not.toBe('raised');
    const starved = analyse({ seed, effectOf: towardsAxis('iron-starvation') });
    expect(starved.ironDirection.verdict).toBe('starvation');
    expect(scoreOf(starved, 'iron-overload').verdict).not.toBe('raised');
    expect(analyse({ seed, effectOf: () => 0 }).ironDirection.verdict).toBe('neither');
  });

  it.each(seeds)('finds the iron pattern and rejects its opposite, seed %i', (seed) => {
    const mesenchymal = towardsAxis('mesenchymal');
    const iron: Readonly<Record<string, number>> = { CD44: 1.5, TFRC: -1 };
    const effectOf = (gene: string): number => iron[gene] ?? mesenchymal(gene);
    expect(analyse({ seed, effectOf }).ironPattern.verdict).toBe('shared');
    expect(analyse({ seed, effectOf: (gene) => -effectOf(gene) }).ironPattern.verdict).toBe('inverted');
    const noReceptor = analyse({ seed, effectOf: (gene) => (gene === 'TFRC' ? 1 : effectOf(gene)) });
    expect(noReceptor.ironPattern.verdict).toBe('not shared');
    const half = analyse({ seed, effectOf: (gene, p) => (p % 2 === 0 ? 1 : -1) * effectOf(gene) });
    expect(half.ironPattern.verdict).toBe('not shared');
    expect(half.ironPattern.agree).toBe(4);
  });

  it('lists the genes that speak against an axis', () => {
    const raise = towardsAxis('ferroptosis-defence');
    const found = analyse({ seed: 1, effectOf: (gene) => (gene === 'GPX4' ? -2 : raise(gene)) });
    const against = found.genes.filter((row) => row.axis === 'ferroptosis-defence' && row.evidence === 'against');
    expect(against.map(({ gene }) => gene)).toEqual(['GPX4']);
    expect(scoreOf(found, 'ferroptosis-defence').verdict).toBe('raised');
  });

  it.each(seeds)('never lets a gene of the programme into an axis, seed %i', (seed) => {
    const rng = createRng(seed, 'programme');
    const programme = curatedGenes.filter(() => rng.uniform() < 0.25);
    const names = new Set(programme);
    const study = plantedAxes({ seed, effectOf: () => 0 });
    const run = (effects: typeof study.effects): WeaknessAxes =>
      weaknessAxes(
        { ...study, effects, programmeGenes: asProgramme(programme), cells: null, allSamples: null },
        { permutations: 50 },
        context,
      );
    const found = run(study.effects);
    for (const { axis, used, excluded } of found.axes) {
      const own = curatedAxes.find(({ id }) => id === axis)?.genes.map(({ gene }) => gene) ?? [];
      expect(
        used.filter((gene) => names.has(gene)),
        axis,
      ).toEqual([]);
      expect([...excluded].sort(), axis).toEqual(own.filter((gene) => names.has(gene)).sort());
    }
    // Whatever the genes of the programme do, no score moves.
    const width = study.effects.patients.length;
    const moved = study.effects.effects.map((e, i) =>
      names.has(study.effects.genes[Math.floor(i / width)] as string) ? e + 5 : e,
    );
    const again = run({ ...study.effects, effects: moved });
    expect(again.axes.map(({ pooled, verdict }) => [pooled.estimate, verdict])).toEqual(
      found.axes.map(({ pooled, verdict }) => [pooled.estimate, verdict]),
    );
  });

  it('takes a gene out under an older name or the spelling of the mouse', () => {
    const found = analyse({ seed: 1, effectOf: () => 0 }, asProgramme(['TMEM173', 'Gpx4']));
    expect(scoreOf(found, 'interferon').excluded).toEqual(['STING1']);
    expect(scoreOf(found, 'ferroptosis-defence').excluded).toEqual(['GPX4']);
  });

  it('cannot test an axis whose genes are the programme', () => {
    const lysosome = curatedAxes.find(({ id }) => id === 'lysosome')?.genes.map(({ gene }) => gene) ?? [];
    const found = analyse({ seed: 1, effectOf: towardsAxis('lysosome', 2) }, asProgramme(lysosome.slice(2)));
    const score = scoreOf(found, 'lysosome');
    expect(score.verdict).toBe('not testable');
    expect(score.reasons[0]?.en).toBe(
      'genes that can be scored: 2 of 13 (11 belong to the programme), and an axis needs 3',
    );
    const shown = found.genes.filter((row) => row.axis === 'lysosome' && row.status === 'programme gene');
    expect(shown.map(({ evidence }) => evidence)).toEqual(shown.map(() => 'towards'));
  });

  it.each(seeds)('flags the patient that lost MHC class I, seed %i', (seed) => {
    const present = towardsAxis('antigen-presentation', -1.5);
    const found = analyse({ seed, effectOf: (gene, p) => (p === 2 ? present(gene) : 0) });
    expect(found.mhcLoss.filter(({ flagged }) => flagged).map(({ patient }) => patient)).toEqual(['P2']);
    const b2m = analyse({ seed, effectOf: (gene, p) => (p === 5 && gene === 'B2M' ? -4 : 0) });
    expect(b2m.mhcLoss.filter(({ flagged }) => flagged).map(({ patient }) => patient)).toEqual(['P5']);
  });

  it('flags a loss even where class I belongs to the programme', () => {
    const genes = curatedAxes.find(({ id }) => id === 'antigen-presentation')?.genes.map(({ gene }) => gene) ?? [];
    const found = analyse({ seed: 3, effectOf: towardsAxis('antigen-presentation', -1.5) }, asProgramme(genes));
    expect(scoreOf(found, 'antigen-presentation').verdict).toBe('not testable');
    expect(found.mhcLoss.every(({ flagged }) => flagged)).toBe(true);
  });

  it('says too few patients rather than pooling two', () => {
    const found = analyse({ seed: 1, patients: 2, effectOf: towardsAxis('iron-overload', 2) });
    expect(found.axes.every(({ verdict }) => verdict === 'not testable')).toBe(true);
    expect(scoreOf(found, 'iron-overload').patients.map(({ verdict }) => verdict)).toEqual(['raised', 'raised']);
    expect(found.ironPattern.verdict).toBe('not testable');
    expect(found.warnings.map(({ code }) => code)).toEqual(['weaknesses-few-patients']);
  });

  it('gives the same answer for the same seed, and refuses bad options', () => {
    const once = analyse({ seed: 2, effectOf: () => 0 });
    expect(analyse({ seed: 2, effectOf: () => 0 })).toEqual(once);
    expect(() => analyse({ seed: 1, effectOf: () => 0 }, [], { fdr: 2 })).toThrow(/fdr/);
    expect(() => analyse({ seed: 1, effectOf: () => 0 }, [], { permutations: 5 })).toThrow(/permutations/);
    expect(() => analyse({ seed: 1, effectOf: () => 0 }, [], { expressedCpm: 0 })).toThrow(/expressedCpm/);
  });

  it('calls at most 5 % of the axes of 100 studies without any, whose axis genes move together', () => {
    let tested = 0;
    let called = 0;
    let patients = 0;
    let shifted = 0;
    let patterns = 0;
    let small = 0;
    for (let seed = 100; seed < 200; seed++) {
      const found = analyse({ seed, patients: 6, effectOf: () => 0, togetherSpread: 0.3 }, [], { permutations: 100 });
      for (const { verdict, pooled, patients: rows } of found.axes) {
        tested++;
        if ((pooled.pValue ?? 1) <= 0.05) small++;
        if (verdict === 'raised' || verdict === 'lowered') called++;
        patients += rows.length;
        shifted += rows.filter((row) => row.verdict !== 'no shift shown').length;
      }
      if (found.ironPattern.verdict !== 'not shared') patterns++;
    }
    console.log(
      `null: ${String(called)} of ${String(tested)} axes called, ${String(patterns)} of 100 patterns, P at most 0.05 in ${String(small)}; ${String(shifted)} of ${String(patients)} patients shifted (their genes do move together)`,
    );
    expect(called / tested).toBeLessThanOrEqual(0.05);
    expect(patterns).toBeLessThanOrEqual(5);
    // The P value over patients keeps its level although genes move together within patients.
    expect(small / tested).toBeLessThan(0.07);
    expect(small / tested).toBeGreaterThan(0.03);
  });

  it('rarely calls a shift in a patient whose genes do not move together', () => {
    let [rows, shifted] = [0, 0];
    for (let seed = 300; seed < 315; seed++) {
      const found = analyse({ seed, patients: 6, effectOf: () => 0, spread: 0 }, [], { permutations: 100 });
      for (const { patients } of found.axes) {
        rows += patients.length;
        shifted += patients.filter(({ verdict }) => verdict !== 'no shift shown').length;
      }
    }
    console.log(`null: ${String(shifted)} of ${String(rows)} patient rows called shifted`);
    expect(shifted / rows).toBeLessThanOrEqual(0.05);
  });
});
