import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng } from '../../core/rng.js';
import type { CellSample } from '../cell-counts.js';
import { differentialAbundance, type DifferentialAbundance } from './differential-abundance.js';
import { neighbourhoodsOf } from './neighbour-graph.js';
import { sampleNeighbourhoods } from './sample-neighbourhoods.js';
import { type Blobs, type BlobOptions, simulateBlobs } from './simulate-blobs.test-helper.js';
import { spatialFdr } from './spatial-fdr.js';

const contrast = { from: 'untreated', to: 'residual' } as const;
const context = inlineContext({});
const base: BlobOptions = {
  seed: 1,
  patients: 5,
  cellsPerSample: 110,
  enrichment: 1,
  patientSpread: 0.8,
  sampleSpread: 0.2,
};

const run = (blobs: Blobs, samples: readonly CellSample[] = blobs.cells.samples): DifferentialAbundance =>
  differentialAbundance({ ...blobs.cells, samples }, blobs, { contrast }, context);

/** The samples with the stage labels of some patients exchanged. */
function swapStages(samples: readonly CellSample[], of: (patient: string) => boolean): readonly CellSample[] {
  return samples.map((sample) => {
    if (!of(sample.patient)) return sample;
    return { ...sample, stage: sample.stage === 'residual' ? 'untreated' : 'residual' };
  });
}

describe('differentialAbundance', () => {
  it('finds a planted region, and nothing gained beside it', () => {
    let [planted, found, gained, gainedBeside] = [0, 0, 0, 0];
    for (let seed = 1; seed <= 10; seed++) {
      const blobs = simulateBlobs({ ...base, seed, enrichment: 6 });
      const { neighbourhoods, direction, status } = run(blobs);
      expect(status).toBe('ok');
      direction.forEach((d, i) => {
        const members = neighbourhoods.members.subarray(neighbourhoods.indptr[i], neighbourhoods.indptr[i + 1]);
        const share = members.filter((cell) => blobs.blobOf[cell] === 0).length / members.length;
        if (share >= 0.8) planted++;
        if (share >= 0.8 && d > 0) found++;
        if (d > 0) gained++;
        if (d > 0 && share < 0.2) gainedBeside++;
      });
    }
    console.log(
      `planted region: ${String(found)} of ${String(planted)} found; gained beside ${String(gainedBeside)} of ${String(gained)}`,
    );
    expect(found / planted).toBeGreaterThan(0.8);
    expect(gainedBeside / gained).toBeLessThan(0.1);
  }, 60_000);

  it('keeps its false-discovery rate where nothing changes, patients and samples differing', () => {
    const nSeeds = 20;
    let [runsWithCalls, nominal, tested] = [0, 0, 0];
    for (let seed = 1; seed <= nSeeds; seed++) {
      const blobs = simulateBlobs({ ...base, seed: 1000 + seed });
      for (const samples of [blobs.cells.samples, swapStages(blobs.cells.samples, (patient) => patient <= 'P1')]) {
        const { nGained, nLost, pValue } = run(blobs, samples);
        if (nGained + nLost > 0) runsWithCalls++;
        nominal += pValue.filter((p) => p <= 0.05).length;
        tested += pValue.filter((p) => !Number.isNaN(p)).length;
      }
    }
    console.log(
      `null: calls in ${String(runsWithCalls)} of ${String(2 * nSeeds)} runs at 10 %; ${String(nominal)} of ${String(tested)} P values at 5 %`,
    );
    // With nothing to find every call is false: the rate is the share of runs with calls, known to two standard errors.
    expect(runsWithCalls / (2 * nSeeds)).toBeLessThanOrEqual(0.1 + 2 * Math.sqrt((0.1 * 0.9) / (2 * nSeeds)));
    expect(nominal / tested).toBeLessThan(0.07);
  }, 60_000);

  it('keeps it when labels are swapped within three of five patients of a study with a planted region', () => {
    const nSeeds = 12;
    let runsWithCalls = 0;
    for (let seed = 1; seed <= nSeeds; seed++) {
      const blobs = simulateBlobs({ ...base, seed: 2000 + seed, enrichment: 6 });
      const { nGained, nLost } = run(
        blobs,
        swapStages(blobs.cells.samples, (patient) => patient <= 'P2'),
      );
      if (nGained + nLost > 0) runsWithCalls++;
    }
    console.log(`swapped: calls in ${String(runsWithCalls)} of ${String(nSeeds)} runs at 10 %`);
    expect(runsWithCalls / nSeeds).toBeLessThanOrEqual(0.1 + 2 * Math.sqrt((0.1 * 0.9) / nSeeds));
  }, 60_000);

  it('gives the same answer twice, other neighbourhoods with another seed', () => {
    const blobs = simulateBlobs(base);
    const again = differentialAbundance(blobs.cells, blobs, { contrast }, inlineContext({}));
    const other = differentialAbundance(blobs.cells, blobs, { contrast }, inlineContext({}, 2));
    expect(again).toEqual(run(blobs));
    expect(other.neighbourhoods.indexCells).not.toEqual(again.neighbourhoods.indexCells);
  });

  it('counts replicate libraries of a patient as one', () => {
    const blobs = simulateBlobs({ ...base, patients: 3 });
    const split = [...blobs.cells.samples, { ...blobs.cells.samples[0]!, sample: 'second library' }];
    const sampleOf = blobs.cells.sampleOf.map((s, cell) => (s === 0 && cell % 2 === 0 ? split.length - 1 : s));
    const found = differentialAbundance({ samples: split, sampleOf }, blobs, { contrast }, context);
    const whole = run(blobs);
    expect(found.pValue).toEqual(whole.pValue);
    expect(found.units[0]!.samples).toEqual([0, 6]);
  });
});

describe('what cannot be tested', () => {
  const blobs = simulateBlobs({ ...base, patients: 2 });
  const relabel = (change: (sample: CellSample) => Partial<CellSample>): readonly CellSample[] =>
    blobs.cells.samples.map((sample) => ({ ...sample, ...change(sample) }));

  it('one library per arm', () => {
    const one = simulateBlobs({ ...base, patients: 1, cellsPerSample: 300 });
    const { status, reasons, pValue, nGained } = run(one);
    expect(status).toBe('not-identifiable');
    expect(reasons).toEqual([
      'only patient P0 has both untreated and residual samples: one library per arm cannot tell stage from sample',
    ]);
    expect(pValue.every(Number.isNaN)).toBe(true);
    expect(nGained).toBe(0);
  });

  it('stage and patient confounded', () => {
    const { status, reasons, excluded } = run(
      blobs,
      relabel(({ patient }) => ({ stage: patient === 'P0' ? 'untreated' : 'residual' })),
    );
    expect(status).toBe('not-identifiable');
    expect(reasons[0]).toContain('stage and patient are confounded');
    expect(excluded).toEqual([
      { patient: 'P0', reason: 'no residual cells' },
      { patient: 'P1', reason: 'no untreated cells' },
    ]);
  });

  it('stage and technology confounded in a patient', () => {
    const { excluded } = run(
      blobs,
      relabel(({ patient, stage }) => ({ technology: patient === 'P0' ? stage : '10x' })),
    );
    expect(excluded).toEqual([{ patient: 'P0', reason: 'its two stages share no technology' }]);
  });

  it('two patients are tested with a warning', () => {
    expect(run(blobs).warnings.map(({ code }) => code)).toContain('differential-abundance-two-patients');
  });
});

describe('neighbourhoods', () => {
  // Five cells on a line: 0 1 2 3 and 10.
  const embedding = { kind: 'dense', shape: [5, 1], data: Float64Array.of(0, 1, 2, 3, 10) } as const;
  const graph = {
    k: 2,
    indices: Uint32Array.of(1, 2, 0, 2, 1, 3, 2, 1, 3, 2),
    distances: Float64Array.of(1, 2, 1, 1, 1, 1, 1, 2, 7, 8),
  };

  it('hold the neighbours in both directions', () => {
    const found = neighbourhoodsOf(graph, Uint32Array.of(2, 4));
    expect([...found.members.subarray(0, found.indptr[1])]).toEqual([0, 1, 2, 3, 4]);
    expect([...found.members.subarray(found.indptr[1])]).toEqual([2, 3, 4]);
    expect([...found.kthDistance]).toEqual([1, 8]);
  });

  it('are moved to the centre of the place', () => {
    const { indexCells } = sampleNeighbourhoods({ graph, embedding }, { share: 1, rng: createRng(1) });
    expect(indexCells.includes(4)).toBe(false);
  });

  it('are refused where the input does not fit', () => {
    const sample = (broken: Partial<typeof graph>, share = 0.5) => {
      return () => sampleNeighbourhoods({ graph: { ...graph, ...broken }, embedding }, { share, rng: createRng(1) });
    };
    expect(sample({ k: 3 })).toThrow('k indices and k distances');
    expect(sample({ indices: Uint32Array.of(0, 2, 0, 2, 1, 3, 2, 1, 3, 2) })).toThrow('the cell itself');
    expect(sample({}, 0)).toThrow('share');
    const short = { ...embedding, shape: [4, 1] as const };
    expect(() => sampleNeighbourhoods({ graph, embedding: short }, { share: 1, rng: createRng(1) })).toThrow(
      'embedding',
    );
  });

  it('of infinite weight count as the densest other', () => {
    expect([...spatialFdr([0.01, NaN, 0.02], [0, 1, 2])]).toEqual([0.015, NaN, 0.02]);
    expect([...spatialFdr([0.01, 0.04], [0, 0])]).toEqual([0.02, 0.04]);
  });
});
