import { describe, expect, it } from 'vitest';
import { readReferenceJson, worstDifference } from '../../../../tests/support/reference.js';
import { randomEffects } from './meta-analysis.js';

/** metafor 3.8-1 with tightened iterations and, for equal weights, R's lm(y ~ 1) (reference/meta-analysis/meta-analysis.R). */
type Summary = Record<'estimate' | 'standardError' | 'low' | 'high' | 'pValue', number>;
interface Case {
  readonly y: readonly number[];
  readonly v: readonly number[];
  readonly REML: {
    readonly inverseVariance: Summary & Record<'tau2' | 'i2' | 'q' | 'qPValue', number>;
    readonly equal: Summary;
  };
  readonly PM: Case['REML'];
}
const expected = readReferenceJson<Record<string, Case>>('meta-analysis/expected.json');

describe.each(Object.entries(expected))('random effects: %s', (_, { y, v, ...reference }) => {
  it.each(['REML', 'PM'] as const)('inverse-variance weights with %s equal rma(test = "knha")', (tau) => {
    const found = randomEffects(y, v, { tau, weights: 'inverse-variance' });
    const wanted = reference[tau].inverseVariance;
    // metafor stops both iterations on absolute changes, which limits the agreement to about 1e-6 of the sampling variance.
    const scale = v.reduce((a, b) => a + b, 0) / v.length;
    expect(Math.abs((found.tau2 as number) - wanted.tau2)).toBeLessThan(1e-6 * (wanted.tau2 + scale));
    for (const name of ['estimate', 'standardError', 'low', 'high', 'i2', 'q', 'qPValue', 'pValue'] as const) {
      expect(worstDifference([found[name] as number], [wanted[name]]), name).toBeLessThan(1e-5);
    }
  });

  it('equal weights equal the plain mean of the patients', () => {
    const found = randomEffects(y, v);
    const wanted = reference.REML.equal;
    for (const name of ['estimate', 'standardError', 'low', 'high', 'pValue'] as const) {
      expect(worstDifference([found[name] as number], [wanted[name]]), name).toBeLessThan(1e-11);
    }
  });
});
