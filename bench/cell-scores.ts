/**
 * Times the scores on cells over a simulated matrix of 100,000 cells × 20,000 genes, 8 % of it non-zero: activity of 100
 * regulators by ULM, UCell, AUCell and the control-matched score of ten sets. One thread. Beside decoupler's ULM on the same
 * matrix and network, in the same session.
 *
 *   REMNANT_PYTHON=python3 npm run bench cell-scores
 *
 * The Python needs decoupler 2, anndata and scipy. Without REMNANT_PYTHON python3 is tried, and only Remnant is timed where it
 * lacks them. Run from the root of the checkout.
 * Writes bench/cell-scores.json; needs 1 GB of disk and 12 GB of memory (most of it for decoupler).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aucell,
  cellActivity,
  cellScoreTasks,
  createRng,
  type CsrMatrix,
  findTask,
  moduleScore,
  prepareNetwork,
  type RegulonEdge,
  type RunContext,
  ucell,
} from '@remnant/engine';
import { machine, type Spread, spreadOf, timeProcess } from './support/processes.js';

const nCells = Number(process.env['REMNANT_BENCH_CELLS'] ?? 100_000);
const nGenes = 20_000;
const nRegulators = 100;
const nRuns = 3;
const genes = Array.from({ length: nGenes }, (_, g) => `gene${String(g)}`);

const context: RunContext = {
  seed: 1,
  executor: {
    concurrency: 1,
    map: <P, R>(task: string, payloads: readonly P[]) =>
      Promise.resolve(payloads.map((payload) => findTask(cellScoreTasks, task)(payload, { aborted: false }) as R)),
  },
};

/** Marsaglia's xorshift: 160 million draws in a second, the same everywhere. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Gaps between expressed genes are uniform on 1 … 24; counts are geometric. */
function simulate(): CsrMatrix {
  const random = xorshift(2026);
  const indptr = new Uint32Array(nCells + 1);
  const indices = new Uint16Array(nCells * 1700);
  const data = new Uint8Array(indices.length);
  let stored = 0;
  for (let cell = 0; cell < nCells; cell++) {
    for (let gene = random() % 24; gene < nGenes; gene += 1 + (random() % 24)) {
      indices[stored] = gene;
      data[stored++] = 1 + Math.clz32(random());
    }
    indptr[cell + 1] = stored;
  }
  return {
    kind: 'csr',
    shape: [nCells, nGenes],
    indptr,
    indices: indices.subarray(0, stored),
    data: data.subarray(0, stored),
  };
}

/** Regulons of 10 to 400 targets, four in five activated. */
function simulateEdges(): readonly RegulonEdge[] {
  const rng = createRng(7, 'bench/edges');
  return Array.from({ length: nRegulators }, (_, r) => {
    const targets = new Set(Array.from({ length: 10 + 4 * r }, () => rng.integer(nGenes)));
    const source = `TF${String(r)}`;
    return [...targets].map((t) => ({ source, target: genes[t] ?? '', weight: rng.uniform() < 0.8 ? 1 : -1 }));
  }).flat();
}

interface Run {
  readonly ulm: number;
  /** Processor time of the same part, all threads. */
  readonly ulmCpu: number;
  readonly ucell?: number;
  readonly aucell?: number;
  readonly moduleScore?: number;
  readonly dataMib: number;
  /** Highest resident memory up to the end of ULM, less the matrix. */
  readonly ulmPeakAboveDataMib: number;
  readonly checksum: number;
  readonly version: string;
  readonly wall?: number;
}

async function timed<R>(run: () => Promise<R>): Promise<readonly [number, R]> {
  const start = performance.now();
  const result = await run();
  return [performance.now() - start, result];
}

async function runOnce(): Promise<Run> {
  const counts = simulate();
  const cells = { counts, genes };
  const dataMib =
    (counts.indices.buffer.byteLength + counts.data.buffer.byteLength + counts.indptr.byteLength) / 2 ** 20;
  const network = prepareNetwork(simulateEdges(), genes);
  const cpuBefore = process.cpuUsage();
  const [ulm, activity] = await timed(() => cellActivity(cells, network, {}, context));
  const { user, system } = process.cpuUsage(cpuBefore);
  const peak = process.resourceUsage().maxRSS / 1024;
  const checksum = activity.scores.reduce((sum, t) => sum + Math.abs(t), 0) / activity.scores.length;
  const sets = Array.from({ length: 10 }, (_, s) => ({
    name: `set${String(s)}`,
    genes: genes.slice(50 * s, 50 * s + 50),
  }));
  const [ucellTime] = await timed(() => ucell(cells, { sets }, context));
  const [aucellTime] = await timed(() => aucell(cells, { sets }, context));
  const [moduleTime] = await timed(() => moduleScore(cells, { sets }, context));
  return {
    ulm,
    ulmCpu: (user + system) / 1000,
    ucell: ucellTime,
    aucell: aucellTime,
    moduleScore: moduleTime,
    dataMib,
    ulmPeakAboveDataMib: peak - dataMib,
    checksum,
    version: `Node ${process.versions.node}`,
  };
}

/** The matrix and the network as files for the rival. */
function writeInput(folder: string): void {
  const counts = simulate();
  writeFileSync(join(folder, 'indptr.u4'), counts.indptr);
  writeFileSync(join(folder, 'indices.u2'), counts.indices);
  writeFileSync(join(folder, 'data.u1'), counts.data);
  const rows = simulateEdges().map(({ source, target, weight }) => `${source},${target},${String(weight)}`);
  writeFileSync(join(folder, 'edges.csv'), ['source,target,weight', ...rows].join('\n'));
}

function summary(runs: readonly Run[]): Record<string, Spread | string | number | undefined> {
  const all = ['wall', 'ulm', 'ulmCpu', 'ucell', 'aucell', 'moduleScore', 'dataMib', 'ulmPeakAboveDataMib'] as const;
  const steps = all.filter((step) => runs[0]?.[step] !== undefined);
  return {
    version: runs[0]?.version,
    meanAbsoluteT: runs[0]?.checksum,
    ...Object.fromEntries(steps.map((step) => [step, spreadOf(runs.map((run) => Number(run[step])))])),
  };
}

function compare(): void {
  const self = process.argv[1] ?? '';
  const python = process.env['REMNANT_PYTHON'] ?? 'python3';
  const hasRival = spawnSync(python, ['-c', 'import decoupler, anndata, scipy']).status === 0;
  if (!hasRival && process.env['REMNANT_PYTHON'] !== undefined) {
    throw new Error(`REMNANT_PYTHON is ${python}, which cannot import decoupler, anndata and scipy.`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'remnant-bench-'));
  try {
    if (hasRival) writeInput(folder);
    const pairs = Array.from({ length: nRuns }, () => ({
      ours: timeProcess<Run>(process.execPath, [self, '--once']),
      theirs: hasRival ? timeProcess<Run>(python, ['bench/cell-scores.py', folder]) : null,
    }));
    const remnant = pairs.map(({ ours }) => ours);
    const decoupler = pairs.flatMap(({ theirs }) => theirs ?? []);
    const median = (runs: readonly Run[], step: 'ulm' | 'ulmCpu'): number =>
      spreadOf(runs.map((run) => run[step])).median;
    const ratio = (step: 'ulm' | 'ulmCpu'): number =>
      Math.round((10 * median(decoupler, step)) / median(remnant, step)) / 10;
    const result = {
      what: `${String(nCells)} cells × ${String(nGenes)} genes, 8 % non-zero; ULM of ${String(nRegulators)} regulators; ten sets of 50 genes`,
      units: 'milliseconds, memory in MiB; median, lowest and highest of the runs',
      notes: [
        'ulm: from raw counts in memory to t values, with log-normalisation, on one thread; decoupler: normalisation and mt.ulm in blocks of 5,000 cells (its default of 250,000 makes the whole matrix dense, 16 GB), on all threads its linear algebra takes',
        'ulmCpu: processor time of that part over all threads; it hardly depends on what else the machine does',
        'ulmPeakAboveDataMib: highest resident memory of the process up to the end of ULM, less the compressed matrix as that process holds it',
        'meanAbsoluteT: mean of |t| over cells and regulators, the same on both sides when they compute the same',
      ],
      ...machine(),
      runs: nRuns,
      remnant: summary(remnant),
      decoupler: decoupler.length > 0 ? summary(decoupler) : null,
      timesFaster: decoupler.length > 0 ? { ulm: ratio('ulm'), ulmCpu: ratio('ulmCpu') } : null,
    };
    writeFileSync('bench/cell-scores.json', `${JSON.stringify(result, null, 2)}\n`);
    console.log(JSON.stringify(result, null, 2));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv.includes('--once')) {
  void runOnce().then((run) => {
    console.log(JSON.stringify(run));
  });
} else compare();
