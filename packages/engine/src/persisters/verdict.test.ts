import type { Estimate } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { patientVerdict, type VerdictEvidence } from './verdict.js';

const fraction = (value: number, high: number): Estimate => ({
  value,
  low: value / 2,
  high,
  level: 0.95,
  method: '',
  status: 'ok',
  reasons: [],
});

const present: VerdictEvidence = {
  fractionTo: fraction(0.7, 0.75),
  adjustedTo: fraction(0.69, 0.75),
  fractionFrom: fraction(0.01, 0.02),
  nCalledTo: 350,
  nCellsTo: 500,
  pNone: 1e-20,
  excess: 0.7,
  randomExcess: new Array<number>(20).fill(0.1),
  largestConfounder: 'dissociation',
  separation: 6,
  nullShift: 0.02,
};
const none: VerdictEvidence = {
  ...present,
  fractionTo: fraction(0, 0.01),
  adjustedTo: fraction(0, 0.01),
  nCalledTo: 0,
  pNone: 0.5,
  excess: 0,
};

describe('the verdict of one patient', () => {
  it('is present with cells beyond untreated ones and beyond random genes', () => {
    expect(patientVerdict(present)).toMatchObject({ verdict: 'present', explainedBy: null });
  });

  it('is none where presence is ruled out, and inconclusive where it is not', () => {
    expect(patientVerdict(none).verdict).toBe('none');
    expect(patientVerdict({ ...none, fractionTo: fraction(0, 0.2) }).verdict).toBe('inconclusive');
    expect(patientVerdict({ ...none, separation: 1.2 })).toMatchObject({ verdict: 'inconclusive' });
    expect(patientVerdict({ ...none, nullShift: 0.25 }).reasons[0]).toMatch(/^all cells under treatment are shifted/);
  });

  it('is inconclusive where a confounder explains the state, and names it', () => {
    expect(patientVerdict({ ...present, adjustedTo: fraction(0.1, 0.2) })).toMatchObject({
      verdict: 'inconclusive',
      explainedBy: 'dissociation',
    });
  });

  it('is inconclusive where untreated cells are in the state as often, or the states are too close', () => {
    expect(patientVerdict({ ...present, fractionFrom: fraction(0.6, 0.7) }).verdict).toBe('inconclusive');
    expect(patientVerdict({ ...present, separation: 1.5 }).verdict).toBe('inconclusive');
  });

  it('is inconclusive where random genes find as much', () => {
    expect(patientVerdict({ ...present, randomExcess: [...new Array<number>(19).fill(0), 0.8] }).verdict).toBe(
      'inconclusive',
    );
  });
});
