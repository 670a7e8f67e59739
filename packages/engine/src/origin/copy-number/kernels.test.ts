import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { log2 } from '../../core/pinned-math.js';
import { median } from '../../stats/quantile.js';
import { alleleEvidence } from './allele-evidence.js';
import { type AlleleCounts, type AlleleSite, createAlleleCounts } from './allele-counts.js';
import { callSpan, spanEffect, statePosterior } from './call-span.js';
import { chromosomeArm } from './centromeres.js';
import { findReferenceCells } from './find-reference.js';
import { withArms } from './gene-positions.js';
import { layOutGenome } from './genome-layout.js';
import { cutRegions } from './genome-regions.js';
import { expectedLog } from './reference-model.js';
import { residualBinsTask, type ResidualBinsPayload } from './residual-bins.js';
import { spanNoise } from './span-noise.js';
import { fitTwoGroups, logOddsHigh } from './two-group-mixture.js';

const everyGene = { binGenes: 10, excludeGenes: [], isExpressed: () => true };

/** Two hundred genes on each of ten arms. */
function tenArms(): ReturnType<typeof layOutGenome> {
  const starts = Array.from({ length: 2000 }, (_, g) => ({
    gene: `G${String(g)}`,
    chromosome: `chr${String(1 + Math.floor(g / 400))}`,
    start: g % 400 < 200 ? 1000 + g : 150e6 + g,
  }));
  return layOutGenome(
    starts.map(({ gene }) => gene),
    withArms(starts, 'GRCh38'),
    everyGene,
  );
}

describe('places', () => {
  it('knows the arms of human chromosomes, and that mouse chromosomes have one', () => {
    expect(chromosomeArm('1', 123_400_000, 'GRCh38')).toBe('p');
    expect(chromosomeArm('1', 123_400_001, 'GRCh38')).toBe('q');
    expect(chromosomeArm('1', 124_000_000, 'GRCh37')).toBe('p');
    expect(chromosomeArm('19', 26_200_001, 'GRCh38')).toBe('q');
    expect(chromosomeArm('X', 1, 'GRCh38')).toBe('p');
    expect(chromosomeArm('4', 1, 'GRCm38')).toBe('q');
    expect(chromosomeArm('MT', 1, 'GRCh38')).toBeNull();
    expect(chromosomeArm('20', 1, 'GRCm38')).toBeNull();
  });

  it('bins stay on their arm, in genomic order; X, MHC and named genes are left out', () => {
    const starts = [
      { gene: 'late', chromosome: '6', start: 170e6 },
      { gene: 'HLA-A', chromosome: '6', start: 29_942_532 },
      { gene: 'between', chromosome: '6', start: 31e6 },
      { gene: 'HLA-B', chromosome: '6', start: 31_353_872 },
      { gene: 'HLA-DPB1', chromosome: '6', start: 33_075_990 },
      { gene: 'early', chromosome: '6', start: 1e6 },
      { gene: 'onX', chromosome: 'X', start: 1e6 },
      { gene: 'IGHM', chromosome: '14', start: 105_851_705 },
      { gene: 'RPL3', chromosome: '22', start: 39_312_882 },
      { gene: 'programme', chromosome: '2', start: 1e6 },
    ];
    const layout = layOutGenome(
      starts.map(({ gene }) => gene),
      withArms(starts, 'GRCh38'),
      { ...everyGene, excludeGenes: ['programme'] },
    );
    expect(layout.genes).toEqual(['early', 'late']);
    expect(layout.arms.map(({ label }) => label)).toEqual(['6p', '6q']);
    expect([...layout.columns]).toEqual([5, 0]);
  });

  it('MHC genes listed on several chromosomes take nothing with them', () => {
    const starts = [
      { gene: 'HLA-A', chromosome: '8', start: 1e6 },
      { gene: 'HLA-B', chromosome: '3', start: 90e6 },
      { gene: 'between', chromosome: '8', start: 20e6 },
    ];
    const genes = starts.map(({ gene }) => gene);
    expect(layOutGenome(genes, withArms(starts, 'GRCh38'), everyGene).genes).toEqual(['between']);
  });

  it('regions have two bins at least and cover their arm', () => {
    const layout = tenArms();
    const regions = cutRegions(layout, 100);
    expect(regions.length).toBe(20);
    expect(regions.every(({ firstBin, endBin }) => endBin - firstBin === 10)).toBe(true);
  });
});

describe('residual bins', () => {
  it('equal the dense computation, and each cell takes the reference it resembles', () => {
    const rng = createRng(3);
    const [nCells, nGenes, cap] = [30, 60, 1.5];
    const dense = Array.from({ length: nCells }, () =>
      Array.from({ length: nGenes }, () => (rng.uniform() < 0.5 ? 0 : 1 + rng.integer(80))),
    );
    const levels = Float64Array.from({ length: 2 * nGenes }, () => 5 * rng.uniform());
    const binOf = Uint16Array.from({ length: nGenes }, (_, g) => Math.floor(g / 10));
    const indptr = new Uint32Array(nCells + 1);
    dense.forEach((row, i) => (indptr[i + 1] = indptr[i]! + row.filter((v) => v > 0).length));
    const payload: ResidualBinsPayload = {
      counts: {
        kind: 'csr',
        shape: [nCells, nGenes],
        indptr,
        indices: Uint32Array.from(dense.flatMap((row) => row.flatMap((v, g) => (v > 0 ? [g] : [])))),
        data: Float64Array.from(dense.flatMap((row) => row.filter((v) => v > 0))),
      },
      slots: Int32Array.from({ length: nGenes }, (_, g) => g),
      binOf,
      binSizes: new Float64Array(6).fill(10),
      regionOf: Int32Array.from([0, 0, 1, 1, 2, 2]),
      levels,
      nGroups: 2,
      depth: 1000,
      cap,
    };
    const { bins, groupOf } = residualBinsTask(payload);
    dense.forEach((row, cell) => {
      const total = row.reduce((sum, v) => sum + v, 0);
      const y = row.map((v) => log2(1 + (v * 1000) / total));
      const agreement = [0, 1].map((t) => correlation(y, levels.subarray(t * nGenes, (t + 1) * nGenes)));
      const group = agreement[1]! > agreement[0]! ? 1 : 0;
      expect(groupOf[cell]).toBe(group);
      const residual = y.map((v, g) => Math.max(-cap, Math.min(cap, v - levels[group * nGenes + g]!)));
      const means = Array.from(
        { length: 6 },
        (_, b) => residual.slice(10 * b, 10 * b + 10).reduce((s, v) => s + v, 0) / 10,
      );
      const centre = median([0, 1, 2].map((r) => (means[2 * r]! + means[2 * r + 1]!) / 2));
      means.forEach((mean, b) => {
        expect(bins[cell * 6 + b]).toBeCloseTo(mean - centre, 5);
      });
    });
  });

  it('the expected logarithm of Poisson counts agrees with draws and joins up at large means', () => {
    // R: sum(dpois(0:60, 2) * log2(1 + 0:60))
    expect(expectedLog(0)).toBe(0);
    expect(expectedLog(2)).toBeCloseTo(1.410953, 6);
    expect(expectedLog(60)).toBeCloseTo(expectedLog(60.001), 3);
  });
});

describe('calling a stretch', () => {
  const layout = tenArms();
  const ratios = (shift: (g: number) => number, seed = 1): ReturnType<typeof spanNoise> => {
    const rng = createRng(seed);
    const log2Ratio = Float64Array.from(layout.genes, (_, g) => 0.3 + shift(g) + 0.8 * rng.normal());
    return spanNoise(layout, { log2Ratio, variance: new Float64Array(2000).fill(0.2) });
  };
  const call = (noise: ReturnType<typeof spanNoise>, arm: number): ReturnType<typeof callSpan> =>
    callSpan(spanEffect(noise, 200 * arm, 200 * (arm + 1)), { posterior: 0.95, nCells: 50, neutralSpread: 0.05 });

  it('recovers the spread between genes, a standard error that holds, and the central level', () => {
    const noise = ratios(() => 0);
    expect(noise.geneSpread).toBeCloseTo(Math.sqrt(0.64 - 0.2), 1);
    const z = Array.from({ length: 40 }, (_, seed) => {
      const own = ratios(() => 0, seed);
      const { effect, standardError } = spanEffect(own, 200, 400);
      return effect / standardError;
    });
    expect(Math.abs(median(z))).toBeLessThan(0.5);
    expect(z.filter((value) => Math.abs(value) > 2).length).toBeLessThanOrEqual(4);
  });

  it('tells loss, neutral and gain apart', () => {
    const noise = ratios((g) => (g >= 400 && g < 600 ? 0.585 : g >= 800 && g < 1000 ? -1 : 0));
    expect(call(noise, 2)).toMatchObject({ call: 'gain', reason: null });
    expect(call(noise, 4)).toMatchObject({ call: 'loss' });
    expect(call(noise, 6)).toMatchObject({ call: 'neutral' });
    expect(call(noise, 2).posterior.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  it('does not call an arm that a few genes carry', () => {
    const cluster = ratios((g) => (g >= 420 && g < 440 ? 6 : 0));
    expect(call(cluster, 2).call).not.toBe('gain');
    const run = { effect: 0.5, standardError: 0.05, nGenes: 200, nAgreeing: 150, effectWithoutBest: 0.1 };
    expect(callSpan(run, { posterior: 0.95, nCells: 50, neutralSpread: 0.05 })).toMatchObject({
      call: 'cannot-tell',
      reason: 'narrow',
    });
    const even = { ...run, nAgreeing: 105, effectWithoutBest: 0.45 };
    expect(callSpan(even, { posterior: 0.95, nCells: 50, neutralSpread: 0.05 })).toMatchObject({
      call: 'cannot-tell',
      reason: 'narrow',
    });
  });

  it('abstains when the error is large or the genes are few', () => {
    expect(statePosterior({ effect: 0, standardError: 2 }, 0.05)[1]).toBeLessThan(0.95);
    const wide = { effect: 0.5, standardError: 1, nGenes: 30, nAgreeing: 25, effectWithoutBest: 0.45 };
    expect(callSpan(wide, { posterior: 0.95, nCells: 9, neutralSpread: 0.05 })).toMatchObject({
      call: 'cannot-tell',
      reason: 'uncertain',
    });
    expect(callSpan({ ...wide, nGenes: 19 }, { posterior: 0.95, nCells: 9, neutralSpread: 0.05 })).toMatchObject({
      reason: 'few-genes',
    });
  });
});

describe('two groups', () => {
  it('are found with their share, gathered or not', () => {
    for (const n of [300, 20_000]) {
      const rng = createRng(n);
      const values = Float64Array.from({ length: n }, (_, i) => rng.normal() + (i < 0.2 * n ? 5 : 0));
      const fit = fitTwoGroups(values);
      expect(fit.share).toBeCloseTo(0.2, 1);
      expect(fit.low).toBeCloseTo(0, 0);
      expect(fit.high).toBeCloseTo(5, 0);
      expect(fit.variance).toBeCloseTo(1, 0);
      expect(logOddsHigh(fit, 5)).toBeGreaterThan(5);
      expect(logOddsHigh(fit, 0)).toBeLessThan(-5);
    }
  });
});

describe('finding normal cells', () => {
  const genes = ['Ptprc', 'CD3D', 'CD3E', 'CD2', 'EPCAM', 'PECAM1', 'VWF', 'CDH5', 'ACTB'];
  const counts = {
    kind: 'csr',
    shape: [4, 9],
    indptr: Uint32Array.from([0, 4, 9, 12, 14]),
    indices: Uint32Array.from([0, 1, 2, 8, 0, 1, 2, 3, 4, 5, 6, 7, 0, 8]),
    data: new Float32Array(14).fill(1),
  } as const;

  it('needs three markers of one lineage and none against it', () => {
    const found = findReferenceCells({ counts, rows: Uint32Array.from([0, 1, 2, 3]) }, genes);
    expect([...found.groupOf]).toEqual([0, -1, 1, -1]);
    expect(found.groupNames).toEqual(['lymphoid', 'endothelial']);
    expect(found.nFound).toBe(2);
  });
});

describe('allele evidence', () => {
  /** One site per gene, 60 genes; haplotype 1 has `share` of the reads, and each gene its own allele-specific expression. */
  function planted(share: number, genotype: AlleleSite['genotype'], seed: number): AlleleCounts {
    const rng = createRng(seed);
    const sites = Array.from({ length: 60 }, (_, s): AlleleSite => {
      const phased = rng.uniform() < 0.5 ? '1|0' : '0|1';
      return {
        chromosome: '5',
        position: 1e6 * (s + 1),
        arm: 'q',
        gene: `G${String(s)}`,
        genotype: genotype ?? phased,
      };
    });
    const total = sites.map(() => 40);
    const alternative = sites.map((site) => {
      const own = Math.min(1, Math.max(0, share + 0.15 * rng.normal()));
      const p = site.genotype === '0|1' ? 1 - own : own;
      return Array.from({ length: 40 }, () => (rng.uniform() < p ? 1 : 0)).reduce<number>((sum, read) => sum + read, 0);
    });
    const site = Uint32Array.from(sites, (_, s) => s);
    return createAlleleCounts({ sites, cell: new Uint32Array(60), site, alternative, total });
  }
  const groups = [{ clone: 1, rows: new Set([0]) }];
  const call = (counts: AlleleCounts, seed = 1): ReturnType<typeof alleleEvidence>[number] =>
    alleleEvidence(counts, { groups, normal: null }, createRng(seed))[0]!;

  it('sees imbalance in phased sites, and estimates the major share', () => {
    const found = call(planted(0.67, null, 1));
    expect(found).toMatchObject({ arm: '5q', basis: 'phased', call: 'imbalance', nBlocks: 60, nReads: 2400 });
    expect(found.majorShare).toBeCloseTo(0.67, 1);
  });

  it('is not deceived by allele-specific expression: few of 40 balanced arms are called', () => {
    const called = Array.from({ length: 40 }, (_, seed) => call(planted(0.5, null, 100 + seed), seed)).filter(
      (found) => found.call === 'imbalance',
    );
    expect(called.length).toBeLessThanOrEqual(3);
  });

  it('without phase needs normal cells, and without sites tells nothing', () => {
    expect(call(planted(0.8, '0/1', 1))).toMatchObject({
      basis: 'unphased',
      call: 'cannot-tell',
      reason: 'no-normal-cells',
    });
    const [tumour, normal] = [planted(0.9, '0/1', 1), planted(0.5, '0/1', 2)];
    const both = createAlleleCounts({
      sites: tumour.sites,
      cell: Uint32Array.from({ length: 120 }, (_, i) => (i < 60 ? 0 : 1)),
      site: Uint32Array.from({ length: 120 }, (_, i) => i % 60),
      alternative: [...Array.from(tumour.alternative), ...Array.from(normal.alternative)],
      total: new Array<number>(120).fill(40),
    });
    const found = alleleEvidence(both, { groups, normal: new Set([1]) }, createRng(1))[0]!;
    expect(found).toMatchObject({ basis: 'unphased', call: 'imbalance' });
    expect(found.majorShare).toBeGreaterThan(0.8);
    const few = { ...tumour, sites: tumour.sites.map((site) => ({ ...site, genotype: null })) };
    expect(call(few)).toMatchObject({ call: 'cannot-tell', reason: 'few-sites' });
  });

  it('refuses columns that do not fit', () => {
    const counts = planted(0.5, null, 1);
    expect(() => createAlleleCounts({ ...counts, total: [1] })).toThrow(/length/);
    expect(() => createAlleleCounts({ ...counts, total: new Array<number>(60).fill(0) })).toThrow(/more reads/);
    expect(() => createAlleleCounts({ ...counts, sites: [] })).toThrow(/not listed/);
  });
});

function correlation(a: readonly number[], b: ArrayLike<number>): number {
  const n = a.length;
  const [meanA, meanB] = [a, Array.from(b)].map((v) => v.reduce((sum, x) => sum + x, 0) / n) as [number, number];
  let [ab, bb, aa] = [0, 0, 0];
  a.forEach((x, i) => {
    ab += (x - meanA) * (b[i]! - meanB);
    aa += (x - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
