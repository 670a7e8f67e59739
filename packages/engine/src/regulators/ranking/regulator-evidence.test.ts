import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng, type Rng } from '../../core/rng.js';
import { rankRegulators } from '../rank-regulators.js';
import { regulatorTasks } from '../regulator-tasks.js';
import { prepareNetwork } from '../regulon-network.js';
import { type PlantedSwitch, plantSwitch } from './planted-switch.test-helper.js';
import { type RegulatorEvidence, regulatorEvidence, type RegulatorEvidenceRow } from './regulator-evidence.js';
import { regulatorFamilies } from './regulator-families.js';

const context = inlineContext(regulatorTasks);

async function evidenceOf(planted: PlantedSwitch, permutations = 200): Promise<RegulatorEvidence> {
  const ranking = await rankRegulators(planted.study, planted.edges, { permutations, minimumSize: 5 }, context);
  return regulatorEvidence(
    { ranking, refits: planted.refits, chromatin: null, perturbations: [] },
    { top: 3 },
    context,
  );
}

const seeds = Array.from({ length: 50 }, (_, seed) => seed);
const rngOf = (seed: number, label: string): Rng => createRng(seed, `evidence/${label}`);
const switchOf = ({ rows }: RegulatorEvidence): RegulatorEvidenceRow =>
  rows.find((row) => row.regulator === 'SWITCH') as RegulatorEvidenceRow;

describe('a switch with flat RNA', () => {
  let found: readonly RegulatorEvidence[] = [];
  beforeAll(async () => {
    found = await Promise.all(seeds.map((seed) => evidenceOf(plantSwitch(rngOf(seed, 'planted'), 0.6))));
  }, 60_000);

  it('is first by its targets and not by its expression in 45 of 50 studies at least', () => {
    const first = found.filter((evidence) => {
      const { rank, lines } = switchOf(evidence);
      return rank === 1 && lines.activity === 1 / evidence.rows.length && lines.expression > 1 / evidence.rows.length;
    });
    console.info(`Switch first by its targets, not by its RNA: ${String(first.length)} of 50.`);
    expect(first.length).toBeGreaterThanOrEqual(45);
  });

  it('is supported by null, patients and stability', () => {
    const supported = found.filter((evidence) => switchOf(evidence).verdict === 'supported');
    console.info(`Switch supported: ${String(supported.length)} of 50.`);
    expect(supported.length).toBeGreaterThanOrEqual(45);
    const others = found.flatMap(({ rows }) => rows.filter((row) => row.regulator !== 'SWITCH'));
    expect(others.filter((row) => row.verdict === 'supported').length).toBeLessThanOrEqual(2);
  });

  it('shows every line apart', () => {
    const row = switchOf(found[0] as RegulatorEvidence);
    expect(row).toMatchObject({ direction: 'more active', family: 'SWITCH', nLists: 4, expressionCounts: true });
    expect(row.lines.motif).toBeNaN();
    expect(row.lines.perturbation).toBeNaN();
    expect(row.position.nAgreeing).toBeGreaterThan(row.position.expected);
    expect(row.stability?.ranks).toHaveLength(6);
    expect(row.stability?.share).toBe(1);
  });
});

it('without a switch no regulator is supported, in 48 of 50 studies at least', async () => {
  const found = await Promise.all(seeds.map((seed) => evidenceOf(plantSwitch(rngOf(seed, 'null'), 0), 100)));
  const clean = found.filter(({ rows }) => rows.every((row) => row.verdict !== 'supported'));
  console.info(`Null studies without a supported regulator: ${String(clean.length)} of 50.`);
  expect(clean.length).toBeGreaterThanOrEqual(48);
}, 60_000);

describe('regulatorEvidence', () => {
  it('takes a motif and a perturbation as lines of their own', async () => {
    const planted = plantSwitch(rngOf(1, 'slots'), 0.6);
    const ranking = await rankRegulators(planted.study, planted.edges, { permutations: 100, minimumSize: 5 }, context);
    const chromatin = {
      motifs: ['SWITCH', 'D01', 'D02'],
      logEnrichment: Float64Array.of(2, 0.1, -1),
      pValue: Float64Array.of(1e-9, 0.4, 0.2),
    };
    const perturbation = {
      genes: planted.study.genes,
      logFoldChange: planted.study.logFoldChange,
      direction: 'gain',
      regulator: 'SWITCH',
    } as const;
    const input = { ranking, refits: [], chromatin, perturbations: [perturbation] };
    const row = switchOf(await regulatorEvidence(input, {}, context));
    expect(row.nLists).toBe(6);
    expect(row.lines.motif).toBeCloseTo(1 / 3, 12);
    expect(row.lines.perturbation).toBeLessThan(0.05);
    expect(row.stability).toBeNull();
    expect(row.verdict).toBe('not supported');
    expect(row.reasons.map(({ code }) => code)).toContain('no-refits');
  });

  it('returns no rows without a measured regulon, and is not testable without patients', async () => {
    const planted = plantSwitch(rngOf(2, 'none'), 0.6);
    const options = { permutations: 100, minimumSize: 5 };
    const none = await rankRegulators(planted.study, [{ source: 'X', target: 'Y', weight: 1 }], options, context);
    const input = { refits: [], chromatin: null, perturbations: [] };
    expect((await regulatorEvidence({ ...input, ranking: none }, {}, context)).rows).toEqual([]);
    const alone = await rankRegulators({ ...planted.study, patients: null }, planted.edges, options, context);
    const { rows } = await regulatorEvidence({ ...input, ranking: alone }, {}, context);
    expect(new Set(rows.map((row) => row.verdict))).toEqual(new Set(['not testable']));
  });
});

it('regulatorFamilies joins regulators of the same targets, not those that move them apart', () => {
  const genes = Array.from({ length: 40 }, (_, g) => `g${String(g)}`);
  const edgesOf = (source: string, from: number, to: number, weight = 1) =>
    genes.slice(from, to).map((target) => ({ source, target, weight }));
  const edges = [
    ...edgesOf('A', 0, 20),
    ...edgesOf('B', 2, 12),
    ...edgesOf('C', 0, 10, -1),
    ...edgesOf('D', 18, 30),
    ...edgesOf('E', 24, 40),
  ];
  const network = prepareNetwork(edges, genes);
  expect(regulatorFamilies(network, [2, 1, 3, 4, 5])).toEqual(['B', 'B', 'C', 'D', 'E']);
});
