import { expect, it } from 'vitest';
import { findStudyFile } from './dropped-files.js';

const among = (...paths: readonly string[]): string | null => findStudyFile(paths.map((path) => ({ path })));

it('takes the study file nearest to the top, by its usual name first', () => {
  expect(among('lab/old/study.yaml', 'lab/study.yaml', 'lab/config.yml', 'lab/samples.csv')).toBe('lab/study.yaml');
  expect(among('lab/breast.yml', 'lab/samples.csv')).toBe('lab/breast.yml');
  expect(among('counts.csv.gz', 'samples.tsv')).toBe('samples.tsv');
  expect(among('b/study.yaml', 'a/study.yaml')).toBe('a/study.yaml');
});

it('says when there is none', () => {
  expect(among('counts.csv', 'my_samples.csv')).toBeNull();
});
