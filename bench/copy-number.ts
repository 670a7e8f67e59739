/**
 * Times copy number of 100,000 cells × 20,000 genes with 8 % stored values (half of the cells normal reference, half with a gain
 * of 8q and a loss of 3p) against infercnvpy on the same matrix. One thread, every run in a process of its own without warm-up.
 * infercnvpy makes the smoothed profiles only; the clones, calls and probabilities are Remnant's.
 *
 *   npm run bench copy-number
 *
 * Run from the root of the checkout. The Python with infercnvpy is named by REMNANT_PYTHON (default python3). Writes
 * bench/copy-number.json. REMNANT_BENCH_CELLS makes it smaller, to see that it runs.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CellCounts,
  copyNumber,
  copyNumberTasks,
  createRng,
  findTask,
  type GenePosition,
  type RunContext,
} from '@remnant/engine';
import { machine, type Spread, spreadOf, timeProcess } from './support/processes.js';

const nCells = Number(process.env['REMNANT_BENCH_CELLS'] ?? 100_000);
const nGenes = 20_000;
const density = 0.08;
const nRuns = 3;

const context: RunContext = {
  seed: 1,
  executor: {
    concurrency: 1,
    map: <P, R>(task: string, payloads: readonly P[]) =>
      Promise.resolve(payloads.map((payload) => findTask(copyNumberTasks, task)(payload, { aborted: false }) as R)),
  },
};

interface Run {
  /** From counts in memory to the result, in milliseconds. */
  readonly compute: number;
  readonly read: number;
  readonly cpu: number;
  readonly peakMib: number;
  readonly version: string;
  /** Share of tumour cells called altered, and of normal cells. */
  readonly tumourAltered?: number;
  readonly normalAltered?: number;
  readonly calls?: string;
  readonly wall?: number;
}

/** Genes lie on 22 chromosomes in proportion to their number: every chromosome has 40 % of its genes on its short arm. */
function genePlaces(): readonly GenePosition[] {
  return Array.from({ length: nGenes }, (_, g) => {
    const chromosome = 1 + Math.floor((g * 22) / nGenes);
    const within = (g * 22) / nGenes - (chromosome - 1);
    return {
      gene: `G${String(g)}`,
      chromosome: String(chromosome),
      start: 1 + Math.round(within * 1e8),
      arm: within < 0.4 ? 'p' : 'q',
    };
  });
}

function isTumour(cell: number): boolean {
  return cell >= nCells / 2;
}

/**
 * Writes the matrix as raw arrays: detection rates fall off over genes (rate = highest of three uniform draws), counts are one
 * plus a geometric tail; a copy gained or lost multiplies the rate of detection.
 */
function writeMatrix(folder: string): void {
  const rng = createRng(1, 'bench/copy-number');
  const places = genePlaces();
  const raw = Float64Array.from({ length: nGenes }, () => rng.uniform() ** 6);
  const scale = (density * nGenes) / raw.reduce((sum, rate) => sum + rate, 0);
  const rate = raw.map((value) => Math.min(0.95, value * scale));
  const factor = places.map(({ chromosome, arm }) =>
    chromosome + arm === '8q' ? 1.5 : chromosome + arm === '3p' ? 0.5 : 1,
  );
  const indptr = new Uint32Array(nCells + 1);
  const most = Math.ceil(nCells * nGenes * density * 1.1);
  const indices = new Uint16Array(most);
  const data = new Uint8Array(most);
  let state = 123456789;
  let stored = 0;
  for (let cell = 0; cell < nCells; cell++) {
    const tumour = isTumour(cell);
    for (let g = 0; g < nGenes; g++) {
      // xorshift32: drawing two billion numbers is most of the work here.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const u = (state >>> 0) / 4294967296;
      const p = (rate[g] as number) * (tumour ? (factor[g] as number) : 1);
      if (u >= p) continue;
      indices[stored] = g;
      data[stored] = 1 + Math.min(20, Math.floor(((p - u) / p) * 1.6 * (1 + 4 * p)));
      stored++;
    }
    indptr[cell + 1] = stored;
  }
  writeFileSync(join(folder, 'indptr'), indptr);
  writeFileSync(join(folder, 'indices'), indices.subarray(0, stored));
  writeFileSync(join(folder, 'data'), data.subarray(0, stored));
}

function readArray(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function readCells(folder: string): CellCounts {
  const indptr = new Uint32Array(readArray(join(folder, 'indptr')));
  const indices = new Uint16Array(readArray(join(folder, 'indices')));
  const data = new Uint8Array(readArray(join(folder, 'data')));
  return {
    counts: { kind: 'csr', shape: [nCells, nGenes], indptr, indices, data },
    genes: genePlaces().map(({ gene }) => gene),
    barcodes: Array.from({ length: nCells }, (_, cell) => String(cell)),
    sampleOf: new Uint32Array(nCells),
    samples: [{ sample: 'S1', patient: 'P1', stage: 'untreated', treatment: 'none', technology: '10x-v3' }],
  };
}

async function runOnce(folder: string): Promise<Run> {
  const start = performance.now();
  const cells = readCells(folder);
  const read = performance.now();
  const types = Array.from({ length: nCells }, (_, cell) => (!isTumour(cell) && cell % 2 === 0 ? 'normal' : null));
  const result = await copyNumber(cells, genePlaces(), { reference: { kind: 'cells', types } }, context);
  const done = performance.now();
  const patient = result.patients[0];
  if (patient === undefined) throw new Error('no patient');
  const { alteredProbability, row, isReference } = patient.cells;
  const share = (tumour: boolean): number => {
    const own = [...row.keys()].filter((i) => isReference[i] === 0 && isTumour(row[i] ?? 0) === tumour);
    return own.filter((i) => (alteredProbability[i] ?? 0) >= 0.9).length / own.length;
  };
  const called = patient.clones.flatMap(({ clone, arms }) =>
    arms
      .filter(({ call }) => call === 'loss' || call === 'gain')
      .map(({ arm, call }) => `${String(clone)}:${arm} ${call}`),
  );
  const cpu = process.cpuUsage();
  return {
    compute: done - read,
    read: read - start,
    cpu: (cpu.user + cpu.system) / 1000,
    peakMib: process.resourceUsage().maxRSS / 1024,
    version: `Node ${process.versions.node}`,
    tumourAltered: share(true),
    normalAltered: share(false),
    calls: called.join(', '),
  };
}

function summary(runs: readonly Run[]): Record<string, Spread | string | number | undefined> {
  const [first] = runs;
  const steps = ['wall', 'cpu', 'read', 'compute', 'peakMib'] as const;
  return {
    version: first?.version,
    tumourAltered: first?.tumourAltered,
    normalAltered: first?.normalAltered,
    calls: first?.calls,
    ...Object.fromEntries(steps.map((step) => [step, spreadOf(runs.map((run) => Number(run[step])))])),
  };
}

function compare(): void {
  const folder = mkdtempSync(join(tmpdir(), 'copy-number-bench-'));
  try {
    writeMatrix(folder);
    const self = process.argv[1] ?? '';
    const python = process.env['REMNANT_PYTHON'] ?? 'python3';
    const rivalArguments = ['bench/copy-number.py', folder, String(nCells), String(nGenes)];
    const remnant: Run[] = [];
    const rival: Run[] = [];
    for (let run = 0; run < nRuns; run++) {
      remnant.push(timeProcess<Run>(process.execPath, [self, '--once', folder]));
      rival.push(timeProcess<Run>(python, rivalArguments));
    }
    const ratio = (step: 'wall' | 'compute' | 'peakMib'): number => {
      const median = (runs: readonly Run[]): number => spreadOf(runs.map((run) => Number(run[step]))).median;
      return Math.round((10 * median(rival)) / median(remnant)) / 10;
    };
    const result = {
      what: `${String(nCells)} cells × ${String(nGenes)} genes, 8 % stored: residual profiles, clones, arm and segment calls, cell probabilities; infercnvpy: smoothed profiles only`,
      units: 'milliseconds, peak resident memory in MiB; median, lowest and highest of the runs',
      notes: [
        'wall: the whole process with reading the raw arrays; compute: from the counts in memory to the result',
        'cpu: processor time of the process over all its threads and, for infercnvpy, of the process it starts; peakMib: without that one',
        'infercnvpy log-normalises the matrix first (scanpy), as it asks for; its window is 100 genes with a step of 10',
      ],
      ...machine(),
      runs: nRuns,
      remnant: summary(remnant),
      infercnvpy: summary(rival),
      timesFaster: { wall: ratio('wall'), compute: ratio('compute') },
      timesSmaller: ratio('peakMib'),
    };
    writeFileSync('bench/copy-number.json', `${JSON.stringify(result, null, 2)}\n`);
    console.log(JSON.stringify(result, null, 2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv.includes('--once')) {
  void runOnce(process.argv.at(-1) ?? '').then((run) => {
    console.log(JSON.stringify(run));
  });
} else compare();
