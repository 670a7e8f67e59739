import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  blockTasks,
  type Claim,
  createRng,
  resolveRunOptions,
  resultsDocumentSchema,
  type RunOptions,
  shuffleInPlace,
  type StudyResult,
  type Table,
} from '@remnant/engine';
import { loadStudy } from '@remnant/formats';
import { inlineExecutor, loadResources, outputFiles, readResults, runStudy } from '@remnant/host';
import { nodeSource, resourceStore } from '@remnant/host/node';
import { missingFigures, renderFigures, renderReport } from '@remnant/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedResources } from '../host/shared.js';
import { numbersOf, rowsOf, textsOf } from '../support/read-table.js';
import { withoutReferenceStudy, writeReferenceStudy } from '../support/reference-study.js';
import { sentenceFaults } from '../support/sentence-faults.js';

/** The eight-patient study from its files to its claims, through the same layer as every face. */
const packs = ['collectri', 'hallmark', 'metaprograms'] as const;
const patients = ['HBCx10', 'HBCx14', 'HBCx172', 'HBCx218', 'HBCx221', 'HBCx33', 'HBCx39', 'HBCx95'];

let place = '';
let result: StudyResult;

const table = (name: string): Table => {
  const found = result.tables.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no table ${name}.`);
  return found;
};
const claim = (id: string): Claim => {
  const found = result.claims.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no claim ${id}.`);
  return found;
};
const numberIn = (id: string, label: string): number | null => {
  const found = claim(id).numbers.find((one) => one.label.en === label);
  if (found === undefined) throw new Error(`${id} has no number "${label}".`);
  return found.value;
};

async function runReference(folder: string, settings: Partial<RunOptions>): Promise<StudyResult> {
  const source = nodeSource(folder);
  const studyPath = 'study.yaml';
  const library = resourceStore(join(place, 'home'));
  const resources = await loadResources(await loadStudy(source, studyPath), { source, studyPath, library });
  const options = resolveRunOptions(settings);
  return runStudy(
    { source, studyPath, options, resources },
    { seed: options.seed, executor: inlineExecutor(blockTasks) },
  );
}

describe.skipIf(withoutReferenceStudy('the reference study end to end'))('the reference study end to end', () => {
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'remnant-reference-'));
    const library = resourceStore(join(place, 'home'));
    for (const pack of packs) await library.add(pack, { from: sharedResources });
    writeReferenceStudy(join(place, 'study'), { resources: packs });
    result = await runReference(join(place, 'study'), {});
  });
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });

  it('holds 23 untreated, 42 residual and 22 relapse samples of eight patients', () => {
    const { nPatients, nSamples, nCells, nGenes, samplesPerStage, technologies } = result.summary;
    expect([nPatients, nSamples, nCells, nGenes]).toEqual([8, 87, 0, 9394]);
    expect(samplesPerStage).toEqual({ untreated: 23, residual: 42, relapse: 22 });
    expect(new Set(technologies)).toEqual(new Set(["10x 3'", 'microarray', 'bulk RNA-seq']));
    expect(textsOf(table('programme_patients'), 'patient')).toEqual(patients);
  });

  it('calls 391 genes up and 299 down, in the table as in the claim', () => {
    const calls = textsOf(table('programme_genes'), 'call');
    expect(calls.filter((call) => call === 'up').length).toBe(391);
    expect(calls.filter((call) => call === 'down').length).toBe(299);
    expect(numberIn('programme.shared', 'Genes up, model of all samples')).toBe(391);
    expect(numberIn('programme.shared', 'Genes down, model of all samples')).toBe(299);
    expect(claim('programme.shared').sentence.en).toContain('391 genes are up and 299 down');
  });

  it('the shared programme is supported in seven of eight patients', () => {
    expect(claim('programme.shared').verdict).toBe('supported');
    expect(claim('programme.shared').patients).toEqual({ agree: 7, asked: 8 });
    expect(numberIn('programme.shared', 'Patients a called gene must agree in')).toBe(6);
    const observed = numberIn('programme.shared', 'Genes agreeing in that many patients') ?? 0;
    const expected = numberIn('programme.shared', 'Expected with permuted labels') ?? 0;
    expect(observed).toBeGreaterThan(10 * expected);
  });

  it('patient correction splits 39 residual from 45 other samples; without it samples follow technology', () => {
    const split = rowsOf(table('sample_clusters')).filter(
      (row) => row['display'] === 'corrected' && row['group_kind'] === 'stage',
    );
    const count = (cluster: string, stage: string): unknown =>
      split.find((row) => row['cluster'] === cluster && row['group'] === stage)?.['n'];
    const residual = ['A', 'B'].sort((a, b) => Number(count(b, 'residual')) - Number(count(a, 'residual')));
    const [home, other] = residual as [string, string];
    expect(count(home, 'residual')).toBeGreaterThanOrEqual(39);
    expect([count(home, 'untreated'), count(home, 'relapse')]).toEqual([0, 0]);
    expect([count(other, 'untreated'), count(other, 'relapse')]).toEqual([23, 22]);
    const rand = (display: string, kind: string): number =>
      rowsOf(table('sample_cluster_agreement')).find(
        (row) => row['display'] === display && row['group_kind'] === kind,
      )?.['adjusted_rand_index'] as number;
    expect(rand('raw', 'technology')).toBeGreaterThan(0.8);
    expect(rand('raw', 'technology')).toBeGreaterThan(rand('raw', 'stage'));
    expect(rand('raw', 'stage')).toBeLessThan(0.1);
    expect(rand('corrected', 'stage')).toBeGreaterThan(0.5);
    expect(claim('design.samples').verdict).toBe('supported');
    expect(claim('design.samples').sentence.en).toContain('39 of 42');
    expect(claim('design.samples').sentence.en).toContain('45 of 45');
  });

  it('leave one patient out: AUC ≥ 0.98 with the sample-model signature, and 0.9796 with the patient-level one', () => {
    const found = table('programme_patients');
    const column = (name: string): Map<string, number> =>
      new Map(Array.from(numbersOf(found, name), (value, i) => [patients[i] as string, value]));
    const [auc, back] = [column('auc_sample_model'), column('auc_relapse_sample_model')];
    for (const patient of ['HBCx10', 'HBCx14', 'HBCx33'])
      expect(auc.get(patient), patient).toBeGreaterThanOrEqual(0.98);
    for (const patient of ['HBCx10', 'HBCx33']) expect(back.get(patient), patient).toBeGreaterThanOrEqual(0.98);
    // One sample per arm gives a sign, not an AUC; HBCx14 has no relapse.
    for (const patient of ['HBCx172', 'HBCx218', 'HBCx221', 'HBCx39', 'HBCx95']) expect(auc.get(patient)).toBeNaN();
    expect(back.get('HBCx14')).toBeNaN();
    // The patient-level signature misses 0.98 by two of 98, and four of 196, pairs of samples in HBCx33.
    expect(column('auc').get('HBCx33')).toBeCloseTo(96 / 98, 10);
    expect(column('auc_relapse').get('HBCx33')).toBeCloseTo(191 / 196, 10);
    expect([column('auc').get('HBCx10'), column('auc').get('HBCx14'), column('auc_relapse').get('HBCx10')]).toEqual([
      1, 1, 1,
    ]);
    expect(numberIn('programme.shared', 'Smallest leave-one-out AUC with replicates')).toBeCloseTo(191 / 196, 10);
  });

  it('HBCx95 is the one outlier, and the claim says how firm that is', () => {
    const found = table('programme_patients');
    const outliers = textsOf(found, 'patient').filter((_, i) => textsOf(found, 'outlier')[i] === 'yes');
    expect(outliers).toEqual(['HBCx95']);
    expect(claim('programme.patients').sentence.en).toContain('HBCx95 departs from the programme of the others');
    expect(claim('programme.patients').control.en).toContain('does not hold with half or twice as many genes');
    expect(numbersOf(found, 'outlier_z_half')[7]).toBeGreaterThan(-3.5);
  });

  it('patient by patient: seven present, HBCx95 neither present nor absent', () => {
    const { verdict, lines } = claim('programme.patients');
    expect(verdict).toBe('supported');
    expect(Object.fromEntries(lines.map((line) => [line.id, line.verdict]))).toEqual({
      ...Object.fromEntries(patients.map((patient) => [patient, 'supported'])),
      HBCx95: 'not supported',
    });
  });

  it('two patients return to untreated, six cannot be asked', () => {
    const found = claim('origin.reversal');
    expect(found.verdict).toBe('supported');
    expect(found.patients).toEqual({ agree: 2, asked: 2 });
    const index = (patient: string) => found.numbers.find((one) => one.label.en.includes(patient));
    for (const [patient, expected] of [
      ['HBCx10', 0.98],
      ['HBCx33', 0.97],
    ] as const) {
      const { value, low, high } = index(patient) ?? {};
      expect(Math.abs((value ?? NaN) - expected), patient).toBeLessThanOrEqual(0.02);
      expect(low, patient).toBeGreaterThan(0.8);
      expect(low, patient).toBeLessThan(value ?? NaN);
      expect(high, patient).toBeGreaterThan(value ?? NaN);
      expect(high, patient).toBeLessThan(1.2);
    }
    expect(found.lines.filter((line) => line.verdict === 'not testable').map((line) => line.id)).toEqual(
      patients.filter((patient) => patient !== 'HBCx10' && patient !== 'HBCx33'),
    );
  });

  it('FOSL1 is not supported by its RNA or its regulon, and says what is missing', () => {
    const found = claim('regulator.FOSL1');
    expect(found.verdict).toBe('not supported');
    expect(found.sentence.en).toContain('its own RNA is flat');
    expect(numberIn('regulator.FOSL1', 'Adjusted P of its own RNA')).toBeGreaterThan(0.05);
    const lines = Object.fromEntries(found.lines.map((line) => [line.id, line.verdict]));
    expect(lines).toMatchObject({
      expression: 'not supported',
      regulon: 'not supported',
      chromatin: 'not testable',
      perturbation: 'not testable',
    });
    expect(found.needed.en).toMatch(/motif or peak table.*gain- or loss-of-function table of FOSL1/);
  });

  it('regulators: the four of the paper are among the five least active', () => {
    const names = textsOf(table('regulators'), 'regulator');
    for (const name of ['MYC', 'SREBF1', 'SREBF2', 'E2F4']) expect(names.slice(-5)).toContain(name);
    expect(claim('regulators.ranking').verdict).toBe('supported');
    expect(numberIn('regulators.ranking', 'Regulators tested')).toBe(names.length);
  });

  it('CD44 is not shared', () => {
    const found = claim('marker.CD44');
    expect(found.verdict).toBe('not supported');
    expect(found.sentence.en).toContain('not shared: raised in 2 and lowered in 6 of 8 patients');
  });

  it('treatments agree within patients and less between them', () => {
    const found = rowsOf(table('treatment_correlations'));
    const within = found.filter((row) => row['relation'] === 'within');
    expect(within.length).toBe(4);
    for (const row of within) {
      expect(row['correlation_all']).toBeGreaterThan(0.87);
      expect(row['without_shared_control']).toBeLessThan(row['correlation_all'] as number);
      expect(row['without_shared_control']).toBeGreaterThan(0.5);
    }
    const between = found.filter((row) => row['relation'] === 'between').map((row) => row['correlation_all'] as number);
    expect(Math.max(...between)).toBeLessThan(0.4);
    expect(claim('programme.treatment').verdict).toBe('supported');
    expect(claim('programme.treatment').sentence.en).toContain('r from −0.12 to 0.39');
  });

  it('the leading genes and sets are those of the paper', () => {
    expect(claim('programme.shared').sentence.en).toMatch(/down [^.]*SQLE/);
    expect(claim('programme.meaning').verdict).toBe('supported');
    expect(claim('programme.meaning').sentence.en).toContain('MP17 Interferon/MHC-II (I)');
    expect(claim('programme.meaning').sentence.en).toContain('MP6 Hypoxia');
  });

  it('every claim has a control, what is needed, clean sentences in both languages, and the tables and figures it names', () => {
    const tables = new Set(result.tables.map((one) => one.name));
    const figures = new Set(renderFigures(result, { lang: 'en' }).map((one) => one.id));
    const leftOut = missingFigures(result, { lang: 'en' }).map((one) => one.id);
    expect(new Set(result.claims.map((one) => one.id)).size).toBe(result.claims.length);
    for (const found of result.claims) {
      expect(sentenceFaults(found), found.id).toEqual([]);
      for (const name of found.tables) expect(tables, `${found.id}: ${name}`).toContain(name);
      const drawn = found.verdict === 'not testable' ? [...figures, ...leftOut] : [...figures];
      for (const id of found.figures) expect(drawn, `${found.id}: ${id}`).toContain(id);
      if (found.verdict !== 'not testable') {
        expect(found.tables.length + found.figures.length, found.id).toBeGreaterThan(0);
      }
      for (const { label, value, low, high } of found.numbers) {
        for (const one of [value, low, high]) {
          expect(one === null || Number.isFinite(one), `${found.id}: ${label.en}`).toBe(true);
        }
      }
    }
  });

  it('results.json follows its own schema, and the folder read back gives the same report', async () => {
    for (const lang of ['en', 'fr'] as const) {
      const files = new Map((await outputFiles(result, { lang })).map(({ path, content }) => [path, content]));
      const bytes = (path: string): Uint8Array => {
        const content = files.get(path);
        if (content === undefined) throw new Error(`${path} was not written.`);
        return typeof content === 'string' ? new TextEncoder().encode(content) : content;
      };
      const document: unknown = JSON.parse(new TextDecoder().decode(bytes('results.json')));
      expect(resultsDocumentSchema.safeParse(document).error).toBeUndefined();
      const again = readResults(bytes);
      expect(renderReport(again, { lang }) === files.get('report.html'), lang).toBe(true);
      expect((await outputFiles(again, { lang })).map(({ path }) => path)).toEqual([...files.keys()]);
    }
  });

  it('provenance names the files, the packs and the options, and no place on this computer', () => {
    const { provenance } = result;
    expect(provenance.inputs.map(({ path }) => path)).toEqual(['common_rawcounts_8pdx.csv.gz']);
    expect(provenance.packs.map(({ name }) => name)).toEqual([...packs]);
    expect(provenance.options).toEqual({ ...resolveRunOptions({}) });
    expect(JSON.stringify(provenance)).not.toContain(place);
  });

  describe.each([1, 2, 3])('with the stages of every patient shuffled (seed %i)', (seed) => {
    let verdicts: ReadonlyMap<string, string>;
    beforeAll(async () => {
      const folder = join(place, `shuffled-${String(seed)}`);
      writeReferenceStudy(folder, { resources: packs });
      const sheet = readFileSync(join(folder, 'samples.csv'), 'utf8').trim().split('\n');
      writeFileSync(join(folder, 'samples.csv'), `${shuffledStages(sheet, seed).join('\n')}\n`);
      const settings = { permutations: 200, bootstraps: 100, seed, regulators: ['MYC'], markers: ['CD44'] };
      const shuffled = await runReference(folder, settings);
      expect(shuffled.summary.samplesPerStage).toEqual(result.summary.samplesPerStage);
      verdicts = new Map(shuffled.claims.map((one) => [one.id, one.verdict]));
      console.info(`shuffled, seed ${String(seed)}:`, Object.fromEntries(verdicts));
    });

    it.each([
      'programme.shared',
      'programme.patients',
      'programme.meaning',
      'design.samples',
      'regulators.ranking',
      'regulator.MYC',
      'origin.reversal',
      'marker.CD44',
    ])('%s is not supported', (id) => {
      expect(verdicts.get(id)).not.toBe('supported');
    });
  });
});

/**
 * The stages of every patient in another order. A patient with one sample of each would often keep both, so half of those
 * patients are swapped.
 */
function shuffledStages([header = '', ...rows]: readonly string[], seed: number): readonly string[] {
  const cells = rows.map((row) => row.split(','));
  const rng = createRng(seed, 'shuffled-stages');
  const of = (patient: string): string[][] => cells.filter((row) => row[1] === patient);
  const names = [...new Set(cells.map((row) => row[1] as string))];
  const single = names.filter((patient) => of(patient).length === 2);
  shuffleInPlace(single, rng);
  const swapped = new Set(single.slice(0, Math.round(single.length / 2)));
  for (const patient of names) {
    const own = of(patient);
    const stages = own.map((row) => row[2] as string);
    if (own.length > 2) shuffleInPlace(stages, rng);
    else if (swapped.has(patient)) stages.reverse();
    own.forEach((row, i) => {
      row[2] = stages[i] as string;
    });
  }
  return [header, ...cells.map((row) => row.join(','))];
}
