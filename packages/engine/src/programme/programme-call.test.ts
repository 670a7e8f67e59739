import { describe, expect, it } from 'vitest';
import { callProgramme, type PatientScore, varianceInflation } from './programme-call.js';

const score = (patient: string, excess: number, se = 0.05, df = 10): PatientScore => ({
  patient,
  excess,
  replicateError: { standardError: se, df },
  geneError: 0.02,
  basis: 'own-replicates',
});
const others = [score('A', 1), score('B', 1.2), score('C', 0.9), score('D', 1.1)];
const callOf = (subject: PatientScore) => callProgramme([...others, subject]).at(-1);

describe('programme call', () => {
  it('is present above zero, none below a third of the others, else inconclusive', () => {
    expect(callOf(score('X', 0.8))?.call).toBe('present');
    expect(callOf(score('X', 0))?.call).toBe('none');
    expect(callOf(score('X', 0.1, 0.3))?.call).toBe('inconclusive');
    expect(callOf(score('X', 0))?.absenceBound).toBeCloseTo(1.05 / 3, 12);
  });

  it('calls a small but certain excess none, since it is shown to be small', () => {
    expect(callOf(score('X', 0.15, 0.02))?.call).toBe('none');
  });

  it('says when the programme moves the other way', () => {
    expect(callOf(score('X', -1))).toMatchObject({ call: 'none', reasons: ['the programme moves the other way'] });
  });

  it('takes the wider of replicate and gene error', () => {
    const wide = callOf({ ...score('X', 0.8), geneError: 0.6 });
    expect(wide?.call).toBe('inconclusive');
    expect(wide?.excess.method).toContain('random genes');
    const narrow = callOf({ ...score('X', 0.8, 0.6), geneError: 0.01 });
    expect(narrow?.call).toBe('inconclusive');
    expect(narrow?.excess.method).toContain('replicates of this patient');
  });

  it('uses genes alone, and says so, where nothing is replicated', () => {
    const alone = callOf({ ...score('X', 0.8), replicateError: null, basis: 'genes-only' });
    expect(alone).toMatchObject({ call: 'present', basis: 'genes-only' });
    expect(alone?.excess.high).toBeCloseTo(0.8 + 1.6448536269514722 * 0.02, 10);
  });

  it('never says none when the others show no programme, nor without a score', () => {
    const flat = [score('A', 0), score('B', -0.1), score('C', 0.05)];
    expect(callProgramme(flat).map((call) => call.call)).toEqual(['inconclusive', 'inconclusive', 'inconclusive']);
    expect(callOf(score('X', NaN))).toMatchObject({ call: 'inconclusive', excess: { status: 'not-identifiable' } });
    expect(callProgramme([score('A', 1), score('X', 0)])[1]?.absenceBound).toBeNull();
  });

  it('inflates the variance for correlated genes as camera does', () => {
    expect(varianceInflation(100, 100)).toBeCloseTo(1 + 99 * 0.01, 12);
    expect(varianceInflation(50, 0)).toBeCloseTo(1 + 49 * 0.01, 12);
    expect(varianceInflation(1, 1)).toBe(1);
  });
});
