import { describe, expect, it } from 'vitest';
import { readReferenceJson } from '../../../../tests/support/reference.js';
import { cramersV, residualDegreesOfFreedom } from './design-tables.js';
import { readStudy } from './read-study.js';

interface Reference {
  readonly rows: readonly (readonly [patient: string, technology: string, stage: string])[];
  readonly cramersV: number | null;
  readonly residualDegreesOfFreedom: number;
}

const references = readReferenceJson<Record<string, Reference>>('design/expected.json');

/** R 4.2.2 (reference/design/design.R). */
describe.each(Object.entries(references))('%s, against R', (_name, reference) => {
  const columns = ['sample', 'patient', 'technology', 'stage', 'counts'];
  const rows = reference.rows.map((row, i) => [`s${String(i)}`, ...row, `s${String(i)}.h5`]);
  const sheet = { columns, rows, file: 'samples.csv', firstRow: 2 };
  const { samples, contrast } = readStudy({ remnant: 1, samples: 'samples.csv' }, sheet, { file: 'study.yaml' });

  it("Cramér's V equals that of chisq.test, to rounding of sums", () => {
    const v = cramersV(samples, contrast, ({ technology }) => technology);
    if (reference.cramersV === null) expect(v).toBeNull();
    else expect(v).toBeCloseTo(reference.cramersV, 12);
  });

  it('residual degrees of freedom equal samples minus the rank of the design', () => {
    expect(residualDegreesOfFreedom(samples)).toBe(reference.residualDegreesOfFreedom);
  });
});
