import { isRemnantError } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { parseStudyFile } from './parse-study-file.js';

const messageOf = (text: string): string => {
  try {
    parseStudyFile(text, 'study.yaml');
  } catch (error) {
    if (isRemnantError(error, 'format')) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parseStudyFile', () => {
  it('keeps numbers and truth values as they were written, except the version', () => {
    const text = 'remnant: 1\ntitle: 2024\nsamples:\n  - {sample: 001, patient: 1e3, stage: pre, replicate: true}\n';
    expect(parseStudyFile(text, 'study.yaml').document).toEqual({
      remnant: 1,
      title: '2024',
      samples: [{ sample: '001', patient: '1e3', stage: 'pre', replicate: 'true' }],
    });
  });

  it('reads JSON', () => {
    expect(parseStudyFile('{"remnant": 1, "samples": "s.csv"}', 'study.json').document).toEqual({
      remnant: 1,
      samples: 's.csv',
    });
  });

  it('knows the line of each key', () => {
    const { lineOf } = parseStudyFile(
      'remnant: 1\n\ncontrast:\n  from: a\nsamples:\n  - sample: x\n  - sample: y\n',
      'f',
    );
    expect(lineOf(['remnant'])).toBe(1);
    expect(lineOf(['contrast', 'from'])).toBe(4);
    expect(lineOf(['contrast', 'missing'])).toBe(3);
    expect(lineOf(['samples', 1])).toBe(7);
    expect(lineOf(['samples', 1, 'sample'])).toBe(7);
    expect(lineOf(['nothing'])).toBeNull();
    expect(lineOf([])).toBeNull();
  });

  it('says line and column of a YAML error', () => {
    const message = messageOf('remnant: 1\ntitle: TNBC: pilot\n');
    expect(message).toMatch(/^study\.yaml, row 2: This is not valid YAML \(line 2, column 8\): /);
    expect(message).toContain('put texts that hold ": ", "#" or brackets between quotes');
    expect(messageOf('remnant: 1\n\ttitle: x\n')).toContain('(line 2, column ');
    expect(messageOf('{"remnant": 1, ')).toContain('This is not valid YAML');
  });

  it('refuses a key given twice', () => {
    expect(messageOf('remnant: 1\nsamples: a.csv\nsamples: b.csv\n')).toBe(
      'study.yaml, row 3: The key samples is given twice (line 3, column 1). Keep one of them.',
    );
  });

  it('refuses several documents', () => {
    expect(messageOf('remnant: 1\n---\nremnant: 1\n')).toContain('A second document starts here (line 2');
  });

  it('lists several errors together', () => {
    expect(messageOf('a: 1\na: 2\nb: 1\nb: 2\n')).toMatch(
      /2 problems to correct\.\n {2}1\. study\.yaml, row 2.*\n {2}2\. study\.yaml, row 4/,
    );
  });

  it('refuses an alias bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${String(i)}: &a${String(i)} [${Array(10)
          .fill(`*a${String(i - 1)}`)
          .join(', ')}]`,
      );
    expect(messageOf(lines.join('\n'))).toContain('The aliases of this file cannot be resolved.');
  });

  it('passes on what is not keys and values, for the schema to refuse', () => {
    expect(parseStudyFile('hello', 'f').document).toBe('hello');
    expect(parseStudyFile('', 'f').document).toBeNull();
    expect(parseStudyFile('- 1', 'f').document).toEqual(['1']);
  });
});
