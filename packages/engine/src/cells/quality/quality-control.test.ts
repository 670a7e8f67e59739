import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { AbortedError } from '../../core/errors.js';
import { createRng } from '../../core/rng.js';
import { selectRows } from '../../data/compact-counts.js';
import { csrFromRows, drawCounts, plantDroplets, randomProfile } from './planted-cells.test-helper.js';
import { qualityControl, type QualityControlOptions, type SampleBarcodes } from './quality-control.js';
import { qualityTasks } from './quality-tasks.js';

const context = inlineContext(qualityTasks);
const off: QualityControlOptions = {
  geneTable: null,
  species: null,
  emptyDroplets: null,
  limits: { preset: 'none' },
  findDoublets: null,
};

/** Cells whose counts and genes are exactly as asked: `mito` of the counts on one mitochondrial gene, the rest on the others. */
function handMade(cells: readonly { counts: number; genes: number; mito: number }[]): SampleBarcodes {
  const nGenes = 9001;
  const rows = cells.map(({ counts, genes, mito }) => {
    const row = new Float64Array(nGenes);
    const others = mito > 0 ? genes - 1 : genes;
    row[0] = mito;
    for (let g = 1; g <= others; g++) row[g] = 1;
    row[1] = counts - mito - others + 1;
    return row;
  });
  const genes = Array.from({ length: nGenes }, (_, g) => (g === 0 ? 'MT-ND1' : `G${String(g)}`));
  return { sample: 'hand-made', counts: csrFromRows(rows), genes };
}

describe('qualityControl', () => {
  it('counts exactly at the reference study’s limits', async () => {
    const sample = handMade([
      { counts: 2000, genes: 1990, mito: 5 },
      { counts: 2001, genes: 2001, mito: 0 },
      { counts: 2500, genes: 2000, mito: 5 },
      { counts: 2500, genes: 2001, mito: 5 },
      { counts: 100_000, genes: 5000, mito: 5 },
      { counts: 99_999, genes: 5000, mito: 5 },
      { counts: 20_000, genes: 9000, mito: 5 },
      { counts: 20_000, genes: 8999, mito: 5 },
      { counts: 20_000, genes: 5000, mito: 5000 },
      { counts: 20_000, genes: 5000, mito: 4999 },
    ]);
    const found = await qualityControl(sample, { ...off, limits: { preset: 'pdx' } }, context);
    expect(Array.from(found.cells)).toEqual([1, 3, 5, 7, 9]);
    const applied = found.rows.filter(({ status }) => status === 'applied');
    expect(applied.map(({ filter, before, removed, after }) => [filter, before, removed, after])).toEqual([
      ['total-counts', 10, 2, 8],
      ['detected-genes', 8, 2, 6],
      ['mitochondrial', 6, 1, 5],
    ]);
    expect(applied.map(({ low, high }) => [low, high])).toEqual([
      [2000, 100_000],
      [2000, 9000],
      [null, 0.25],
    ]);
    const reasons = Array.from(found.removedBy, (at) => (at < 0 ? '' : found.rows[at]!.filter));
    expect(reasons[0]).toBe('total-counts');
    expect(reasons[2]).toBe('detected-genes');
    expect(reasons[8]).toBe('mitochondrial');
    expect(found.counts.shape).toEqual([5, 9001]);
    expect(found.metrics.totalCounts[4]).toBe(100_000);
  });

  it('takes a raw xenograft to its tumour cells, in order', async () => {
    const { sample, kinds } = plantXenograft(1);
    const options: QualityControlOptions = {
      ...off,
      species: { tumour: 'human' },
      emptyDroplets: { iterations: 500, fdr: 0.01 },
      findDoublets: ({ counts, genes }) => {
        expect(genes[0]).toBe('G0');
        return Promise.resolve(Uint8Array.from({ length: counts.shape[0] }, (_, i) => (i < 3 ? 1 : 0)));
      },
    };
    const found = await qualityControl(sample, options, context);
    const removedBy = (kind: string): string[] =>
      kinds.flatMap((k, i) => (k === kind ? [found.rows[found.removedBy[i]!]?.filter ?? 'kept'] : []));
    expect(new Set(removedBy('host'))).toEqual(new Set(['tumour-species']));
    expect(removedBy('empty').filter((filter) => filter === 'empty-droplets').length / 1000).toBeGreaterThan(0.99);
    expect(removedBy('tumour').filter((filter) => filter === 'kept').length).toBeGreaterThan(85);
    expect(found.rows.at(-1)).toMatchObject({ filter: 'doublets', removed: 3, status: 'applied' });
    expect(found.genes.every((gene) => gene.startsWith('G'))).toBe(true);
    expect(found.counts.shape).toEqual([found.cells.length, found.genes.length]);
    let before = sample.counts.shape[0];
    for (const row of found.rows) {
      expect(row.before).toBe(before);
      expect(row.before - row.removed).toBe(row.after);
      before = row.after;
    }
    expect(found.species!.contamination!.soupFrom).toBe('empty droplets');
    expect(Math.abs(found.species!.contamination!.ambientFraction - 0.1)).toBeLessThan(0.03);
  });

  it('says where the cells went when none is left', async () => {
    const sample = handMade([{ counts: 600, genes: 300, mito: 0 }]);
    const found = await qualityControl(sample, { ...off, limits: { preset: 'pdx' } }, context);
    expect(found).toMatchObject({ status: 'nothing-left', ambient: null });
    expect(found.reasons[0]).toMatch(/no cell is left: total-counts \(> 2,000 .*\) removed the last 1/);
    const none = { sample: 'none', counts: csrFromRows([], 2), genes: ['A', 'B'] };
    const empty = await qualityControl(none, { ...off, emptyDroplets: {}, limits: {} }, context);
    expect(empty.reasons).toEqual(['the sample has no barcodes']);
  });

  it('keeps everything when nothing is asked, and says so', async () => {
    const sample = handMade([{ counts: 600, genes: 300, mito: 30 }]);
    const found = await qualityControl(sample, off, context);
    expect(found.counts).toBe(sample.counts);
    expect(found.rows.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'not-asked'));
  });

  it('has a row for what cannot be tested', async () => {
    const { counts } = handMade([{ counts: 6000, genes: 3000, mito: 0 }]);
    const genes = Array.from({ length: 9001 }, (_, g) => `G${String(g)}`);
    const options = { ...off, limits: { preset: 'pdx' as const }, findDoublets: () => Promise.resolve(null) };
    const found = await qualityControl({ sample: 'a', counts, genes }, options, context);
    expect(found.rows.slice(4)).toMatchObject([
      { filter: 'mitochondrial', status: 'not-testable', reasons: ['no mitochondrial gene among 9001 names'] },
      { filter: 'doublets', status: 'not-testable' },
    ]);
    expect(found.warnings.map(({ code }) => code)).toContain('no-mitochondrial-genes');
  });

  it('does not depend on the order of the cells', async () => {
    const { counts, genes } = plantDroplets({
      seed: 3,
      nGenes: 300,
      nEmpty: 800,
      nCells: [60, 60],
      ambient: 0.1,
      depth: 2000,
      markersPerKind: 20,
    });
    const options = { ...off, emptyDroplets: { iterations: 500, fdr: 0.01 }, limits: {} };
    const order = Uint32Array.from({ length: counts.shape[0] }, (_, i) => i).reverse();
    const first = await qualityControl({ sample: 'a', counts, genes }, options, context);
    const turned = await qualityControl({ sample: 'a', counts: selectRows(counts, order), genes }, options, context);
    expect(turned.rows).toEqual(first.rows);
    expect(Array.from(turned.cells, (cell) => order[cell]!).reverse()).toEqual(Array.from(first.cells));
  });

  it('refuses doublets that do not fit, and stops on request', async () => {
    const sample = handMade([{ counts: 600, genes: 300, mito: 30 }]);
    const findDoublets = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(7));
    await expect(qualityControl(sample, { ...off, findDoublets }, context)).rejects.toThrow(/Expected 1. Found 7/);
    const stopped = { ...context, signal: { aborted: true } as AbortSignal };
    await expect(qualityControl(sample, off, stopped)).rejects.toThrow(AbortedError);
  });
});

function plantXenograft(seed: number): { readonly sample: SampleBarcodes; readonly kinds: readonly string[] } {
  const rng = createRng(seed, 'xenograft');
  const n = 150;
  const zeros = new Float64Array(n);
  const [human, mouse] = [randomProfile(rng, n, 1), randomProfile(rng, n, 1)];
  const tumour = Float64Array.from([...human, ...zeros]);
  const host = Float64Array.from([...zeros, ...mouse]);
  const [humanSoup, mouseSoup] = [randomProfile(rng, n, 0.5), randomProfile(rng, n, 0.5)];
  const soup = Float64Array.from([...humanSoup.map((p) => 0.6 * p), ...mouseSoup.map((p) => 0.4 * p)]);
  const kinds = [
    ...Array<string>(1000).fill('empty'),
    ...Array<string>(90).fill('tumour'),
    ...Array<string>(60).fill('host'),
  ];
  const rows = kinds.map((kind) => {
    const depth = kind === 'empty' ? 20 + rng.integer(60) : 2500 * 2 ** (0.4 * rng.normal());
    const own = kind === 'empty' ? soup : kind === 'host' ? host : tumour;
    return drawCounts(
      rng,
      own.map((p, g) => depth * (0.9 * p + 0.1 * soup[g]!)),
    );
  });
  const genes = Array.from({ length: 2 * n }, (_, g) => (g < n ? `GRCh38_G${String(g)}` : `mm10___H${String(g)}`));
  return { sample: { sample: 'xenograft', counts: csrFromRows(rows), genes }, kinds };
}
