/**
 * Times read, TMM, voom, weighted fit, contrast and moderation of the eight-patient study (9,394 genes × 87 samples) against
 * R doing the same in the same session: whole processes, one after the other in turn, and the computing inside each.
 *
 *   npm run bench limma
 *
 * Run from the root of the checkout. Writes bench/limma.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { contrastVector, fitContrasts, groupDesign, moderate, tmmFactors, topTable, voom } from '@remnant/engine';
import { readExpressionTable } from '@remnant/formats';
import { machine, type Spread, spreadOf, timeProcess } from './support/processes.js';

const counts = '../shared/data/bulk/tnbc_pdx_ap1_baudre/common_rawcounts_8pdx.csv.gz';
const nRuns = 11;

interface Run {
  readonly read: number;
  readonly tmm: number;
  readonly voom: number;
  readonly fit: number;
  readonly moderate: number;
  readonly compute: number;
  /** Processor time of the whole process, all threads. */
  readonly cpu: number;
  readonly peakMib: number;
  readonly up: number;
  readonly down: number;
  readonly version: string;
  readonly wall?: number;
}

function stageOf(sample: string): string {
  const suffix = sample.slice(sample.indexOf('_') + 1);
  if (suffix.includes('chemonaive')) return 'untreated';
  return suffix.includes('Relapse') ? 'relapse' : 'residual';
}

/** One cold run in this process. `voom` includes the weighted fit, which R does in a step of its own. */
function runOnce(): Run {
  const start = performance.now();
  const matrix = readExpressionTable(readFileSync(counts), 'counts.csv.gz', { scale: 'counts' });
  const read = performance.now();
  const design = groupDesign([
    { name: 'state', levels: matrix.samples.map(stageOf), order: ['untreated', 'residual', 'relapse'] },
    { name: 'model', levels: matrix.samples.map((sample) => sample.slice(0, sample.indexOf('_'))) },
  ]);
  const normalisation = tmmFactors(matrix);
  const librarySizes = normalisation.librarySizes.map((size, s) => size * (normalisation.factors[s] as number));
  const tmm = performance.now();
  const voomed = voom(matrix, design, { librarySizes });
  const weighted = performance.now();
  const weights = contrastVector(design, { stateresidual: 1, stateuntreated: -1 });
  const fit = fitContrasts(voomed.fit, [{ name: 'residual', weights }]);
  const fitted = performance.now();
  const { pAdjusted, logFoldChange } = topTable(moderate(fit));
  const done = performance.now();
  const called = Array.from(logFoldChange, (change, g) => ((pAdjusted[g] as number) < 1e-4 ? change : 0));
  return {
    read: read - start,
    tmm: tmm - read,
    voom: weighted - tmm,
    fit: fitted - weighted,
    moderate: done - fitted,
    compute: done - read,
    cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
    peakMib: process.resourceUsage().maxRSS / 1024,
    up: called.filter((change) => change > 0.5).length,
    down: called.filter((change) => change < -0.5).length,
    version: `Node ${process.versions.node}`,
  };
}

function summarise(runs: readonly Run[], step: keyof Run): Spread {
  return spreadOf(runs.map((run) => Number(run[step])));
}

function summary(runs: readonly Run[]): Record<string, Spread | string | number | undefined> {
  const steps = ['wall', 'cpu', 'compute', 'read', 'tmm', 'voom', 'fit', 'moderate', 'peakMib'] as const;
  const first = runs[0];
  return {
    version: first?.version,
    up: first?.up,
    down: first?.down,
    ...Object.fromEntries(steps.map((step) => [step, summarise(runs, step)])),
  };
}

function compare(): void {
  if (!existsSync(counts)) {
    console.log('Skipped: the eight-patient study is not in ../shared beside this checkout.');
    return;
  }
  const self = process.argv[1] ?? '';
  const ours = (): Run => timeProcess<Run>(process.execPath, [self, '--once']);
  const theirs = (): Run => timeProcess<Run>('Rscript', ['bench/limma.R', counts]);
  // The first pair only warms the file cache.
  const pairs = Array.from({ length: nRuns + 1 }, () => [ours(), theirs()] as const).slice(1);
  const remnant = pairs.map(([run]) => run);
  const r = pairs.map(([, run]) => run);
  const ratio = (step: 'wall' | 'cpu' | 'compute'): number =>
    Math.round((10 * summarise(r, step).median) / summarise(remnant, step).median) / 10;
  const result = {
    what: 'read csv.gz, TMM, voom, weighted fit, contrast, moderation: 9394 genes × 87 samples, 10 coefficients',
    units: 'milliseconds, peak resident memory in MiB; median, lowest and highest of the runs',
    notes: [
      'wall: the whole process, for R with loading limma and edgeR; compute: from the counts in memory to the table, in a fresh process without warm-up',
      'cpu: processor time of the process over all its threads; unlike the others it hardly depends on what else the machine does',
      'voom of Remnant includes the weighted fit; fit is the contrast alone. For R voom and fit (lmFit, contrasts.fit) are separate',
    ],
    ...machine(),
    runs: nRuns,
    remnant: summary(remnant),
    r: summary(r),
    timesFaster: { wall: ratio('wall'), cpu: ratio('cpu'), compute: ratio('compute') },
  };
  writeFileSync('bench/limma.json', `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
}

if (process.argv.includes('--once')) console.log(JSON.stringify(runOnce()));
else compare();
