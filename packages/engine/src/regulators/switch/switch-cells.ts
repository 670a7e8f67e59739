import type { CellCounts } from '../../cells/cell-counts.js';
import { type RunContext, report, rngFor, throwIfAborted } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import { exp2 } from '../../core/pinned-math.js';
import type { PersisterCalls, PersisterPatient } from '../../persisters/types.js';
import { mean } from '../../core/sum.js';
import { callerSums, type CallerSums } from './caller-sums.js';
import type { SwitchPatient } from './judge-patients.js';
import type { SwitchCells } from './switch-shape.js';

/** Cells per block between looks at the signal. */
const blockSize = 10_000;

/**
 * Takes what the shape of the switch is read from out of the persister calls and the counts they were made on: activity and
 * its counting error, how that error grows along the programme, and the activity from about half of the counts.
 *
 * The activity is linear in the score per count, `x = α S / T + β`, with α and β the same for all cells of a patient; α comes from
 * regressing one on the other, and the thinned activity is `x + α (2 S' − S) / T`, S' the score of counts kept with probability ½.
 * The counting variance of S in a cell is estimated by `Σ a² k`; its growth is that of its mean per count from untreated cells to
 * those under treatment, over the difference of their mean activities.
 *
 * @param calls - made on exactly these cells
 * @param doubletScore - one per cell; null when it was not computed
 * @throws ShapeError when calls and cells do not fit
 */
export function switchCells(
  calls: PersisterCalls,
  input: { readonly cells: CellCounts; readonly doubletScore: Float64Array | null },
  context: RunContext,
): SwitchCells {
  const { cells, doubletScore } = input;
  const nCells = cells.sampleOf.length;
  if (calls.cells.activity.length !== nCells) {
    throw new ShapeError('The persister calls were made on other cells.', {
      expected: `${String(nCells)} cells`,
      found: String(calls.cells.activity.length),
    });
  }
  const { activity, standardError } = calls.cells;
  const sums = sumsOf(calls, cells, context);
  const halved = {
    activity: new Float64Array(nCells).fill(NaN),
    standardError: standardError.map((s) => s * Math.SQRT2),
  };
  const patients = calls.patients.map((patient): SwitchPatient => {
    const rows = rowsOf(cells, patient.patient).filter(
      (c) => Number.isFinite(activity[c]) && (sums.total[c] as number) > 0,
    );
    const slope = slopeOf(rows, sums, activity);
    for (const c of rows) {
      const change = 2 * (sums.thinned[c] as number) - (sums.score[c] as number);
      halved.activity[c] = (activity[c] as number) + (slope * change) / (sums.total[c] as number);
    }
    return {
      patient: patient.patient,
      varianceGrowth: varianceGrowth(rows, patient, { calls, cells, sums }),
      notTestable: reasonAgainst(patient),
    };
  });
  return { activity, standardError, sampleOf: cells.sampleOf, samples: cells.samples, patients, halved, doubletScore };
}

function reasonAgainst({ verdict, reasons }: PersisterPatient): string | null {
  if (verdict === 'present') return null;
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `persister cells were not shown (${verdict})${why}`;
}

function sumsOf(calls: PersisterCalls, cells: CellCounts, context: RunContext): CallerSums {
  const nCells = cells.sampleOf.length;
  const rng = rngFor(context, 'switch/thinning');
  const rows = new Map(cells.genes.map((gene, g) => [gene, g]));
  const weightsOf = new Map(
    calls.patients.map(({ patient, genes }) => {
      const weights = new Float64Array(cells.genes.length);
      for (const { gene, weight } of genes) {
        const row = rows.get(gene);
        if (row !== undefined) weights[row] = weight;
      }
      return [patient, weights];
    }),
  );
  const column = (): Float64Array => new Float64Array(nCells);
  const sums: CallerSums = { score: column(), variance: column(), thinned: column(), total: column() };
  for (let start = 0; start < nCells; start += blockSize) {
    throwIfAborted(context);
    report(context, 'switch: cells', start, nCells, 'cells');
    const end = Math.min(nCells, start + blockSize);
    for (let c = start; c < end; c++) {
      const patient = cells.samples[cells.sampleOf[c] as number]?.patient ?? '';
      const weights = weightsOf.get(patient);
      if (weights !== undefined) callerSums(cells.counts, c, { weights, rng, sums });
    }
  }
  report(context, 'switch: cells', nCells, nCells, 'cells');
  return sums;
}

function rowsOf(cells: CellCounts, patient: string): number[] {
  const own = cells.samples.map((sample) => sample.patient === patient);
  const rows: number[] = [];
  cells.sampleOf.forEach((s, c) => {
    if (own[s] === true) rows.push(c);
  });
  return rows;
}

/** α: slope of the activity on the score per count. */
function slopeOf(rows: readonly number[], { score, total }: CallerSums, activity: Float64Array): number {
  const x = rows.map((c) => (score[c] as number) / (total[c] as number));
  const y = rows.map((c) => activity[c] as number);
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy] = [0, 0];
  x.forEach((value, i) => {
    xx += (value - mx) ** 2;
    xy += (value - mx) * ((y[i] as number) - my);
  });
  return xx > 0 ? xy / xx : 0;
}

/** Least difference of mean activities from which the growth of the counting variance is read. */
const leastDifference = 0.1;

function varianceGrowth(
  rows: readonly number[],
  patient: PersisterPatient,
  { calls, cells, sums }: { readonly calls: PersisterCalls; readonly cells: CellCounts; readonly sums: CallerSums },
): number {
  const at = (stage: string): number[] =>
    rows.filter((c) => cells.samples[cells.sampleOf[c] as number]?.stage === stage);
  const [from, to] = [at(calls.contrast.from), at(calls.contrast.to)];
  const total = (part: readonly number[], values: Float64Array): number =>
    part.reduce((sum, c) => sum + (values[c] as number), 0);
  const perCount = (part: readonly number[]): number => total(part, sums.variance) / total(part, sums.total);
  const difference =
    mean(to.map((c) => calls.cells.activity[c] as number)) - mean(from.map((c) => calls.cells.activity[c] as number));
  const growth = (perCount(to) / perCount(from) - 1) / difference;
  if (difference >= leastDifference && Number.isFinite(growth)) return Math.max(0, growth);
  return growthFromEffects(patient);
}

/** The same from the learned effects, genes weighing by the square of their weight. */
function growthFromEffects({ genes }: PersisterPatient): number {
  const squares = genes.reduce((sum, { weight }) => sum + weight * weight, 0);
  const raised = genes.reduce((sum, { weight, effect }) => sum + weight * weight * exp2(effect), 0);
  return squares > 0 ? Math.max(0, raised / squares - 1) : 0;
}
