import { currentSymbol, symbolOfEnsemblId } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { loadGeneTable } from './load-gene-table.js';

describe('loadGeneTable', () => {
  it('holds the human genes of Ensembl, with places and former names', async () => {
    const table = await loadGeneTable('human');
    expect(table.source).toMatch(/^Ensembl \d+ \(GRCh38\), through ideogram/);
    expect(table.symbols.length).toBeGreaterThan(30_000);
    const row = table.rowBySymbol.get('TP53')!;
    expect([table.ensemblIds[row], table.chromosomes[row], table.starts[row], table.lengths[row]]).toEqual([
      'ENSG00000141510',
      '17',
      7661779,
      25759,
    ]);
    expect(currentSymbol(table, 'MARCH1')).toBe('MARCHF1');
    expect(currentSymbol(table, 'HIST1H4C')).toBe('H4C3');
    expect(symbolOfEnsemblId(table, 'ENSG00000175592')).toBe('FOSL1');
  });

  it('holds the mouse genes', async () => {
    const table = await loadGeneTable('mouse');
    expect(symbolOfEnsemblId(table, 'ENSMUSG00000059552')).toBe('Trp53');
    expect(currentSymbol(table, 'p53')).toBe('Trp53');
  });

  it('is decoded once', () => {
    expect(loadGeneTable('human')).toBe(loadGeneTable('human'));
  });
});
