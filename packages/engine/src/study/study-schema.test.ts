import { describe, expect, it } from 'vitest';
import { isRemnantError } from '../core/errors.js';
import { readStudyDocument } from './study-schema.js';

const file = 'study.yaml';
const read = (document: unknown): unknown => readStudyDocument(document, { file });
const messageOf = (document: unknown, options: Parameters<typeof readStudyDocument>[1] = { file }): string => {
  try {
    readStudyDocument(document, options);
  } catch (error) {
    if (isRemnantError(error, 'format')) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('readStudyDocument', () => {
  it('takes every documented key', () => {
    const document = {
      remnant: 1,
      title: 'TNBC xenografts',
      organism: 'human',
      host: 'mouse',
      samples: 'samples.csv',
      resources: ['collectri'],
      assays: { lineages: 'barcodes.csv', followUp: 'cohort.csv' },
      contrast: { from: 'untreated', to: 'residual', back: 'relapse' },
      chromatin: 'peaks.csv',
      perturbation: 'gof.csv',
      stages: { day33: 'residual' },
    };
    expect(read(document)).toEqual(document);
  });

  it('takes samples as a list', () => {
    expect(read({ remnant: 1, samples: [{ sample: 'a', day: 3, dose: null }] })).toMatchObject({ remnant: 1 });
  });

  it('names the nearest key of an unknown one', () => {
    expect(messageOf({ remnant: 1, samples: 's.csv', organsim: 'human' })).toBe(
      'study.yaml: The key "organsim" is not known. Did you mean "organism"?',
    );
    expect(messageOf({ remnant: 1, samples: 's.csv', assays: { dose_respons: 'x.csv' } })).toBe(
      'study.yaml: The key "dose_respons" under "assays" is not known. Did you mean "doseResponse"?',
    );
    expect(messageOf({ remnant: 1, samples: 's.csv', contrast: { with: 'x' } })).toContain(
      'Known keys: from, to, back.',
    );
  });

  it('says what a value should be and what it is', () => {
    expect(messageOf({ remnant: 1, samples: 's.csv', organism: 'rat' })).toBe(
      'study.yaml: The value of "organism" cannot be used. Expected human or mouse. Found "rat".',
    );
    expect(messageOf({ remnant: 1, samples: 's.csv', resources: 'collectri' })).toBe(
      'study.yaml: The value of "resources" cannot be used. Expected a list. Found "collectri".',
    );
    expect(messageOf({ remnant: 1, samples: 3 })).toContain(
      'Expected the path of a sample sheet, or a list of samples',
    );
    expect(messageOf({ remnant: 1, samples: 's.csv', title: '  ' })).toContain('Expected a value. Found "  ".');
  });

  it('asks for the version and for samples', () => {
    const message = messageOf({});
    expect(message).toMatch(/^study\.yaml: 2 problems to correct\.\n {2}1\. /);
    expect(message).toContain(
      'The key "remnant" is missing. Expected 1. Found nothing. Put "remnant: 1" on the first line',
    );
    expect(message).toContain('The key "samples" is missing.');
    expect(messageOf({ remnant: 2, samples: 's.csv' })).toContain('Expected 1. Found 2.');
  });

  it('refuses what is not a study file', () => {
    expect(messageOf('hello')).toBe('study.yaml: This is not a study file. Expected keys and values. Found "hello".');
    expect(messageOf(null)).toContain('Found null.');
    expect(messageOf(undefined)).toContain('Found nothing.');
  });

  it('gives lines when it is told them', () => {
    const lineOf = (path: readonly PropertyKey[]): number | null => (path.at(-1) === 'organsim' ? 7 : null);
    expect(messageOf({ remnant: 1, samples: 's.csv', organsim: 'human' }, { file, lineOf })).toMatch(
      /^study\.yaml, row 7: /,
    );
  });
});
