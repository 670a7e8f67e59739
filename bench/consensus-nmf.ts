/**
 * Times consensus NMF of one sample, the five lung-cancer lines of Tian et al. (297 cells × 15,564 genes), at rank 5 with 20 replicates,
 * against Python cNMF on the same counts and the same 2,000 genes, and compares their consensus spectra. The lines are known, so the
 * rank is. One thread, every run in a process of its own without warm-up.
 *
 *   REMNANT_PYTHON=python3 npm run bench consensus-nmf
 *
 * Run from the root of the checkout, with cnmf installed in that Python. Writes bench/consensus-nmf.json.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { consensusNmf, type CsrMatrix, findTask, type RunContext } from '@remnant/engine';
import { fastMetaProgrammeTasks } from '../packages/kernels/src/nmf-kernel.js';
import { machine, type Spread, spreadOf, timeProcess } from './support/processes.js';

const counts = '../shared/data/singlecell/luad_celllines_tian/sc_celseq2_5cl_p1.count.csv.gz';
const rank = 5;
const replicates = 20;
const nRuns = 5;

interface Times {
  readonly read: number;
  readonly analysis: number;
  readonly cpu: number;
  readonly peakMib: number;
  readonly version: string;
}

interface Run extends Times {
  readonly stability: number;
  readonly meanIterations: number;
  /** Genes our rule shares with cNMF's 2,000. */
  readonly genesShared: number;
  /** Cosine of each of cNMF's spectra with the one of ours most like it. */
  readonly cosines: readonly number[];
}

interface PythonRun extends Times {
  readonly import: number;
  readonly prepare: number;
  readonly factorise: number;
  readonly consensus: number;
}

interface PythonSpectra {
  readonly genes: readonly string[];
  readonly spectra: readonly (readonly number[])[];
}

const tasks = fastMetaProgrammeTasks();
const context: RunContext = {
  seed: 1,
  executor: {
    concurrency: 1,
    map: <P, R>(task: string, payloads: readonly P[]) =>
      Promise.resolve(payloads.map((payload) => findTask(tasks, task)(payload, { aborted: false }) as R)),
  },
};

/** Genes × cells as text (a quoted gene, then whole numbers) to cells × genes; genes without counts are left out. */
function readCounts(path: string): { readonly genes: readonly string[]; readonly matrix: CsrMatrix } {
  const bytes = gunzipSync(readFileSync(path));
  let at = bytes.indexOf(10) + 1;
  const nCells = bytes.subarray(0, at).toString('utf8').split(',').length;
  const rows = Array.from({ length: nCells }, () => ({ indices: [] as number[], data: [] as number[] }));
  const genes: string[] = [];
  while (at < bytes.length) {
    const nameEnd = bytes.indexOf(34, at + 1);
    const gene = bytes.toString('utf8', at + 1, nameEnd);
    at = nameEnd + 2;
    let seen = false;
    for (let cell = 0; cell < nCells; cell++) {
      let value = 0;
      for (let digit = bytes[at] ?? 0; digit >= 48; digit = bytes[++at] ?? 0) value = 10 * value + digit - 48;
      at += 1;
      if (value === 0) continue;
      rows[cell]?.indices.push(genes.length);
      rows[cell]?.data.push(value);
      seen = true;
    }
    if (seen) genes.push(gene);
  }
  const indptr = new Uint32Array(nCells + 1);
  rows.forEach((row, cell) => (indptr[cell + 1] = (indptr[cell] ?? 0) + row.indices.length));
  const indices = Uint32Array.from(rows.flatMap((row) => row.indices));
  const data = Float64Array.from(rows.flatMap((row) => row.data));
  return { genes, matrix: { kind: 'csr', shape: [nCells, genes.length], indptr, indices, data } };
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] ?? NaN) * (b[i] ?? NaN);
    aa += (a[i] ?? NaN) ** 2;
    bb += (b[i] ?? NaN) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

async function runOnce(spectraPath: string): Promise<Run> {
  const start = performance.now();
  const { genes, matrix } = readCounts(counts);
  const read = performance.now();
  const found = await consensusNmf(matrix, { ranks: [rank], replicates, minimumCellsPerGene: 1 }, context);
  const done = performance.now();
  const cpu = process.cpuUsage();
  const peakMib = process.resourceUsage().maxRSS / 1024;
  const reference = JSON.parse(readFileSync(spectraPath, 'utf8')) as PythonSpectra;
  const ours = new Map(Array.from(found.genes, (gene, place) => [genes[gene] ?? '', place]));
  const [level] = found.ranks;
  const cosines = reference.spectra.map((spectrum) =>
    Math.max(
      ...(level?.programmes ?? []).map((programme) =>
        cosine(
          spectrum,
          reference.genes.map((gene) => programme.spectrum[ours.get(gene) ?? -1] ?? 0),
        ),
      ),
    ),
  );
  return {
    read: read - start,
    analysis: done - read,
    cpu: (cpu.user + cpu.system) / 1000,
    peakMib,
    version: `Node ${process.versions.node}`,
    stability: level?.stability ?? NaN,
    meanIterations: level?.meanIterations ?? NaN,
    genesShared: reference.genes.filter((gene) => ours.has(gene)).length,
    cosines,
  };
}

function compare(): void {
  if (!existsSync(counts)) {
    console.log('Skipped: the cell lines of Tian et al. are not in ../shared beside this checkout.');
    return;
  }
  const python = process.env['REMNANT_PYTHON'] ?? 'python3';
  const self = process.argv[1] ?? '';
  const pairs = Array.from({ length: nRuns + 1 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'remnant-cnmf-'));
    const rival = timeProcess<PythonRun>(python, [
      'bench/consensus-nmf.py',
      counts,
      String(rank),
      String(replicates),
      folder,
    ]);
    const own = timeProcess<Run>(process.execPath, [self, '--once', join(folder, 'spectra.json')]);
    rmSync(folder, { recursive: true });
    return [own, rival] as const;
  }).slice(1);
  const remnant = pairs.map(([run]) => run);
  const cnmf = pairs.map(([, run]) => run);
  const of = <R>(runs: readonly R[], step: keyof R): Spread => spreadOf(runs.map((run) => Number(run[step])));
  const factorised = spreadOf(cnmf.map((run) => run.factorise + run.consensus));
  const ratio = (theirs: Spread, own: Spread): number => Math.round((10 * theirs.median) / own.median) / 10;
  const [first] = remnant;
  const meanCosine = (first?.cosines ?? []).reduce((sum, value) => sum + value / rank, 0);
  const result = {
    what: `consensus NMF of 297 cells, ${String(rank)} programmes on 2,000 overdispersed genes, ${String(replicates)} replicates, consensus, refit, scores of all genes`,
    units: 'milliseconds, peak resident memory in MiB; median, lowest and highest of the runs',
    notes: [
      'wall: the whole process with reading the counts, for Python with importing cnmf; the first pair only warms the file cache',
      'analysis: counts in memory (for Python on disk, which is how cNMF takes them) to consensus spectra, usages and gene scores',
      'factoriseAndConsensus: of Python only the replicates and the consensus, without preparing; compared with all of ours',
      'Python factorises with scikit-learn on one process; ours on one thread with the WebAssembly kernel',
      'cosines: each consensus spectrum of cNMF with the one of ours most like it, over the same genes',
    ],
    ...machine(),
    runs: nRuns,
    agreement: {
      genesShared: first?.genesShared,
      meanCosine: Math.round(1e6 * meanCosine) / 1e6,
      leastCosine: Math.round(1e6 * Math.min(...(first?.cosines ?? []))) / 1e6,
      stability: Math.round(1e3 * (first?.stability ?? NaN)) / 1e3,
      meanIterations: first?.meanIterations,
    },
    remnant: {
      version: first?.version,
      wall: of(remnant, 'wall'),
      read: of(remnant, 'read'),
      analysis: of(remnant, 'analysis'),
      cpu: of(remnant, 'cpu'),
      peakMib: of(remnant, 'peakMib'),
    },
    cnmf: {
      version: cnmf[0]?.version,
      wall: of(cnmf, 'wall'),
      import: of(cnmf, 'import'),
      read: of(cnmf, 'read'),
      prepare: of(cnmf, 'prepare'),
      factorise: of(cnmf, 'factorise'),
      consensus: of(cnmf, 'consensus'),
      analysis: of(cnmf, 'analysis'),
      factoriseAndConsensus: factorised,
      cpu: of(cnmf, 'cpu'),
      peakMib: of(cnmf, 'peakMib'),
    },
    timesFaster: {
      wall: ratio(of(cnmf, 'wall'), of(remnant, 'wall')),
      analysis: ratio(of(cnmf, 'analysis'), of(remnant, 'analysis')),
      factoriseAndConsensus: ratio(factorised, of(remnant, 'analysis')),
      cpu: ratio(of(cnmf, 'cpu'), of(remnant, 'cpu')),
    },
  };
  writeFileSync('bench/consensus-nmf.json', `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
}

if (process.argv.includes('--once'))
  void runOnce(process.argv.at(-1) ?? '').then((run) => {
    console.log(JSON.stringify(run));
  });
else compare();
