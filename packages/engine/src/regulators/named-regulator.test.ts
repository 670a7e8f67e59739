import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { createRng, type Rng, shuffleInPlace } from '../core/rng.js';
import { immediateEarlyGenes } from './curated-immediate-early.js';
import type { EvidenceLine, EvidenceLineId } from './evidence.js';
import { type NamedRegulator, namedRegulator, overallVerdict } from './named-regulator.js';
import type { PerturbationTable } from './perturbation-correlation.js';
import { rankRegulators, type RegulatorRanking } from './rank-regulators.js';
import type { RegulatorStudy } from './regulator-study.js';
import { evidenceTable, regulatorTable, regulonPatientsTable } from './regulator-table.js';
import { regulatorTasks } from './regulator-tasks.js';

const context = inlineContext(regulatorTasks);
const early = immediateEarlyGenes.map((entry) => entry.gene);
const plain = Array.from({ length: 1200 }, (_, g) => `G${String(g).padStart(4, '0')}`);
const genes = ['SWITCH', 'FOSL1', ...early, ...plain];
const patients = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const switchTargets = plain.slice(0, 40);
const edge = (source: string, target: string, weight = 1) => ({ source, target, weight });

/** Forty decoys with random targets; SWITCH with forty of its own, a quarter repressed; FOSL1 mostly immediate-early genes. */
function drawEdges(rng: Rng) {
  const decoys = Array.from({ length: 40 }, (_, d) => {
    const targets = plain.slice(40);
    shuffleInPlace(targets, rng);
    return targets
      .slice(0, 8 + rng.integer(40))
      .map((target) => edge(`D${String(d)}`, target, rng.uniform() < 0.3 ? -1 : 1));
  });
  return [
    ...decoys.flat(),
    ...switchTargets.map((target, i) => edge('SWITCH', target, i % 4 === 0 ? -1 : 1)),
    ...early.map((target) => edge('FOSL1', target)),
    ...plain.slice(60, 75).map((target) => edge('FOSL1', target)),
  ];
}

/** A study in which chosen genes move by `shift` in every patient. */
function drawStudy(rng: Rng, shift: (gene: string) => number): RegulatorStudy {
  const effects = Float64Array.from(genes.flatMap((gene) => patients.map(() => shift(gene) + 0.5 * rng.normal())));
  const mean = Float64Array.from(genes, (_, g) => effects.subarray(g * 6, g * 6 + 6).reduce((a, b) => a + b) / 6);
  return {
    genes,
    statistic: mean.map((value) => (value * Math.sqrt(6)) / 0.5),
    logFoldChange: mean,
    pAdjusted: mean.map((value) => (Math.abs(value) > 0.7 ? 1e-5 : 0.6)),
    averageExpression: Float64Array.from(genes, () => 5 + 2 * rng.normal()),
    patients: { genes, patients, effects, standardErrors: effects.map(() => 0.5) },
  };
}

const rng = createRng(9, 'named regulator');
const edges = drawEdges(rng);
const switched = (gene: string): number => {
  const i = switchTargets.indexOf(gene);
  return i < 0 ? 0 : i % 4 === 0 ? -1 : 1;
};
const lineOf = (result: NamedRegulator, id: EvidenceLineId): EvidenceLine =>
  result.lines.find((line) => line.id === id)!;
const numberIn = (line: EvidenceLine, id: string): number => line.numbers.find((number) => number.id === id)!.value!;
const rank = (study: RegulatorStudy): Promise<RegulatorRanking> =>
  rankRegulators(study, edges, { permutations: 400, minimumSize: 5 }, context);

describe('a switch with flat RNA whose targets move', () => {
  let ranking: RegulatorRanking;
  let result: NamedRegulator;
  beforeAll(async () => {
    ranking = await rank(drawStudy(rng, switched));
    result = await namedRegulator({ ranking, chromatin: null, perturbation: null }, { regulator: 'SWITCH' }, context);
  });

  it('is first of all regulators', () => {
    expect(ranking.rows[0]?.regulator).toBe('SWITCH');
    expect(ranking.rows[0]?.rank).toBe(1);
    expect(ranking.rows[0]?.pFamilyWise).toBeCloseTo(1 / 401, 12);
    expect(ranking.rows.filter((row) => row.pFamilyWise <= 0.05)).toHaveLength(1);
  });

  it('is supported by its regulon and patients, not by its expression', () => {
    expect(lineOf(result, 'expression').verdict).toBe('not supported');
    expect(lineOf(result, 'expression').reasons[0]?.code).toBe('rna-flat');
    expect(lineOf(result, 'regulon').verdict).toBe('supported');
    expect(lineOf(result, 'patients')).toMatchObject({ verdict: 'supported', patients: { agree: 6, asked: 6 } });
    expect(lineOf(result, 'dissociation').verdict).toBe('supported');
    expect(result.verdict).toBe('supported');
  });

  it('is contradicted when thought to be switched off', async () => {
    const off = await namedRegulator(
      { ranking, chromatin: null, perturbation: null },
      { regulator: 'SWITCH', hypothesis: 'inactivated' },
      context,
    );
    expect(lineOf(off, 'regulon').verdict).toBe('contradicted');
    expect(off.verdict).toBe('contradicted');
  });

  it('leaves decoys, and regulators without a regulon, alone', async () => {
    const decoy = await namedRegulator({ ranking, chromatin: null, perturbation: null }, { regulator: 'D3' }, context);
    expect(decoy.verdict).toBe('not supported');
    const unknown = await namedRegulator(
      { ranking, chromatin: null, perturbation: null },
      { regulator: 'NONE' },
      context,
    );
    expect(unknown.verdict).toBe('not testable');
    expect(unknown.lines.map((line) => line.verdict)).toEqual(Array.from({ length: 6 }, () => 'not testable'));
    await expect(
      namedRegulator({ ranking, chromatin: null, perturbation: null }, { regulator: '' }, context),
    ).rejects.toThrow(/Name the regulator/);
  });

  it('writes its tables', () => {
    const table = regulatorTable(ranking);
    expect(table.nRows).toBe(ranking.rows.length);
    expect(table.columns[0]?.values[0]).toBe('SWITCH');
    expect(regulonPatientsTable([result]).nRows).toBe(6);
    expect(evidenceTable([result]).columns.map((column) => column.values.length)).toEqual(
      Array.from({ length: 10 }, () => evidenceTable([result]).nRows),
    );
  });
});

describe('a perturbation', () => {
  let ranking: RegulatorRanking;
  beforeAll(async () => {
    ranking = await rank(drawStudy(rng, (gene) => (/[1-4]$/.test(gene) ? 1 : /[5-8]$/.test(gene) ? -1 : 0)));
  });
  const test = async (perturbation: PerturbationTable): Promise<EvidenceLine> =>
    lineOf(
      await namedRegulator({ ranking, chromatin: null, perturbation }, { regulator: 'SWITCH' }, context),
      'perturbation',
    );
  const response = (sign: number): Float64Array =>
    ranking.study.logFoldChange.map((change) => sign * change + 0.3 * rng.normal());

  it('of the switch itself correlates with the persister effect', async () => {
    const gain = await test({ genes, logFoldChange: response(1), direction: 'gain', regulator: null });
    expect(gain.verdict).toBe('supported');
    expect(numberIn(gain, 'correlation')).toBeGreaterThan(0.5);
    expect(numberIn(gain, 'shuffle-95')).toBeLessThan(0.1);
    expect(numberIn(gain, 'genes')).toBeLessThan(numberIn(gain, 'genes-all'));
    const loss = await test({ genes, logFoldChange: response(-1), direction: 'loss', regulator: null });
    expect(loss.verdict).toBe('supported');
    expect((await test({ genes, logFoldChange: response(1), direction: 'loss', regulator: null })).verdict).toBe(
      'contradicted',
    );
  });

  it('of another regulator says nothing', async () => {
    const other = await test({ genes, logFoldChange: response(1), direction: 'gain', regulator: 'D1' });
    expect(other).toMatchObject({ verdict: 'not testable', reasons: [{ code: 'perturbation-of-other' }] });
  });

  it('with shuffled labels does not', async () => {
    const shuffled = response(1);
    shuffleInPlace(shuffled, rng);
    const line = await test({ genes, logFoldChange: shuffled, direction: 'gain', regulator: null });
    expect(line.verdict).toBe('not supported');
    expect(Math.abs(numberIn(line, 'correlation'))).toBeLessThan(0.1);
  });

  it('is not testable on too few genes or without variation, and refuses repeated genes', async () => {
    const few = await test({
      genes: genes.slice(0, 50),
      logFoldChange: response(1).slice(0, 50),
      direction: 'gain',
      regulator: null,
    });
    expect(few.reasons[0]?.code).toBe('perturbation-few-genes');
    const flat = await test({
      genes,
      logFoldChange: new Float64Array(genes.length),
      direction: 'gain',
      regulator: null,
    });
    expect(flat.reasons[0]?.code).toBe('perturbation-constant');
    const twice = {
      genes: ['A', 'A'],
      logFoldChange: Float64Array.of(1, 2),
      direction: 'gain',
      regulator: null,
    } as const;
    await expect(test(twice)).rejects.toThrow(/row 3.*lists a gene twice/);
  });
});

describe('the dissociation control', () => {
  it('exposes an AP-1 signal that is only immediate-early', async () => {
    const ranking = await rank(drawStudy(rng, (gene) => (early.includes(gene) ? 1.5 : 0)));
    const result = await namedRegulator(
      { ranking, chromatin: null, perturbation: null },
      { regulator: 'FOSL1' },
      context,
    );
    expect(lineOf(result, 'regulon').verdict).toBe('supported');
    expect(lineOf(result, 'dissociation')).toMatchObject({
      verdict: 'contradicted',
      reasons: [{ code: 'only-immediate-early' }],
    });
    expect(result.verdict).toBe('not supported');
    expect(result.isAp1).toBe(true);
  });

  it('passes one whose other targets move too', async () => {
    const moved = new Set([...early, ...plain.slice(60, 75)]);
    const ranking = await rank(drawStudy(rng, (gene) => (moved.has(gene) ? 1.5 : 0)));
    const result = await namedRegulator(
      { ranking, chromatin: null, perturbation: null },
      { regulator: 'FOSL1' },
      context,
    );
    expect(lineOf(result, 'dissociation').verdict).toBe('supported');
    expect(numberIn(lineOf(result, 'dissociation'), 'other-targets')).toBe(15);
    expect(result.verdict).toBe('supported');
  });

  it('has nothing to explain without a signal', async () => {
    const ranking = await rank(drawStudy(rng, () => 0));
    const result = await namedRegulator(
      { ranking, chromatin: null, perturbation: null },
      { regulator: 'FOSL1' },
      context,
    );
    expect(lineOf(result, 'dissociation')).toMatchObject({ verdict: 'not testable', reasons: [{ code: 'no-signal' }] });
  });

  it('names each immediate-early gene once, with a reason and a citation', () => {
    expect(new Set(early).size).toBe(early.length);
    for (const entry of immediateEarlyGenes) {
      expect(entry.reason).not.toBe('');
      expect(entry.doi).toContain('10.1038/nmeth.4437');
    }
  });
});

describe('rankRegulators', () => {
  it('leaves out genes without a statistic and aligns the patients', async () => {
    const study = drawStudy(rng, switched);
    const holes = { ...study, statistic: study.statistic.map((value, g) => (g % 10 === 3 ? NaN : value)) };
    const { study: used, rows } = await rank(holes);
    expect(used.genes).toHaveLength(study.statistic.filter((_, g) => g % 10 !== 3).length);
    expect(used.patients?.effects).toHaveLength(6 * used.genes.length);
    expect(rows[0]?.regulator).toBe('SWITCH');
  });

  it('returns no rows, with a warning, when no regulon is measured', async () => {
    const study = drawStudy(rng, switched);
    const none = await rankRegulators(study, [edge('X', 'elsewhere')], { permutations: 100, minimumSize: 5 }, context);
    expect(none.rows).toEqual([]);
    expect(none.warnings[0]?.code).toBe('regulators.none-measured');
  });

  it('offers the recommended consensus', async () => {
    const study = drawStudy(rng, switched);
    const options = { permutations: 100, minimumSize: 5, consensusOf: 'recommended' } as const;
    const ranking = await rankRegulators(study, edges, options, context);
    expect(ranking.consensusOf).toBe('recommended');
    expect(ranking.rows[0]?.regulator).toBe('SWITCH');
  });
});

describe('overallVerdict', () => {
  const line = (id: EvidenceLineId, verdict: EvidenceLine['verdict']): EvidenceLine => ({
    id,
    verdict,
    numbers: [],
    reasons: [],
    patients: null,
  });
  it.each([
    ['two lines with the regulon', [line('regulon', 'supported'), line('patients', 'supported')], 'supported'],
    [
      'two lines with the perturbation',
      [line('regulon', 'not supported'), line('perturbation', 'supported'), line('chromatin', 'supported')],
      'supported',
    ],
    ['the regulon alone', [line('regulon', 'supported'), line('expression', 'not supported')], 'not supported'],
    [
      'the control is no second line',
      [line('regulon', 'supported'), line('dissociation', 'supported')],
      'not supported',
    ],
    [
      'RNA and patients without a key line',
      [line('regulon', 'not supported'), line('expression', 'supported'), line('patients', 'supported')],
      'not supported',
    ],
    [
      'a contradicting line',
      [line('regulon', 'supported'), line('patients', 'supported'), line('perturbation', 'contradicted')],
      'not supported',
    ],
    ['the regulon the other way', [line('regulon', 'contradicted'), line('expression', 'supported')], 'contradicted'],
    ['no key line testable', [line('regulon', 'not testable'), line('expression', 'supported')], 'not testable'],
  ] as const)('%s', (_, lines, verdict) => {
    expect(overallVerdict(lines, { isImmediateEarly: false }).verdict).toBe(verdict);
  });

  it('does not count the RNA of a regulator that dissociation raises', () => {
    const lines = [line('expression', 'supported'), line('regulon', 'supported'), line('patients', 'not supported')];
    expect(overallVerdict(lines, { isImmediateEarly: false }).verdict).toBe('supported');
    const early = overallVerdict(lines, { isImmediateEarly: true });
    expect(early.verdict).toBe('not supported');
    expect(early.reasons.map((reason) => reason.code)).toEqual(['one-line-only', 'rna-immediate-early']);
  });
});
