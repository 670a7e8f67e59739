import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import type { DrugGene, DrugSignature } from '../../data/resources.js';
import type { MarkerStudy } from '../../markers/marker-study.js';
import { plainContext } from '../../markers/planted-markers.test-helper.js';
import { plantedMarkerStudy } from '../../markers/planted-study.test-helper.js';
import { matchDrugs } from './match-drugs.js';

const programme = Object.fromEntries(
  Array.from({ length: 60 }, (_, g) => [`S${String(g)}`, g < 40 ? 1.5 : -1.5] as const),
);
const study = plantedMarkerStudy({ shared: programme, genes: 600, patients: 6, seed: 5 });
const genes = study.fixedEffect.table.gene;
const nothing = { drugGenes: null, signatures: null, essential: null };

function signature(drug: string, effectOf: (gene: string) => number, noise = 1): DrugSignature {
  const rng = createRng(1, drug);
  return {
    drug,
    genes,
    effect: Float64Array.from(genes, (gene) => effectOf(gene) + noise * rng.normal()),
    status: '',
    source: 's',
  };
}

function pair(drug: string, gene: string, action: DrugGene['action'], status = ''): DrugGene {
  return { drug, gene, action, status, source: 'pairs' };
}

const random = Array.from({ length: 40 }, (_, d) => signature(`random ${String(d)}`, () => 0));

describe('matchDrugs, signatures', () => {
  it('finds the drug that reverses the programme first and flags the one that mimics it', async () => {
    const signatures = [
      ...random,
      signature('reverser', (gene) => -(programme[gene] ?? 0)),
      signature('mimic', (gene) => programme[gene] ?? 0),
    ];
    const found = await matchDrugs(study, { ...nothing, signatures }, { permutations: 200 }, plainContext());
    expect(found.drugs[0]).toMatchObject({ drug: 'reverser', verdict: 'supported', linesFor: 1, linesAgainst: 0 });
    expect(found.drugs[0]?.reversal).toMatchObject({ standing: 'reverses', agree: 6 });
    expect(found.drugs[0]?.reversal?.overPatients.low).toBeGreaterThan(0);
    expect(found.drugs.at(-1)).toMatchObject({ drug: 'mimic', verdict: 'contradicted' });
    expect(found.drugs.filter(({ verdict }) => verdict !== 'not supported').length).toBe(2);
  });

  it('has a calibrated null: P values are uniform and false-discovery rates are kept', async () => {
    const nStudies = 12;
    let below = 0;
    let withCall = 0;
    for (let seed = 1; seed <= nStudies; seed++) {
      const own = plantedMarkerStudy({ shared: programme, genes: 600, patients: 6, seed });
      const noise = Array.from({ length: 100 }, (_, d) => signature(`noise ${String(seed)} ${String(d)}`, () => 0));
      const found = await matchDrugs(own, { ...nothing, signatures: noise }, { permutations: 200 }, plainContext(seed));
      below += found.drugs.filter(({ reversal }) => (reversal?.pValue ?? 1) <= 0.05).length;
      if (found.drugs.some(({ reversal }) => (reversal?.pAdjusted ?? 1) <= 0.05)) withCall++;
    }
    const share = below / (100 * nStudies);
    console.info('random signatures with P at most 0.05:', share, 'studies with any call:', withCall, 'of', nStudies);
    // Four binomial standard errors; a study calls nothing in 95 of 100.
    expect(Math.abs(share - 0.05)).toBeLessThan(0.025);
    expect(withCall).toBeLessThanOrEqual(3);
  });

  it('does not score a signature of too few genes', async () => {
    const short = { ...signature('short', () => 0), genes: genes.slice(0, 10), effect: new Float64Array(10).fill(1) };
    const found = await matchDrugs(study, { ...nothing, signatures: [short] }, { permutations: 100 }, plainContext());
    expect(found.drugs[0]?.reversal).toMatchObject({ standing: 'too few genes', nGenes: 10, pValue: null });
  });
});

describe('matchDrugs, targets', () => {
  it('tells targets for from targets against, and names essential ones', async () => {
    const drugGenes = [
      pair('good', 'S1', 'inhibits', 'approved'),
      pair('good', 'S50', 'activates'),
      pair('wrong', 'S2', 'activates'),
      pair('both', 'S3', 'inhibits'),
      pair('both', 'S4', 'activates'),
      pair('silent', 'S5', 'not stated'),
      pair('elsewhere', 'G1', 'inhibits'),
      pair('elsewhere', 'ABSENT', 'inhibits'),
    ];
    const found = await matchDrugs(study, { ...nothing, drugGenes, essential: new Set(['S1']) }, {}, plainContext());
    const of = (drug: string): (typeof found.drugs)[number] | undefined => found.drugs.find((one) => one.drug === drug);
    expect(found.drugs[0]).toMatchObject({
      drug: 'good',
      verdict: 'supported',
      status: 'approved',
      essentialTargets: ['S1'],
    });
    expect(of('good')?.targets).toMatchObject({ nFor: 2, nAgainst: 0, nAsked: 2 });
    expect(of('wrong')).toMatchObject({ verdict: 'contradicted', linesAgainst: 1 });
    expect(of('both')).toMatchObject({ verdict: 'not supported', linesFor: 1, linesAgainst: 1 });
    expect(of('silent')?.targets?.targets[0]?.standing).toBe('direction not stated');
    expect(of('elsewhere')?.targets?.targets.map(({ standing }) => standing)).toEqual(['not shared', 'not measured']);
  });

  it('says what to supply', async () => {
    const none = await matchDrugs(study, nothing, {}, plainContext());
    expect(none).toMatchObject({ status: 'not testable', drugs: [] });
    expect(none.reasons[0]).toContain('drug–gene table (drug, gene, direction, status, source)');
    const published: MarkerStudy = { ...study, perPatient: null };
    const few = await matchDrugs(published, { ...nothing, signatures: random }, {}, plainContext());
    expect(few.reasons[0]).toContain('at least 3');
    await expect(matchDrugs(study, nothing, { fdr: 0 }, plainContext())).rejects.toThrow(/fdr/);
  });
});
