import type { Estimate } from '../../core/method.js';
import { chiSquaredUpper, fUpper } from '../../stats/distributions.js';
import { shareDifference } from './share-difference.js';

/** Cells by clone in one sample. */
export type CloneCounts = ReadonlyMap<string, number>;

/** Clone composition of one stage against another. */
export interface CompositionChange {
  /** `technical only` where no stage has two samples: the test then knows the drawing of cells and nothing else. */
  readonly basis: 'replicates' | 'technical only';
  /** χ² per degree of freedom between stages, divided by the dispersion. */
  readonly statistic: number;
  readonly df: readonly [number, number];
  /** χ² per degree of freedom between samples of one stage, at least one; null without replicates. */
  readonly dispersion: number | null;
  readonly pValue: number;
  readonly clones: readonly {
    readonly clone: string;
    readonly nBefore: number;
    readonly nAfter: number;
    /** Share after minus share before; its interval is technical only. */
    readonly difference: Estimate;
  }[];
}

/** Rarer clones are put together for χ². */
const minimumCells = 10;

/**
 * Does the clone composition change between two stages by more than samples of one stage differ? Pearson's χ² of
 * stages × clones, each stage's samples added up, against that of samples × clones within stages:
 *
 *   φ = max(1, X²_within/df_within),  F = (X²_between/df_between)/φ on (df_between, df_within).
 *
 * Without replicates X²_between is read from the χ² distribution: cells are then taken for independent draws from the
 * tumour, which a biopsy or a culture is not.
 *
 * @returns P value NaN where fewer than two clones have ten cells
 * @see McCullagh and Nelder 1989, section 4.5 (over-dispersion)
 */
export function compositionChange(
  [before, after]: readonly [readonly CloneCounts[], readonly CloneCounts[]],
  options: { readonly level?: number } = {},
): CompositionChange {
  const { level = 0.95 } = options;
  const [sumBefore, sumAfter] = [added(before), added(after)];
  const clones = [...new Set([...sumBefore.keys(), ...sumAfter.keys()])].sort();
  const common = clones.filter((clone) => (sumBefore.get(clone) ?? 0) + (sumAfter.get(clone) ?? 0) >= minimumCells);
  const table = (samples: readonly CloneCounts[]): number[][] => samples.map((sample) => binned(sample, common));
  const between = pearson(table([sumBefore, sumAfter]));
  const within = [before, after].map((samples) => pearson(table(samples)));
  const dfWithin = within.reduce((sum, { df }) => sum + df, 0);
  const dispersion =
    dfWithin === 0 ? null : Math.max(1, within.reduce((sum, { statistic }) => sum + statistic, 0) / dfWithin);
  const statistic = between.statistic / between.df / (dispersion ?? 1);
  return {
    basis: dispersion === null ? 'technical only' : 'replicates',
    statistic,
    df: [between.df, dispersion === null ? Infinity : dfWithin],
    dispersion,
    pValue: pOf(between, { statistic, dfWithin }),
    clones: clones.map((clone) => {
      const [nBefore, nAfter] = [sumBefore.get(clone) ?? 0, sumAfter.get(clone) ?? 0];
      const shares = [
        { n: nBefore, of: total(sumBefore) },
        { n: nAfter, of: total(sumAfter) },
      ] as const;
      return { clone, nBefore, nAfter, difference: shareDifference(shares, level) };
    }),
  };
}

function pOf(
  between: Pearson,
  { statistic, dfWithin }: { readonly statistic: number; readonly dfWithin: number },
): number {
  if (between.df === 0) return NaN;
  if (dfWithin === 0) return chiSquaredUpper(between.statistic, between.df);
  return fUpper(statistic, between.df, dfWithin);
}

interface Pearson {
  readonly statistic: number;
  readonly df: number;
}

/** χ² of a table; empty rows and columns do not count. */
function pearson(table: readonly (readonly number[])[]): Pearson {
  const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columns = (table[0] ?? []).map((_, c) => table.reduce((sum, row) => sum + (row[c] as number), 0));
  const all = rows.reduce((sum, n) => sum + n, 0);
  let statistic = 0;
  table.forEach((row, r) => {
    row.forEach((n, c) => {
      const expected = ((rows[r] as number) * (columns[c] as number)) / all;
      if (expected > 0) statistic += (n - expected) ** 2 / expected;
    });
  });
  const filled = (sums: readonly number[]): number => Math.max(0, sums.filter((n) => n > 0).length - 1);
  return { statistic, df: filled(rows) * filled(columns) };
}

function binned(sample: CloneCounts, common: readonly string[]): number[] {
  const counts = common.map((clone) => sample.get(clone) ?? 0);
  return [...counts, total(sample) - counts.reduce((sum, n) => sum + n, 0)];
}

function added(samples: readonly CloneCounts[]): CloneCounts {
  const sums = new Map<string, number>();
  for (const sample of samples) for (const [clone, n] of sample) sums.set(clone, (sums.get(clone) ?? 0) + n);
  return sums;
}

function total(counts: CloneCounts): number {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}
