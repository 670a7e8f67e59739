import { describe, expect, it } from 'vitest';
import type { ReversalVerdict } from '../origin/reversal-verdict.js';
import { type FoundInStudy, scoreAgainstTruth } from './score-against-truth.js';
import { simulateStudy } from './simulate-study.js';

const study = simulateStudy({ genes: 1000, cells: 20, seed: 1 });
const { truth } = study;
const genes = study.samples.find((s) => s.cells !== null)?.cells?.varNames ?? [];
const planted = new Map([...truth.programme.up, ...truth.programme.down].map((g) => [g.gene, g.log2Effect]));

/** An analysis that found everything. */
const perfect: FoundInStudy = {
  programmeGeneScores: genes.map((gene, i) => ({ gene, score: (planted.get(gene) ?? 0) * 10 + (i % 7) / 10 - 0.3 })),
  regulatorRanking: ['FOSL1', 'JUND', 'MYC'],
  regulatorExpression: { log2FoldChange: -0.04, pAdjusted: 0.8 },
  patientProgramme: truth.patients.map((p) => ({ patient: p.patient, call: p.programme })),
  reversal: truth.patients.map((p) => ({
    patient: p.patient,
    verdict: p.reversal === 'nothing to reverse' ? 'inconclusive' : p.reversal,
  })),
};

const lineOf = (found: FoundInStudy, id: string) => {
  const line = scoreAgainstTruth(truth, found).lines.find((l) => l.id === id);
  if (line === undefined) throw new Error(`no line ${id}`);
  return line;
};
const calling = (patient: string, call: 'present' | 'none' | 'inconclusive'): FoundInStudy => ({
  ...perfect,
  patientProgramme: perfect.patientProgramme.map((p) => (p.patient === patient ? { patient, call } : p)),
});
const reversing = (patient: string, verdict: ReversalVerdict): FoundInStudy => ({
  ...perfect,
  reversal: perfect.reversal.map((p) => (p.patient === patient ? { patient, verdict } : p)),
});

describe('scoreAgainstTruth', () => {
  it('passes an analysis that found everything', () => {
    const score = scoreAgainstTruth(truth, perfect);
    expect(score.lines.filter((line) => !line.passed)).toEqual([]);
    expect(score.passed).toBe(true);
    expect(lineOf(perfect, 'programme-auroc')).toMatchObject({ value: 1, shown: '1.000', target: '≥ 0.95' });
    expect(lineOf(perfect, 'programme-precision').value).toBe(1);
    expect(lineOf(perfect, 'reversal-returned')).toMatchObject({ shown: '4/4', target: '4/4' });
  });

  it('has every label in both languages', () => {
    for (const { label } of scoreAgainstTruth(truth, perfect).lines) {
      expect(label.en).not.toBe('');
      expect(label.fr).not.toBe('');
      expect(label.fr).not.toBe(label.en);
    }
  });

  it('counts a gene found with the wrong sign as missed', () => {
    const flipped = perfect.programmeGeneScores.map(({ gene, score }) => ({ gene, score: -score }));
    const found = { ...perfect, programmeGeneScores: flipped };
    expect(lineOf(found, 'programme-auroc').value).toBe(0);
    expect(lineOf(found, 'programme-precision')).toMatchObject({ value: 0, passed: false });
  });

  it('counts a programme gene that was not scored as ranked last', () => {
    const half = perfect.programmeGeneScores.map(({ gene, score }, i) => ({
      gene,
      score: planted.has(gene) && i % 2 === 0 ? NaN : score,
    }));
    const unscored = half.filter(({ score }) => Number.isNaN(score)).length;
    const withNaN = lineOf({ ...perfect, programmeGeneScores: half }, 'programme-auroc').value;
    const left = half.filter(({ score }) => !Number.isNaN(score));
    expect(withNaN).toBeCloseTo(1 - unscored / 90, 12);
    expect(lineOf({ ...perfect, programmeGeneScores: left }, 'programme-auroc').value).toBe(withNaN);
  });

  it('gives one half to scores without information, ties counting half', () => {
    const flat = genes.map((gene) => ({ gene, score: 0 }));
    expect(lineOf({ ...perfect, programmeGeneScores: flat }, 'programme-auroc')).toMatchObject({
      value: 0.5,
      passed: false,
    });
  });

  it('does not compute an area without any score', () => {
    expect(lineOf({ ...perfect, programmeGeneScores: [] }, 'programme-auroc')).toMatchObject({
      value: null,
      shown: '–',
      passed: false,
    });
  });

  it('asks for rank one and flat RNA of the regulator', () => {
    expect(lineOf({ ...perfect, regulatorRanking: ['JUND', 'FOSL1'] }, 'regulator-rank')).toMatchObject({
      value: 2,
      shown: '2 / 2',
      passed: false,
    });
    expect(lineOf({ ...perfect, regulatorRanking: [] }, 'regulator-rank')).toMatchObject({
      value: null,
      passed: false,
    });
    const changed = { ...perfect, regulatorExpression: { log2FoldChange: 0.1, pAdjusted: 0.01 } };
    expect(lineOf(changed, 'regulator-flat').passed).toBe(false);
    const large = { ...perfect, regulatorExpression: { log2FoldChange: -0.7, pAdjusted: 0.3 } };
    expect(lineOf(large, 'regulator-flat').passed).toBe(false);
    expect(lineOf({ ...perfect, regulatorExpression: null }, 'regulator-flat')).toMatchObject({
      value: null,
      shown: '–',
    });
  });

  it('asks that the null patient be called none, and no patient with persisters', () => {
    expect(lineOf(calling('P04', 'inconclusive'), 'programme-null').passed).toBe(false);
    expect(lineOf(calling('P01', 'inconclusive'), 'programme-patients').passed).toBe(true);
    expect(lineOf(calling('P01', 'none'), 'programme-patients')).toMatchObject({ shown: '6/7', passed: false });
    const silent = { ...perfect, patientProgramme: [] };
    expect(lineOf(silent, 'programme-null').passed).toBe(false);
    expect(lineOf(silent, 'programme-patients').passed).toBe(false);
  });

  it('asks that reversible patients return and no other', () => {
    expect(lineOf(reversing('P01', 'inconclusive'), 'reversal-returned')).toMatchObject({
      shown: '3/4',
      passed: false,
    });
    expect(lineOf(reversing('P03', 'returned'), 'reversal-clonal').passed).toBe(false);
    expect(lineOf(reversing('P03', 'partial'), 'reversal-clonal').passed).toBe(true);
    expect(lineOf(reversing('P04', 'returned'), 'reversal-null').passed).toBe(false);
    expect(lineOf(reversing('P08', 'not returned'), 'reversal-not-testable').passed).toBe(false);
    expect(lineOf({ ...perfect, reversal: [] }, 'reversal-not-testable').passed).toBe(true);
    expect(lineOf({ ...perfect, reversal: [] }, 'reversal-returned').passed).toBe(false);
  });
});
