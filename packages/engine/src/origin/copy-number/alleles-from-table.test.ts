import { describe, expect, it } from 'vitest';
import { allelesFromTable, allelesOfCells } from './alleles-from-table.js';

const columns = ['sample', 'cell', 'snp_id', 'CHROM', 'POS', 'AD', 'DP', 'GT', 'gene'];
const rows = [
  ['S1', 'A', '5_100', '5', '100', '1', '3', '1|0', 'G1'],
  ['S1', 'B', '5_100', 'chr5', '100', '0', '2', '1|0', 'G1'],
  ['S1', 'B', '8_9e7', '8', '90000000', '2', '2', '1/1', ''],
  ['S1', 'B', 'x', 'GL000', '7', '1', '1', '', ''],
  ['S1', 'B', 'y', '5', '200', '0', '0', '', ''],
];
const read = (changed: readonly (readonly string[])[] = rows) =>
  allelesFromTable({ columns, rows: changed }, { file: 'alleles.csv', samples: new Set(['S1']) });

describe('allelesFromTable', () => {
  it('reads numbat’s columns; one site for one position, no rows without reads or off the chromosomes', () => {
    const found = read();
    expect(found.sites).toEqual([
      { chromosome: '5', position: 100, arm: 'p', gene: 'G1', genotype: '1|0' },
      { chromosome: '8', position: 90_000_000, arm: 'q', gene: null, genotype: null },
    ]);
    expect(found.cell).toEqual(['A', 'B', 'B']);
    expect([...found.site]).toEqual([0, 0, 1]);
    expect([found.alternative, found.total].map((values) => Array.from(values as Uint32Array))).toEqual([
      [1, 0, 2],
      [3, 2, 2],
    ]);
  });

  it('keeps the cells that are known, by sample and name', () => {
    const found = allelesOfCells(read(), (sample, cell) => (sample === 'S1' && cell === 'B' ? 7 : undefined));
    expect([...found.cell]).toEqual([7, 7]);
    expect([...found.site]).toEqual([0, 1]);
  });

  it('names file, row and column of what cannot be read', () => {
    const broken = (column: number, value: string) => () => read([rows[0]!.with(column, value)]);
    expect(broken(5, '4')).toThrow(/alleles\.csv, row 2, column "alternative".*more reads.*Found 4/);
    expect(broken(6, 'many')).toThrow(/row 2, column "total".*"many"/);
    expect(broken(0, 'S9')).toThrow(/row 2, column "sample".*"S9"/);
    expect(() => allelesFromTable({ columns: ['sample', 'cell'], rows: [] }, { file: 'a.csv' })).toThrow(
      /column "chromosome": A column is missing/,
    );
  });
});
