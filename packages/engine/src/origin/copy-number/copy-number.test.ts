import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import type { RunContext } from '../../core/context.js';
import { findTask } from '../../core/executor.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import type { CopyNumberOptions } from './options.js';
import { plantedTumour, type PlantedCells, type PlantedTumour } from './planted-tumour.test-helper.js';
import type { ArmCall, PatientCopyNumber } from './types.js';

const context = inlineContext(copyNumberTasks);

const normal = (n: number): PlantedCells => ({ label: 'normal', n, stage: 'untreated' });
const tumour = { '3p': 0.5, '7q': 1.5, '10q': 0.5 };

async function analyse(
  { cells, positions, labels }: PlantedTumour,
  options: CopyNumberOptions = {
    reference: { kind: 'cells', types: labels.map((label) => (label === 'normal' ? 'normal' : null)) },
  },
): Promise<PatientCopyNumber> {
  const { patients } = await copyNumber(cells, positions, options, context);
  return patients[0]!;
}

const altered = (arms: readonly ArmCall[]): readonly string[] =>
  arms.filter(({ call }) => call === 'loss' || call === 'gain').map(({ arm, call }) => `${arm} ${call}`);
const calledArms = ({ clones, samples }: PatientCopyNumber): readonly string[] => [
  ...new Set([...clones, ...samples].flatMap(({ arms }) => altered(arms))),
];

describe('a tumour among normal cells', () => {
  const planted = plantedTumour([
    normal(60),
    { label: 'stroma', n: 30, stage: 'untreated' },
    { label: 'A', n: 60, stage: 'untreated', arms: tumour },
    { label: 'B', n: 40, stage: 'untreated', arms: { ...tumour, '8q': 1.5, '5q': 0.5 } },
  ]);

  it('finds both clones with their arms, and leaves the others unaltered', async () => {
    const patient = await analyse(planted);
    expect(patient.status).toBe('called');
    expect(patient.reference).toMatchObject({ kind: 'cells', comparedWith: 'normal', fromOtherPatients: false });
    const [first, second, ...rest] = patient.clones;
    expect(altered(first!.arms)).toEqual(['3p loss', '7q gain', '10q loss']);
    expect(altered(second!.arms)).toEqual(['3p loss', '5q loss', '7q gain', '8q gain', '10q loss']);
    expect(rest.map((clone) => clone.altered)).toEqual([false]);
    expect(first!.segments.map(({ arm }) => arm)).toEqual(['3p', '7q', '10q']);
    expect(first!.arms.find(({ arm }) => arm === '3p')!.effect).toBeCloseTo(-1, 0);
    expect(first!.arms.find(({ arm }) => arm === '3p')!.posterior[0]).toBeGreaterThan(0.99);
  });

  it('tells tumour from normal cells, and gives the fraction an interval', async () => {
    const { cells, samples } = await analyse(planted);
    const of = (label: string): number[] =>
      [...cells.row.keys()]
        .filter((i) => planted.labels[cells.row[i]!] === label)
        .map((i) => cells.alteredProbability[i]!);
    expect(of('stroma').filter((p) => p < 0.5).length).toBeGreaterThanOrEqual(29);
    expect([...of('A'), ...of('B')].filter((p) => p > 0.5).length).toBeGreaterThanOrEqual(97);
    const { alteredFraction, nCells, nAltered, nUnaltered, abstained } = samples[0]!;
    expect(nCells).toBe(130);
    expect(nAltered + nUnaltered + (abstained.uncertain ?? 0)).toBe(130);
    expect(alteredFraction.low!).toBeLessThan(100 / 130);
    expect(alteredFraction.high!).toBeGreaterThan(100 / 130);
  });

  it('gives the same answer twice, for blocks run in any order, and does not touch the counts', async () => {
    const before = planted.cells.counts.data.slice();
    const first = await analyse(planted);
    expect(await analyse(planted)).toEqual(first);
    const backwards: RunContext = {
      seed: 1,
      executor: {
        concurrency: 2,
        map: <P, R>(task: string, payloads: readonly P[]) => {
          const run = findTask(copyNumberTasks, task);
          const results = [...payloads].reverse().map((payload) => run(payload, { aborted: false }) as R);
          return Promise.resolve(results.reverse());
        },
      },
    };
    const types = planted.labels.map((label) => (label === 'normal' ? 'normal' : null));
    const options = { reference: { kind: 'cells', types } } as const;
    const other = await copyNumber(planted.cells, planted.positions, options, backwards);
    expect(other.patients[0]).toEqual(first);
    expect(planted.cells.counts.data).toEqual(before);
  });

  it('stops on request and reports progress', async () => {
    const stages: string[] = [];
    await copyNumber(
      planted.cells,
      planted.positions,
      { reference: { kind: 'untreated' } },
      { ...context, onProgress: ({ stage }) => stages.push(stage) },
    );
    await copyNumber(
      planted.cells,
      planted.positions,
      { reference: { kind: 'cells', types: planted.labels.map((l) => (l === 'normal' ? l : null)) } },
      { ...context, onProgress: ({ stage }) => stages.push(stage) },
    );
    expect(new Set(stages)).toEqual(new Set(['copy number of P1', 'clones of P1']));
    const stopped = copyNumber(
      planted.cells,
      planted.positions,
      {},
      { ...context, signal: { aborted: true } as AbortSignal },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  });

  it('has a heatmap by clone and arm scores in units of noise', async () => {
    const { heatmap, cells, bins, genomeArms } = await analyse(planted);
    const clones = Array.from(heatmap.cells, (i) => cells.clone[i] || 256);
    expect(clones).toEqual([...clones].sort((a, b) => a - b));
    expect(heatmap.values.length).toBe(heatmap.cells.length * bins.length);
    const lost = genomeArms.findIndex(({ label }) => label === '3p');
    const scores = (label: string): number[] =>
      [...cells.row.keys()]
        .filter((i) => planted.labels[cells.row[i]!] === label)
        .map((i) => cells.armScores[i * genomeArms.length + lost]!);
    const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean(scores('A'))).toBeLessThan(-1.5);
    expect(Math.abs(mean(scores('normal')))).toBeLessThan(0.3);
  });
});

describe('when nothing can be told', () => {
  const quiet = plantedTumour([normal(60), { label: 'other', n: 60, stage: 'untreated', programme: true }], {
    seed: 5,
  });

  it('a quiet genome has no call, in any cell', async () => {
    const patient = await analyse(quiet);
    expect(patient).toMatchObject({ status: 'cannot-tell', reasons: ['quiet-genome'] });
    expect(calledArms(patient)).toEqual([]);
    expect(patient.cells.alteredProbability.every(Number.isNaN)).toBe(true);
    expect(new Set(patient.cells.abstained)).toEqual(new Set(['quiet-genome']));
    expect(patient.samples[0]).toMatchObject({
      status: 'cannot-tell',
      alteredFraction: { value: null, status: 'not-identifiable' },
    });
  });

  it('a sample without reference has no call', async () => {
    const { cells, positions } = plantedTumour([{ label: 'A', n: 80, stage: 'residual', arms: tumour }], { seed: 6 });
    for (const reference of [
      { kind: 'find' },
      { kind: 'untreated' },
      { kind: 'cells', types: cells.barcodes.map(() => null) },
    ] as const) {
      const { patients } = await copyNumber(cells, positions, { reference }, context);
      expect(patients[0]).toMatchObject({ status: 'cannot-tell', reasons: ['no-reference'], clones: [] });
      expect(new Set(patients[0]!.cells.abstained)).toEqual(new Set(['no-reference']));
    }
  });

  it('too few reference cells, genes, arms or cells are named', async () => {
    const reasons = async (planted: PlantedTumour, options?: CopyNumberOptions): Promise<readonly string[]> =>
      (await analyse(planted, options)).reasons;
    const tumourCells: PlantedCells = { label: 'A', n: 40, stage: 'untreated', arms: tumour };
    expect(await reasons(plantedTumour([normal(8), tumourCells]))).toEqual(['few-reference-cells']);
    expect(await reasons(plantedTumour([normal(30), tumourCells], { genes: 300 }))).toEqual(['few-genes']);
    expect(await reasons(plantedTumour([normal(30), tumourCells], { depth: 100 }))).toEqual(['few-genes']);
    expect(
      await reasons(plantedTumour([normal(30), tumourCells], { depth: 60, genes: 20_000 }), {
        reference: { kind: 'cells', types: Array.from({ length: 70 }, (_, i) => (i < 30 ? 'normal' : null)) },
        minDetection: 0.001,
      }),
    ).toEqual(['low-depth']);
  });

  it('cells of low depth are left without a call', async () => {
    const planted = plantedTumour([normal(60), { label: 'A', n: 60, stage: 'untreated', arms: tumour }]);
    const row = planted.labels.indexOf('A');
    const { indptr, data } = planted.cells.counts;
    const counts = {
      ...planted.cells.counts,
      data: data.map((value, k) => (k >= indptr[row]! + 100 && k < indptr[row + 1]! ? 0 : value)),
    };
    const patient = await analyse({ ...planted, cells: { ...planted.cells, counts } });
    const place = patient.cells.row.indexOf(row);
    expect(patient.cells.abstained[place]).toBe('low-depth');
    expect(patient.cells.clone[place]).toBe(0);
    expect(patient.samples[0]!.abstained['low-depth']).toBe(1);
  });
});

describe('the reference', () => {
  it("may be other patients' cells, which is said", async () => {
    const planted = plantedTumour([
      { label: 'A', n: 50, stage: 'residual', patient: 'P1', arms: tumour },
      { ...normal(50), patient: 'P2' },
    ]);
    const patient = await analyse(planted);
    expect(patient.reference.fromOtherPatients).toBe(true);
    expect(patient.warnings.map(({ code }) => code)).toEqual(['reference-of-other-patients']);
    expect(patient.cells.row.length).toBe(50);
    expect(calledArms(patient)).toEqual(['3p loss', '7q gain', '10q loss']);
  });

  it('may be a profile', async () => {
    const planted = plantedTumour([normal(60), { label: 'A', n: 60, stage: 'untreated', arms: tumour }]);
    const { counts, genes } = planted.cells;
    const sums = new Float64Array(genes.length);
    for (let k = 0; k < counts.indptr[60]!; k++) sums[counts.indices[k]!]! += counts.data[k]!;
    const patient = await analyse(planted, {
      reference: { kind: 'profile', profile: { genes, groups: ['normal'], counts: sums } },
    });
    expect(patient.clones.filter((clone) => clone.altered).map(({ arms }) => altered(arms))).toEqual([
      ['3p loss', '7q gain', '10q loss'],
    ]);
    const tumourCells = [...patient.cells.row.keys()].filter((i) => planted.labels[patient.cells.row[i]!] === 'A');
    expect(tumourCells.filter((i) => patient.cells.alteredProbability[i]! >= 0.9).length).toBeGreaterThan(54);
  });

  it('that carries the alterations itself is warned of', async () => {
    const planted = plantedTumour([
      normal(40),
      { label: 'wrong', n: 10, stage: 'untreated', arms: tumour },
      { label: 'A', n: 60, stage: 'untreated', arms: tumour },
    ]);
    const types = planted.labels.map((label) => (label === 'A' ? null : 'normal'));
    const patient = await analyse(planted, { reference: { kind: 'cells', types } });
    expect(patient.warnings.map(({ code }) => code)).toEqual(['reference-looks-altered']);
  });
});

describe('options', () => {
  const { cells, positions } = plantedTumour([normal(20)], { genes: 100 });
  it.each<[CopyNumberOptions, RegExp]>([
    [{ posterior: 1.5 }, /posterior/],
    [{ binGenes: 0 }, /binGenes/],
    [{ unknown: 1 } as CopyNumberOptions, /unknown/],
    [{ reference: { kind: 'cells', types: ['normal'] } }, /reference types/],
    [
      {
        reference: { kind: 'profile', profile: { genes: ['A'], groups: ['x'], counts: new Float64Array(3) } },
      },
      /profile/,
    ],
  ])('%j is refused', async (options, message) => {
    await expect(copyNumber(cells, positions, options, context)).rejects.toThrow(message);
    await expect(copyNumber(cells, positions, options, context)).rejects.toMatchObject({ code: 'option' });
  });
});
