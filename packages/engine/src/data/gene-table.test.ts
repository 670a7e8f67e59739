import { describe, expect, it } from 'vitest';
import { createGeneTable, currentSymbol, type GeneColumns, symbolOfEnsemblId } from './gene-table.js';

const columns: GeneColumns = {
  organism: 'human',
  source: 'test',
  symbols: ['TP53', 'MARCHF1', 'HGF', 'IL6', 'SEPTIN2', 'SEPTIN6', 'CD99', 'CD99'],
  ensemblIds: ['ENSG01', 'ENSG02', 'ENSG03', 'ENSG04', 'ENSG05', '', 'ENSG07', 'ENSG08'],
  chromosomes: ['17', '4', '7', '7', '2', '', 'X', 'Y'],
  starts: Uint32Array.of(7661779, 1, 2, 3, 4, 0, 5, 6),
  lengths: Uint32Array.of(25759, 1, 1, 1, 1, 0, 1, 1),
  synonyms: [['p53', 'LFS1'], ['MARCH1'], ['SF'], ['HGF', 'IL-6'], ['SEPT2'], ['SEPT2', 'SEP2'], ['MIC2'], ['MIC2']],
};

describe('createGeneTable', () => {
  const table = createGeneTable(columns);

  it('finds rows by symbol, id and previous name', () => {
    expect(table.rowBySymbol.get('TP53')).toBe(0);
    expect(table.rowByEnsemblId.get('ENSG04')).toBe(3);
    expect(table.rowBySynonym.get('p53')).toBe(0);
    expect(table.rowByEnsemblId.has('')).toBe(false);
  });

  it('takes the first row of a gene on X and Y', () => {
    expect(table.rowBySymbol.get('CD99')).toBe(6);
    expect(currentSymbol(table, 'MIC2')).toBe('CD99');
    expect(symbolOfEnsemblId(table, 'ENSG08')).toBe('CD99');
  });

  it('never resolves a name that several genes share or that is a current symbol', () => {
    expect(currentSymbol(table, 'SEPT2')).toBeNull();
    expect(currentSymbol(table, 'HGF')).toBe('HGF');
    expect(currentSymbol(table, 'SEP2')).toBe('SEPTIN6');
    expect(currentSymbol(table, 'none')).toBeNull();
  });

  it('survives a worker message', () => {
    expect(currentSymbol(structuredClone(table), 'MARCH1')).toBe('MARCHF1');
  });

  it('refuses columns of different lengths', () => {
    expect(() => createGeneTable({ ...columns, chromosomes: [] })).toThrow(
      'The columns of a gene table differ in length. Expected 8 genes. Found 0.',
    );
  });
});
