import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTextTable } from './text-table.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const message = (content: Uint8Array): string => {
  try {
    readTextTable(content, 'sheet.csv');
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('readTextTable', () => {
  it('reads comma, tab and semicolon tables, LF and CRLF, with and without a last line end', () => {
    for (const delimiter of [',', '\t', ';'] as const) {
      for (const end of ['\n', '\r\n', '\r']) {
        const text = [
          ['sample', 'patient'],
          ['a', '1'],
          ['b', '2'],
        ]
          .map((row) => row.join(delimiter))
          .join(end);
        const table = readTextTable(bytes(text), 'x');
        expect(table.delimiter).toBe(delimiter);
        expect(table.columns).toEqual(['sample', 'patient']);
        expect(table.rows).toEqual([
          ['a', '1'],
          ['b', '2'],
        ]);
        expect(readTextTable(bytes(text + end), 'x').rows).toHaveLength(2);
      }
    }
  });

  it('reads RFC 4180 quotes: separators, quotes and line ends inside a cell', () => {
    const table = readTextTable(bytes('a,b\n"x, y","said ""no"""\n"two\nlines",z\n'), 'x');
    expect(table.rows).toEqual([
      ['x, y', 'said "no"'],
      ['two\nlines', 'z'],
    ]);
    expect(table.rowNumbers).toEqual([2, 3]);
  });

  it('takes the separator that cuts header and rows alike, not the most frequent character', () => {
    const table = readTextTable(bytes('name;note\na;one, two, three\nb;four, five\n'), 'x');
    expect(table.delimiter).toBe(';');
    expect(table.rows[0]).toEqual(['a', 'one, two, three']);
  });

  it('names the first column of a table written by R', () => {
    const table = readTextTable(bytes('s1\ts2\nTP53\t1\t2\n'), 'x');
    expect(table.columns).toEqual(['', 's1', 's2']);
  });

  it('strips a byte-order mark and skips blank lines, keeping row numbers', () => {
    const table = readTextTable(bytes('\uFEFFa,b\n\n1,2\n\n3,4\n\n'), 'x');
    expect(table.columns).toEqual(['a', 'b']);
    expect(table.rowNumbers).toEqual([3, 5]);
  });

  it('recognises gzip by its bytes', () => {
    const table = readTextTable(gzipSync('a,b\n1,2\n'), 'table.csv');
    expect(table.compressed).toBe(true);
    expect(table.rows).toEqual([['1', '2']]);
  });

  it('reads gzip files of several members whole', () => {
    const several = Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n'), gzipSync('5,6\n')]);
    expect(readTextTable(several, 'x').rows).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });

  it.each([
    ['truncated gzip', gzipSync('a,b\n'.repeat(500)).subarray(0, 30), 'truncated or damaged'],
    ['gzip with a wrong checksum', withByte(gzipSync('a,b\n1,2\n'), -6, 0), 'truncated or damaged'],
    [
      'HTML',
      bytes('\n<!DOCTYPE html><html><body>Sign in</body></html>'),
      'a web page (HTML), not a table. Found "<!DOCTYPE',
    ],
    ['gzipped HTML', gzipSync('<html><head></head></html>'), 'a web page (HTML)'],
    ['a zip archive', bytes('PK\u0003\u0004 stuff'), 'a zip archive, not a table. Unpack it'],
    [
      'an Excel workbook',
      bytes('PK\u0003\u0004....[Content_Types].xml'),
      'an Excel workbook, not a table. Open it and save',
    ],
    ['a PDF', bytes('%PDF-1.7'), 'a PDF document'],
    ['an HDF5 file', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a), 'an HDF5 file'],
    ['an R object', gzipSync(Uint8Array.of(0x58, 0x0a, 0, 0, 0, 3)), 'an R data file'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0x00), 'text in UTF-16'],
    ['UTF-16 without mark', Uint8Array.of(0x61, 0x00, 0x2c, 0x00), 'binary data or UTF-16'],
    ['nothing', new Uint8Array(0), 'sheet.csv: This file is empty'],
    ['blank lines only', bytes('\n\n'), 'sheet.csv: This file is empty'],
    ['an open quote', bytes('a,b\n"x,1\n'), 'row 2: A quoted cell is never closed'],
    ['text after a quote', bytes('a,b\n"x"y,1\n'), 'A quoted cell is followed by more text'],
  ])('says what is wrong with %s', (_, content, expected) => {
    expect(message(content)).toContain(expected);
  });

  it('names row, expected and found cells of a ragged row', () => {
    expect(message(bytes('a,b,c\n1,2,3\n1,2\n'))).toBe(
      'sheet.csv, row 3: This row does not have as many cells as the header. Expected 3 cells. Found 2. ' +
        'A cell that contains the separator must be quoted.',
    );
  });

  it('names row and byte of text that is not UTF-8', () => {
    const latin1 = Uint8Array.from([...bytes('a,b\n1,2\nx,'), 0xe9, ...bytes('t\n')]);
    expect(message(latin1)).toBe(
      'sheet.csv, row 3: This text is not UTF-8. Found byte 0xE9 as byte 3 of the row. ' +
        'It is probably Latin-1 or Windows-1252: save the file as CSV UTF-8.',
    );
  });
});

function withByte(content: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Uint8Array.from(content);
  changed[content.length + at] = value === changed[content.length + at] ? value + 1 : value;
  return changed;
}
