import { createRng } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { geneSetEnrichment } from './gene-set-enrichment.js';
import { programmeTasks } from './tasks.js';

const context = inlineContext(programmeTasks);
const rng = createRng(3, 'gsea-test');
const genes = Array.from({ length: 400 }, (_, g) => `G${String(g)}`);
const statistic = Float64Array.from(genes, (_, g) => rng.normal() + (g < 30 ? 2 : 0));
const ranking = { genes, statistic };
const set = (name: string, members: readonly string[]) => ({ name, description: '', genes: members });
const randomSet = (size: number): string[] => {
  const pool = genes.slice();
  return Array.from({ length: size }, () => pool.splice(rng.integer(pool.length), 1)[0] as string);
};
const collection = {
  name: 'test',
  sets: [
    set('planted', genes.slice(0, 30)),
    set('half', genes.slice(20, 40)),
    ...Array.from({ length: 30 }, (_, i) => set(`random ${String(i)}`, randomSet(15 + i))),
    set('small', genes.slice(0, 3)),
    set('unknown genes', ['X1', 'X2']),
  ],
};
const options = { permutations: 1000 };

/** The running sum written out over every gene. */
function slowScore(members: readonly string[], exponent = 1): number {
  const order = genes.map((_, g) => g).sort((a, b) => (statistic[b] as number) - (statistic[a] as number));
  const inSet = new Set(members);
  const weight = (g: number): number => Math.abs(statistic[g] as number) ** exponent;
  const total = order.filter((g) => inSet.has(genes[g] as string)).reduce((sum, g) => sum + weight(g), 0);
  let [sum, extreme] = [0, 0];
  for (const g of order) {
    sum += inSet.has(genes[g] as string) ? weight(g) / total : -1 / (genes.length - inSet.size);
    if (Math.abs(sum) > Math.abs(extreme)) extreme = sum;
  }
  return extreme;
}

describe('gene-set enrichment', () => {
  it('equals the running sum written out, for either exponent', async () => {
    for (const exponent of [0, 1, 2]) {
      const found = await geneSetEnrichment(ranking, collection, { permutations: 1, exponent }, context);
      found.names.forEach((name, i) => {
        const members = collection.sets.find((s) => s.name === name)?.genes ?? [];
        expect(found.enrichmentScore[i]).toBeCloseTo(slowScore(members, exponent), 12);
      });
    }
  });

  it('finds the planted set and reads its leading edge', async () => {
    const found = await geneSetEnrichment(ranking, collection, options, context);
    expect(found.names[0]).toBe('planted');
    expect(found.pAdjusted[0]).toBeLessThan(0.05);
    expect(found.normalizedEnrichmentScore[0]).toBeGreaterThan(2);
    const edge = found.leadingEdge[0] ?? [];
    expect(edge.every((gene) => collection.sets[0]?.genes.includes(gene))).toBe(true);
    const values = edge.map((gene) => statistic[genes.indexOf(gene)] as number);
    expect(values).toEqual(values.slice().sort((a, b) => b - a));
    expect(found.untested).toEqual([
      { name: 'small', size: 3 },
      { name: 'unknown genes', size: 0 },
    ]);
  });

  it('mirrors when the ranking is turned round', async () => {
    const found = await geneSetEnrichment(ranking, collection, options, context);
    const turned = await geneSetEnrichment(
      { genes, statistic: statistic.map((t) => -t) },
      collection,
      options,
      context,
    );
    found.enrichmentScore.forEach((score, i) => {
      expect(turned.enrichmentScore[i]).toBeCloseTo(-score, 12);
    });
    expect(turned.leadingEdge[0]?.toReversed()).toEqual(found.leadingEdge[0]);
  });

  it('gives uniform P values to random sets', async () => {
    const sets = Array.from({ length: 300 }, (_, i) => set(`s${String(i)}`, randomSet(20)));
    const { pValue } = await geneSetEnrichment(ranking, { name: 'null', sets }, options, context);
    for (const at of [0.1, 0.5, 0.9]) {
      const share = pValue.filter((p) => p <= at).length / 300;
      expect(Math.abs(share - at)).toBeLessThan(4 * Math.sqrt((at * (1 - at)) / 300));
    }
  });

  it('never reports less than one over the draws of its sign, and draws more only where asked', async () => {
    const short = await geneSetEnrichment(ranking, collection, { permutations: 100 }, context);
    expect(short.pValue[0]).toBeGreaterThanOrEqual(1 / 101);
    expect(short.nExceeding[0]).toBe(0);
    const long = await geneSetEnrichment(
      ranking,
      collection,
      { permutations: 100, maximumPermutations: 10_000 },
      context,
    );
    expect(long.nPermutations[0]).toBe(10_000);
    expect(long.pValue[0]).toBeLessThan(short.pValue[0] as number);
    const settled = Array.from(long.nPermutations).filter((n) => n === 100);
    expect(settled.length).toBeGreaterThan(10);
  });

  it('does not depend on the order of the genes or of the other sets', async () => {
    const found = await geneSetEnrichment(ranking, collection, options, context);
    const order = genes.map((_, g) => g).reverse();
    const turned = await geneSetEnrichment(
      {
        genes: order.map((g) => genes[g] as string),
        statistic: Float64Array.from(order, (g) => statistic[g] as number),
      },
      { ...collection, sets: collection.sets.toReversed() },
      options,
      context,
    );
    expect(turned.pValue.slice().reverse()).toEqual(found.pValue);
  });

  it('breaks ties by name and says so', async () => {
    const flat = { genes: genes.toReversed(), statistic: new Float64Array(400).fill(1) };
    const found = await geneSetEnrichment(flat, collection, { permutations: 10 }, context);
    expect(found.warnings.map((w) => w.code)).toEqual(['gsea-ties']);
    const again = await geneSetEnrichment({ ...flat, genes }, collection, { permutations: 10 }, context);
    expect(again.enrichmentScore).toEqual(found.enrichmentScore);
  });

  it('leaves genes without a statistic out of the ranking', async () => {
    const missing = statistic.map((t, g) => (g % 2 === 0 ? t : NaN));
    const found = await geneSetEnrichment({ genes, statistic: missing }, collection, options, context);
    expect(found.nGenes).toBe(200);
    expect(found.sizes[0]).toBe(15);
  });

  it('refuses what it cannot use', async () => {
    const twice = { genes: ['a', 'a'], statistic: Float64Array.of(1, 2) };
    await expect(geneSetEnrichment(twice, collection, options, context)).rejects.toThrow('more than once');
    const uneven = { genes, statistic: statistic.slice(1) };
    await expect(geneSetEnrichment(uneven, collection, options, context)).rejects.toThrow('different lengths');
    await expect(geneSetEnrichment(ranking, collection, { permutations: 0 }, context)).rejects.toThrow('permutations');
    const shrinking = { permutations: 10, maximumPermutations: 5 };
    await expect(geneSetEnrichment(ranking, collection, shrinking, context)).rejects.toThrow('maximumPermutations');
    const sizes = { permutations: 10, minimumSize: 20, maximumSize: 10 };
    await expect(geneSetEnrichment(ranking, collection, sizes, context)).rejects.toThrow('minimumSize');
  });
});
