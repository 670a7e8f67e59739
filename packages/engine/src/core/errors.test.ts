import { describe, expect, it } from 'vitest';
import { FormatError, fromWire, isRemnantError, OptionError, toWire } from './errors.js';

describe('errors', () => {
  it('puts place, expectation, finding and advice into the message', () => {
    const error = new FormatError('The stage is unknown.', {
      file: 'samples.csv',
      row: 4,
      column: 'stage',
      expected: 'untreated, residual or relapse',
      found: '"tretaed"',
      hint: 'Did you mean "treated"?',
    });
    expect(error.message).toBe(
      'samples.csv, row 4, column "stage": The stage is unknown. Expected untreated, residual or relapse. Found "tretaed". Did you mean "treated"?',
    );
  });

  it('is recognised by its brand, also without its prototype', () => {
    const copy: unknown = JSON.parse(JSON.stringify(new OptionError('no')));
    expect(isRemnantError(copy, 'option')).toBe(true);
    expect(isRemnantError(copy, 'format')).toBe(false);
    expect(isRemnantError(new TypeError('no'))).toBe(false);
    expect(isRemnantError(null)).toBe(false);
  });

  it('crosses a worker and comes back the same', () => {
    const error = new FormatError('Bad cell.', { file: 'a.csv', row: 2, column: 'b' });
    const back = fromWire(JSON.parse(JSON.stringify(toWire(error))) as ReturnType<typeof toWire>);
    expect(back.message).toBe(error.message);
    expect(back.code).toBe('format');
    expect(back.details).toEqual(error.details);
    expect(isRemnantError(back, 'format')).toBe(true);
  });

  it('turns a foreign error into an internal one', () => {
    expect(toWire(new RangeError('x'))).toMatchObject({ code: 'internal', message: 'x' });
    expect(toWire('text')).toMatchObject({ code: 'internal', message: 'text' });
  });
});
