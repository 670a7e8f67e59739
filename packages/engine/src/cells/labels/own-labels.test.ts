import { describe, expect, it } from 'vitest';
import { readOwnLabel, readOwnLabels } from './own-labels.js';

describe('readOwnLabel', () => {
  it.each([
    'tumour',
    'Tumor cell',
    'MALIGNANT',
    'Cancer_3',
    'tumor-like',
    'Melanoma',
    'adenocarcinoma',
    'glioblastoma cells',
    'AML blasts',
  ])('reads %s as tumour', (label) => {
    expect(readOwnLabel(label)).toEqual({ call: 'tumour' });
  });

  it.each([
    'T cell',
    'fibroblast',
    'Myofibroblast',
    'non-malignant',
    'Normal epithelium',
    'Cancer-associated fibroblast',
    'tumour-infiltrating lymphocyte',
    'Osteoblast',
  ])('reads %s as normal', (label) => {
    expect(readOwnLabel(label)).toEqual({ call: 'normal', lineage: label });
  });

  it.each([null, '', ' ', 'NA', 'unknown', 'Doublet', '7', 'cluster 12'])('finds nothing in %s', (label) => {
    expect(readOwnLabel(label)).toBeNull();
  });
});

describe('readOwnLabels', () => {
  it('warns when no label reads as tumour', () => {
    expect(readOwnLabels(['T cell', null, 'B cell']).warnings).toHaveLength(1);
    expect(readOwnLabels(['T cell', null, 'tumour']).warnings).toEqual([]);
    expect(readOwnLabels([null, '3']).warnings).toEqual([]);
  });
});
