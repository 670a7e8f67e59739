import { type RunContext, rngFor } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import type { Rng } from '../../core/rng.js';
import { type CellScores, genePositions, type ScoredCells } from './cell-scores.js';
import { binGenes, drawControls, type ExpressionBins, type MatchedControls } from './control-genes.js';
import { geneAverages } from './gene-averages.js';
import {
  coverageOf,
  type MeasuredGenes,
  type MeasuredSet,
  measureSets,
  type ScoredSet,
  type WeightEntry,
  weightsByGene,
} from './gene-weights.js';
import { type CellNormalisation, cellSizeFactors } from './log-normalisation.js';
import { weightedSums } from './weighted-sums.js';

/** What {@link moduleScore} is. */
export const moduleScoreInfo: MethodInfo = {
  id: 'module-score',
  title: 'Expression of a gene set less that of control genes',
  version: '1.0.0',
  doi: ['10.1126/science.aad0501', '10.1038/nbt.3192'],
  input: 'raw counts, cells × genes',
  output: 'difference of mean log-normalised expression per cell and set, natural log',
  random: true,
};

/** Options of {@link moduleScore}. */
export interface ModuleScoreOptions extends CellNormalisation {
  readonly sets: readonly ScoredSet[];
  /** Bins of average expression. Default 25. */
  readonly bins?: number;
  /** Controls drawn per gene (or per bin), or all there are. Default 100. */
  readonly controlGenes?: number;
  /** `per-gene` (default): every gene has controls of its own. `per-bin`: one draw per occupied bin, as in scanpy. */
  readonly controlSampling?: 'per-gene' | 'per-bin';
}

/** Control-matched scores with the controls they used. */
export interface ModuleScores extends CellScores {
  readonly method: 'module-score';
  /** Distinct control genes of each set, by name. */
  readonly controls: readonly (readonly string[])[];
}

/**
 * Mean log-normalised expression of a set's genes less that of random genes of similar average expression:
 *
 * `score = mean_g (y_g − mean over controls of g of y)`, y = ln(1 + count / size factor).
 *
 * Controls come from the gene's bin of average expression over all cells, never from the set. A signed set scores the genes
 * that go up less those that go down. The draws are seeded per set and gene, so adding a set changes no other.
 *
 * Cost: two passes over the stored values.
 *
 * @returns scores, cells × sets; NaN for a cell without counts or a set without a measured gene that has controls
 * @throws OptionError for bad options; ShapeError for repeated or misfitting gene names
 * @see doi:10.1126/science.aad0501; scanpy 1.11 `tl.score_genes`, equal to `per-bin` within rounding where bins are used
 * whole (with sampling the random streams differ). Difference: scanpy and Seurat pool distinct controls, so that a bin with
 * one gene of the set weighs as much as (scanpy), or more than its share of (Seurat), a bin with ten; `per-gene` keeps the
 * matching of the original paper.
 */
export async function moduleScore(
  cells: ScoredCells,
  options: ModuleScoreOptions,
  context: RunContext,
): Promise<ModuleScores> {
  checkOptions(options);
  const { counts, genes } = cells;
  const sets = measureSets(options.sets, genePositions(cells));
  const sizeFactors = cellSizeFactors(counts, options);
  const averages = await geneAverages(counts, sizeFactors, { stage: 'module-score-bins', context });
  const bins = binGenes(genes, averages, options.bins ?? 25);
  const rng = rngFor(context, 'cells/module-score');
  const matched = sets.map((set) => matchSet(set, bins, options, rng.split(set.name)));
  const entries = matched.flatMap((parts, column) => parts.flatMap((part) => scoreWeights(part, column)));
  const weights = weightsByGene(entries, genes.length, sets.length);
  const { sums } = await weightedSums(counts, { sizeFactors, weights }, { stage: 'module-score', context });
  const empty = matched.map((parts) => parts.every(({ genes: used }) => used.length === 0));
  return {
    method: 'module-score',
    sets: sets.map((set) => set.name),
    nCells: counts.shape[0],
    scores: sums.map((sum, i) => (empty[i % sets.length] === true ? NaN : sum)),
    coverage: coverageOf(sets),
    controls: matched.map((parts) => controlNames(parts, genes)),
    warnings: sets.flatMap((set, s) => unmatchedWarning(set.name, matched[s] as readonly SignedControls[], genes)),
  };
}

interface SignedControls extends MatchedControls {
  readonly sign: 1 | -1;
}

function matchSet(
  { up, down }: MeasuredSet,
  bins: ExpressionBins,
  { controlSampling: scheme = 'per-gene', controlGenes: size = 100 }: ModuleScoreOptions,
  rng: Rng,
): readonly SignedControls[] {
  const match = (list: MeasuredGenes, sign: 1 | -1, label: string): SignedControls => ({
    ...drawControls(list, bins, { scheme, size }, rng.split(label)),
    sign,
  });
  return [match(up, 1, 'up'), match(down, -1, 'down')];
}

function scoreWeights({ genes, controls, sign }: SignedControls, column: number): readonly WeightEntry[] {
  return [
    ...genes.map((gene) => ({ gene, column, weight: sign / genes.length })),
    ...controls.map(({ gene, weight }) => ({ gene, column, weight: -sign * weight })),
  ];
}

function controlNames(parts: readonly SignedControls[], genes: readonly string[]): readonly string[] {
  const names = parts.flatMap(({ controls }) => controls.map(({ gene }) => genes[gene] as string));
  return [...new Set(names)].sort();
}

function unmatchedWarning(
  name: string,
  parts: readonly SignedControls[],
  genes: readonly string[],
): readonly Warning[] {
  const unmatched = parts.flatMap((part) => part.unmatched.map((gene) => genes[gene] as string));
  if (unmatched.length === 0) return [];
  const message = `Set "${name}" holds every gene of some expression bin: ${unmatched.join(', ')} had no control and were left out of the score.`;
  return [{ code: 'module-score-unmatched', message }];
}

function checkOptions({ bins = 25, controlGenes = 100 }: ModuleScoreOptions): void {
  if (!Number.isInteger(bins) || bins < 2) {
    throw new OptionError('bins has to be a whole number of at least 2.', { found: String(bins) });
  }
  if (Number.isInteger(controlGenes) && controlGenes >= 1) return;
  throw new OptionError('controlGenes has to be a whole number of at least 1.', { found: String(controlGenes) });
}
