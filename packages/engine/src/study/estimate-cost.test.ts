import { describe, expect, it } from 'vitest';
import { estimateCost } from './estimate-cost.js';
import { readStudy } from './read-study.js';
import type { Study } from './types.js';

const studyOf = (paths: readonly string[]): Study => {
  const columns = ['sample', 'patient', 'stage', 'counts'];
  const rows = paths.map((path, i) => [`s${String(i)}`, 'P1', 'naive', path]);
  const sheet = { columns, rows, file: 'samples.csv', firstRow: 2 };
  return readStudy({ remnant: 1, samples: 'samples.csv' }, sheet, { file: 'study.yaml' });
};

describe('estimateCost', () => {
  it('adds the largest file, not all of them, to memory, and all of them to time', () => {
    const one = estimateCost(studyOf(['a.h5', 'b.h5']), { 'a.h5': { bytes: 100e6 } });
    const two = estimateCost(studyOf(['a.h5', 'b.h5']), { 'a.h5': { bytes: 100e6 }, 'b.h5': { bytes: 100e6 } });
    expect(two.bytes).toBe(one.bytes);
    expect(two.seconds - one.seconds).toBeCloseTo(1, 9);
  });

  it('follows its documented model', () => {
    const base = 150e6 + 20_000 * 1 * 8 * 10;
    const bytesOf = (path: string, size: { bytes: number; decompressedBytes?: number }): number => {
      return estimateCost(studyOf([path]), { [path]: size }).bytes - base;
    };
    expect(bytesOf('tenx', { bytes: 1e6 })).toBe(1e6 + 4e6 + 4.8e6);
    expect(bytesOf('a.h5ad', { bytes: 1e6 })).toBe(1e6 + 1e6 + 3e6);
    expect(bytesOf('a.csv', { bytes: 1e6 })).toBe(1e6 + 1e6 + 4e6);
    expect(bytesOf('a.csv.gz', { bytes: 1e6 })).toBe(1e6 + 6e6 + 24e6);
    expect(bytesOf('a.csv.gz', { bytes: 1e6, decompressedBytes: 100e6 })).toBe(1e6 + 100e6 + 400e6);
  });

  it('counts a table shared by many samples once', () => {
    const columns = ['sample', 'patient', 'stage', 'expression', 'column'];
    const rows = ['a', 'b', 'c'].map((name) => [name, 'P1', 'naive', 't.csv', name]);
    const sheet = { columns, rows, file: 'samples.csv', firstRow: 2 };
    const study = readStudy({ remnant: 1, samples: 'samples.csv' }, sheet, { file: 'study.yaml' });
    const { seconds, basis } = estimateCost(study, { 't.csv': { bytes: 50e6 } });
    expect(seconds).toBeCloseTo(5 + 1 + 3 * 20_000 * 1.5e-5, 9);
    expect(basis.en).toBe('Order of magnitude, from 50.0 MB of files and 3 samples, taking 20000 genes.');
    expect(basis.fr).toContain('50,0 Mo de fichiers et 3 échantillons');
  });

  it('copes with unknown sizes', () => {
    expect(estimateCost(studyOf(['a.h5']), {}).seconds).toBeCloseTo(5.3, 9);
  });
});
