import { describe, expect, it } from 'vitest';
import { plainContext } from '../../markers/planted-markers.test-helper.js';
import { plantedMarkerStudy } from '../../markers/planted-study.test-helper.js';
import { matchDrugs } from '../drugs/match-drugs.js';
import { rankTargets } from './rank-targets.js';
import type { TargetEvidence } from './target-evidence.js';

const shared = { SURF: 2, REG: 2, AXIS: 1.8, ALL: 1.8, LOW: -2, ESS: 2.5 };
const study = plantedMarkerStudy({ shared, genes: 300, patients: 6, seed: 1 });
const bare: TargetEvidence = {
  study,
  surface: null,
  cells: null,
  regulators: null,
  regulons: null,
  axes: null,
  drugs: null,
  antibodyDrugs: [],
  essential: null,
};

const regulator = (name: string, pAdjusted: number): NonNullable<TargetEvidence['regulators']>[number] => ({
  regulator: name,
  rank: 1,
  z: 5,
  pAdjusted,
  agreement: { agree: 6, asked: 6 },
});

async function full(): Promise<TargetEvidence> {
  const pair = (drug: string, gene: string, action: 'inhibits' | 'activates') => ({
    drug,
    gene,
    action,
    status: '',
    source: '',
  });
  const drugGenes = [
    pair('good', 'ALL', 'inhibits'),
    pair('bad', 'AXIS', 'activates'),
    pair('toxic', 'ESS', 'inhibits'),
  ];
  const tables = { drugGenes, signatures: null, essential: new Set(['ESS']) };
  return {
    ...bare,
    surface: { pack: 's', genes: new Set(['SURF', 'ALL', 'LOW', 'G1']) },
    regulators: [regulator('REG', 0.001), regulator('ALL', 0.001), regulator('G2', 0.5)],
    regulons: [
      { source: 'REG', target: 'SURF', weight: 1 },
      { source: 'G2', target: 'SURF', weight: 1 },
    ],
    axes: new Map([
      ['AXIS', [{ axis: 'iron', verdict: 'supported' as const }]],
      ['ALL', [{ axis: 'iron', verdict: 'supported' as const }]],
    ]),
    drugs: await matchDrugs(study, tables, { permutations: 100 }, plainContext()),
    antibodyDrugs: [{ drug: 'conjugate', gene: 'SURF', payload: '', status: 'approved', source: '' }],
    essential: new Set(['ESS']),
  };
}

describe('rankTargets', () => {
  it('orders by lines that agree, then by effect, and shows what is against', async () => {
    const { targets, linesAtHand, nCandidates } = rankTargets(await full(), {}, plainContext());
    expect(linesAtHand).toEqual(['shared', 'surface', 'regulator', 'weakness', 'drug']);
    expect(targets[0]).toMatchObject({ gene: 'ALL', nSupported: 5, drugs: ['good'], rank: 1 });
    expect(targets[1]).toMatchObject({ gene: 'SURF', nSupported: 3, drugs: ['conjugate'], regulatedBy: ['REG'] });
    const of = (gene: string): (typeof targets)[number] | undefined => targets.find((one) => one.gene === gene);
    expect(of('ESS')?.against.map(({ code }) => code)).toContain('essential');
    expect(of('AXIS')?.lines.drug).toBe('contradicted');
    expect(of('AXIS')?.against.map(({ code }) => code)).toContain('drug-wrong-way');
    expect(of('REG')?.experiment.en).toContain('Loss of function of REG');
    expect(of('LOW')).toBeUndefined();
    expect(of('G1')).toBeUndefined();
    expect(nCandidates).toBe(targets.length);
    expect(targets.map(({ rank }) => rank)).toEqual(targets.map((_, i) => i + 1));
  });

  it('does not depend on the order in which evidence arrives', async () => {
    const evidence = await full();
    const turned = {
      ...evidence,
      regulators: evidence.regulators?.toReversed() ?? null,
      regulons: evidence.regulons?.toReversed() ?? null,
      antibodyDrugs: evidence.antibodyDrugs.toReversed(),
    };
    expect(rankTargets(turned, {}, plainContext())).toEqual(rankTargets(evidence, {}, plainContext()));
  });

  it('counts a line that is not at hand neither way', async () => {
    const { targets, linesAtHand } = rankTargets({ ...(await full()), axes: null, drugs: null }, {}, plainContext());
    expect(linesAtHand).toEqual(['shared', 'surface', 'regulator', 'drug']);
    expect(targets[0]?.lines.weakness).toBe('not testable');
    expect(rankTargets(bare, {}, plainContext()).targets).toEqual([]);
  });

  it('is not testable with two patients, and refuses an empty list', () => {
    const two = plantedMarkerStudy({ shared, genes: 300, patients: 2, seed: 1 });
    expect(rankTargets({ ...bare, study: two }, {}, plainContext())).toMatchObject({
      status: 'not testable',
      targets: [],
    });
    expect(() => rankTargets(bare, { most: 0 }, plainContext())).toThrow(/most/);
  });
});
