/**
 * Times the standard steps on cells, from an .h5ad file to clusters and UMAP, over simulated cells × 20,000 genes, 8 % of it non-zero:
 * reading, quality metrics, variable genes, components, neighbours, clusters, UMAP. Beside scanpy on the same file, in the same session,
 * each in a process of its own, both on all processors.
 *
 *   REMNANT_PYTHON=python3 npm run bench cells-standard
 *   REMNANT_BENCH_CELLS=10000 REMNANT_PYTHON=python3 npm run bench cells-standard
 *
 * The Python needs scanpy with leidenalg and igraph; it also writes the file, so that without it nothing is timed. Run from the root of a
 * checkout that is built. 100,000 cells (the default) need 2.5 GB of disk and 12 GB of memory (for scanpy). Writes
 * bench/cells-standard.json; sizes are kept side by side in it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  adjustedRandIndex,
  type CellCounts,
  cellMetrics,
  createCellCounts,
  type CsrMatrix,
  embedCells,
  type Matrix,
  type Progress,
  type RunContext,
} from '@remnant/engine';
import { readCells } from '@remnant/formats';
import { machine, type Spread, spreadOf, timeProcess } from './support/processes.js';
import { writeSimulatedMatrix } from './support/simulate-matrix.js';

const nCells = Number(process.env['REMNANT_BENCH_CELLS'] ?? 100_000);
const nGenes = 20_000;
const nRuns = Number(process.env['REMNANT_BENCH_RUNS'] ?? 3);
const result = 'bench/cells-standard.json';

interface Run {
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMib: number;
  /** Peak so far at the end of each step. */
  readonly peakMibBy?: Readonly<Record<string, number>>;
  readonly clusters: number;
  /** Agreement of the clusters with the simulated types. */
  readonly ari: number;
  readonly version: string;
  readonly wall?: number;
}

/** Names of the steps, by the stages they report. */
const stepOf: Readonly<Record<string, string>> = {
  'variable genes': 'variableGenes',
  'counts of the genes used': 'variableGenes',
  'principal components': 'components',
  neighbours: 'neighbours',
  clusters: 'clusters',
  UMAP: 'umap',
};

async function runOnce(path: string): Promise<Run> {
  const { shareableMatrix } = await import('@remnant/host');
  const { nodeExecutor, nodeKernels, nodeSource } = await import('@remnant/host/node');
  const seconds: Record<string, number> = {};
  const peakMibBy: Record<string, number> = {};
  let started = performance.now();
  const lap = (step: string): void => {
    const now = performance.now();
    seconds[step] = (seconds[step] ?? 0) + (now - started) / 1000;
    peakMibBy[step] = peakMib();
    started = now;
  };
  const { cells, types } = await readStudy(nodeSource(dirname(path)), basename(path), shareableMatrix);
  lap('read');
  const threads = availableParallelism();
  const executor = nodeExecutor(threads);
  const onProgress = ({ stage, done, total }: Progress): void => {
    const step = stepOf[stage];
    if (step !== undefined && done === total) lap(step);
  };
  const context: RunContext = { seed: 1, executor, onProgress };
  await cellMetrics(cells, { geneTable: null }, context);
  lap('quality');
  const found = await embedCells(cells, {}, context, nodeKernels(threads));
  executor.close();
  if (found.status !== 'ok') throw new Error(found.reasons.join(' '));
  return {
    seconds,
    peakMib: peakMib(),
    peakMibBy,
    clusters: found.nClusters,
    ari: adjustedRandIndex(found.clusters, types),
    version: `Node ${process.versions.node}, ${found.kernels.name} ${found.kernels.version}`,
  };
}

function peakMib(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function readStudy(
  source: Parameters<typeof readCells>[0],
  name: string,
  share: (matrix: CsrMatrix) => CsrMatrix,
): Promise<{ readonly cells: CellCounts; readonly types: readonly string[] }> {
  const data = await readCells(source, name, { memoryGib: 3 });
  const texts = (wanted: string): readonly string[] => {
    const column = data.obs.find((one) => one.name === wanted);
    return Array.from(column?.values ?? [], String);
  };
  const names = [...new Set(texts('sample'))];
  const cells = createCellCounts({
    counts: share(requireRows(data.X)),
    genes: data.varNames,
    barcodes: data.obsNames,
    sampleOf: Uint32Array.from(texts('sample'), (sample) => names.indexOf(sample)),
    samples: names.map((sample) => ({
      sample,
      patient: sample,
      stage: 'untreated',
      treatment: 'none',
      technology: 'single-cell',
    })),
  });
  return { cells, types: texts('type') };
}

function requireRows(matrix: Matrix): CsrMatrix {
  if (matrix.kind !== 'csr') throw new Error('Counts are read as compressed rows.');
  return matrix;
}

function writeFile(python: string, folder: string): string {
  const raw = join(folder, 'raw');
  const path = join(folder, 'cells.h5ad');
  writeSimulatedMatrix(raw, { nCells, nGenes, meanCounts: 2150 });
  const { status, stderr } = spawnSync(python, ['bench/cells-standard.py', 'write', raw, path, String(nGenes)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The file could not be written: ${stderr}`);
  for (const part of ['indptr', 'indices', 'data', 'cells']) rmSync(`${raw}.${part}`);
  return path;
}

function summary(runs: readonly Run[]): Record<string, unknown> {
  const spread = (value: (run: Run) => number): Spread => spreadOf(runs.map(value));
  const steps = Object.keys(runs[0]?.seconds ?? {});
  return {
    version: runs[0]?.version,
    clusters: runs[0]?.clusters,
    ari: Math.round(1000 * (runs[0]?.ari ?? NaN)) / 1000,
    seconds: Object.fromEntries(steps.map((step) => [step, spread((run) => run.seconds[step] ?? NaN)])),
    totalSeconds: spread((run) => Object.values(run.seconds).reduce((sum, value) => sum + value, 0)),
    wallSeconds: spread((run) => (run.wall ?? NaN) / 1000),
    peakMib: spread((run) => run.peakMib),
    ...(runs[0]?.peakMibBy === undefined ? {} : { peakMibBy: runs[0].peakMibBy }),
  };
}

function compare(python: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-bench-'));
  try {
    const path = writeFile(python, folder);
    const remnant: Run[] = [];
    const scanpy: Run[] = [];
    for (let run = 0; run < nRuns; run++) {
      remnant.push(timeProcess<Run>(process.execPath, [process.argv[1] ?? '', '--once', path]));
      scanpy.push(timeProcess<Run>(python, ['bench/cells-standard.py', 'run', path]));
    }
    const entry = {
      what: `${String(nCells)} cells × ${String(nGenes)} genes, 8 % non-zero, twelve types in four samples: .h5ad to quality metrics, 2,000 variable genes, 25 components, 15 neighbours, clusters, UMAP (200 epochs)`,
      runs: nRuns,
      remnant: summary(remnant),
      scanpy: summary(scanpy),
    };
    console.log(JSON.stringify(entry, null, 2));
    keep(entry);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function keep(entry: Record<string, unknown>): void {
  const before = existsSync(result) ? (JSON.parse(readFileSync(result, 'utf8')) as { readonly sizes?: object }) : {};
  const all = {
    units: 'seconds; peak resident memory of the whole process in MiB; median, lowest and highest of the runs',
    notes: [
      'the file is not compressed; the first run also warms the file cache',
      'variableGenes: normalisation and the choice of 2,000 genes within samples; scanpy by the flavour of Seurat, Remnant by that of scran',
      'clusters: multilevel on shared neighbours beside Leiden (igraph, two iterations) on scanpy’s graph',
      'scanpy spends its first seconds compiling; what it imports is in wallSeconds only',
    ],
    ...machine(),
    sizes: { ...before.sizes, [nCells]: entry },
  };
  writeFileSync(result, `${JSON.stringify(all, null, 2)}\n`);
}

const [, , mode, path = ''] = process.argv;
const python = process.env['REMNANT_PYTHON'] ?? 'python3';
if (mode === '--once') {
  void runOnce(path).then((run) => {
    console.log(JSON.stringify(run));
  });
} else if (spawnSync(python, ['-c', 'import scanpy, igraph, leidenalg']).status === 0) compare(python);
else console.log('Skipped: no Python with scanpy, igraph and leidenalg. Set REMNANT_PYTHON to one.');
