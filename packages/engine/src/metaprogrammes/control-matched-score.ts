import { binByExpression } from '../programme/matched-gene-null.js';
import type { SampleMeans } from './mean-expression.js';

/**
 * Score of a gene list in each sample: the mean over its genes of expression less that of the other genes of like average expression,
 * `s = 1/|G| Σ_g (x̄_g − mean of x̄ over the bin of g without G)`. Since it is linear in the cells, the score of the mean is the mean
 * of the cells' scores.
 *
 * @param genes - those not measured, or alone in their bin, are left out
 * @returns one score per sample, natural logarithms; NaN for a sample without cells or when no gene is left
 * @see doi:10.1126/science.aad0501; Seurat's `AddModuleScore`, which draws 100 control genes of each bin where this takes all of them
 */
export function controlMatchedScores({ genes: measured, means }: SampleMeans, genes: readonly string[]): Float64Array {
  const nGenes = measured.length;
  const nSamples = means.length / Math.max(1, nGenes);
  const present = Array.from({ length: nSamples }, (_, s) => s).filter((s) => !Number.isNaN(means[s * nGenes]));
  const average = Float64Array.from(measured, (_, g) =>
    present.reduce((sum, s) => sum + (means[s * nGenes + g] as number) / present.length, 0),
  );
  const seen = Array.from(average.keys()).filter((g) => (average[g] as number) > 0);
  const bins = binByExpression(
    seen.map((g) => measured[g] as string),
    Float64Array.from(seen, (g) => average[g] as number),
  );
  const wanted = new Set(genes);
  const members = bins.members.map((bin) => Array.from(bin, (place) => seen[place] as number));
  const parts = members.map((bin) => ({
    own: bin.filter((g) => wanted.has(measured[g] as string)),
    controls: bin.filter((g) => !wanted.has(measured[g] as string)),
  }));
  const used = parts.filter(({ own, controls }) => own.length > 0 && controls.length > 0);
  const nUsed = used.reduce((sum, { own }) => sum + own.length, 0);
  return Float64Array.from({ length: nSamples }, (_, s) => {
    const meanOf = (list: readonly number[]): number =>
      list.reduce((sum, g) => sum + (means[s * nGenes + g] as number), 0) / list.length;
    const sum = used.reduce((total, { own, controls }) => total + own.length * (meanOf(own) - meanOf(controls)), 0);
    return nUsed > 0 ? sum / nUsed : NaN;
  });
}
