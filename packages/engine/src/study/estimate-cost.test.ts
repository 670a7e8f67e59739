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

const tableStudy = (paths: readonly string[]): Study => {
  const columns = ['sample', 'patient', 'stage', 'expression', 'column'];
  const rows = paths.map((path, i) => [`s${String(i)}`, 'P1', 'naive', path, 'x']);
  const sheet = { columns, rows, file: 'samples.csv', firstRow: 2 };
  return readStudy({ remnant: 1, samples: 'samples.csv' }, sheet, { file: 'study.yaml' });
};

describe('estimateCost', () => {
  it('adds the cells of all files to memory, of tables only the largest, and all of them to time', () => {
    const one = estimateCost(studyOf(['a.h5', 'b.h5']), { 'a.h5': { bytes: 100e6 } });
    const two = estimateCost(studyOf(['a.h5', 'b.h5']), { 'a.h5': { bytes: 100e6 }, 'b.h5': { bytes: 100e6 } });
    expect(two.bytes - one.bytes).toBe(2 * 150e6);
    expect(two.seconds - one.seconds).toBeCloseTo(202.5, 9);
    const tables = tableStudy(['a.csv', 'b.csv']);
    const single = estimateCost(tables, { 'a.csv': { bytes: 100e6 } });
    expect(estimateCost(tables, { 'a.csv': { bytes: 100e6 }, 'b.csv': { bytes: 100e6 } }).bytes).toBe(single.bytes);
  });

  it('follows its documented model', () => {
    const base = 150e6 + 20_000 * 1 * 8 * 10;
    const bytesOf = (study: Study, size: { bytes: number; decompressedBytes?: number }): number => {
      return estimateCost(study, { [study.samples[0]?.path ?? '']: size }).bytes - base;
    };
    expect(bytesOf(studyOf(['tenx']), { bytes: 1e6 })).toBe(2 * 4e6 * 0.35);
    expect(bytesOf(studyOf(['a.h5ad']), { bytes: 1e6 })).toBe(2 * 1.5e6);
    expect(bytesOf(studyOf(['a.csv']), { bytes: 1e6 })).toBe(2 * 0.3e6 + 0.3e6);
    expect(bytesOf(studyOf(['a.csv.gz']), { bytes: 1e6 })).toBe(7.2e6);
    expect(bytesOf(tableStudy(['a.csv.gz']), { bytes: 1e6 })).toBe(1e6 + 5 * 6e6);
    expect(bytesOf(tableStudy(['a.csv.gz']), { bytes: 1e6, decompressedBytes: 100e6 })).toBe(1e6 + 500e6);
  });

  it('counts a file of several samples once', () => {
    const columns = ['sample', 'patient', 'stage', 'counts', 'subset'];
    const rows = ['P1', 'P2', 'P3'].map((name) => [name, name, 'naive', 'all.h5ad', `patient=${name}`]);
    const sheet = { columns, rows, file: 'samples.csv', firstRow: 2 };
    const study = readStudy({ remnant: 1, samples: 'samples.csv' }, sheet, { file: 'study.yaml' });
    expect(estimateCost(study, { 'all.h5ad': { bytes: 1e8 } }).bytes).toBe(150e6 + 3 * 20_000 * 80 + 3e8);
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
