import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import type { CellMetrics } from './cell-metrics.js';
import { isWithinLimits, type LimitedMetric } from './metric-limits.js';
import { qualityLimits, type QualityLimitsOptions } from './quality-limits.js';

interface Cell {
  readonly counts: number;
  readonly genes: number;
  readonly mito: number;
}

function metricsOf(cells: readonly Cell[]): CellMetrics {
  const none = { geneClass: 'mitochondrial', genes: [], columns: new Uint32Array(), how: 'none' } as const;
  return {
    totalCounts: Float64Array.from(cells, ({ counts }) => counts),
    detectedGenes: Uint32Array.from(cells, ({ genes }) => genes),
    mitochondrialFraction: Float64Array.from(cells, ({ mito }) => mito),
    topGenesFraction: new Float64Array(cells.length),
    topGenes: 50,
    ribosomalFraction: null,
    haemoglobinFraction: null,
    qualityGenes: { mitochondrial: none, ribosomal: none, haemoglobin: none },
    warnings: [],
  };
}

const good: Cell = { counts: 20_000, genes: 5000, mito: 0.05 };

function keeps(cells: readonly Cell[], options: QualityLimitsOptions, nGenes = 20_000): boolean[] {
  const metrics = metricsOf(cells);
  const { limits } = qualityLimits(metrics, { ...options, nGenes });
  return cells.map((_, i) => limits.every((range) => isWithinLimits(metrics[range.metric]![i]!, range)));
}

/** Cells spread log-normally, as a good sample is. */
function sampleOf(n: number, seed = 1): Cell[] {
  const rng = createRng(seed, 'cells');
  return Array.from({ length: n }, () => ({
    counts: Math.round(10_000 * 2 ** (0.5 * rng.normal())),
    genes: Math.round(3000 * 2 ** (0.3 * rng.normal())),
    mito: Math.abs(0.06 + 0.015 * rng.normal()),
  }));
}

const codes = (cells: readonly Cell[], options: QualityLimitsOptions = {}): string[] =>
  qualityLimits(metricsOf(cells), { ...options, nGenes: 20_000 }).warnings.map(({ code }) => code);

const rangeOf = (cells: readonly Cell[], metric: LimitedMetric, options: QualityLimitsOptions = {}, nGenes = 20_000) =>
  qualityLimits(metricsOf(cells), { ...options, nGenes }).limits.find((range) => range.metric === metric)!;

describe('the reference study’s limits', () => {
  const edges = (metric: keyof Cell, values: readonly number[], preset: 'pdx' | 'cell-line'): boolean[] =>
    keeps(
      values.map((value) => ({ ...good, [metric]: value })),
      { preset },
    );

  it('are those of the xenografts, and a cell on a limit is removed as in their code', () => {
    expect(edges('counts', [2000, 2001, 99_999, 100_000], 'pdx')).toEqual([false, true, true, false]);
    expect(edges('genes', [2000, 2001, 8999, 9000], 'pdx')).toEqual([false, true, true, false]);
    expect(edges('mito', [0, 0.2499, 0.25, NaN], 'pdx')).toEqual([true, true, false, false]);
  });

  it('are those of the cell lines', () => {
    expect(edges('counts', [3000, 3001, 99_999, 100_000], 'cell-line')).toEqual([false, true, true, false]);
    expect(edges('genes', [3000, 3001, 7999, 8000], 'cell-line')).toEqual([false, true, true, false]);
    expect(edges('mito', [0.1499, 0.15], 'cell-line')).toEqual([true, false]);
  });

  it('are written out', () => {
    const { limits } = qualityLimits(metricsOf([good]), { preset: 'pdx', nGenes: 20_000 });
    expect(limits.map(({ text }) => text)).toEqual([
      '> 2,000 (reference study) and < 100,000 (reference study)',
      '> 2,000 (reference study) and < 9,000 (reference study)',
      '< 25 % (reference study)',
    ]);
  });
});

describe('fixed limits', () => {
  it('replace those of the preset one by one, and keep the cell on the limit', () => {
    const options = { preset: 'pdx', minimumCounts: 1000, maximumMitochondrial: 0.3 } as const;
    const cells = [999, 1000, 100_000].map((counts) => ({ ...good, counts }));
    expect(keeps(cells, options)).toEqual([false, true, false]);
    expect(keeps([{ ...good, mito: 0.3 }], options)).toEqual([true]);
  });

  it('stand alone with the preset none', () => {
    const cells = [{ counts: 1, genes: 1, mito: 0.9 }, good];
    expect(keeps(cells, { preset: 'none' })).toEqual([true, true]);
    expect(keeps(cells, { preset: 'none', minimumDetectedGenes: 2 })).toEqual([false, true]);
  });

  it('must make sense', () => {
    expect(() => keeps([good], { minimumCounts: 10, maximumCounts: 5 })).toThrow(
      /minimumCounts is above maximumCounts/,
    );
    expect(() => keeps([good], { maximumMitochondrial: 25 })).toThrow(/share from 0 to 1/);
    expect(() => keeps([good], { deviations: 0 })).toThrow(/deviations/);
  });
});

describe('limits by the median absolute deviation', () => {
  it('take out the cells far from the others on either side, and dying ones', () => {
    const odd = [
      { ...good, counts: 600, genes: 2900 },
      { ...good, counts: 900_000, genes: 3000 },
      { counts: 10_000, genes: 3000, mito: 0.4 },
    ];
    const kept = keeps([...sampleOf(300), ...odd], {});
    expect(kept.slice(300)).toEqual([false, false, false]);
    expect(kept.slice(0, 300).filter((k) => k).length).toBeGreaterThan(290);
  });

  it('never go under the floors, however many empties there are', () => {
    const empties = Array.from({ length: 2000 }, (_, i) => ({
      counts: 40 + (i % 90),
      genes: 30 + (i % 70),
      mito: 0.1,
    }));
    const cells = [...sampleOf(300), ...empties];
    const kept = keeps(cells, {});
    expect(kept.slice(300).some((k) => k)).toBe(false);
    expect(kept.slice(0, 300).filter((k) => k).length).toBeGreaterThan(285);
    expect(codes(cells)).toContain('limit-removes-most');
    const wide = sampleOf(300).map((cell, i) => ({ ...cell, counts: cell.counts / (i % 2 === 0 ? 1 : 8) }));
    expect(rangeOf(wide, 'totalCounts').low).toEqual({ value: 500, inclusive: true, source: 'floor' });
  });

  it('do not take a clean sample’s spread for a reason to remove good cells', () => {
    const clean = sampleOf(300).map((cell) => ({ ...cell, mito: cell.mito / 20 }));
    expect(rangeOf(clean, 'mitochondrialFraction').high).toEqual({ value: 0.1, inclusive: true, source: 'floor' });
  });

  it('are not taken from a deviation of zero', () => {
    const same = Array.from({ length: 100 }, (_, i) => ({ ...good, counts: i < 60 ? 20_000 : 15_000 + i }));
    expect(codes(same)).toContain('no-spread');
    expect(keeps(same, {}).every((k) => k)).toBe(true);
  });

  it('are not taken from a few cells', () => {
    const few = sampleOf(29);
    expect(codes(few)).toEqual(['few-cells']);
    expect(rangeOf(few, 'totalCounts')).toMatchObject({ low: { value: 500, source: 'floor' }, high: null });
  });

  it('say when the cells fall into two groups', () => {
    const two = [...sampleOf(150), ...sampleOf(150, 2).map((cell) => ({ ...cell, counts: cell.counts / 16 }))];
    expect(codes(two)).toContain('two-groups');
    expect(codes(sampleOf(300))).toEqual([]);
  });

  it('have no floors on a panel of genes', () => {
    const panel = sampleOf(100).map((cell) => ({ ...cell, counts: cell.counts / 50, genes: cell.genes / 30 }));
    expect(keeps(panel, {}, 300).filter((k) => k).length).toBeGreaterThan(95);
    const { warnings } = qualityLimits(metricsOf(panel), { nGenes: 300 });
    expect(warnings.map(({ code }) => code)).toContain('short-gene-list');
  });
});
