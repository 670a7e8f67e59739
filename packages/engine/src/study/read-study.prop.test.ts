import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examineDesign } from './design.js';
import { readStudy } from './read-study.js';
import type { Study } from './types.js';

const columns = ['sample', 'patient', 'stage', 'treatment', 'technology', 'batch', 'expression', 'column'];
const row = fc.record({
  patient: fc.constantFrom('P1', 'P2', 'P3', 'P4'),
  stage: fc.constantFrom('untreated', 'naive', 'persister', 'MRD', 'relapse', 'rechute'),
  treatment: fc.constantFrom('', 'AC', 'ac', 'Cisplatin', 'cisplatin', 'vehicle'),
  technology: fc.constantFrom('', '10x', 'array', 'Array'),
  batch: fc.constantFrom('', 'B1', 'B2'),
  path: fc.constantFrom('a.csv', 'b.csv'),
});
const sheets = fc
  .array(row, { minLength: 1, maxLength: 25 })
  .map((rows) =>
    rows.map((r, i) => [
      `s${String(i)}`,
      r.patient,
      r.stage,
      r.treatment,
      r.technology,
      r.batch,
      r.path,
      `c${String(i)}`,
    ]),
  );
const read = (rows: readonly (readonly string[])[]): Study => {
  const document = { remnant: 1, title: 'T', samples: 'samples.csv' };
  return readStudy(document, { columns, rows, file: 'samples.csv', firstRow: 2 }, { file: 'study.yaml' });
};
const shuffled = (rows: readonly string[][]): fc.Arbitrary<string[][]> => {
  return fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length });
};
const withOrder = sheets.chain((rows) => fc.tuple(fc.constant(rows), shuffled(rows)));

describe('readStudy', () => {
  it('depends on the order of rows only in the order of samples', () => {
    fc.assert(
      fc.property(withOrder, ([rows, other]) => {
        const [a, b] = [read(rows), read(other)];
        const byName = (study: Study): unknown[] => {
          const samples = study.samples.map((sample) => ({ ...sample, row: 0 }));
          return samples.sort((x, y) => (x.sample < y.sample ? -1 : 1));
        };
        expect(byName(b)).toEqual(byName(a));
        expect({ ...b, samples: [] }).toEqual({ ...a, samples: [] });
        expect(b.samples.map(({ sample }) => sample)).toEqual(other.map(([name]) => name));
      }),
      { numRuns: 60 },
    );
  });
});

describe('examineDesign', () => {
  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(withOrder, ([rows, other]) => {
        expect(examineDesign(read(other))).toEqual(examineDesign(read(rows)));
      }),
      { numRuns: 60 },
    );
  });

  it('never calls the shared programme testable when a finding is blocking', () => {
    fc.assert(
      fc.property(sheets, (rows) => {
        const report = examineDesign(read(rows));
        const isBlocked = report.findings.some(({ level }) => level === 'blocking');
        const shared = report.questions.find(({ id }) => id === 'shared-programme');
        if (isBlocked) expect(shared?.testable).toBe('no');
        for (const { en, fr } of [...report.findings.map((f) => f.text), ...report.questions.map((q) => q.why)]) {
          expect(en).toMatch(/^[^\s].*\.$/);
          expect(fr).toMatch(/^[^\s].*\.$/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
