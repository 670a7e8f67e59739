import { describe, expect, it } from 'vitest';
import { lineagesFromTable } from './lineages-from-table.js';

const read = (
  columns: readonly string[],
  ...rows: readonly (readonly string[])[]
): ReturnType<typeof lineagesFromTable> => lineagesFromTable({ columns, rows }, { file: 'lineages.csv' });

describe('reading lineage barcodes', () => {
  it('reads cells, bulk libraries, and both in one table', () => {
    expect(read(['Sample', 'cell', 'barcode'], ['S1', 'AAAC-1', '0012'], ['S1', 'AAAG-1', ''])).toEqual([
      { sample: 'S1', cell: 'AAAC-1', barcode: '0012', count: 1 },
    ]);
    expect(read(['sample', 'barcode', 'count'], ['B1', 'ACGT', '120'], ['B1', 'AAAA', '0'])).toEqual([
      { sample: 'B1', cell: null, barcode: 'ACGT', count: 120 },
    ]);
    expect(read(['sample', 'cell', 'barcode', 'count'], ['S1', 'x', 'A', '3'], ['B1', '', 'A', '7'])).toHaveLength(2);
  });

  it('names file, row and column of what it cannot read', () => {
    expect(() => read(['sample', 'cell'], ['S1', 'x'])).toThrow(
      'lineages.csv, column "barcode": A column is missing. Expected the columns sample, cell and barcode for cells, or ' +
        'sample, barcode and count for bulk libraries. Found the columns "sample", "cell".',
    );
    expect(() => read(['sample', 'barcode'], ['S1', 'A'])).toThrow('column "cell": A column is missing.');
    expect(() => read(['sample', 'cell', 'barcode'], ['', 'x', 'A'])).toThrow(
      'lineages.csv, row 2, column "sample": A value is missing. Expected a sample. Found nothing.',
    );
    expect(() => read(['sample', 'barcode', 'count'], ['B1', 'A', '1'], ['B1', 'C', '1.5'])).toThrow(
      'lineages.csv, row 3, column "count": A count cannot be read. Expected a whole number, zero or more. Found "1.5".',
    );
    expect(() => read(['sample', 'barcode', 'count'], ['B1', '', '4'])).toThrow(
      'column "barcode": A value is missing.',
    );
    expect(() => read(['sample', 'cell', 'barcode'], ['S1', '', 'A'])).toThrow('column "cell": A value is missing.');
    expect(() => read(['sample', 'cell', 'barcode'], ['S1', 'x', 'A'], ['S1', 'x', 'A'])).toThrow(
      'lineages.csv, row 3, column "barcode": Barcode "A" is given twice for "x". Expected one row per barcode of a cell or ' +
        'library. Found it in row 2 too. Add the counts up, or remove the second row.',
    );
  });

  it('counts rows as the file does', () => {
    const table = { columns: ['sample', 'cell', 'barcode'], rows: [['', 'x', 'A']], rowNumbers: [7] };
    expect(() => lineagesFromTable(table, { file: 'l.tsv' })).toThrow('l.tsv, row 7, column "sample"');
  });
});
