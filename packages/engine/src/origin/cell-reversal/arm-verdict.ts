import type { Estimate } from '../../core/method.js';
import type { PersisterVerdict } from '../../persisters/verdict.js';
import { reversalVerdict } from '../reversal-verdict.js';
import type {
  ArmMeasure,
  CellReversalVerdict,
  ContrastPart,
  DistanceSpace,
  NotTestableReason,
  StageDistances,
} from './types.js';

/** What a verdict is read from. */
export interface ArmEvidence {
  readonly measure: ArmMeasure;
  /** Verdict of the persister calls on the patient; null without calls. */
  readonly persisters: PersisterVerdict | null;
  readonly fractions: Readonly<Record<ContrastPart, Estimate | null>>;
}

/** A verdict with what led to it. */
export interface ArmVerdict {
  readonly verdict: CellReversalVerdict;
  readonly status: Estimate['status'];
  readonly reasons: readonly string[];
  readonly notTestable: NotTestableReason | null;
  readonly subpopulation: boolean | null;
  readonly offTheLine: boolean | null;
}

/** A ratio of distances in the components shown to be above this: the relapse is nearer to somewhere else. */
const farOff = 0.5;
/** A minority is less than this share. */
const minorityBelow = 0.5;

type Told = Exclude<CellReversalVerdict, 'cannot tell' | 'not testable'>;

/**
 * Reads the verdict of one arm. The index on the patient's own axis and, where persisters are present, that on the programme axis
 * are read as at sample level (`reversalVerdict`); each counts where its axis tells residual from untreated cells. Where
 * they agree that is the verdict, where they do not the relapse is partly returned. A relapse whose mean is back is partly
 * returned too when its distance from untreated is shown to exceed the margin along the axis, or half of the residual's in the
 * components; and so is one that stays undecided with a minority shown to stay in the state.
 */
export function armVerdict(
  evidence: ArmEvidence,
  { margin, minority }: { readonly margin: number; readonly minority: number },
): ArmVerdict {
  const { measure, persisters } = evidence;
  if (persisters === 'none') return untestable('no-programme', nothingToReverse);
  const axes = [
    { name: 'own axis', index: measure.index, distances: inSpace(measure, 'transcriptome axis') },
    ...(persisters === 'present' && measure.programmeIndex !== null
      ? [{ name: 'programme', index: measure.programmeIndex, distances: inSpace(measure, 'programme axis') }]
      : []),
  ].filter(({ index, distances }) => index.status === 'ok' && distances?.separable === true);
  if (axes.length === 0) return untestable('not-separable', ...whyNotSeparable(measure));
  const subpopulation = staysBehind(evidence, { margin, minority });
  const offTheLine = isOffTheLine(measure);
  const found = axes.map(({ name, index, distances }) => ({ name, told: toldBy(index, distances, margin) }));
  return {
    ...together(found, {
      stays: subpopulation === true,
      isElsewhere: offTheLine === true,
      caution: cautionOf(measure, persisters),
    }),
    status: 'ok',
    notTestable: null,
    subpopulation,
    offTheLine,
  };
}

const nothingToReverse = 'no persister cells under treatment: there is nothing to come back from';

const words: Readonly<Record<'returned' | 'partial' | 'not returned', Told>> = {
  returned: 'returned',
  partial: 'partly returned',
  'not returned': 'not returned',
};

function toldBy(index: Estimate, distances: StageDistances | null, margin: number): Told | null {
  const read = reversalVerdict(index, margin);
  if (read === 'inconclusive') return null;
  const isBeyond = distances !== null && !distances.back && (distances.ratio.low ?? 0) > margin;
  return read === 'returned' && isBeyond ? 'partly returned' : words[read];
}

/** One verdict from those of the axes and what else was seen. */
function together(
  found: readonly { readonly name: string; readonly told: Told | null }[],
  seen: { readonly stays: boolean; readonly isElsewhere: boolean; readonly caution: readonly string[] },
): Pick<ArmVerdict, 'verdict' | 'reasons'> {
  const told = found.flatMap((axis) => axis.told ?? []);
  const [first] = told;
  const isOne = told.every((t) => t === first);
  const mean = first === undefined ? 'cannot tell' : isOne ? first : 'partly returned';
  const isPart = (mean === 'cannot tell' && seen.stays) || (mean === 'returned' && seen.isElsewhere);
  const verdict = isPart ? 'partly returned' : mean;
  return {
    verdict,
    reasons: [
      ...(verdict === 'cannot tell' ? ['the interval of the index leaves it open'] : []),
      ...(isOne ? [] : [found.map(({ name, told: own }) => `${name}: ${own ?? 'cannot tell'}`).join(', ')]),
      ...(seen.stays ? ['most cells went back while a minority stays in the persister state'] : []),
      ...(seen.isElsewhere ? ['the relapse lies away from the line between untreated and residual cells'] : []),
      ...seen.caution,
    ],
  };
}

function cautionOf({ basis }: ArmMeasure, persisters: PersisterVerdict | null): readonly string[] {
  if (basis === 'replicates') return [];
  return [
    'the interval holds the sampling of cells only in a stage without replicates',
    ...(persisters === 'present'
      ? []
      : ['no persister call supports the state, for which a difference between two libraries can pass']),
  ];
}

/** Null without calls that can be used. */
function staysBehind(
  { measure: { othersIndex }, persisters, fractions: { from, back } }: ArmEvidence,
  { margin, minority }: { readonly margin: number; readonly minority: number },
): boolean | null {
  if (persisters !== 'present' || back?.value == null || othersIndex?.value == null) return null;
  const isShown = back.status === 'ok' && (back.low ?? 0) >= minority && (back.high ?? 1) < minorityBelow;
  const isMoreThanBefore = (back.low ?? 0) > (from?.value ?? 0);
  return isShown && isMoreThanBefore && Math.abs(1 - othersIndex.value) <= margin;
}

function isOffTheLine(measure: ArmMeasure): boolean | null {
  const components = inSpace(measure, 'components');
  if (components?.separable !== true) return null;
  const onTheLine = Math.abs(1 - (measure.index.value ?? NaN));
  const { low } = components.ratio;
  return low === null || Number.isNaN(onTheLine) ? null : low > farOff && low > onTheLine + farOff;
}

function inSpace({ distances }: ArmMeasure, space: DistanceSpace): StageDistances | null {
  return distances.find((d) => d.space === space) ?? null;
}

function whyNotSeparable(measure: ArmMeasure): readonly string[] {
  const reasons = [...measure.index.reasons, ...(inSpace(measure, 'transcriptome axis')?.ratio.reasons ?? [])];
  return reasons.length > 0 ? reasons : ['untreated and residual cells cannot be told apart'];
}

function untestable(notTestable: NotTestableReason, ...reasons: readonly string[]): ArmVerdict {
  return {
    verdict: 'not testable',
    status: 'not-identifiable',
    reasons,
    notTestable,
    subpopulation: null,
    offTheLine: null,
  };
}
