import type { Rng } from '../core/rng.js';
import type { Bilingual } from '../core/text.js';
import { studentQuantile } from '../stats/distributions.js';
import { geneFinder } from './find-genes.js';
import { type AxisComparison, type AxisError, matchedLevel, scoreAxes } from './score-axes.js';
import { antigenPresentation } from './sets/antigen-presentation.js';
import type { AxisGene } from './sets/axis-gene.js';
import type { AxisPatient, MhcLoss } from './types.js';

/** log2 of 1.5: the genes of class I together at two thirds. */
const smallestLoss = 0.5849625007211562;
/** β2-microglobulin halved. */
const smallestB2mLoss = 1;

/**
 * Flags loss of MHC class I in every patient of a comparison: the genes of antigen presentation together at two thirds or
 * less, the interval below zero and beyond random genes of like expression; or β2-microglobulin halved with its interval below
 * zero, since without it no class I molecule stands at the surface.
 *
 * Genes of the programme are not taken out here: a loss is a warning against a weakness, never evidence for one.
 */
export function mhcLoss(
  comparison: AxisComparison,
  options: { readonly compared: MhcLoss['compared']; readonly permutations: number },
  rng: Rng,
): readonly MhcLoss[] {
  const { permutations, compared } = options;
  const scoring = { axes: [antigenPresentation], excluded: new Set<string>(), fdr: 0.05, permutations };
  const [score] = scoreAxes(comparison, scoring, rng);
  const b2m = geneFinder(comparison.genes)(antigenPresentation.genes.find(({ gene }) => gene === 'B2M') as AxisGene);
  const errors = b2m === null ? [] : comparison.errorsOf([{ position: b2m, sign: 1 }]);
  return (score?.patients ?? []).map((row, p) => {
    const change = b2m === null ? null : (comparison.effects[b2m * comparison.patients.length + p] as number);
    const reasons = [...lossOfAll(row), ...lossOfB2m(change, errors[p] ?? null)];
    const { patient, effect, low, high, pMatched } = row;
    return { patient, compared, effect, low, high, pMatched, b2m: change, flagged: reasons.length > 0, reasons };
  });
}

function lossOfAll({ effect, low, high, pMatched }: AxisPatient): readonly Bilingual[] {
  const below = low === null || high === null || high < 0;
  if (effect > -smallestLoss || !below || pMatched > matchedLevel) return [];
  return [{ en: 'the genes of class I are down together', fr: 'les gènes de classe I baissent ensemble' }];
}

function lossOfB2m(change: number | null, error: AxisError | null): readonly Bilingual[] {
  if (change === null || error === null || change > -smallestB2mLoss || !(error.df > 0)) return [];
  const high = change + studentQuantile(0.975, error.df) * error.standardError;
  return high < 0 ? [{ en: 'β2-microglobulin is down', fr: 'la β2-microglobuline baisse' }] : [];
}
