import { beforeAll, describe, expect, it } from 'vitest';
import {
  alike,
  analysePlanted,
  type PlantedAnalysis,
  type PlantedAnalysisOptions,
  plantedRegulons,
  tableOf,
} from '../../../../tests/support/planted-analysis.js';
import { type PlantedPatient, plantedStudy, type PlantedStudy } from '../../../../tests/support/planted-study.js';
import { sentenceFaults } from '../../../../tests/support/sentence-faults.js';
import { noResources, type Resources } from '../data/resources.js';
import type { ProgrammeInput } from '../programme/input.js';
import type { Claim, Verdict } from './claim.js';

const full = { untreated: 3, residual: 3, relapse: 3 };
const six = alike(6, full);

function claimOf({ result }: PlantedAnalysis, id: string): Claim {
  const found = result.claims.find((claim) => claim.id === id);
  if (found === undefined) throw new Error(`There is no claim ${id}.`);
  return found;
}

async function verdictsOf(
  patients: readonly PlantedPatient[],
  options: PlantedAnalysisOptions = {},
): Promise<Readonly<Record<string, Verdict>>> {
  const { result } = await analysePlanted(patients, options);
  return Object.fromEntries(result.claims.map((claim) => [claim.id, claim.verdict]));
}

/** Sets of planted genes, of genes outside the programme, or none. */
function geneSets({ up, input }: PlantedStudy, kind: 'programme' | 'other'): Resources {
  const genes = kind === 'programme' ? up : input.counts.genes.slice(100, 120);
  return { ...noResources, geneSets: [{ name: 'planted', sets: [{ name: 'SET', description: '', genes }] }] };
}

describe('the shared programme', () => {
  it('supported: every patient shows it', async () => {
    const found = claimOf(await analysePlanted(six), 'programme.shared');
    expect(found.verdict).toBe('supported');
    expect(found.patients).toEqual({ agree: 6, asked: 6 });
    expect(found.sentence.en).toMatch(/^A shared programme is present in 6 of 6 patients/);
  });

  it('not supported: nobody shows one', async () => {
    const found = await verdictsOf(alike(6, { ...full, strength: 0 }));
    expect(found['programme.shared']).toBe('not supported');
    expect(found['programme.patients']).toBe('not supported');
  });

  it('contradicted: shown in a minority, shown absent in the majority', async () => {
    const weak = Array.from({ length: 5 }, (_, i) => ({ patient: `N${String(i)}`, ...full, strength: 0.1 }));
    const found = await verdictsOf([...alike(4, full), ...weak], { effect: 3, sampleSpread: 0.1 });
    expect(found['programme.shared']).toBe('contradicted');
    expect(found['programme.patients']).toBe('contradicted');
  });

  it.each([
    ['one patient', alike(1, full), /Only one patient/],
    ['two patients', alike(2, full), /at least 3 are needed/],
    [
      'no patient with both stages',
      [...alike(2, { untreated: 3, residual: 0 }), { patient: 'X', untreated: 0, residual: 3 }],
      /No patient has both/,
    ],
  ])('not testable: %s', async (_, patients, why) => {
    const found = await analysePlanted(patients);
    expect(claimOf(found, 'programme.shared').verdict).toBe('not testable');
    expect(claimOf(found, 'programme.shared').sentence.en).toMatch(why);
    expect(claimOf(found, 'programme.patients').verdict).toBe('not testable');
  });

  it('a patient without the programme is named, in the sentence and in its line', async () => {
    const found = claimOf(
      await analysePlanted([...alike(6, full), { patient: 'N', ...full, strength: 0 }]),
      'programme.patients',
    );
    expect(found.verdict).toBe('supported');
    expect(found.sentence.en).toContain('absent (none) in N');
    expect(found.lines.find((line) => line.id === 'N')?.verdict).toBe('contradicted');
  });
});

describe('confounding with technology', () => {
  const technology = ({ stage, patient }: { stage: string; patient: string }): string =>
    stage === 'untreated' && patient < 'P4' ? 'bulk' : '10x';
  const everywhere = ({ stage }: { stage: string }): string => (stage === 'untreated' ? 'bulk' : '10x');

  it('in every patient: the shared programme is not testable', async () => {
    const found = claimOf(await analysePlanted(alike(5, full), { technology: everywhere }), 'programme.shared');
    expect(found.verdict).toBe('not testable');
    expect(found.sentence.en).toContain('confounded with technology');
  });

  it('in every patient: no other claim about the contrast is supported', async () => {
    const { resources, driver } = plantedRegulons(plantedStudy(alike(5, full)));
    const run = { markers: ['G0000'], regulators: [driver] };
    const { result } = await analysePlanted(alike(5, full), { technology: everywhere, resources, run });
    const supported = result.claims.filter((claim) => claim.verdict === 'supported').map((claim) => claim.id);
    expect(supported.filter((id) => id !== 'design.samples')).toEqual([]);
  });

  it('in three of five patients: two comparable patients do not make a shared programme', async () => {
    const found = await verdictsOf(alike(5, full), { technology });
    expect(found['programme.shared']).not.toBe('supported');
  });
});

describe('treatments', () => {
  const two = alike(5, { untreated: 3, residual: 6, treatments: ['AC', 'capecitabine'] });
  /** In the residual samples of one treatment every gene goes the other way. */
  const opposed = ({ input }: PlantedStudy): ProgrammeInput => {
    const n = input.counts.samples.length;
    const values = input.counts.values.slice();
    const own = (stage: string, treatment: string, patient: string): number[] =>
      input.counts.samples.flatMap((_, s) =>
        input.stage[s] === stage && input.treatment[s] === treatment && input.patient[s] === patient ? [s] : [],
      );
    for (const patient of new Set(input.patient)) {
      const before = own('untreated', 'none', patient);
      for (const s of own('residual', 'capecitabine', patient)) {
        for (let g = 0; g < input.counts.genes.length; g++) {
          const base = before.reduce((sum, b) => sum + (values[g * n + b] as number), 0) / before.length;
          values[g * n + s] = Math.round((base * base) / Math.max(1, values[g * n + s] as number));
        }
      }
    }
    return { ...input, counts: { ...input.counts, values } };
  };

  it('supported: two treatments move the same genes', async () => {
    const found = claimOf(await analysePlanted(two), 'programme.treatment');
    expect(found.verdict).toBe('supported');
    expect(found.sentence.en).toMatch(/^Within a patient, two treatments move the genes alike/);
  });

  it('not testable: one treatment', async () => {
    expect((await verdictsOf(six))['programme.treatment']).toBe('not testable');
  });

  it('not supported: two treatments move the genes against one another', async () => {
    const found = claimOf(await analysePlanted(two, { change: opposed }), 'programme.treatment');
    expect(found.verdict).toBe('not supported');
  });

  it('and then the sentence does not say that they move alike', async () => {
    const found = claimOf(await analysePlanted(two, { change: opposed }), 'programme.treatment');
    expect(found.sentence.en).not.toContain('move the genes alike');
  });
});

describe('samples on display', () => {
  it('supported: treated samples stand apart once patients are corrected for', async () => {
    const found = claimOf(await analysePlanted(six), 'design.samples');
    expect(found.verdict).toBe('supported');
    expect(found.sentence.en).toContain('18 of 18 samples under treatment');
    expect(found.control.en).toContain('follow patient more than stage');
    expect(found.control.en).not.toContain('technology');
  });

  it('supported as well where they stand apart without any correction', async () => {
    const strong = alike(5, { untreated: 3, residual: 3 });
    const found = claimOf(await analysePlanted(strong, { effect: 7, up: 60, down: 60 }), 'design.samples');
    expect(found.control.en).toContain('already follow the stage');
    expect(found.verdict).toBe('supported');
  });

  it('not supported: no difference between stages', async () => {
    expect((await verdictsOf(alike(6, { ...full, strength: 0 })))['design.samples']).toBe('not supported');
  });

  it('not testable: two samples', async () => {
    expect((await verdictsOf(alike(1, { untreated: 1, residual: 1 })))['design.samples']).toBe('not testable');
  });
});

describe('what it looks like', () => {
  it('supported, not supported and not testable, by the sets at hand', async () => {
    const planted = plantedStudy(six);
    const found = claimOf(
      await analysePlanted(six, { resources: geneSets(planted, 'programme') }),
      'programme.meaning',
    );
    expect(found.verdict).toBe('supported');
    expect(found.sentence.en).toMatch(/SET \(\+/);
    const other = await verdictsOf(six, { resources: geneSets(planted, 'other') });
    expect(other['programme.meaning']).toBe('not supported');
    expect((await verdictsOf(six))['programme.meaning']).toBe('not testable');
  });
});

describe('regulators', () => {
  const planted = plantedStudy(six);
  const { resources, driver, brake, random } = plantedRegulons(planted);
  const chromatin = (name: string, logOdds: number) =>
    tableOf({ regulator: [name, 'X1', 'X2'], log_odds: [logOdds, 0.01, -0.01], p_value: [1e-6, 0.6, 0.7] });
  const perturbation = (sign: 1 | -1) =>
    tableOf({
      gene: planted.input.counts.genes,
      log2FoldChange: planted.input.counts.genes.map(
        (gene, g) => 0.01 * (g % 7) + sign * (planted.up.includes(gene) ? 1 : planted.down.includes(gene) ? -1 : 0),
      ),
      direction: planted.input.counts.genes.map(() => 'gain'),
      regulator: planted.input.counts.genes.map(() => driver),
    });
  let found: PlantedAnalysis;
  beforeAll(async () => {
    found = await analysePlanted(six, { resources, run: { regulators: [driver, brake, random, 'NOPE'] } });
  });

  it('the ranking is supported when called regulators agree across patients', () => {
    const ranking = claimOf(found, 'regulators.ranking');
    expect(ranking.verdict).toBe('supported');
    expect(ranking.sentence.en).toContain(`${driver}, `);
    expect(ranking.sentence.fr).toContain('1 régulateur est plus actif et 1 moins');
  });

  it('and not supported where nothing moves', async () => {
    const still = await verdictsOf(alike(6, { ...full, strength: 0 }), { resources });
    expect(still['regulators.ranking']).toBe('not supported');
  });

  it('a named regulator: supported, contradicted, not supported, not testable', () => {
    expect(claimOf(found, `regulator.${driver}`).verdict).toBe('supported');
    expect(claimOf(found, `regulator.${driver}`).sentence.en).toMatch(/ranks 1st of 32.*its own RNA is flat/);
    expect(claimOf(found, `regulator.${brake}`).verdict).toBe('contradicted');
    expect(claimOf(found, `regulator.${random}`).verdict).toBe('not supported');
    expect(claimOf(found, 'regulator.NOPE').verdict).toBe('not testable');
    expect(claimOf(found, 'regulator.NOPE').sentence.en).toContain('NOPE has no measured regulon');
  });

  it.each([1, 2])('not testable in %i patients, though its regulon stands out', async (n) => {
    const few = await analysePlanted(alike(n, full), { resources, run: { regulators: [driver] } });
    expect(claimOf(few, 'regulators.ranking').verdict).toBe('not testable');
    expect(claimOf(few, `regulator.${driver}`).verdict).toBe('not testable');
  });

  it('chromatin and perturbation are graded as lines of their own, for and against', async () => {
    const run = { regulators: [driver] };
    const options = { resources, run, chromatin: chromatin(driver, 1.5), perturbation: perturbation(1) };
    const forIt = claimOf(await analysePlanted(six, options), `regulator.${driver}`);
    const line = (claim: Claim, id: string) => claim.lines.find((one) => one.id === id)?.verdict;
    expect([line(forIt, 'chromatin'), line(forIt, 'perturbation')]).toEqual(['supported', 'supported']);
    expect(forIt.needed.en).toBe('Replication in other patients.');
    const against = claimOf(
      await analysePlanted(six, { ...options, chromatin: chromatin(driver, -1.5), perturbation: perturbation(-1) }),
      `regulator.${driver}`,
    );
    expect([line(against, 'chromatin'), line(against, 'perturbation')]).toEqual(['contradicted', 'contradicted']);
    expect(against.verdict).toBe('not supported');
    expect(against.sentence.en).toContain('The lines of evidence disagree.');
  });
});

describe('reversal', () => {
  it.each([
    ['supported', alike(4, full)],
    ['contradicted', alike(4, { ...full, kept: 1 })],
    ['not supported', alike(4, { ...full, kept: 0.5 })],
    ['not testable', alike(4, { untreated: 3, residual: 3 })],
  ] as const)('%s', async (verdict, patients) => {
    expect((await verdictsOf(patients))['origin.reversal']).toBe(verdict);
  });

  it('says of each patient what was found of it', async () => {
    const patients = [
      { patient: 'BACK', ...full },
      { patient: 'KEPT', ...full, kept: 1 },
      { patient: 'HALF', ...full, kept: 0.5 },
      { patient: 'ONE', untreated: 1, residual: 1, relapse: 0 },
    ];
    const found = claimOf(await analysePlanted(patients, { effect: 2 }), 'origin.reversal');
    expect(found.verdict).toBe('not supported');
    expect(found.patients).toEqual({ agree: 1, asked: 3 });
    expect(found.sentence.en).toBe(
      'Relapse is back to the untreated state in BACK; not back in KEPT; partly back in HALF. Not testable: ONE.',
    );
    expect(found.sentence.fr).toBe(
      'La rechute est revenue à l’état non traité chez BACK ; pas revenue chez KEPT ; revenue en partie chez HALF. Non testable : ONE.',
    );
    expect(Object.fromEntries(found.lines.map((line) => [line.id, line.verdict]))).toEqual({
      BACK: 'supported',
      KEPT: 'contradicted',
      HALF: 'not supported',
      ONE: 'not testable',
    });
    expect(found.lines.find((line) => line.id === 'ONE')?.sentence).toEqual({
      en: 'Not testable: 1 sample before, 1 under and 0 after treatment.',
      fr: 'Non testable : 1 échantillon avant, 1 sous et 0 après traitement.',
    });
  });
});

describe('markers', () => {
  it('supported, not supported and not testable', async () => {
    const run = { markers: ['G0000', 'G0100', 'NOPE'] };
    const found = await verdictsOf(six, { run });
    expect([found['marker.G0000'], found['marker.G0100'], found['marker.NOPE']]).toEqual([
      'supported',
      'not supported',
      'not testable',
    ]);
    expect((await verdictsOf(alike(2, full), { run }))['marker.G0000']).toBe('not testable');
  });

  it('a measured gene is not said to be unmeasured where no patient has both stages', async () => {
    const patients = [...alike(2, { untreated: 3, residual: 0 }), { patient: 'X', untreated: 0, residual: 3 }];
    const found = claimOf(await analysePlanted(patients, { run: { markers: ['G0000'] } }), 'marker.G0000');
    expect(found.verdict).toBe('not testable');
    expect(found.sentence.en).toBe('No patient has samples of both stages.');
  });
});

describe('thresholds in sentences', () => {
  it('are those of the run, not rounded away', async () => {
    const run = { fdr: 0.001, reversalMargin: 0.25, logFoldChangeMin: 0.25, pAdjustedMax: 1e-6, markers: ['G0000'] };
    const found = await analysePlanted(six, { run });
    expect(claimOf(found, 'programme.shared').sentence.en).toContain('at 0.1 % false discoveries');
    expect(claimOf(found, 'programme.shared').sentence.fr).toContain('à 0,1 % de fausses découvertes');
    expect(claimOf(found, 'marker.G0000').control.en).toContain('false-discovery rate of 0.1 %');
    expect(claimOf(found, 'origin.reversal').control.fr).toContain('à moins de 0,25 de un');
    const model = found.result.methods.find((method) => method.id === 'model-of-all-samples')?.text;
    expect(model?.en).toContain('P < 0.000001 and |log2 fold change| > 0.25');
    expect(model?.fr).toContain('P ajusté < 0,000001 et |log2 du rapport| > 0,25');
  });
});

describe('every claim', () => {
  it('has its own id, a control, what is needed, and clean sentences in both languages', async () => {
    const planted = plantedStudy(six);
    const { resources, driver } = plantedRegulons(planted);
    const { result } = await analysePlanted(six, { resources, run: { regulators: [driver], markers: ['G0000'] } });
    const ids = result.claims.map((claim) => claim.id);
    expect(new Set(ids).size).toBe(ids.length);
    const others = /^(switch|weakness|weaknesses|markers|targets)\./;
    expect(ids.filter((id) => !others.test(id))).toEqual([
      'programme.shared',
      'programme.patients',
      'programme.treatment',
      'design.samples',
      'programme.meaning',
      'regulators.ranking',
      `regulator.${driver}`,
      'origin.reversal',
      'marker.G0000',
    ]);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...['switch.regulator', `switch.knock-out.${driver}`, 'switch.shape', 'switch.hysteresis'],
        ...['markers.surface', 'markers.gates', 'markers.secreted', 'markers.antigens'],
        ...['weakness.iron-overload', 'weakness.iron-starvation', 'weakness.iron-pattern', 'weakness.death-modes'],
        ...['weakness.immune-visibility', 'weakness.ahr', 'weaknesses.drugs', 'targets.first'],
      ]),
    );
    for (const claim of result.claims) expect(sentenceFaults(claim), claim.id).toEqual([]);
  });
});
