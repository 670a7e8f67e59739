import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGeneTable } from './gene-table.js';
import { reconcileGenes } from './reconcile-genes.js';

const symbols = Array.from({ length: 12 }, (_, i) => `GENE${String(i)}`);
const table = createGeneTable({
  organism: 'human',
  source: 'test',
  symbols,
  ensemblIds: symbols.map((_, i) => `ENSG${String(i).padStart(11, '0')}`),
  chromosomes: symbols.map(() => '1'),
  starts: new Uint32Array(12),
  lengths: new Uint32Array(12),
  synonyms: symbols.map((_, i) => [`OLD${String(i)}`, `SHARED${String(i >> 1)}`]),
});
const name = fc
  .nat({ max: 11 })
  .chain((i) =>
    fc.constantFrom(
      `GENE${String(i)}`,
      `OLD${String(i)}`,
      `SHARED${String(i >> 1)}`,
      `ENSG${String(i).padStart(11, '0')}`,
    ),
  );
const lists = fc.array(
  fc.array(name, { minLength: 1, maxLength: 20 }).map((genes) => ['ANCHOR', ...genes]),
  { minLength: 1, maxLength: 4 },
);

const reconcile = (genes: readonly (readonly string[])[]): ReturnType<typeof reconcileGenes> =>
  reconcileGenes(
    genes.map((list, i) => ({ label: String(i), genes: list })),
    table,
    { organism: 'human' },
  );

it('gives every input every gene, and no row to two genes', () => {
  fc.assert(
    fc.property(lists, (genes) => {
      const result = reconcile(genes);
      expect(new Set(result.genes).size).toBe(result.genes.length);
      result.mappings.forEach((mapping, t) => {
        expect(mapping).toHaveLength(genes[t]!.length);
        expect(new Set(mapping.filter((row) => row >= 0)).size).toBe(result.genes.length);
      });
    }),
  );
});

it('finds the same genes in whatever order the inputs and their rows come', () => {
  fc.assert(
    fc.property(lists, (genes) => {
      const forward = new Set(reconcile(genes).genes);
      const backward = new Set(reconcile([...genes].reverse().map((list) => [...list].reverse())).genes);
      expect(backward).toEqual(forward);
    }),
  );
});

it('loses no gene that all inputs write alike', () => {
  fc.assert(
    fc.property(lists, (genes) => {
      const asWritten = genes[0]!.filter(
        (gene) => !gene.startsWith('ENSG') && genes.every((list) => list.includes(gene)),
      );
      expect(reconcile(genes).genes).toEqual(expect.arrayContaining(asWritten));
    }),
  );
});
