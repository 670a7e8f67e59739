import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import type { CellCounts, CellSample } from '../cells/cell-counts.js';
import { createRng } from '../core/rng.js';
import type { GeneSetCollection } from '../data/resources.js';
import { controlMatchedScores } from './control-matched-score.js';
import { meanExpression } from './mean-expression.js';
import { metaProgrammes } from './meta-programmes.js';
import { metaProgrammeTasks } from './nmf-tasks.js';
import { csrOf } from './planted-programmes.test-helper.js';
import { plantedCellStudy } from './planted-study.test-helper.js';
import { testMetaProgrammes } from './test-meta-programmes.js';

const context = inlineContext(metaProgrammeTasks);
const contrast = { from: 'untreated', to: 'residual' } as const;
const options = { contrast, factorisation: { ranks: [3, 4, 5], replicates: 5 }, shuffles: 99 };
const nothing = { metaPrograms: null, confounders: null };
const study = plantedCellStudy({ seed: 1, patients: 5, cells: 150, genes: 600 });

function collection(name: string, sets: Readonly<Record<string, readonly string[]>>): GeneSetCollection {
  return { name, sets: Object.entries(sets).map(([set, genes]) => ({ name: set, description: '', genes })) };
}

const knowledge = {
  metaPrograms: collection('published', { Known: study.programmes.treated, Other: ['G590', 'G591', 'elsewhere'] }),
  confounders: collection('curated', { 'cell cycle': study.programmes.steady }),
};

describe('metaProgrammes', () => {
  const found = metaProgrammes(study.cells, knowledge, options, context);

  it('finds the planted programmes in every patient, and none of the private ones', async () => {
    const { status, metaProgrammes: programmes } = await found;
    expect(status).toBe('ok');
    expect(programmes).toHaveLength(2);
    for (const planted of Object.values(study.programmes)) {
      const hits = programmes.map(({ genes }) => genes.filter((gene) => planted.includes(gene)).length);
      expect(Math.max(...hits)).toBeGreaterThanOrEqual(45);
    }
    for (const { patients, supported } of programmes) {
      expect(patients).toHaveLength(5);
      expect(supported).toBe(true);
    }
  });

  it('supports that number by patients left out', async () => {
    const { number } = await found;
    expect(number).toMatchObject({ status: 'ok', chosen: 2 });
    expect(number.curve).toHaveLength(2);
  });

  it('calls the programme that treatment raises, and not the other', async () => {
    const { metaProgrammes: programmes } = await found;
    const [treated] = programmes.filter(({ annotations }) => annotations?.[0]?.set === 'Known');
    expect(treated?.test).toMatchObject({ nRaised: 5, nLowered: 0, permutationP: 0.0625, signP: 0.0625 });
    expect(treated?.test.pAdjusted).toBeLessThan(0.01);
    expect(treated?.test.pooled.estimate).toBeGreaterThan(0.3);
    const [steady] = programmes.filter((programme) => programme !== treated);
    expect(Math.abs(steady?.test.pooled.estimate ?? NaN)).toBeLessThan(0.15);
  });

  it('flags the one that overlaps with a confounder', async () => {
    const { metaProgrammes: programmes, warnings } = await found;
    const flagged = programmes.filter(({ confounders }) => confounders?.some((overlap) => overlap.flagged));
    expect(flagged).toHaveLength(1);
    expect(warnings.find(({ code }) => code === 'meta-programme-confounder')?.message).toMatch(
      /cell cycle \(\d+ genes\)/,
    );
  });

  it('orders kept programmes and overlaps for a heat map', async () => {
    const { kept, memberOf, overlaps, metaProgrammes: programmes } = await found;
    const n = kept.length;
    expect(overlaps).toHaveLength(n * n);
    kept.forEach((programme, i) => {
      expect(overlaps[i * n + i]).toBe(programme.genes.length);
    });
    programmes.forEach(({ members }, m) => {
      expect(members.every((member) => memberOf[member] === m)).toBe(true);
    });
    const assigned = [...memberOf].filter((m) => m >= 0);
    expect(assigned).toEqual([...assigned].sort((a, b) => a - b));
  });

  it('says what was not compared, and what cannot be tested', async () => {
    const few = firstSamples(study.cells, 1);
    const {
      status,
      reasons,
      metaProgrammes: programmes,
      number,
    } = await metaProgrammes(few, nothing, options, context);
    expect(status).toBe('not-testable');
    expect(reasons[0]).toMatch(/fewer than two samples/);
    expect(programmes).toEqual([]);
    expect(number.status).toBe('not-testable');
  });

  it('treats the samples of a single patient as units, with a warning', async () => {
    const one = firstSamples(study.cells, 2);
    const result = await metaProgrammes(one, nothing, options, context);
    expect(result.founder).toMatchObject({ unit: 'samples', partners: 1 });
    expect(result.warnings.map(({ code }) => code)).toContain('meta-programmes-one-patient');
    for (const { annotations, confounders, supported, test } of result.metaProgrammes) {
      expect([annotations, confounders, supported]).toEqual([null, null, null]);
      expect(test.pooled.status).toBe('not-identifiable');
    }
  });

  it('refuses a contrast of one stage', async () => {
    const same = { ...options, contrast: { from: 'residual', to: 'residual' } } as const;
    await expect(metaProgrammes(study.cells, nothing, same, context)).rejects.toThrow(/two different stages/);
  });
});

/** The study without the samples behind the first `n`. */
function firstSamples(cells: CellCounts, n: number): CellCounts {
  const kept = cells.sampleOf.filter((s) => s < n).length;
  const stored = cells.counts.indptr[kept] as number;
  return {
    ...cells,
    counts: {
      ...cells.counts,
      shape: [kept, cells.genes.length],
      indptr: cells.counts.indptr.slice(0, kept + 1),
      indices: cells.counts.indices.slice(0, stored),
      data: cells.counts.data.slice(0, stored),
    },
    barcodes: cells.barcodes.slice(0, kept),
    sampleOf: cells.sampleOf.slice(0, kept),
    samples: cells.samples.slice(0, n),
  };
}

describe('meanExpression and controlMatchedScores', () => {
  const samples = (['untreated', 'residual'] as const).map(
    (stage): CellSample => ({
      ...{ sample: stage, patient: 'A', stage, treatment: 'none', technology: '10x' },
    }),
  );
  const rows = [
    [3, 0, 1, 0],
    [0, 100, 0.5, 4],
    [0, 0, 0, 0],
  ].map((row) => Float64Array.from(row));
  const cells: CellCounts = {
    counts: csrOf(rows, 4),
    genes: ['A', 'B', 'C', 'D'],
    barcodes: ['1', '2', '3'],
    sampleOf: Uint32Array.from([0, 0, 1]),
    samples,
  };

  it('averages ln(1 + counts per ten thousand) over cells, empty ones included', async () => {
    const { means, nCells } = await meanExpression(cells, context);
    const value = (count: number, total: number): number => Math.log1p((1e4 * count) / total);
    const first = [value(3, 4) / 2, value(100, 104.5) / 2, (value(1, 4) + value(0.5, 104.5)) / 2, value(4, 104.5) / 2];
    first.forEach((mean, g) => {
      expect(means[g]).toBeCloseTo(mean, 12);
    });
    expect([...means.slice(4)]).toEqual([0, 0, 0, 0]);
    expect(nCells).toEqual([2, 1]);
  });

  it('scores genes against the others of their bin', () => {
    const means = { genes: ['A', 'B', 'C', 'D'], means: Float64Array.of(1, 2, 3, 4, 5, 2, 3, 4), nCells: [1, 1] };
    const scores = controlMatchedScores(means, ['A', 'unmeasured']);
    expect([...scores]).toEqual([1 - 3, 5 - 3]);
    expect([...controlMatchedScores(means, ['unmeasured'])]).toEqual([NaN, NaN]);
  });
});

describe('testMetaProgrammes', () => {
  const samples = ['A', 'A', 'B', 'B', 'C', 'C', 'D'].map(
    (patient, i): CellSample => ({
      ...{ sample: String(i), patient, treatment: 'none', technology: '10x' },
      stage: i % 2 === 0 ? 'untreated' : 'residual',
    }),
  );
  const test = (scores: readonly number[]) =>
    testMetaProgrammes([Float64Array.from(scores)], { samples, contrast }, createRng(1))[0]!;

  it('takes one difference per patient with both stages', () => {
    const { patients, pooled, permutationP, permutationPLeast } = test([1, 2, 1, 3, 1, 4, 9]);
    expect(patients.map(({ patient, difference }) => [patient, difference])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 3],
    ]);
    expect(pooled.estimate).toBe(2);
    // R: t.test(c(1, 2, 3))$p.value
    expect(pooled.pValue).toBeCloseTo(0.0741799, 6);
    expect([permutationP, permutationPLeast]).toEqual([0.25, 0.25]);
  });

  it('counts flips as extreme, zero differences included', () => {
    expect(test([0, 1, 0, -1, 0, 0, 0])).toMatchObject({ permutationP: 1, nRaised: 1, nLowered: 1, signP: 1 });
  });

  it('draws flips where there are too many patients to enumerate', () => {
    const many = Array.from(
      { length: 40 },
      (_, i): CellSample => ({
        ...{ sample: String(i), patient: String(i >> 1), treatment: 'none', technology: '10x' },
        stage: i % 2 === 0 ? 'untreated' : 'residual',
      }),
    );
    const scores = Float64Array.from(many, (_, i) => (i % 2) * (1 + 0.01 * i));
    const [found] = testMetaProgrammes([scores], { samples: many, contrast }, createRng(1));
    expect(found?.permutationP).toBe(1 / 10_000);
    expect(found?.permutationPLeast).toBe(1 / 10_000);
  });

  it('has no P values without patients', () => {
    const [found] = testMetaProgrammes([Float64Array.of(1)], { samples: samples.slice(0, 1), contrast }, createRng(1));
    expect(found).toMatchObject({ patients: [], signP: NaN, permutationP: NaN, pAdjusted: NaN });
  });
});
