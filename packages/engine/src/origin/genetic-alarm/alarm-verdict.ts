import type { OriginVerdict } from '../lineages/lineage-verdict.js';
import type { ResolvedAlarmOptions } from './options.js';
import type { CloneFate, LabelTie, SourceAlarm } from './types.js';

/** A corrected P value up to this is not taken for the absence of a tie. */
const suggestive = 0.05;

/**
 * Whether the state is tied to a label. **tied**: the smallest corrected P value is at most `alpha`. **not tied**: it is
 * above 0.05, and the upper bound of every label's heritability is below `margin`, so that a tie worth the name would have
 * shown.
 */
export function readTie(
  labels: readonly LabelTie[],
  { alpha, margin }: Pick<ResolvedAlarmOptions, 'alpha' | 'margin'>,
): { readonly tie: SourceAlarm['tie']; readonly tieReasons: readonly string[] } {
  const [first] = labels;
  if (first === undefined) return { tie: 'cannot tell', tieReasons: ['no label can be tested'] };
  if (first.pAdjusted <= alpha) {
    return { tie: 'tied', tieReasons: [`the state goes with ${first.label} (corrected P ${format(first.pAdjusted)})`] };
  }
  if (first.pAdjusted <= suggestive) {
    return {
      tie: 'cannot tell',
      tieReasons: [`${first.label} may go with the state (corrected P ${format(first.pAdjusted)})`],
    };
  }
  const bound = labels.reduce((most, { heritabilityBound }) => Math.max(most, heritabilityBound), -Infinity);
  if (bound < margin) {
    return { tie: 'not tied', tieReasons: [`heritability of the state below ${bound.toFixed(2)}`] };
  }
  return {
    tie: 'cannot tell',
    tieReasons: [`no tie found, but a heritability up to ${bound.toFixed(2)} would have gone unseen`],
  };
}

/** What the verdict of one source is read from. */
export interface SourceFindings {
  readonly tie: SourceAlarm['tie'];
  readonly fate: CloneFate;
  /** Heritability of the most tied label is at least `strong`, and so is the share of the persisters in one clone. */
  readonly isStrong: boolean;
  /** See `SourceAlarm.stateChange`. */
  readonly stateChange: number | null;
}

/**
 * Verdict of one source.
 *
 * | tie \\ clones | kept | partly kept | lost | cannot tell |
 * |---|---|---|---|---|
 * | **tied** | mixed | mixed; selection if strong | selection | mixed; selection if strong |
 * | **not tied** | adaptation | mixed | selection | cannot tell |
 * | **cannot tell** | adaptation if most cells changed state | cannot tell | selection | cannot tell |
 *
 * Strong: the most tied label's heritability, and the share of the persisters in one clone or with one alteration, are both
 * at least `strong`. Where clones were kept while at least `changed` of the cells entered the state, the state is not that
 * of a clone that took over, even when too few cells differ within samples to test a tie.
 */
export function sourceVerdict(
  { tie, fate, isStrong, stateChange }: SourceFindings,
  { changed }: Pick<ResolvedAlarmOptions, 'changed'>,
): { readonly verdict: OriginVerdict; readonly reasons: readonly string[] } {
  if (fate === 'lost') return { verdict: 'selection', reasons: ['most clones were replaced'] };
  if (tie === 'tied') {
    if (fate !== 'kept' && isStrong) {
      return { verdict: 'selection', reasons: ['most cells in the state are of one clone or share one alteration'] };
    }
    return { verdict: 'mixed', reasons: ['the state goes with clones in part'] };
  }
  if (tie === 'not tied') return untiedVerdict(fate);
  if (fate === 'kept' && stateChange !== null && stateChange >= changed) {
    return { verdict: 'adaptation', reasons: ['clones were kept while most cells entered the state'] };
  }
  return { verdict: 'cannot tell', reasons: ['whether the state goes with a clone is not known'] };
}

function untiedVerdict(fate: CloneFate): ReturnType<typeof sourceVerdict> {
  if (fate === 'kept') return { verdict: 'adaptation', reasons: ['clones were kept, and the state goes with none'] };
  if (fate === 'partly kept') return { verdict: 'mixed', reasons: ['clones changed, though the state goes with none'] };
  return {
    verdict: 'cannot tell',
    reasons: ['the state goes with no clone, but whether clones were kept is not known'],
  };
}

/**
 * Verdict over sources or patients: the one that all who can tell share; **mixed** when they differ; **cannot tell** when
 * none can.
 */
export function jointVerdict(verdicts: readonly OriginVerdict[]): OriginVerdict {
  const told = new Set(verdicts.filter((verdict) => verdict !== 'cannot tell'));
  if (told.size === 0) return 'cannot tell';
  return told.size === 1 ? ([...told][0] as OriginVerdict) : 'mixed';
}

function format(pValue: number): string {
  return pValue < 0.01 ? pValue.toFixed(3) : pValue.toFixed(2);
}
