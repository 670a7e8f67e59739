import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkCounts } from './check-counts.js';
import { readExpressionTable, type ReadExpressionTableOptions } from './read-expression-table.js';

const read = (text: string, options?: ReadExpressionTableOptions): ReturnType<typeof readExpressionTable> =>
  readExpressionTable(new TextEncoder().encode(text), 'counts.csv', options);
const message = (text: string, options?: ReadExpressionTableOptions): string => {
  try {
    read(text, options);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('the gene column', () => {
  it.each([
    ['named, in front', 'Symbol,s1,s2\nTP53,1,2\n', 'name'],
    ['named, at the end', 's1,s2,"Symbol"\n1,2,"TP53"\n', 'name'],
    ['named, with numbers as names', 's1,gene_id,s2\n1,7157,2\n', 'name'],
    ['unnamed, as R writes it', 's1,s2\nTP53,1,2\n', 'first text column'],
    ['unnamed, as pandas writes it', ',s1,s2\nTP53,1,2\n', 'first text column'],
    ['named otherwise, in front', 'probe,s1,s2\nTP53,1,2\n', 'first text column'],
    ['the only text, in the middle', 's1,what,s2\n1,TP53,2\n', 'only text column'],
  ])('is found when %s', (_, text, rule) => {
    const table = read(text);
    expect(table.report.geneColumnRule).toBe(rule);
    expect(table.genes).toEqual([rule === 'name' && text.includes('7157') ? '7157' : 'TP53']);
    expect(table.samples).toEqual(['s1', 's2']);
    expect([...table.values]).toEqual([1, 2]);
  });

  it('is missed with the columns listed', () => {
    expect(message('a,b\n1,2\n')).toBe(
      'counts.csv, row 1: No column of gene names was found. Expected a column named Symbol, gene or gene_id, or one column of text. Found "a", "b".',
    );
  });
});

describe('readExpressionTable', () => {
  it('keeps the requested columns in their order and reports the rest', () => {
    const table = read('Symbol,chromosome,s1,s2,s3\nTP53,17,1,2,3\nMYC,8,4,5,6\n', { columns: ['s3', 's1'] });
    expect(table.samples).toEqual(['s3', 's1']);
    expect([...table.values]).toEqual([3, 1, 6, 4]);
    expect(table.report.columnsLeftOut).toEqual(['chromosome', 's2']);
  });

  it('leaves text columns out and drops rows that name no gene', () => {
    const table = read('Symbol\tdescription\ts1\nTP53\ttumour protein\t1\nNA\tnone\t5\n\tnone\t5\nMYC\tproto\t2\n');
    expect(table.genes).toEqual(['TP53', 'MYC']);
    expect(table.report).toMatchObject({ rowsWithoutGene: 2, columnsLeftOut: ['description'], delimiter: '\t' });
  });

  it('keeps repeated genes apart and quoted names as they are', () => {
    const table = read('gene,s1\n"A, B",1\n"A, B",2\n"say ""x""",3\n');
    expect(table.genes).toEqual(['A, B', 'A, B', 'say "x"']);
  });

  it('reads gzip and CRLF alike', () => {
    const text = 'Symbol,s1,s2\r\nTP53,1,2\r\nMYC,3,4\r\n';
    const plain = read(text);
    const packed = readExpressionTable(gzipSync(text), 'counts.csv');
    expect(packed.values).toEqual(plain.values);
    expect(packed.report.compressed).toBe(true);
  });

  it.each([
    ['1,0,20', 'counts', 'whole numbers from 0 to 20'],
    ['1.5,0,2000', 'intensity', 'fractional numbers from 0 to 2000'],
    ['1.5,0,12', 'log2', 'numbers from 0 to 12'],
    ['-1,0,2000', 'log2', 'numbers from -1 to 2000'],
  ])('takes %s for %s', (row, scale, reason) => {
    const table = read(`gene,a,b,c\nTP53,${row}\n`);
    expect(table.scale).toBe(scale);
    expect(table.report.scaleReason).toBe(reason);
  });

  it.each([
    [
      'a cell that is no number',
      'Symbol,s1,s2\nTP53,1,2\nMYC,3,oops\n',
      'counts.csv, row 3, column "s2": The value of gene "MYC" is not a number. Found "oops".',
    ],
    [
      'an empty cell',
      'Symbol,s1,s2\nTP53,1,\n',
      'counts.csv, row 2, column "s2": The value of gene "TP53" is missing. Found an empty cell.',
    ],
    [
      'NA',
      'Symbol,s1,s2\nTP53,NA,2\nMYC,1,2\n',
      'counts.csv, row 2, column "s1": The value of gene "TP53" is missing. Found "NA".',
    ],
    ['a decimal comma', 'Symbol;s1;s2\nTP53;1;2\nMYC;1,5;2\n', 'Save the table with decimal points'],
    [
      'a repeated column',
      'Symbol,s1,s1\nTP53,1,2\n',
      'counts.csv, row 1, column "s1": This column name is there more than once.',
    ],
    [
      'a ragged row',
      'Symbol,s1,s2\nTP53,1,2\nMYC,3\n',
      'counts.csv, row 3: This row does not have as many cells as the header. Expected 3 cells. Found 2.',
    ],
    ['a header alone', 'Symbol,s1\n', 'counts.csv: This table has a header and no rows.'],
    ['names alone', 'Symbol,what\nTP53,x\n', 'counts.csv, row 1: This table has no column of numbers.'],
    ['no gene at all', 'Symbol,s1\nNA,1\n', 'No row of this table names a gene.'],
    ['HTML', '<!DOCTYPE html><html></html>', 'a web page (HTML), not a table'],
  ])('names the place of %s', (_, text, expected) => {
    expect(message(text)).toContain(expected);
  });

  it('names a missing column and a close one', () => {
    expect(message('Symbol,HBCx10.AC1\nTP53,1\n', { columns: ['HBCx10-AC1'] })).toBe(
      'counts.csv, row 1: This table has no column "HBCx10-AC1". Expected one of "Symbol", "HBCx10.AC1". Did you mean "HBCx10.AC1"? R rewrites names with spaces and dashes.',
    );
  });

  it('ignores what is wrong in columns that are not requested', () => {
    expect([...read('Symbol,s1,s2\nTP53,1,NA\nMYC,2,3\n', { columns: ['s1'] }).values]).toEqual([1, 2]);
  });

  it('names row and byte of text that is not UTF-8', () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('Symbol,s1\nTP53,1\nM'),
      0xe9,
      ...new TextEncoder().encode(',2\n'),
    ]);
    expect(() => readExpressionTable(bytes, 'counts.csv')).toThrow(
      'counts.csv, row 3: This text is not UTF-8. Found byte 0xE9 as byte 2 of the row.',
    );
  });
});

describe('checkCounts', () => {
  it('names gene and sample of a negative and of a fractional count', () => {
    expect(message('Symbol,s1,s2\nTP53,1,2\nMYC,3,-4\n', { scale: 'counts' })).toBe(
      'counts.csv, column "s2": These are not raw counts: a value is negative. Expected whole numbers, zero or more. ' +
        'Found -4 for gene "MYC" in "s2". Give raw counts, or state the scale of the table as intensity or log2.',
    );
    expect(message('Symbol,s1,s2\nTP53,1.5,2\n', { scale: 'counts' })).toContain(
      'a value is fractional. Expected whole numbers, zero or more. Found 1.5 for gene "TP53" in "s1".',
    );
  });

  it('accepts counts', () => {
    expect(() => {
      checkCounts({ genes: ['A'], samples: ['s'], values: Float64Array.of(0) }, 'x');
    }).not.toThrow();
  });
});
