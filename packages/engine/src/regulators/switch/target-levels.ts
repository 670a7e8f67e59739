import type { CellCounts } from '../../cells/cell-counts.js';
import { type RunContext, report, rngFor, throwIfAborted } from '../../core/context.js';
import type { Stage } from '../../study/types.js';
import type { RegulonNetwork } from '../regulon-network.js';
import { keptHalf } from './caller-sums.js';

/** Level of one regulator in every cell, read from two independent halves of its counts. */
export interface TargetLevels {
  readonly regulator: string;
  /** Activated targets that are not genes of the programme. */
  readonly nTargets: number;
  /** Counts of those targets per count of the cell, over the same in the patient's untreated cells; NaN without them. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Options of {@link targetLevels}. */
export interface TargetLevelOptions {
  readonly regulators: readonly string[];
  /** Genes that are scored as the programme: no target may be one of them. */
  readonly programme: ReadonlySet<string>;
  readonly untreated: Stage;
}

/**
 * The level of a regulator in single cells as the abundance of its activated targets, on a linear scale with 1 in untreated
 * cells. Genes of the programme are left out, so that programme and regulator share no count. Every count goes to one of two
 * halves at random: given the cell, the halves err independently.
 */
export function targetLevels(
  cells: CellCounts,
  network: RegulonNetwork,
  options: TargetLevelOptions,
  context: RunContext,
): readonly TargetLevels[] {
  const targets = options.regulators.map((name) => usableTargets(name, cells, network, options.programme));
  const nCells = cells.sampleOf.length;
  const sums = targets.map(() => ({ first: new Float64Array(nCells), second: new Float64Array(nCells) }));
  const total = new Float64Array(nCells);
  const rng = rngFor(context, 'switch/target-halves');
  const owners = ownersOf(targets, cells.genes.length);
  const { indptr, indices, data } = cells.counts;
  for (let c = 0; c < nCells; c++) {
    if (c % 10_000 === 0) {
      throwIfAborted(context);
      report(context, 'switch: regulator levels', c, nCells, 'cells');
    }
    const end = indptr[c + 1] as number;
    for (let k = indptr[c] as number; k < end; k++) {
      const count = data[k] as number;
      total[c] = (total[c] as number) + count;
      const own = owners[indices[k] as number];
      if (own === undefined) continue;
      const kept = keptHalf(count, rng);
      for (const t of own) {
        const { first, second } = sums[t] as (typeof sums)[number];
        first[c] = (first[c] as number) + kept;
        second[c] = (second[c] as number) + count - kept;
      }
    }
  }
  report(context, 'switch: regulator levels', nCells, nCells, 'cells');
  return targets.map((own, t) => {
    const { first, second } = sums[t] as (typeof sums)[number];
    const relative = relativeToUntreated(cells, total, options.untreated);
    return {
      regulator: options.regulators[t] as string,
      nTargets: own.length,
      first: relative(first),
      second: relative(second),
    };
  });
}

function usableTargets(
  regulator: string,
  cells: CellCounts,
  network: RegulonNetwork,
  programme: ReadonlySet<string>,
): readonly number[] {
  const r = network.regulators.indexOf(regulator);
  if (r < 0) return [];
  const rows = new Map(cells.genes.map((gene, g) => [gene, g]));
  const found: number[] = [];
  for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
    const gene = network.genes[network.indices[k] as number] as string;
    const row = rows.get(gene);
    if ((network.weights[k] as number) > 0 && row !== undefined && !programme.has(gene)) found.push(row);
  }
  return found;
}

function ownersOf(targets: readonly (readonly number[])[], nGenes: number): readonly (number[] | undefined)[] {
  const owners = new Array<number[] | undefined>(nGenes).fill(undefined);
  targets.forEach((genes, t) => {
    for (const gene of genes) (owners[gene] ??= []).push(t);
  });
  return owners;
}

/** Divides sums by the cell's counts and by the pooled rate of the patient's untreated cells. */
function relativeToUntreated(
  cells: CellCounts,
  total: Float64Array,
  untreated: Stage,
): (sums: Float64Array) => Float64Array {
  return (sums) => {
    const rates = new Map<string, { sum: number; total: number }>();
    cells.sampleOf.forEach((s, c) => {
      const sample = cells.samples[s];
      if (sample?.stage !== untreated) return;
      const rate = rates.get(sample.patient) ?? { sum: 0, total: 0 };
      rate.sum += sums[c] as number;
      rate.total += total[c] as number;
      rates.set(sample.patient, rate);
    });
    return sums.map((sum, c) => {
      const rate = rates.get(cells.samples[cells.sampleOf[c] as number]?.patient ?? '');
      return rate === undefined || rate.sum === 0 ? NaN : sum / (total[c] as number) / (rate.sum / rate.total);
    });
  };
}
