import { describe, expect, it } from 'vitest';
import { cloneTreatment, type TreatmentArm, treatmentArm, type TreatmentLibrary } from './clone-treatment.js';

const library = (
  passage: string,
  arm: TreatmentArm,
  cells: Readonly<Record<string, number>>,
  patient = 'P',
): TreatmentLibrary => ({
  library: `${patient}${passage}${arm}`,
  patient,
  passage,
  arm,
  cells: new Map(Object.entries(cells)),
});

const libraries = [
  library('X10', 'treated', { R: 90, A: 10 }),
  library('X10', 'untreated', { R: 10, A: 90 }),
  library('X8', 'treated', { R: 60, A: 40 }),
  library('X8', 'untreated', { R: 20, A: 80 }),
  library('X9', 'treated', { R: 70, A: 30 }),
  library('X9', 'untreated', { R: 10, A: 90 }),
  library('X9', 'withdrawn', { R: 40, A: 60 }),
  library('X11', 'treated', { R: 50, A: 50 }),
];

describe('clones under treatment', () => {
  it('reads arms of treatment histories', () => {
    expect(['UTTT', 'UTTU', 'UUU', 'U', 'T', 'UTX', ''].map(treatmentArm)).toEqual([
      'treated',
      'withdrawn',
      'untreated',
      'untreated',
      'treated',
      null,
      null,
    ]);
  });

  it('compares within passages and pairs them', () => {
    const { passages, tests, limits, shares } = cloneTreatment(libraries);
    const resistant = passages.filter(({ clone }) => clone === 'R');
    expect(resistant.map(({ passage }) => passage)).toEqual(['X8', 'X9', 'X10']);
    [0.4, 0.6, 0.8].forEach((value, i) => {
      expect(resistant[i]?.difference.value).toBeCloseTo(value, 12);
    });
    const test = tests.find(({ clone }) => clone === 'R');
    expect(test?.meanDifference.value).toBeCloseTo(0.6, 12);
    // R: t.test(c(0.4, 0.6, 0.8)): t = 5.196152, p = 0.03509, interval 0.1031724 to 1.0968276.
    expect(test?.pValue).toBeCloseTo(0.0350987, 6);
    expect(test?.meanDifference.low).toBeCloseTo(0.1031725, 6);
    expect([test?.nPassages, test?.nHigher]).toEqual([3, 3]);
    expect(test?.meanDifference.reasons).toEqual(['passages descend from one another: no independent replicates']);
    expect(limits[0]).toMatch(/^3 of 3 passages have one library in an arm/);
    expect(shares).toHaveLength(16);
  });

  it('takes withdrawal as control where asked, and does not test below three passages', () => {
    const { tests } = cloneTreatment(libraries, { control: 'withdrawn' });
    expect(tests[0]?.nPassages).toBe(1);
    expect(tests[0]?.meanDifference.status).toBe('not-identifiable');
    expect(tests[0]?.pValue).toBeNaN();
  });

  it('leaves out rare clones and keeps patients apart', () => {
    const rare = [library('X1', 'treated', { R: 50, z: 3 }, 'Q'), library('X1', 'untreated', { R: 50, z: 2 }, 'Q')];
    const { tests } = cloneTreatment([...libraries, ...rare]);
    expect(tests.map(({ patient, clone }) => `${patient} ${clone}`)).toEqual(['P A', 'P R', 'Q R']);
  });
});
