import { benjaminiHochberg } from '../../stats/multiple-testing.js';
import { clonesAt } from './clones-at.js';
import { compositionChange } from './composition-change.js';
import type { ResolvedAlarmOptions } from './options.js';
import type { CloneFate, GeneticEvidence, VariantShift } from './types.js';

/** Clones count as kept when every variant's share moves by less than this. */
const margin = 0.25;

/** Change of the mutated share of every variant between two stages, among the cells that cover it. */
export function variantShifts(
  evidence: GeneticEvidence,
  { contrast, level }: Pick<ResolvedAlarmOptions, 'contrast' | 'level'>,
): readonly VariantShift[] {
  const shifts = evidence.labels
    .filter(({ kind }) => kind === 'variant')
    .flatMap((label) => {
      const pair = [clonesAt(evidence, label, contrast.from), clonesAt(evidence, label, contrast.to)] as const;
      if (pair[0].length === 0 || pair[1].length === 0) return [];
      const { clones, pValue, basis } = compositionChange(pair, { level });
      const mutated = clones.find(({ clone }) => clone === 'mutated');
      return mutated === undefined ? [] : [{ variant: label.name, basis, difference: mutated.difference, pValue }];
    });
  const adjusted = benjaminiHochberg(shifts.map(({ pValue }) => pValue));
  return shifts.map((shift, i) => ({ ...shift, pAdjusted: adjusted[i] as number }));
}

/**
 * What variants say of the clones: **partly kept** when the share of one changes at `alpha`; **kept** when the intervals of
 * all lie within ± 0.25; otherwise **cannot tell**. Variants without clones cannot show that clones were lost.
 */
export function variantFate(
  variants: readonly VariantShift[],
  alpha: number,
): { readonly fate: CloneFate; readonly reasons: readonly string[] } {
  if (variants.length === 0) return { fate: 'cannot tell', reasons: ['the source names no clones'] };
  const changed = variants.filter(({ pAdjusted }) => pAdjusted <= alpha);
  if (changed.length > 0) {
    const each = changed.map(({ variant, difference }) => `${variant} by ${(difference.value ?? NaN).toFixed(2)}`);
    return { fate: 'partly kept', reasons: [`mutated share changed: ${each.join(', ')}`, ...basisOf(changed)] };
  }
  const within = variants.every(
    ({ difference: { low, high } }) => low !== null && high !== null && low > -margin && high < margin,
  );
  if (within) return { fate: 'kept', reasons: ['the mutated share of every variant was kept', ...basisOf(variants)] };
  const [largest] = [...variants].sort((a, b) => Math.abs(b.difference.value ?? 0) - Math.abs(a.difference.value ?? 0));
  return {
    fate: 'cannot tell',
    reasons: [
      'no variant is shown to have changed its mutated share, nor all to have kept it; largest change ' +
        `${String(largest?.variant)} by ${(largest?.difference.value ?? NaN).toFixed(2)}, P ${(largest?.pAdjusted ?? NaN).toFixed(2)} against samples of one stage`,
    ],
  };
}

function basisOf(variants: readonly VariantShift[]): readonly string[] {
  const technical = variants.some(({ basis }) => basis === 'technical only');
  return technical ? ['one sample per stage: sampling of cells only'] : [];
}
