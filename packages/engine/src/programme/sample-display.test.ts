import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { plantedStudy, reorder } from '../../../../tests/support/planted-study.js';
import { normalizeInput } from './input.js';
import { sampleDisplay } from './sample-display.js';

const patients = ['A', 'B'].map((patient) => ({ patient, untreated: 3, residual: 3, relapse: 3 }));
const planted = plantedStudy(patients);
const context = inlineContext({});
const options = { variableGenes: 100, components: 4 };
const found = sampleDisplay(normalizeInput(planted.input), options, context);

describe('sample display', () => {
  it('shows patients before and stages after correction', () => {
    expect(found.views.map((view) => view.correction)).toEqual(['none', 'patient-keeping-stage', 'patient-alone']);
    const index = (view: number, annotation: string): number =>
      found.views[view]?.agreement.find((a) => a.annotation === annotation)?.adjustedRandIndex ?? NaN;
    expect(index(0, 'patient')).toBeGreaterThan(0.4);
    expect(index(0, 'stage')).toBeLessThan(0.1);
    for (const view of [1, 2]) expect(index(view, 'stage')).toBeGreaterThan(0.5);
  });

  it('counts clusters against stages', () => {
    const stage = found.views[1]?.agreement.find((a) => a.annotation === 'stage');
    expect(stage?.levels).toEqual(['relapse', 'residual', 'untreated']);
    // Samples come untreated first, so cluster one is theirs: residual samples are alone in cluster two.
    expect(Array.from(stage?.counts ?? [])).toEqual([6, 0, 6, 0, 6, 0]);
  });

  it('shows that shuffled stages do not separate, whatever the correction keeps', () => {
    const { stageShuffle } = found;
    expect(stageShuffle).toMatchObject({ nShuffles: 19, pValue: 0.05 });
    expect(stageShuffle?.shuffledLargest).toBeLessThan(stageShuffle?.observed ?? 0);
  });

  it('puts the same samples together in another order', () => {
    const order = planted.input.patient.map((_, s) => s).reverse();
    const turned = sampleDisplay(normalizeInput(reorder(planted.input, { samples: order })), options, context);
    expect(turned.views[1]?.agreement.map((a) => a.adjustedRandIndex)).toEqual(
      found.views[1]?.agreement.map((a) => a.adjustedRandIndex),
    );
  });

  it('says what it could not correct, and when there are too few samples', () => {
    const { input } = plantedStudy([
      { patient: 'A', untreated: 2, residual: 2 },
      { patient: 'B', untreated: 0, residual: 0, relapse: 2 },
    ]);
    const confounded = sampleDisplay(normalizeInput(input), options, context);
    expect(confounded.warnings.map((w) => w.code)).toEqual(['sample-display-patient-keeping-stage']);
    const tiny = plantedStudy([{ patient: 'A', untreated: 1, residual: 1 }]).input;
    expect(sampleDisplay(normalizeInput(tiny), options, context).views[0]).toMatchObject({
      status: 'not-identifiable',
      reasons: ['2 clusters need more than 2 samples'],
    });
  });
});
