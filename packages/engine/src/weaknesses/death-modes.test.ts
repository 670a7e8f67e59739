import { describe, expect, it } from 'vitest';
import { createExpressionMatrix } from '../data/expression.js';
import { createRng } from '../core/rng.js';
import type { ProgrammeInput } from '../programme/input.js';
import { randomPoisson } from '../simulate/random-poisson.js';
import type { StateGroup, StateSums } from './cell-states.js';
import { deathModes } from './death-modes.js';
import { executorState } from './executor-state.js';
import { curatedGenes } from './planted.test-helper.js';
import { curatedAxes } from './sets/index.js';
import type { DeathModes, TumourCellState } from './types.js';

const axes = curatedAxes.filter(({ group }) => group === 'death');
const genes = [...curatedGenes, 'REST OF THE GENES'];
const options = { axes, excluded: new Set<string>(), expressedCpm: 2 };

/** Sums of 500 cells of 6,000 counts: 30 counts per million of every gene but those given. */
function planted(seed: number, cpmOf: (gene: string, state: TumourCellState) => number, library = 3e6): StateSums {
  const rng = createRng(seed, 'death-modes');
  const groups: StateGroup[] = ['P0', 'P1', 'P2', 'P3'].flatMap((patient) =>
    (['persister', 'other'] as const).map((state) => ({ patient, stage: 'residual', state })),
  );
  const totals = new Float64Array(groups.length * genes.length);
  groups.forEach(({ state }, k) => {
    let rest = library;
    curatedGenes.forEach((gene, g) => {
      const count = randomPoisson(rng, (cpmOf(gene, state) / 1e6) * library);
      totals[k * genes.length + g] = count;
      rest -= count;
    });
    totals[(k + 1) * genes.length - 1] = rest;
  });
  const blockLibraries = Float64Array.from({ length: groups.length * 10 }, () => library / 10);
  return {
    groups,
    sums: {
      genes,
      nGroups: groups.length,
      nCells: new Int32Array(groups.length).fill(500),
      totals,
      detected: Int32Array.from(totals, (total) => Math.min(500, total)),
      blockLibraries,
      blockCounts: new Float64Array(0),
      trackedAt: new Int32Array(genes.length).fill(-1),
      nTracked: 0,
    },
  };
}

const noTable: ProgrammeInput = {
  counts: createExpressionMatrix(['A'], ['S'], Float64Array.of(1)),
  patient: ['P0'],
  stage: ['residual'],
  treatment: ['none'],
  technology: ['10x'],
};

function verdictOf(found: DeathModes, axis: string, state: TumourCellState): string | undefined {
  return found.summaries.find((s) => s.axis === axis && s.state === state)?.verdict;
}

describe('deathModes', () => {
  it.each([1, 2, 3, 4, 5])(
    'blocks necroptosis in an MLKL-null state and opens it when re-expressed, seed %i',
    (seed) => {
      const silent = deathModes(
        noTable,
        planted(seed, (gene, state) => (gene === 'MLKL' && state === 'persister' ? 0 : 30)),
        options,
      );
      expect(verdictOf(silent, 'necroptosis', 'persister')).toBe('blocked');
      expect(verdictOf(silent, 'necroptosis', 'other')).toBe('open');
      const summary = silent.summaries.find((s) => s.axis === 'necroptosis' && s.state === 'persister');
      expect(summary?.missing).toEqual(['membrane executor']);
      for (const mode of ['apoptosis', 'pyroptosis', 'ferroptosis'])
        expect(verdictOf(silent, mode, 'persister')).toBe('open');
      const restored = deathModes(
        noTable,
        planted(seed, () => 30),
        options,
      );
      expect(verdictOf(restored, 'necroptosis', 'persister')).toBe('open');
    },
  );

  it('lets one gene of a step stand in for another', () => {
    const noBax = deathModes(
      noTable,
      planted(1, (gene) => (gene === 'BAX' ? 0 : 30)),
      options,
    );
    expect(verdictOf(noBax, 'apoptosis', 'persister')).toBe('open');
    const noPore = deathModes(
      noTable,
      planted(1, (gene) => (['BAX', 'BAK1'].includes(gene) ? 0 : 30)),
      options,
    );
    expect(verdictOf(noPore, 'apoptosis', 'persister')).toBe('blocked');
  });

  it('cannot tell with few counts, although none of the gene was seen', () => {
    const shallow = deathModes(
      noTable,
      planted(1, (gene) => (gene === 'MLKL' ? 0 : 300), 1e5),
      options,
    );
    expect(verdictOf(shallow, 'necroptosis', 'persister')).toBe('cannot tell');
  });

  it('lets no gene of the programme open or block an arm', () => {
    const excluded = new Set(['MLKL']);
    for (const cpm of [0, 30]) {
      const found = deathModes(
        noTable,
        planted(1, (gene) => (gene === 'MLKL' ? cpm : 30)),
        { ...options, excluded },
      );
      expect(verdictOf(found, 'necroptosis', 'persister')).toBe('cannot tell');
      const steps = found.rows.find(({ axis }) => axis === 'necroptosis')?.steps ?? [];
      expect(steps.flatMap((step) => step.genes).find(({ gene }) => gene === 'MLKL')?.status).toBe('programme gene');
    }
  });

  it('reads tables of patients without cells, and no intensities', () => {
    const values = Float64Array.from(genes.flatMap((gene) => (gene === 'MLKL' ? [0, 0, 0] : [900, 900, 900])));
    values.set([2e7, 2e7, 2e7], (genes.length - 1) * 3);
    const table: ProgrammeInput = {
      counts: createExpressionMatrix(genes, ['A', 'B', 'C'], values),
      patient: ['Q1', 'Q2', 'Q3'],
      stage: ['residual', 'residual', 'residual'],
      treatment: ['x', 'x', 'x'],
      technology: ['bulk RNA-seq', 'bulk RNA-seq', 'microarray'],
    };
    const { rows } = deathModes(table, null, options);
    const necroptosis = rows.filter(({ axis }) => axis === 'necroptosis');
    expect(necroptosis.map(({ patient, verdict }) => [patient, verdict])).toEqual([
      ['Q1', 'blocked'],
      ['Q2', 'blocked'],
      ['Q3', 'cannot tell'],
    ]);
  });
});

describe('executorState', () => {
  const read = (count: number, library: number) =>
    executorState('G', { count, library, detected: null, nCells: null }, { expressedCpm: 2, countable: true });

  it('has the exact Poisson limits of R’s poisson.test', () => {
    // poisson.test(10, T = 1)$conf.int: 4.795389 18.39036; poisson.test(0): 0 3.688879
    expect(read(10, 1e6).low).toBeCloseTo(4.795389, 5);
    expect(read(10, 1e6).high).toBeCloseTo(18.39036, 4);
    expect(read(0, 1e6).high).toBeCloseTo(3.688879, 5);
  });

  it('needs counts to call a gene missing', () => {
    expect(read(0, 1e6).state).toBe('cannot tell');
    expect(read(0, 2e6).state).toBe('missing');
    expect(read(10, 1e6).state).toBe('expressed');
    expect(read(3, 1e6).state).toBe('cannot tell');
  });
});
