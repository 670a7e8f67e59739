import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { matchCellLabels, readCellLabels } from './read-cell-labels.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): ReturnType<typeof readCellLabels> => readCellLabels(bytesOf(text), 'labels.csv');

describe('readCellLabels', () => {
  it('gives, per sample, label by cell', () => {
    const text = 'note,Sample,Barcode,cell_type\nx,S1,AA-1,tumour\n,S1,AC-1,\n,S2,AA-1,"fibroblast, activated"\n';
    const expected = new Map([
      ['S1', new Map([['AA-1', 'tumour']])],
      ['S2', new Map([['AA-1', 'fibroblast, activated']])],
    ]);
    expect(read(text)).toEqual(expected);
    expect(readCellLabels(gzipSync(text), 'labels.csv.gz')).toEqual(expected);
  });

  it('takes the same label twice, not two labels', () => {
    expect(read('sample,cell,label\nS,A,x\nS,A,x\n').get('S')?.size).toBe(1);
    expect(() => read('sample,cell,label\nS,A,x\nS,A,y\n')).toThrow(
      'labels.csv, row 3: The cell "A" has two labels. Found "x" and "y". Keep one row per cell of a sample.',
    );
  });

  it('names what is missing', () => {
    expect(() => read('sampel,cell,label\nS,A,x\n')).toThrow(
      'labels.csv, column "sample": The table of cell labels has no column "sample". Expected the columns sample, cell and label. Found the columns "sampel", "cell", "label". Is it the column "sampel"? Rename it "sample".',
    );
    expect(() => read('sample,cell,label\nS,,x\n')).toThrow('labels.csv, row 2, column "cell": The cell is empty.');
  });
});

describe('matchCellLabels', () => {
  it('puts labels in the order of the cells, and counts those of no cell', () => {
    const labels = read('sample,cell,label\nS,A,x\nS,C,y\nS,Z,z\n');
    expect(matchCellLabels(labels, 'S', ['C', 'B', 'A'])).toEqual({
      labels: ['y', null, 'x'],
      nMatched: 2,
      nUnknown: 1,
    });
    expect(matchCellLabels(labels, 'other', ['A'])).toEqual({ labels: [null], nMatched: 0, nUnknown: 0 });
  });
});
