import { createTable, numberColumn, textColumn } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { formatCsv, parseCsv, type TableSchema } from './csv.js';

describe('formatCsv', () => {
  it('writes RFC 4180 with the shortest numbers', () => {
    const table = createTable('t', '', [
      textColumn('gene', '', ['CD44', 'a "b", c', null, '']),
      numberColumn('log fold change', '', [0.1, 1 / 3, NaN, -Infinity]),
    ]);
    expect(formatCsv(table)).toBe('gene,log fold change\nCD44,0.1\n"a ""b"", c",0.3333333333333333\n,\n"",-Inf\n');
  });
});

describe('parseCsv', () => {
  const schema: TableSchema = {
    name: 'calls',
    description: '',
    columns: [
      { name: 'gene', kind: 'text', description: '' },
      { name: 'p', kind: 'number', description: '' },
    ],
  };

  it('refuses other columns', () => {
    expect(() => parseCsv('gene,q\nA,1\n', schema)).toThrow(
      'calls.csv, row 1: The columns of this table are not the ones expected here. Expected "p". Found "q".',
    );
    expect(() => parseCsv('gene,p,q\nA,1,2\n', schema)).toThrow('Expected no further column. Found "q".');
  });

  it('names a cell that is no number', () => {
    expect(() => parseCsv('gene,p\nA,1\nB,x\n', schema)).toThrow(
      'calls.csv, row 3, column "p": This cell is not a number. Found "x".',
    );
  });
});
