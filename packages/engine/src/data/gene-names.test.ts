import { describe, expect, it } from 'vitest';
import { excelFamily, isExcelSerial, readGeneName } from './gene-names.js';

describe('readGeneName', () => {
  it.each([
    ['TP53', 'TP53', 'symbol', 'human', false],
    [' HLA-DRA ', 'HLA-DRA', 'symbol', 'human', false],
    ['C1orf112', 'C1orf112', 'symbol', 'human', false],
    ['Trp53', 'Trp53', 'symbol', 'mouse', false],
    ['mt-Co1', 'mt-Co1', 'symbol', 'mouse', false],
    ['4930444G20Rik', '4930444G20Rik', 'symbol', 'mouse', false],
    ['ENSG00000141510.17', 'ENSG00000141510', 'ensembl', 'human', false],
    ['ENSG00000002586.20_PAR_Y', 'ENSG00000002586', 'ensembl', 'human', false],
    ['ENSMUSG00000059552', 'ENSMUSG00000059552', 'ensembl', 'mouse', false],
    ['GRCh38_TP53', 'TP53', 'symbol', 'human', true],
    ['hg19_TP53', 'TP53', 'symbol', 'human', true],
    ['mm10___Trp53', 'Trp53', 'symbol', 'mouse', true],
    ['mm10_ENSMUSG00000059552', 'ENSMUSG00000059552', 'ensembl', 'mouse', true],
    ['1-Mar', '1-Mar', 'excel-date', null, false],
    ['Sep-02', 'Sep-02', 'excel-date', null, false],
    ['2-SEP', '2-SEP', 'excel-date', null, false],
    ['7SK', '7SK', 'symbol', null, false],
    ['7157', '7157', 'symbol', null, false],
  ] as const)('takes %j apart', (written, name, kind, organism, prefixed) => {
    expect(readGeneName(written)).toEqual({ name, kind, organism, prefixed });
  });
});

it('knows the day numbers that symbols become, and their family', () => {
  expect(isExcelSerial('37316')).toBe(true);
  expect(isExcelSerial('7157')).toBe(false);
  expect(isExcelSerial('100130')).toBe(false);
  expect(excelFamily('37316')).toContain('MARCH');
  expect(excelFamily('37500')).toContain('SEPT');
  expect(excelFamily('40422')).toContain('SEPT');
  expect(excelFamily('37591')).toContain('DEC1');
  expect(excelFamily('1-Mar')).toContain('MARCH');
  expect(excelFamily('37420')).toBe('');
});
