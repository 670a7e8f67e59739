import {
  AbortedError,
  blockTasks,
  type Executor,
  findTask,
  LimitError,
  noResources,
  type Progress,
  resolveRunOptions,
  type RunOptions,
  type StepStore,
  type StudyResult,
} from '@remnant/engine';
import { type FileSource, loadStudy, memorySource } from '@remnant/formats';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  asLog2,
  backFromLog2,
  countsTable,
  encode,
  mixedStudy,
  type MixedStudy,
} from '../../../../tests/support/mixed-study.js';
import { numbersOf, textsOf } from '../../../../tests/support/read-table.js';
import { inlineExecutor } from '../executors/index.js';
import { outputFiles } from '../output/index.js';
import { loadSamples, type LoadedSamples } from './load-samples.js';
import { runStudy } from './run-study.js';

type Files = Readonly<Record<string, Uint8Array>>;

const quick = { permutations: 100, bootstraps: 100, signatureSize: 10, variableGenes: 50, regulators: [], markers: [] };
const executor = inlineExecutor(blockTasks);

let mixed: MixedStudy;
beforeAll(async () => {
  mixed = await mixedStudy();
});

/** A store in memory that counts what it gave and took, by kind of answer. */
function countingStore(): StepStore & { readonly hits: string[]; readonly puts: string[] } {
  const kept = new Map<string, unknown>();
  const [hits, puts]: [string[], string[]] = [[], []];
  return {
    hits,
    puts,
    get: (key) => {
      if (kept.has(key)) hits.push(key);
      return Promise.resolve(structuredClone(kept.get(key)));
    },
    put: (key, value) => {
      puts.push(key);
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

interface Settings {
  readonly options?: Partial<RunOptions>;
  readonly store?: StepStore;
  readonly executor?: Executor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

async function load(files: Files, { options = {}, store }: Settings = {}): Promise<LoadedSamples> {
  const source = memorySource(files);
  return loadSamples({ source, folder: '', study: await loadStudy(source, 'study.yaml') }, resolveRunOptions(options), {
    context: { seed: 1, executor },
    store: store ?? null,
    version: 'test',
    kernels: null,
  });
}

function run(files: Files, settings: Settings = {}, source: FileSource = memorySource(files)): Promise<StudyResult> {
  const { options, store, ...context } = settings;
  return runStudy(
    {
      source,
      studyPath: 'study.yaml',
      options: resolveRunOptions({ ...quick, ...options }),
      resources: noResources,
      ...(store === undefined ? {} : { store }),
    },
    { seed: options?.seed ?? 1, executor, ...context },
  );
}

/** The files without those whose path starts so, and with others in place. */
function withFiles(changes: Readonly<Record<string, Uint8Array | null>>): Files {
  const kept = Object.entries(mixed.files).filter(([path]) => !(path in changes));
  const added = Object.entries(changes).flatMap(([path, bytes]) => (bytes === null ? [] : [[path, bytes] as const]));
  return Object.fromEntries([...kept, ...added]);
}

describe('samples in mixed formats', () => {
  it('gives the same counts from a table by symbol, a table by Ensembl id, 10x folders and .h5ad files', async () => {
    const { samples, warnings, inputs } = await load(mixed.files);
    const { counts } = mixed.input;
    expect(samples.counts.samples).toEqual(counts.samples);
    expect(samples.counts.genes).toEqual(counts.genes);
    expect(samples.counts.values).toEqual(counts.values);
    expect(samples.nCells).toEqual(counts.samples.map((name) => (name.startsWith('T') ? null : 10)));
    const blocks = samples.blocks[counts.samples.indexOf('C2_residual_1')];
    expect(blocks?.count).toBe(10);
    expect(warnings.find(({ message }) => message.startsWith('T2.tsv'))?.message).toContain(
      '200 Ensembl ids turned into symbols',
    );
    expect(inputs.map(({ path }) => path)).toContain('cells/C1_untreated_1/matrix.mtx.gz');
    expect(new Set(inputs.map(({ path }) => path)).size).toBe(inputs.length);
    for (const { path, bytes } of inputs) expect(bytes, path).toBe(mixed.files[path]?.length);
  });

  it('takes log2 values back to linear, and says so', async () => {
    const table = countsTable(mixed.input, 'T1', mixed.input.counts.genes, ',', asLog2);
    const { samples, warnings } = await load(withFiles({ 'T1.csv': table }));
    const n = samples.counts.samples.length;
    const own = samples.counts.samples.indexOf('T1_residual_1');
    for (const g of [0, 7, 42]) {
      const counted = mixed.input.counts.values[g * n + own] as number;
      expect(samples.counts.values[g * n + own]).toBe(backFromLog2(counted));
      expect(samples.counts.values[g * n + own]).toBeCloseTo(counted + 1, 6);
    }
    const said = warnings.filter(({ code }) => code === 'scale-log2');
    expect(said.map(({ message }) => message.slice(0, 30))).toEqual(['T1.csv was read as log2 values']);
  });

  it('keeps intensities as they are, and says that they are not counts', async () => {
    const table = countsTable(mixed.input, 'T1', mixed.input.counts.genes, ',', (value) => (value + 0.25).toFixed(2));
    const { samples, warnings } = await load(withFiles({ 'T1.csv': table }));
    expect(samples.counts.values[0]).toBe((mixed.input.counts.values[0] as number) + 0.25);
    expect(warnings.map(({ code }) => code)).toContain('scale-intensity');
  });

  it('keeps the genes that every input has, and reports the others', async () => {
    const genes = mixed.input.counts.genes.map((gene, g) => (g < 3 ? `UNHEARDOF${String(g)}` : gene));
    const { samples, warnings } = await load(withFiles({ 'T1.csv': countsTable(mixed.input, 'T1', genes) }));
    expect(samples.counts.genes).toEqual(mixed.input.counts.genes.slice(3));
    const own = warnings.find(({ code, message }) => code === 'genes' && message.startsWith('T1.csv'));
    expect(own?.message).toBe(
      'T1.csv: 3 genes are not in every input and were left out (UNHEARDOF0, UNHEARDOF1, UNHEARDOF2); 197 remain.',
    );
    const other = warnings.find(({ message }) => message.startsWith('single cells'));
    expect(other?.message).toContain(mixed.input.counts.genes[0]);
  });

  it('sums the rows of a repeated gene', async () => {
    const genes = mixed.input.counts.genes.map((gene, g) => (g === 1 ? (mixed.input.counts.genes[0] as string) : gene));
    const { samples, warnings } = await load(withFiles({ 'T1.csv': countsTable(mixed.input, 'T1', genes) }));
    const { values } = mixed.input.counts;
    const n = samples.counts.samples.length;
    expect(samples.counts.genes.length).toBe(199);
    expect(samples.counts.values[0]).toBe((values[0] as number) + (values[n] as number));
    expect(warnings.find(({ message }) => message.startsWith('T1.csv'))?.message).toContain(
      'rows of repeated genes summed',
    );
  });

  it('refuses a sample without a count', async () => {
    const table = countsTable(mixed.input, 'T1', mixed.input.counts.genes, ',', () => '0');
    await expect(load(withFiles({ 'T1.csv': table }))).rejects.toThrow(
      /T1\.csv: Sample "T1_untreated_1" has no counts: every value is zero/,
    );
  });
});

describe('inputs that cannot be read', () => {
  const bad = (): Files =>
    withFiles({
      'T1.csv': encode('<!DOCTYPE html><html><body>Sign in</body></html>'),
      'cells/C2_relapse_2.h5ad': encode('not an HDF5 file at all'),
    });

  it('names every bad input at once', async () => {
    const error = await load(bad()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'format' });
    const { message } = error as Error;
    expect(message).toMatch(/^2 inputs cannot be read/);
    expect(message).toContain('T1.csv');
    expect(message).toContain('cells/C2_relapse_2.h5ad');
    expect(message).toContain('--skip-unreadable');
    expect(message).not.toContain('T2.tsv');
  });

  it('names every missing input at once, before the first is read', async () => {
    const files = withFiles({ 'T1.csv': null, 'cells/C2_relapse_2.h5ad': null });
    const source = memorySource(files);
    const read: string[] = [];
    const watched: FileSource = {
      ...source,
      read: (path) => {
        read.push(path);
        return source.read(path);
      },
      readRange: (path, offset, length) => {
        read.push(path);
        return (source.readRange as NonNullable<FileSource['readRange']>)(path, offset, length);
      },
    };
    await expect(run(files, {}, watched)).rejects.toThrow(/T1\.csv[^]*C2_relapse_2\.h5ad/);
    expect(read.filter((path) => !/study\.yaml|samples\.csv/.test(path))).toEqual([]);
  });

  it('leaves them out when told to, and says so', async () => {
    const { study, samples, warnings } = await load(bad(), { options: { skipUnreadable: true } });
    const left = mixed.input.counts.samples.filter((name) => !name.startsWith('T1') && name !== 'C2_relapse_2');
    expect(samples.counts.samples).toEqual(left);
    expect(study.samples.map(({ sample }) => sample)).toEqual(left);
    const skipped = warnings.filter(({ code }) => code === 'sample-skipped').map(({ message }) => message);
    expect(skipped.length).toBe(2);
    expect(skipped[0]).toContain('T1_untreated_1, T1_untreated_2, T1_residual_1');
    expect(skipped[0]).toContain('T1.csv');
    expect(skipped[1]).toContain('Left out C2_relapse_2: cells/C2_relapse_2.h5ad');
  });

  it('still fails when nothing can be read', async () => {
    const broken = Object.keys(mixed.files).filter((path) => !/^(study|samples)\./.test(path));
    const files = withFiles(Object.fromEntries(broken.map((path) => [path, encode('<html>')])));
    await expect(load(files, { options: { skipUnreadable: true } })).rejects.toMatchObject({ code: 'format' });
  });

  it('keeps the good ones, which are not read again once the bad ones are mended', async () => {
    const store = countingStore();
    await expect(load(bad(), { store })).rejects.toMatchObject({ code: 'format' });
    const nInputs = 2 + 6 + 6;
    expect([store.hits.length, store.puts.length]).toEqual([0, nInputs - 2]);
    const mended = await load(mixed.files, { store });
    // One more step than inputs: once all samples are joined, their cells are labelled.
    expect([store.hits.length, store.puts.length]).toEqual([nInputs - 2, nInputs + 1]);
    expect(mended.samples).toEqual((await load(mixed.files)).samples);
  });

  it('reads a table again when its content has changed, and judges cells again when the limits or the seed have', async () => {
    const store = countingStore();
    await load(mixed.files, { store });
    const before = store.puts.length;
    const genes = mixed.input.counts.genes.toReversed();
    await load(withFiles({ 'T1.csv': countsTable(mixed.input, 'T1', genes) }), { store });
    expect(store.puts.length).toBe(before + 1);
    await load(mixed.files, { store, options: { cellBlocks: 5 } });
    expect(store.puts.length).toBe(before + 1);
    await load(mixed.files, { store, options: { maximumCounts: 1_000_000 } });
    expect(store.puts.length).toBe(before + 1 + 12);
  });

  it('refuses what is over the memory budget instead of leaving it out', async () => {
    const options = { memoryGib: 1e-6, skipUnreadable: true };
    await expect(load(mixed.files, { options })).rejects.toThrow(LimitError);
  });

  it('refuses genes of the other species', async () => {
    const genes = mixed.ensemblIds.map((id) => id.replace('ENSG', 'ENSMUSG'));
    await expect(load(withFiles({ 'T2.tsv': countsTable(mixed.input, 'T2', genes, '\t') }))).rejects.toThrow(
      /T2\.tsv.*mouse/s,
    );
  });
});

describe('a whole run', () => {
  it('finds the planted programme across formats', async () => {
    const result = await run(mixed.files);
    const verdicts = Object.fromEntries(result.claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({ 'programme.shared': 'supported', 'origin.reversal': 'supported' });
    expect(result.summary).toMatchObject({ nPatients: 4, nSamples: 24, nCells: 120, nGenes: 200 });
    const calls = result.tables.find(({ name }) => name === 'programme_genes');
    if (calls === undefined) throw new Error('no programme table');
    const up = textsOf(calls, 'gene').filter((_, g) => textsOf(calls, 'call')[g] === 'up');
    const planted = new Set(mixed.input.counts.genes.slice(0, 20));
    expect(up.filter((gene) => planted.has(gene)).length).toBeGreaterThanOrEqual(18);
    expect(up.filter((gene) => !planted.has(gene))).toEqual([]);
    const samples = result.tables.find(({ name }) => name === 'samples');
    if (samples === undefined) throw new Error('no sample table');
    expect(numbersOf(samples, 'n_cells').filter((n) => n === 10).length).toBe(12);
  });

  it('gives the same bytes from two executors, with and without a store, and taken up again', async () => {
    const bytes = async (settings: Settings): Promise<string> =>
      JSON.stringify(
        (await outputFiles(await run(mixed.files, settings), { lang: 'en' })).map(({ path, content }) => [
          path,
          typeof content === 'string' ? content : new TextDecoder().decode(content),
        ]),
      );
    const expected = await bytes({});
    expect((await bytes({ executor: backwards })) === expected, 'another executor').toBe(true);
    const store = countingStore();
    expect((await bytes({ store })) === expected, 'with a store').toBe(true);
    const { length } = store.puts;
    expect((await bytes({ store })) === expected, 'every step taken from the store').toBe(true);
    expect([store.puts.length, store.hits.length]).toEqual([length, length]);
    expect((await bytes({ options: { seed: 2 } })) === expected, 'another seed').toBe(false);
  });

  it('stops when asked to, keeps what was finished, and ends the same when taken up again', async () => {
    const store = countingStore();
    const stop = new AbortController();
    const seen: string[] = [];
    const onProgress = ({ stage }: Progress): void => {
      seen.push(stage);
      if (stage === 'leave one patient out') stop.abort();
    };
    await expect(run(mixed.files, { store, signal: stop.signal, onProgress })).rejects.toThrow(AbortedError);
    expect(seen).not.toContain('reversal');
    const kept = store.puts.length;
    expect(kept).toBeGreaterThan(14);
    const resumed = await run(mixed.files, { store });
    expect(store.hits.length).toBe(kept);
    expect(resumed).toEqual(await run(mixed.files));
  });

  it('does not start when already asked to stop', async () => {
    const store = countingStore();
    await expect(run(mixed.files, { store, signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
    expect(store.puts).toEqual([]);
  });

  it('reports progress that never goes down within a stage', async () => {
    const done = new Map<string, number>();
    const falls: string[] = [];
    await run(mixed.files, {
      onProgress: ({ stage, done: now, total }) => {
        if (now < (done.get(stage) ?? 0) || now > total) falls.push(`${stage} ${String(now)} of ${String(total)}`);
        done.set(stage, now);
      },
    });
    expect(falls).toEqual([]);
    expect([...done.keys()]).toEqual(expect.arrayContaining(['read samples', 'vote', 'reversal']));
  });

  it('says in provenance what was read, by path inside the study', async () => {
    const { provenance } = await run(mixed.files);
    expect(provenance.inputs.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['T1.csv', 'T2.tsv', 'cells/C2_relapse_2.h5ad', 'cells/C1_relapse_2/barcodes.tsv.gz']),
    );
    expect(provenance.options).toMatchObject(quick);
  });
});

/** Runs tasks from the last to the first on copies, as a pool of workers might. */
const backwards: Executor = {
  concurrency: 2,
  map: <P, R>(task: string, payloads: readonly P[]) => {
    const results: R[] = [];
    for (let i = payloads.length - 1; i >= 0; i--) {
      const payload: unknown = structuredClone(payloads[i]);
      results[i] = structuredClone(findTask(blockTasks, task)(payload, { aborted: false })) as R;
    }
    return Promise.resolve(results);
  },
};
