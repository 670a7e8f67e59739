import type { Estimate } from '../../core/method.js';
import { exp, log } from '../../core/pinned-math.js';
import { logGamma } from '../../stats/distributions.js';
import { benjaminiHochberg } from '../../stats/multiple-testing.js';
import type { Stage } from '../../study/types.js';
import { type Share, shareDifference, shareEstimate } from './share-difference.js';
import type { GeneticEvidence } from './types.js';
import type { CellVariants } from './variants-from-table.js';

/** What the cells of a variant table are. */
export interface VariantCells {
  readonly patient: string;
  /** Stage of each sample of the table. */
  readonly stageOf: ReadonlyMap<string, Stage>;
}

/** One variant in one sample. */
export interface VariantFraction {
  readonly patient: string;
  readonly variant: string;
  /** A sample, or null for all samples of the stage together. */
  readonly sample: string | null;
  readonly stage: Stage;
  readonly nCells: number;
  readonly nCovered: number;
  readonly nMutated: number;
  /** Mutated among covered cells. */
  readonly fraction: Estimate;
}

/** One variant between two stages. */
export interface VariantChange {
  readonly patient: string;
  readonly variant: string;
  readonly fromStage: Stage;
  readonly toStage: Stage;
  /** Mutated fraction after minus before. */
  readonly difference: Estimate;
  /** Fisher's exact test on covered cells; NaN without covered cells on a side. */
  readonly pValue: number;
  /** Benjamini–Hochberg over the variants and pairs of stages of the patient. */
  readonly pAdjusted: number;
  /** Change of the covered share of cells: where coverage changes, so may what a wild-type call means. */
  readonly coverageDifference: Estimate;
}

/** Variants of one patient over its stages. */
export interface VariantStudy {
  readonly fractions: readonly VariantFraction[];
  readonly changes: readonly VariantChange[];
}

const order: readonly Stage[] = ['untreated', 'residual', 'relapse'];

/**
 * Mutated fraction of every variant among the cells that cover it, by sample and stage, with exact intervals, and its change
 * between stages by Fisher's exact test with Benjamini–Hochberg.
 *
 * Cells are the units: the tests hold for the drawing of cells only, and coverage depends on the expression of gene and
 * allele.
 *
 * @param variants - of one patient; samples without a stage are left out
 */
export function variantFractions(
  variants: CellVariants,
  { patient, stageOf }: VariantCells,
  options: { readonly level?: number } = {},
): VariantStudy {
  const { level = 0.95 } = options;
  const samples = [...new Set(variants.sample)].filter((sample) => stageOf.has(sample));
  const stages = order.filter((stage) => samples.some((sample) => stageOf.get(sample) === stage));
  const countedAt = (v: number, stage: Stage): Counted => count(variants, v, (sample) => stageOf.get(sample) === stage);
  const fractions = variants.variants.flatMap((variant, v) => {
    const row = (sample: string | null, stage: Stage, counted: Counted): VariantFraction => ({
      patient,
      variant,
      sample,
      stage,
      ...counted,
      fraction: shareEstimate({ n: counted.nMutated, of: counted.nCovered }, level),
    });
    return [
      ...samples.map((sample) =>
        row(
          sample,
          stageOf.get(sample) as Stage,
          count(variants, v, (own) => own === sample),
        ),
      ),
      ...stages.map((stage) => row(null, stage, countedAt(v, stage))),
    ];
  });
  const pairs = stages.flatMap((from, i) => stages.slice(i + 1).map((to) => [from, to] as const));
  const changes = variants.variants.flatMap((variant, v) =>
    pairs.map(([fromStage, toStage]) => {
      const pair = [countedAt(v, fromStage), countedAt(v, toStage)] as const;
      return { patient, variant, fromStage, toStage, ...change(pair, level) };
    }),
  );
  const adjusted = benjaminiHochberg(changes.map(({ pValue }) => pValue));
  return { fractions, changes: changes.map((one, i) => ({ ...one, pAdjusted: adjusted[i] as number })) };
}

/** The variants as labels for `geneticAlarm`, one per variant. */
export function variantEvidence(
  variants: CellVariants,
  { patient, stageOf }: VariantCells,
  persister: readonly (boolean | null)[],
): GeneticEvidence {
  const kept = variants.sample.flatMap((sample, i) => (stageOf.has(sample) ? [i] : []));
  const words = [null, 'wild type', 'mutated'];
  const width = variants.variants.length;
  return {
    patient,
    source: 'mutation',
    abstained: null,
    sample: kept.map((i) => variants.sample[i] as string),
    stage: kept.map((i) => stageOf.get(variants.sample[i] as string) as Stage),
    persister: kept.map((i) => persister[i] ?? null),
    labels: variants.variants.map((name, v) => ({
      name,
      kind: 'variant',
      values: kept.map((i) => words[(variants.calls[i * width + v] as number) + 1] ?? null),
    })),
  };
}

interface Counted {
  readonly nCells: number;
  readonly nCovered: number;
  readonly nMutated: number;
}

function count({ sample, variants, calls }: CellVariants, v: number, wanted: (sample: string) => boolean): Counted {
  let [nCells, nCovered, nMutated] = [0, 0, 0];
  sample.forEach((name, i) => {
    if (!wanted(name)) return;
    const call = calls[i * variants.length + v] as number;
    nCells += 1;
    if (call >= 0) nCovered += 1;
    if (call === 1) nMutated += 1;
  });
  return { nCells, nCovered, nMutated };
}

function change(
  [before, after]: readonly [Counted, Counted],
  level: number,
): Pick<VariantChange, 'difference' | 'pValue' | 'coverageDifference'> {
  const mutated = ({ nMutated, nCovered }: Counted): Share => ({ n: nMutated, of: nCovered });
  const covered = ({ nCovered, nCells }: Counted): Share => ({ n: nCovered, of: nCells });
  return {
    difference: shareDifference([mutated(before), mutated(after)], level),
    pValue: fisherExact([mutated(before), mutated(after)]),
    coverageDifference: shareDifference([covered(before), covered(after)], level),
  };
}

/**
 * Fisher's exact test of two shares, two-sided: the chance of all tables no likelier than the one seen.
 *
 * @returns NaN where a side has no cells
 * @see R's `fisher.test(...)$p.value`, with its relative tolerance 1e-7 for equal chances
 */
export function fisherExact([first, second]: readonly [Share, Share]): number {
  if (first.of === 0 || second.of === 0) return NaN;
  const marked = first.n + second.n;
  const low = Math.max(0, marked - second.of);
  const high = Math.min(marked, first.of);
  const chance = (x: number): number => logChoose(first.of, x) + logChoose(second.of, marked - x);
  const all = logChoose(first.of + second.of, marked);
  const limit = chance(first.n) + log(1 + 1e-7);
  let sum = 0;
  for (let x = low; x <= high; x++) if (chance(x) <= limit) sum += exp(chance(x) - all);
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
