import { report, type RunContext, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { Estimate, MethodInfo } from '../core/method.js';
import { pow } from '../core/pinned-math.js';
import { median } from '../stats/quantile.js';
import { cellGroups, type CellGroup, groupCells, type GroupedCells, type MarkerCellInput } from './cell-groups.js';
import { cellsPerPass, type GeneCounts, geneCounter, slotsOf } from './gene-counts.js';
import { meanOverPatients } from './mean-over-patients.js';
import { areaBetween } from './area-between.js';

/** What the reading of markers on cells is. */
export const markerCellsInfo: MethodInfo = {
  id: 'marker-cells',
  title: 'Positive fraction and separation of markers on cells, patient by patient',
  version: '1.0.0',
  doi: [],
  input: 'raw counts of good cells with persister calls, tumour and normal labels',
  output: 'per gene and patient: positive fraction of each group at one depth, area under the curve between groups',
  random: false,
};

/** Options of `markerCells`. */
export interface MarkerCellsOptions {
  readonly genes: readonly string[];
  /** Cells a group of one patient needs. Default 20. */
  readonly minCells?: number;
}

/** One gene in one patient. Null: fewer cells than needed. */
export interface MarkerPatientCells {
  readonly patient: string;
  readonly nCells: Readonly<Record<CellGroup, number>>;
  /** Share of cells in which the gene would be detected at the common depth. */
  readonly positive: Readonly<Record<CellGroup, number | null>>;
  /** Mean counts per 10,000. */
  readonly level: Readonly<Record<CellGroup, number | null>>;
  /** Probability that a persister cell expresses more than a cell of the other group, ties counting half. */
  readonly persisterAgainstUntreated: number | null;
  readonly persisterAgainstNormal: number | null;
  /** The same for all tumour cells under treatment: no call enters it. */
  readonly residualAgainstUntreated: number | null;
  /** Relative variance between persister cells beyond counting noise, (s² − x̄ m) / x̄². */
  readonly dispersion: number | null;
}

/** One gene over patients. */
export interface MarkerGeneCells {
  readonly gene: string;
  /** Patients whose caller uses the gene: their persister columns are partly circular. */
  readonly inCaller: readonly string[];
  readonly patients: readonly MarkerPatientCells[];
  readonly positive: Readonly<Record<CellGroup, Estimate>>;
  readonly persisterAgainstUntreated: Estimate;
  readonly persisterAgainstNormal: Estimate;
  readonly residualAgainstUntreated: Estimate;
}

/** Markers read on cells. */
export interface MarkerCells {
  readonly genes: readonly MarkerGeneCells[];
  /** Genes asked for that cells do not have. */
  readonly notMeasured: readonly string[];
  /** Counts per cell at which positive fractions are given. */
  readonly depth: number;
  readonly minCells: number;
}

/**
 * Reads genes on cells, patient by patient, and averages over patients with each weighing the same.
 *
 * **Positive fraction at one depth.** A deep cell shows more genes than a shallow one. Each cell is thinned in expectation to a
 * common depth D₀, the lowest median depth of any group of any patient: a cell of depth D with x counts is positive with
 * probability 1 − (1 − D₀/D)^x, and cells below D₀ count as they are. Fractions of groups and of patients then compare.
 * **Separation** is the area under the curve of counts per 10,000 between the cells of one patient.
 *
 * Genes that a patient's caller uses are named in `inCaller`: for them the persister columns repeat the call, and the residual
 * columns, which use the stage alone, are the honest ones.
 *
 * @throws OptionError when `minCells` is not a whole number above one; AbortedError on request
 */
export async function markerCells(
  input: MarkerCellInput,
  options: MarkerCellsOptions,
  context: RunContext,
): Promise<MarkerCells> {
  const { minCells = 20 } = options;
  if (!(Number.isInteger(minCells) && minCells > 1)) {
    throw new OptionError('Option minCells must be a whole number above one.', { found: String(minCells) });
  }
  const { cells } = input;
  const known = new Set(cells.genes);
  const asked = [...new Set(options.genes)];
  const genes = asked.filter((gene) => known.has(gene));
  const grouped = groupCells(input);
  const counter = geneCounter(cells.counts, slotsOf(cells.genes, genes), genes.length);
  const nCells = cells.barcodes.length;
  for (let start = 0; start < nCells; start += cellsPerPass) {
    throwIfAborted(context);
    counter.count(start, Math.min(nCells, start + cellsPerPass));
    report(context, 'markers on cells', Math.min(nCells, start + cellsPerPass), nCells, 'cells');
    await Promise.resolve();
  }
  const depth = commonDepth(grouped, counter.found.depth, minCells);
  const rows: MarkerGeneCells[] = [];
  for (const [slot, gene] of genes.entries()) {
    throwIfAborted(context);
    rows.push(readGene({ input, grouped, counts: counter.found, depth, minCells }, gene, slot));
  }
  return { genes: rows, notMeasured: asked.filter((gene) => !known.has(gene)), depth, minCells };
}

interface Reading {
  readonly input: MarkerCellInput;
  readonly grouped: GroupedCells;
  readonly counts: GeneCounts;
  readonly depth: number;
  readonly minCells: number;
}

function commonDepth({ members }: GroupedCells, depth: Float64Array, minCells: number): number {
  const medians = members.flatMap((own) =>
    cellGroups
      .map((group) => own[group])
      .flatMap((cells) =>
        cells.length < minCells ? [] : [median(Float64Array.from(cells, (cell) => depth[cell] as number))],
      ),
  );
  return medians.length === 0 ? NaN : Math.min(...medians);
}

function readGene(reading: Reading, gene: string, slot: number): MarkerGeneCells {
  const { input, grouped } = reading;
  const patients = grouped.patients.map((patient, p) => readPatient(reading, patient, p, slot));
  const over = (pick: (row: MarkerPatientCells) => number | null): Estimate => meanOverPatients(patients.map(pick));
  const positive = byGroup((group) => over((row) => row.positive[group]));
  return {
    gene,
    inCaller: input.persisters.patients
      .filter(({ genes }) => genes.some((used) => used.gene === gene))
      .map(({ patient }) => patient),
    patients,
    positive,
    persisterAgainstUntreated: over((row) => row.persisterAgainstUntreated),
    persisterAgainstNormal: over((row) => row.persisterAgainstNormal),
    residualAgainstUntreated: over((row) => row.residualAgainstUntreated),
  };
}

function readPatient(reading: Reading, patient: string, p: number, slot: number): MarkerPatientCells {
  const { grouped, counts, minCells } = reading;
  const members = grouped.members[p] as GroupedCells['members'][number];
  const nCells = byGroup((group) => members[group].length);
  const enough = (group: CellGroup): boolean => nCells[group] >= minCells;
  const levels = byGroup((group) => (enough(group) ? perTenThousand(counts, slot, members[group]) : null));
  const area = (one: CellGroup, other: CellGroup): number | null => {
    const [high, low] = [levels[one], levels[other]];
    return high === null || low === null ? null : areaBetween(high, low);
  };
  return {
    patient,
    nCells,
    positive: byGroup((group) => (enough(group) ? positiveShare(reading, slot, members[group]) : null)),
    level: byGroup((group) => (levels[group] === null ? null : meanOf(levels[group]))),
    persisterAgainstUntreated: area('persister', 'untreated'),
    persisterAgainstNormal: area('persister', 'normal'),
    residualAgainstUntreated: area('residual', 'untreated'),
    dispersion: levels.persister === null ? null : dispersionOf(levels.persister, counts.depth, members.persister),
  };
}

function perTenThousand({ values, depth }: GeneCounts, slot: number, cells: Uint32Array): Float64Array {
  const row = slot * depth.length;
  return Float64Array.from(cells, (cell) => {
    const total = depth[cell] as number;
    return total > 0 ? (1e4 * (values[row + cell] as number)) / total : 0;
  });
}

function positiveShare({ counts, depth: common }: Reading, slot: number, cells: Uint32Array): number {
  const row = slot * counts.depth.length;
  let sum = 0;
  for (const cell of cells) {
    const count = counts.values[row + cell] as number;
    if (count <= 0) continue;
    const kept = common / (counts.depth[cell] as number);
    sum += kept >= 1 ? 1 : 1 - pow(1 - kept, count);
  }
  return sum / cells.length;
}

/** Counts vary by chance with x̄ × the mean of 10,000/depth; what is left, relative to the squared mean. */
function dispersionOf(levels: Float64Array, depth: Float64Array, cells: Uint32Array): number | null {
  const centre = meanOf(levels);
  if (!(centre > 0)) return null;
  let squares = 0;
  let scale = 0;
  levels.forEach((level, i) => {
    squares += (level - centre) * (level - centre);
    scale += 1e4 / (depth[cells[i] as number] as number);
  });
  const variance = squares / (levels.length - 1);
  return Math.max(0, (variance - centre * (scale / levels.length)) / (centre * centre));
}

function byGroup<T>(of: (group: CellGroup) => T): Record<CellGroup, T> {
  return { persister: of('persister'), residual: of('residual'), untreated: of('untreated'), normal: of('normal') };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
