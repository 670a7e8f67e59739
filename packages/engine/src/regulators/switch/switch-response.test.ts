import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { type CellCounts, createCellCounts } from '../../cells/cell-counts.js';
import { exp, pow } from '../../core/pinned-math.js';
import { createRng, shuffleInPlace } from '../../core/rng.js';
import { randomPoisson } from '../../simulate/random-poisson.js';
import { prepareNetwork } from '../regulon-network.js';
import { hillFit } from './hill-fit.js';
import type { SwitchCells } from './switch-shape.js';
import { type PatientResponse, switchResponse } from './switch-response.js';
import { targetLevels } from './target-levels.js';

const context = inlineContext({});
const genes = Array.from({ length: 60 }, (_, g) => `G${String(g)}`);

/** One patient, half untreated: targets G0 … G19 follow the regulator, the programme follows it with a Hill coefficient. */
function plant(hill: number, { nCells = 1500 } = {}): { readonly counts: CellCounts; readonly cells: SwitchCells } {
  const rng = createRng(Math.round(hill * 10), 'response');
  const activity = new Float64Array(nCells);
  const indptr = new Uint32Array(nCells + 1);
  const indices: number[] = [];
  const data: number[] = [];
  for (let c = 0; c < nCells; c++) {
    const level = exp((c < nCells / 2 ? 0 : 1) + 0.5 * rng.normal());
    const power = pow(level / 2, hill);
    activity[c] = power / (1 + power) + 0.15 * rng.normal();
    genes.forEach((_, g) => {
      const k = randomPoisson(rng, g < 20 ? 3 * level : 20);
      if (k > 0) {
        indices.push(g);
        data.push(k);
      }
    });
    indptr[c + 1] = indices.length;
  }
  const samples = (['untreated', 'residual'] as const).map((stage) => ({
    sample: stage,
    patient: 'p',
    stage,
    treatment: 'drug',
    technology: '10x',
  }));
  const sampleOf = Uint32Array.from(activity, (_, c) => (c < nCells / 2 ? 0 : 1));
  const counts = createCellCounts({
    counts: {
      kind: 'csr',
      shape: [nCells, genes.length],
      indptr,
      indices: Uint32Array.from(indices),
      data: Float32Array.from(data),
    },
    genes,
    barcodes: Array.from(activity, (_, c) => String(c)),
    sampleOf,
    samples,
  });
  const cells: SwitchCells = {
    activity,
    standardError: new Float64Array(nCells).fill(0.1),
    sampleOf,
    samples,
    patients: [{ patient: 'p', varianceGrowth: 0, notTestable: null }],
    halved: null,
    doubletScore: null,
  };
  return { counts, cells };
}

const edges = genes.slice(0, 25).map((target, g) => ({ source: 'TF', target, weight: g < 20 ? 1 : -1 }));
const network = prepareNetwork(edges, genes);

function respond(hill: number, change: (cells: SwitchCells) => SwitchCells = (cells) => cells): PatientResponse {
  const planted = plant(hill);
  const { counts } = planted;
  const cells = change(planted.cells);
  const levels = targetLevels(
    counts,
    network,
    { regulators: ['TF'], programme: new Set(['G0']), untreated: 'untreated' },
    context,
  );
  expect(levels[0]?.nTargets).toBe(19);
  return switchResponse(cells, levels, { bootstraps: 60 }, context)[0] as PatientResponse;
}

describe('switchResponse', () => {
  it('calls a steep response ultrasensitive and a saturable one not steeper', () => {
    const steep = respond(5);
    expect(steep.verdict).toBe('ultrasensitive');
    expect(steep.hill).toBeGreaterThan(3);
    expect(steep.hillLow).toBeLessThan(5.5);
    expect(steep.halfLevel).toBeGreaterThan(1.6);
    expect(steep.halfLevel).toBeLessThan(2.4);
    expect(steep.residualRatio).toBeLessThan(1);
    expect(steep.bins).toHaveLength(15);
    const plain = respond(1);
    expect(plain.verdict).not.toBe('ultrasensitive');
    expect(plain.hill).toBeLessThan(2);
  });

  it('is not identifiable without targets or cells', () => {
    const { counts, cells } = plant(2, { nCells: 150 });
    const options = { regulators: ['TF', 'NONE'], programme: new Set<string>(), untreated: 'untreated' } as const;
    const found = switchResponse(cells, targetLevels(counts, network, options, context), {}, context);
    expect(found.map(({ reasons }) => reasons[0])).toEqual([
      'too few cells',
      'fewer than five activated targets outside the programme',
    ]);
    expect(found.every(({ verdict }) => verdict === 'cannot tell')).toBe(true);
  });

  it('does not call a programme that ignores the regulator steep, nor one that falls with it', () => {
    const dealt = (cells: SwitchCells, seed: number): SwitchCells => {
      const order = Array.from(cells.activity.keys());
      shuffleInPlace(order, createRng(seed, 'deal'));
      return { ...cells, activity: Float64Array.from(order, (c) => cells.activity[c]!) };
    };
    const verdicts = Array.from({ length: 20 }, (_, seed) => respond(5, (cells) => dealt(cells, seed)).verdict);
    expect(verdicts.filter((verdict) => verdict === 'ultrasensitive')).toEqual([]);
    const falling = respond(5, (cells) => ({ ...cells, activity: cells.activity.map((x) => -x) }));
    expect(falling).toMatchObject({ verdict: 'cannot tell' });
    expect(falling.reasons[0]).toContain('falls');
  });
});

it('hillFit recovers a curve without noise', () => {
  const level = Float64Array.from({ length: 20 }, (_, i) => 0.2 * (i + 1));
  const response = level.map((x) => 0.1 + (0.8 * pow(x, 3)) / (pow(x, 3) + 8));
  const fit = hillFit({ level, response, weight: new Float64Array(20).fill(1) });
  expect(fit.hill).toBeCloseTo(3, 2);
  expect(fit.halfLevel).toBeCloseTo(2, 2);
  expect(fit.low).toBeCloseTo(0.1, 3);
});
