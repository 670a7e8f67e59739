import { memorySource } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../../tests/support/mixed-study.js';
import { numbersOf } from '../../../../tests/support/read-table.js';
import { checkStudy } from './check-study.js';
import { readEvidenceTable } from './read-evidence-table.js';
import { dataPath, studyFolder } from './study-paths.js';

const sheet = [
  'sample,patient,stage,treatment,expression,column',
  'a,P1,naive,none,data/counts.csv,a',
  'b,P1,persister,AC,data/counts.csv,b',
  'c,P2,untreated,none,data/absent.csv,c',
].join('\n');
const files = { 'lab/samples.csv': encode(`${sheet}\n`), 'lab/data/counts.csv': encode('gene,a,b\nTP53,1,2\n') };

describe('checkStudy', () => {
  it('reads the sheet, names what is missing and opens no data file', async () => {
    const source = memorySource(files);
    const opened: string[] = [];
    const watched = { ...source, read: (path: string) => (opened.push(path), source.read(path)) };
    const found = await checkStudy({ source: watched, studyPath: 'lab' });
    expect(found.missing).toEqual(['data/absent.csv']);
    expect(found.findings[0]).toMatchObject({ level: 'blocking', text: { en: 'data/absent.csv does not exist.' } });
    expect(found.readings.join('\n')).toMatch(/naive.*untreated/);
    expect(found.questions.length).toBeGreaterThan(5);
    expect(opened).toEqual(['lab/samples.csv']);
  });

  it('fails for a study that is not there', async () => {
    await expect(checkStudy({ source: memorySource(files), studyPath: 'nowhere' })).rejects.toMatchObject({
      code: 'format',
    });
  });
});

describe('paths of a study', () => {
  it('are relative to the folder of the study file, unless they are absolute', async () => {
    const source = memorySource(files);
    expect(await studyFolder(source, 'lab')).toBe('lab');
    expect(await studyFolder(source, 'lab/samples.csv')).toBe('lab');
    expect(await studyFolder(source, 'samples.csv')).toBe('');
    expect(dataPath('lab', '../other/x.csv')).toBe('other/x.csv');
    expect(dataPath('lab', './data\\x.csv')).toBe('lab/data/x.csv');
    expect(dataPath('lab', '/data/x.csv')).toBe('/data/x.csv');
    expect(dataPath('lab', 'C:\\data\\x.csv')).toBe('C:\\data\\x.csv');
  });
});

describe('readEvidenceTable', () => {
  const read = (text: string) => readEvidenceTable(memorySource({ 'e.csv': encode(text) }), 'e.csv');

  it('takes a column for numbers when every filled cell is one', async () => {
    const table = await read('gene,log2FoldChange,note\nA,1.5,x\nB,NA,\nC,-2,3\n');
    expect(table.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'gene text',
      'log2FoldChange number',
      'note text',
    ]);
    expect(numbersOf(table, 'log2FoldChange')).toEqual(Float64Array.of(1.5, NaN, -2));
    expect(table.columns[2]?.values).toEqual(['x', null, '3']);
  });

  it('refuses a table without rows and a file that is not there', async () => {
    await expect(read('gene,log2FoldChange\n')).rejects.toThrow(/e\.csv: This table has no rows/);
    await expect(readEvidenceTable(memorySource({}), 'e.csv')).rejects.toThrow(/e\.csv: This path does not exist/);
  });
});
