import { describe, expect, it } from 'vitest';
import { OptionError } from '../core/errors.js';
import { resolveRunOptions } from './options.js';

describe('resolveRunOptions', () => {
  it('fills in every default', () => {
    expect(resolveRunOptions()).toEqual({
      seed: 1,
      regulators: ['FOSL1'],
      markers: ['CD44'],
      pAdjustedMax: 1e-4,
      logFoldChangeMin: 0.5,
      fdr: 0.05,
      signatureSize: 100,
      permutations: 1000,
      bootstraps: 2000,
      minimumRegulonSize: 5,
      variableGenes: 500,
      components: 6,
      reversalMargin: 0.2,
      cellBlocks: 20,
      quality: 'mad',
      minimumCounts: null,
      maximumCounts: null,
      minimumDetectedGenes: null,
      maximumDetectedGenes: null,
      maximumMitochondrial: null,
      tumourSpecies: 75,
      skipDoublets: false,
      tumourLineage: 'epithelial',
      skipEmbedding: false,
      embeddingCells: 100_000,
      skipMetaProgrammes: false,
      nmfReplicates: 10,
      skipCopyNumber: false,
      copyNumberReference: 'auto',
      barcodeErrors: 'keep',
      skipUnreadable: false,
      memoryGib: 4,
    });
    expect(resolveRunOptions({ seed: 7, markers: [] })).toEqual({ ...resolveRunOptions(), seed: 7, markers: [] });
  });

  it('names a key that it does not know', () => {
    expect(() => resolveRunOptions({ permutation: 10 })).toThrow(OptionError);
    expect(() => resolveRunOptions({ permutation: 10 })).toThrow(/permutation/);
  });

  it.each([
    ['seed', [-1, 1.5, 2 ** 32, '1', NaN]],
    ['regulators', [[''], 'FOSL1', [1]]],
    ['markers', [['']]],
    ['pAdjustedMax', [0, 1.1, NaN]],
    ['quality', ['good', '']],
    ['minimumCounts', [0, 1.5]],
    ['maximumMitochondrial', [0, 101]],
    ['tumourSpecies', [0, 100]],
    ['embeddingCells', [99, 150_001]],
    ['logFoldChangeMin', [-0.1, NaN, Infinity]],
    ['fdr', [0, 1]],
    ['signatureSize', [4, 2001, 10.5]],
    ['permutations', [99, 1e7]],
    ['bootstraps', [99, 1e7]],
    ['minimumRegulonSize', [1]],
    ['variableGenes', [9]],
    ['components', [1, 51]],
    ['reversalMargin', [0, 1]],
    ['cellBlocks', [4, 201]],
    ['skipUnreadable', ['yes']],
    ['memoryGib', [0, NaN]],
  ] as const)('refuses %s out of its range, by name', (name, values) => {
    for (const value of values) {
      expect(() => resolveRunOptions({ [name]: value }), String(value)).toThrow(OptionError);
      expect(() => resolveRunOptions({ [name]: value }), String(value)).toThrow(new RegExp(`Option ${name}`));
    }
  });

  it('takes the ends of a range that belong to it', () => {
    for (const options of [{ seed: 0 }, { seed: 0xffffffff }, { pAdjustedMax: 1 }, { logFoldChangeMin: 0 }]) {
      expect(resolveRunOptions(options)).toMatchObject(options);
    }
  });
});
