import { describe, expect, it } from 'vitest';
import { createGeneTable } from './gene-table.js';
import { reconcileGenes } from './reconcile-genes.js';

const symbols = ['TP53', 'MARCHF1', 'HGF', 'IL6', 'SEPTIN2', 'SEPTIN6', 'DYNC2I2', 'CD44', 'FOSL1', 'MYC'];
const synonyms: Readonly<Record<string, string[]>> = {
  MARCHF1: ['MARCH1'],
  IL6: ['HGF', 'IFNB2'],
  SEPTIN2: ['SEPT2'],
  SEPTIN6: ['SEPT2'],
  DYNC2I2: ['WDR34', 'bA216B9.3'],
};
const human = createGeneTable({
  organism: 'human',
  source: 'test',
  symbols,
  ensemblIds: symbols.map((_, i) => `ENSG0000000000${String(i)}`),
  chromosomes: symbols.map(() => '1'),
  starts: new Uint32Array(symbols.length),
  lengths: new Uint32Array(symbols.length),
  synonyms: symbols.map((symbol) => synonyms[symbol] ?? []),
});
const mouse = createGeneTable({
  ...human,
  organism: 'mouse',
  symbols: symbols.map((s) => s[0]! + s.slice(1).toLowerCase()),
});

const reconcile = (...lists: readonly (readonly string[])[]): ReturnType<typeof reconcileGenes> =>
  reconcileGenes(
    lists.map((genes, i) => ({ label: `file ${String(i + 1)}`, genes })),
    human,
    { organism: 'human' },
  );

describe('one input', () => {
  it('keeps every symbol as the user wrote it', () => {
    const genes = ['MARCH1', 'WDR34', 'unknown', 'CD44'];
    const result = reconcile(genes);
    expect(result.genes).toEqual(genes);
    expect([...result.mappings[0]!]).toEqual([0, 1, 2, 3]);
    expect(result.report[0]).toMatchObject({ renamed: [], nLost: 0, fractionKnown: 0.75 });
  });

  it('turns Ensembl ids into symbols and keeps the ones it does not know', () => {
    const result = reconcile(['ENSG00000000007.12', 'ENSG00000000000', 'ENSG00000999999.1']);
    expect(result.genes).toEqual(['CD44', 'TP53', 'ENSG00000999999']);
    expect(result.report[0]).toMatchObject({ nIdsToSymbols: 2, nIdsKept: 1 });
  });

  it('maps repeated genes to one row and reports them', () => {
    const result = reconcile(['CD44', 'MYC', 'CD44', 'ENSG00000000007']);
    expect(result.genes).toEqual(['CD44', 'MYC']);
    expect([...result.mappings[0]!]).toEqual([0, 1, 0, 0]);
    expect(result.report[0]).toMatchObject({ nRowsSummed: 2, summedGenes: ['CD44'] });
  });
});

describe('several inputs', () => {
  it('keeps the intersection in the order of the first and reports what was lost', () => {
    const result = reconcile(['MYC', 'CD44', 'TP53'], ['TP53', 'FOSL1', 'MYC']);
    expect(result.genes).toEqual(['MYC', 'TP53']);
    expect(result.mappings.map((mapping) => [...mapping])).toEqual([
      [0, -1, 1],
      [1, -1, 0],
    ]);
    expect(result.report.map(({ nLost, lostGenes }) => [nLost, lostGenes])).toEqual([
      [1, ['CD44']],
      [1, ['FOSL1']],
    ]);
  });

  it('renames a previous symbol only where that makes the gene match', () => {
    const result = reconcile(['MARCH1', 'WDR34', 'CD44'], ['MARCHF1', 'WDR34', 'CD44']);
    expect(result.genes).toEqual(['MARCHF1', 'WDR34', 'CD44']);
    expect(result.report.map((report) => report.renamed)).toEqual([[{ from: 'MARCH1', to: 'MARCHF1' }], []]);
  });

  it('matches two different previous symbols of one gene', () => {
    expect(reconcile(['WDR34'], ['bA216B9.3']).genes).toEqual(['DYNC2I2']);
  });

  it('never renames an ambiguous name or the current symbol of another gene', () => {
    expect(reconcile(['SEPT2', 'CD44'], ['SEPTIN2', 'CD44']).genes).toEqual(['CD44']);
    expect(reconcile(['HGF', 'CD44'], ['IL6', 'CD44']).genes).toEqual(['CD44']);
  });

  it('does not merge a previous symbol into a gene that the same input lists on its own', () => {
    const result = reconcile(['WDR34', 'DYNC2I2'], ['DYNC2I2']);
    expect([...result.mappings[0]!]).toEqual([-1, 0]);
  });

  it('matches ids of one input with symbols of another', () => {
    expect(reconcile(['ENSG00000000008', 'ENSG00000000001'], ['FOSL1', 'MARCH1']).genes).toEqual(['FOSL1', 'MARCHF1']);
  });

  it('fails when nothing is shared, with examples', () => {
    expect(() => reconcile(['7157', '4609'], ['TP53', 'MYC'])).toThrow(
      'No gene is common to all inputs. Expected gene symbols or Ensembl ids of one species in every input. Found file 1: 7157, 4609; file 2: TP53, MYC.',
    );
  });
});

describe('names that are not genes of the species', () => {
  it('leaves dates out and reports them', () => {
    const genes = ['1-Mar', '37316', ...symbols];
    const result = reconcile(genes);
    expect(result.genes).toEqual(symbols);
    expect(result.report[0]!.excelDates).toEqual(['1-Mar', '37316']);
  });

  it('takes five-digit names for Entrez ids where nearly all names are numbers', () => {
    const genes = ['37316', '7157', '4609', '960'];
    expect(reconcile(genes).genes).toEqual(genes);
  });

  it('leaves the genes of the other genome of a mixed reference out', () => {
    const result = reconcile(['GRCh38_CD44', 'GRCh38_MYC', 'mm10___Cd44', 'mm10___Myc', 'ENSMUSG00000000001']);
    expect(result.genes).toEqual(['CD44', 'MYC']);
    expect(result.report[0]).toMatchObject({ nOtherSpecies: 3 });
  });

  it('refuses genes of the wrong species, naming the shares', () => {
    const genes = ['Trp53', 'Cd44', 'Fosl1', 'Myc'];
    expect(() => reconcile(genes)).toThrow(
      'file 1: These genes are written like mouse genes, but the study says human. Expected human symbols or Ensembl ids (CD44, ENSG…). ' +
        'Found 100 % of the names written like mouse genes, such as "Trp53", and 0 % like human genes. ' +
        'Correct "organism" in the study, or give this sample\'s counts on the right genome.',
    );
    expect(() => reconcile(['ENSMUSG00000000001', 'ENSMUSG00000000002'])).toThrow('written like mouse genes');
    expect(() => reconcileGenes([{ label: 'x', genes: symbols }], mouse, { organism: 'mouse' })).toThrow(
      'written like human genes, but the study says mouse',
    );
  });

  it('accepts made-up names', () => {
    expect(reconcile(['gene-1', 'gene-2']).genes).toEqual(['gene-1', 'gene-2']);
  });
});
