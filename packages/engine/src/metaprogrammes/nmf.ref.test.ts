import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import type { CsrMatrix } from '../data/matrix.js';
import { clusterSpectra, meanSilhouette, neighbourDistance, unitGram } from './cluster-spectra.js';
import { geneSpectra } from './gene-spectra.js';
import { genesToFactorise, perMillionMoments } from './genes-to-factorise.js';
import { nmf } from './nmf.js';
import { openNmfKernel } from './nmf-kernel.js';
import { openWorkspace } from './nmf-workspace.js';
import { refitUsage } from './refit-usage.js';
import { scaleCounts } from './scale-counts.js';

interface Expected {
  readonly genes: readonly number[];
  readonly overdispersion: readonly number[];
  readonly errors: readonly number[];
  readonly spectra: readonly (readonly number[])[];
  readonly usage: readonly (readonly number[])[];
  readonly refitError: number;
  readonly perMillion: readonly (readonly number[])[];
  readonly scores: readonly (readonly number[])[];
  readonly loose: readonly (readonly number[])[];
  readonly nearestTwo: readonly number[];
  readonly labels: readonly number[];
  readonly silhouette: number;
}

const folder = new URL('../../../../reference/consensus-nmf/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const stored = read('counts.json') as { shape: [number, number]; indptr: number[]; indices: number[]; data: number[] };
const expected = read('expected.json') as Expected;
const counts: CsrMatrix = {
  kind: 'csr',
  shape: stored.shape,
  indptr: Uint32Array.from(stored.indptr),
  indices: Uint32Array.from(stored.indices),
  data: Float64Array.from(stored.data),
};
const genes = Uint32Array.from(expected.genes);
const moments = perMillionMoments(counts);
const rank = 4;

/** Loads the reference spectra and fits usages to them. */
function refitted() {
  const workspace = openWorkspace(openNmfKernel, scaleCounts(counts, genes), rank);
  expected.spectra.forEach((spectrum, j) => {
    spectrum.forEach((value, g) => (workspace.spectra[g * rank + j] = value));
  });
  return { workspace, error: refitUsage(workspace) };
}

describe('consensus NMF against cNMF 1.7.1 and scikit-learn 1.9.1', () => {
  it('takes the genes cNMF takes', () => {
    const found = genesToFactorise(moments, { genes: 40, ranking: 'overdispersion', minimumCells: 1 });
    expect([...found]).toEqual(expected.genes);
    const all = genesToFactorise(moments, { genes: 120, ranking: 'overdispersion', minimumCells: 1 });
    expect([...all]).toEqual(expected.overdispersion.flatMap((ratio, g) => (ratio > 1 ? [g] : [])));
  });

  // Both stop a little above the minimum they share; ours by a relative change of 1e-10 per iteration.
  it('reaches the same squared error from every start', () => {
    const workspace = openWorkspace(openNmfKernel, scaleCounts(counts, genes), rank);
    for (let seed = 0; seed < 5; seed++) {
      const fit = nmf(workspace, { rank, tolerance: 1e-10, maximumIterations: 5000 }, createRng(seed));
      expect(fit.converged).toBe(true);
      expect(Math.abs(fit.error - (expected.errors[0] as number))).toBeLessThan(1e-8);
    }
  });

  // Non-negative least squares has one answer; both iterate to about ten digits of the objective.
  it('refits the same usages', () => {
    const { workspace, error } = refitted();
    expect(error).toBeCloseTo(expected.refitError, 9);
    const largest = Math.max(...expected.usage.flat());
    expected.usage.flat().forEach((value, i) => {
      expect(Math.abs((workspace.usage[i] as number) - value)).toBeLessThan(1e-5 * largest);
    });
  });

  it('gives the same spectra per million and the same scores for all genes', () => {
    const usage = Float64Array.from(expected.usage.flat());
    const found = geneSpectra(openNmfKernel(0), { counts, moments }, { usage, programmes: rank });
    found.perMillion.forEach((row, j) => {
      const largest = Math.max(...(expected.perMillion[j] as readonly number[]));
      row.forEach((value, g) => {
        expect(Math.abs(value - (expected.perMillion[j]?.[g] as number))).toBeLessThan(1e-5 * largest);
      });
    });
    found.scores.forEach((row, j) => {
      row.forEach((value, g) => {
        expect(value).toBeCloseTo(expected.scores[j]?.[g] as number, 8);
      });
    });
  });

  it('measures local density and silhouette alike, and finds the same clusters', () => {
    const gram = unitGram(expected.loose.map((row) => Float64Array.from(row)));
    neighbourDistance(gram, 2).forEach((value, i) => {
      expect(value).toBeCloseTo(expected.nearestTwo[i] as number, 7);
    });
    expect(meanSilhouette(gram, Int32Array.from(expected.labels))).toBeCloseTo(expected.silhouette, 7);
    const labels = clusterSpectra(gram, { clusters: rank, starts: 10 }, createRng(1));
    const pairs = new Set(expected.labels.map((label, i) => `${String(label)} ${String(labels[i])}`));
    expect(pairs.size).toBe(rank);
  });
});
