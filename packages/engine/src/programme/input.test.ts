import { describe, expect, it } from 'vitest';
import { plantedStudy } from '../../../../tests/support/planted-study.js';
import { connectedSamples } from './connected-samples.js';
import { checkInput, columnsOf, normalizeInput, patientsOf, selectInput, testablePatients } from './input.js';

const study = plantedStudy([
  { patient: 'P2', untreated: 2, residual: 2, relapse: 1 },
  { patient: 'P1', untreated: 1, residual: 0 },
]).input;
const contrast = { from: 'untreated', to: 'residual' } as const;

describe('programme input', () => {
  it('names the annotation that does not fit', () => {
    expect(() => {
      checkInput({ ...study, stage: study.stage.slice(1) });
    }).toThrow(/"stage" does not fit.*Expected 6 values, one per sample.*Found 5/);
  });

  it('refuses a gene or a sample listed twice, and an empty study', () => {
    const { counts } = study;
    const twice = { ...counts, genes: ['G0001', ...counts.genes.slice(1)] };
    expect(() => {
      checkInput({ ...study, counts: twice });
    }).toThrow('The study lists gene "G0001" more than once.');
    const same = { ...counts, samples: counts.samples.map(() => 'a') };
    expect(() => {
      checkInput({ ...study, counts: same });
    }).toThrow('The study lists sample "a" more than once.');
    const none = { genes: [], samples: [], values: new Float64Array(0) };
    expect(() => {
      checkInput({ counts: none, patient: [], stage: [], treatment: [], technology: [] });
    }).toThrow('no genes or no samples');
  });

  it('sorts patients and samples, and says who cannot be asked', () => {
    expect(patientsOf(study)).toEqual(['P1', 'P2']);
    expect(columnsOf(study, 'P2', 'residual').map((s) => study.counts.samples[s])).toEqual([
      'P2_residual_1',
      'P2_residual_2',
    ]);
    expect(testablePatients(study, contrast)).toEqual({
      testable: ['P2'],
      notTestable: [{ patient: 'P1', reason: 'no residual sample' }],
    });
  });

  it('selects samples in every part of the study', () => {
    const kept = selectInput(normalizeInput(study), (s) => study.patient[s] === 'P1');
    expect(kept.counts.samples).toEqual(['P1_untreated_1']);
    expect([kept.patient, kept.stage, kept.treatment, kept.technology]).toEqual([
      ['P1'],
      ['untreated'],
      ['none'],
      ['bulk'],
    ]);
    expect(kept.logExpression.values.length).toBe(kept.counts.genes.length);
  });
});

describe('connected samples', () => {
  it('leaves out samples that no patient ties to the contrast', () => {
    const patient = ['a', 'a', 'b', 'c'];
    const stage = ['untreated', 'residual', 'relapse', 'untreated'] as const;
    expect(connectedSamples({ patient, stage }, contrast)).toEqual([true, true, false, true]);
  });

  it('finds stages tied through a third one', () => {
    const patient = ['a', 'a', 'b', 'b'];
    const stage = ['untreated', 'relapse', 'relapse', 'residual'] as const;
    expect(connectedSamples({ patient, stage }, contrast)).toEqual([true, true, true, true]);
  });

  it('says when stage and patient are confounded', () => {
    expect(connectedSamples({ patient: ['a', 'b'], stage: ['untreated', 'residual'] }, contrast)).toBeNull();
  });
});
