import { createRng, normalizeInput, type NormalizedInput, type PatientProgramme, pow } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { plantedStudy, reorder } from '../../../../tests/support/planted-study.js';
import type { CellBlocks } from './cell-block-jackknife.js';
import { reversal } from './reversal.js';

const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const options = { contrast, margin: 0.2, bootstraps: 500, fdr: 0.05, equivalenceLogFoldChange: 0.5 };
const context = inlineContext({});
const arms = { untreated: 5, residual: 5, relapse: 5 };
const planted = plantedStudy(
  [
    { patient: 'back', ...arms },
    { patient: 'clonal', ...arms, kept: 1 },
    { patient: 'half', ...arms, kept: 0.5 },
    { patient: 'none', ...arms, strength: 0 },
    { patient: 'single', untreated: 1, residual: 1, relapse: 1 },
    { patient: 'two stages', untreated: 3, residual: 3 },
  ],
  { effect: 2, up: 40, down: 30 },
);
const input = normalizeInput(planted.input);
const programmes = new Map<string, PatientProgramme>(
  planted.input.patient.map((patient) => [patient, { signature: planted, call: 'present' }]),
);
const found = reversal(input, programmes, options, context);
const of = (patient: string, result = found) => result.patients.find((p) => p.patient === patient);

describe('reversal', () => {
  it('tells a returned patient from one that kept the shift and one halfway', () => {
    expect(of('back')).toMatchObject({ verdict: 'returned', nFrom: 5, nTo: 5, nBack: 5 });
    expect(of('clonal')?.verdict).toBe('not returned');
    expect(of('half')?.verdict).toBe('partial');
    expect(of('back')?.index?.corrected.value).toBeGreaterThan(0.9);
    expect(of('clonal')?.index?.plain.value).toBeLessThan(0.3);
    expect(Math.abs((of('half')?.index?.corrected.value ?? 0) - 0.5)).toBeLessThan(0.15);
    expect(found.nTestable).toBe(5);
  });

  it('computes the plain index as written', () => {
    const { samples, values, genes } = input.logExpression;
    const mean = (stage: string, g: number): number => {
      const columns = samples.flatMap((name, s) => (name.startsWith(`half_${stage}`) ? [s] : []));
      return columns.reduce((sum, s) => sum + (values[g * samples.length + s] as number), 0) / columns.length;
    };
    let [numerator, denominator] = [0, 0];
    genes.forEach((_, g) => {
      const shift = mean('residual', g) - mean('untreated', g);
      numerator += (mean('relapse', g) - mean('untreated', g)) * shift;
      denominator += shift * shift;
    });
    expect(of('half')?.index?.plain.value).toBeCloseTo(1 - numerator / denominator, 10);
    expect(of('half')?.index?.plain.status).toBe('ok');
  });

  it('is not testable without one of the stages', () => {
    expect(of('two stages')).toMatchObject({
      verdict: 'not testable',
      reasons: ['no relapse sample'],
      index: null,
      genes: null,
    });
  });

  it('has no interval, hence no verdict, for single samples', () => {
    const single = of('single');
    expect(single).toMatchObject({ verdict: 'inconclusive', index: { basis: 'none', plain: { low: null } } });
    expect(single?.index?.plain.value).toBeGreaterThan(0.5);
    expect(single?.genes?.reasons).toEqual(['gene-by-gene tests need at least two samples per stage']);
  });

  it('has nothing to reverse where there is no shift', () => {
    expect(of('none')?.verdict).toBe('inconclusive');
    expect(of('none')?.reasons).toEqual(['residual samples differ from untreated by hardly more than replicate noise']);
    const called = new Map(programmes).set('none', { signature: planted, call: 'none' });
    expect(of('none', reversal(input, called, options, context))).toMatchObject({
      verdict: 'not testable',
      reasons: ['the programme is absent under treatment: there is nothing to come back from'],
    });
  });

  it('names the genes that did not come back, and proves return gene by gene', () => {
    const [back, clonal] = [of('back')?.genes, of('clonal')?.genes];
    expect(clonal?.notReturned.length).toBeGreaterThan(50);
    expect(clonal?.notReturned.every((gene) => planted.up.includes(gene) || planted.down.includes(gene))).toBe(true);
    expect(back?.notReturned.length).toBeLessThanOrEqual(1);
    expect(back?.programme.nGenes).toBe(70);
    expect(back?.programme.nEquivalent).toBeGreaterThan(40);
    expect(clonal?.programme.nEquivalent).toBeLessThanOrEqual(2);
    expect(clonal?.programme.nDifferent).toBeGreaterThan(60);
  });

  it('does not call a lack of replicates a return', () => {
    const few = plantedStudy([{ patient: 'A', untreated: 2, residual: 2, relapse: 2 }], {
      effect: 0.5,
      sampleSpread: 0.5,
    });
    const [a] = reversal(normalizeInput(few.input), new Map(), options, context).patients;
    expect(a?.verdict).not.toBe('returned');
    expect(a?.genes?.notReturned).toEqual([]);
    expect(a?.programmeIndex).toBeNull();
  });

  it('does not depend on the order of the samples, and repeats itself', () => {
    const order = planted.input.patient.map((_, s) => s).reverse();
    const turned = reversal(normalizeInput(reorder(planted.input, { samples: order })), programmes, options, context);
    for (const patient of ['back', 'half']) {
      const [a, b] = [of(patient)?.index?.corrected, of(patient, turned)?.index?.corrected];
      expect(b?.value).toBeCloseTo(a?.value as number, 8);
      expect(b?.low).toBeCloseTo(a?.low as number, 6);
    }
    expect(reversal(input, programmes, options, context)).toEqual(found);
  });

  it('checks its options', () => {
    expect(() => reversal(input, programmes, { ...options, margin: 0 }, context)).toThrow('margin');
    expect(() => reversal(input, programmes, { ...options, bootstraps: 0 }, context)).toThrow('bootstraps');
    const same = { ...contrast, back: 'residual' } as const;
    expect(() => reversal(input, programmes, { ...options, contrast: same }, context)).toThrow(
      'three different stages',
    );
  });
});

describe('reversal interval', () => {
  it('covers a planted index about as often as it says, where the plain index is off', () => {
    const rng = createRng(7, 'coverage');
    let [covered, plainError, correctedError] = [0, 0, 0];
    const nRuns = 60;
    for (let run = 0; run < nRuns; run++) {
      const gaussian = gaussianPatient({ n: 4, kept: 0.3, signal: 1 }, () => rng.normal());
      const [a] = reversal(gaussian, new Map(), { ...options, bootstraps: 200 }, inlineContext({}, run)).patients;
      const { plain, corrected } = a?.index ?? {};
      plainError += (plain?.value ?? NaN) - 0.7;
      correctedError += (corrected?.value ?? 0.7) - 0.7;
      if ((corrected?.low ?? Infinity) <= 0.7 && (corrected?.high ?? -Infinity) >= 0.7) covered++;
    }
    // Nominal 90 %; 60 runs have a standard error of 4 %.
    expect(covered / nRuns).toBeGreaterThan(0.8);
    expect(plainError / nRuns).toBeLessThan(-0.04);
    expect(Math.abs(correctedError / nRuns)).toBeLessThan(0.05);
  });
});

describe('cell blocks', () => {
  const { blocked, blocks } = singleCellPatient();

  it('give single samples a technical interval around the corrected index', () => {
    const [a] = reversal(blocked, new Map(), { ...options, blocks }, context).patients;
    expect(a?.verdict).toBe('returned');
    expect(a?.index).toMatchObject({ basis: 'cell-blocks' });
    expect(a?.reasons).toEqual(['the interval holds the sampling of cells only, not of animals or biopsies']);
    const { plain, corrected } = a?.index ?? {};
    expect(corrected?.low).toBeLessThan(1);
    expect(corrected?.high).toBeGreaterThan(1);
    // Shot noise of the untreated sample is on both sides: it pulls the plain index below one.
    expect(plain?.value).toBeLessThan(corrected?.value ?? 0);
  });

  it('must fit the genes', () => {
    const wrong = blocks.map((b) => (b === null ? null : { count: b.count, values: b.values.slice(1) }));
    expect(() => reversal(blocked, new Map(), { ...options, blocks: wrong }, context)).toThrow(/do not fit the genes/);
  });
});

/** One patient with Gaussian log expression: unit noise per gene, a shift of `signal` times that, kept in part at relapse. */
function gaussianPatient(
  plan: { readonly n: number; readonly kept: number; readonly signal: number },
  normal: () => number,
): NormalizedInput {
  const genes = Array.from({ length: 300 }, (_, g) => `G${String(g)}`);
  const stage = (['untreated', 'residual', 'relapse'] as const).flatMap((s) => new Array<typeof s>(plan.n).fill(s));
  const samples = stage.map((s, i) => `${s}${String(i)}`);
  const dose = { untreated: 0, residual: 1, relapse: plan.kept };
  const values = Float64Array.from(
    genes.flatMap(() => {
      const shift = plan.signal * normal();
      return stage.map((s) => dose[s] * shift + normal());
    }),
  );
  const counts = { genes, samples, values: values.map((value) => Math.round(pow(2, 7 + value))) };
  const text = (value: string): string[] => stage.map(() => value);
  return {
    counts,
    logExpression: { genes, samples, values },
    patient: text('A'),
    stage,
    treatment: text('drug'),
    technology: text('x'),
  };
}

/** A patient of three single samples, each the sum of twenty blocks of cells, whose relapse is untreated again. */
function singleCellPatient(): { readonly blocked: NormalizedInput; readonly blocks: CellBlocks } {
  const rng = createRng(9, 'blocks');
  const nGenes = 400;
  const mean = Array.from({ length: nGenes }, (_, g) => 2 + (g % 20));
  const block = (stage: string): Float64Array =>
    Float64Array.from(mean, (m, g) => {
      const expected = stage === 'residual' && g < 60 ? 4 * m : m;
      return Math.max(0, Math.round(expected + Math.sqrt(expected) * rng.normal()));
    });
  const stage = ['untreated', 'residual', 'relapse'] as const;
  const parts = stage.map((s) => Array.from({ length: 20 }, () => block(s)));
  const totals = parts.map((ofSample) => mean.map((_, g) => ofSample.reduce((sum, b) => sum + (b[g] as number), 0)));
  const text = (value: string): string[] => stage.map(() => value);
  const blocked = normalizeInput({
    counts: {
      genes: mean.map((_, g) => `G${String(g)}`),
      samples: [...stage],
      values: Float64Array.from(mean.flatMap((_, g) => totals.map((total) => total[g] as number))),
    },
    patient: text('A'),
    stage,
    treatment: text('drug'),
    technology: text('10x'),
  });
  const blocks = parts.map((ofSample) => {
    const values = new Float64Array(20 * nGenes);
    ofSample.forEach((b, i) => {
      values.set(b, i * nGenes);
    });
    return { count: 20, values };
  });
  return { blocked, blocks };
}
