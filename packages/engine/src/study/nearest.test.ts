import { describe, expect, it } from 'vitest';
import { nearestWord, wordKey } from './nearest.js';

describe('wordKey', () => {
  it('keeps letters and digits only, without case or accents', () => {
    expect(wordKey('Drug-tolerant  persister')).toBe('drugtolerantpersister');
    expect(wordKey('Non traité')).toBe('nontraite');
    expect(wordKey('time_point')).toBe(wordKey('TimePoint'));
    expect(wordKey('?')).toBe('');
  });
});

describe('nearestWord', () => {
  it('suggests the nearest candidate', () => {
    expect(nearestWord('organisim', ['organism', 'host'])).toBe('organism');
    expect(nearestWord('contrats', ['contrast', 'samples'])).toBe('contrast');
    expect(nearestWord('dosage_response', ['doseResponse', 'timeKill'])).toBe('doseResponse');
  });

  it('counts a swap of neighbours as one edit', () => {
    expect(nearestWord('hsot', ['host', 'title'])).toBe('host');
  });

  it('suggests nothing when nothing is near', () => {
    expect(nearestWord('colour', ['organism', 'host'])).toBeNull();
    expect(nearestWord('sex', ['day', 'dose'])).toBeNull();
    expect(nearestWord('anything', [])).toBeNull();
  });
});
