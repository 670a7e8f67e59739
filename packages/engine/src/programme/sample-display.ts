import { rngFor, type RunContext, report, throwIfAborted } from '../core/context.js';
import type { MethodInfo, Warning } from '../core/method.js';
import { shuffleInPlace } from '../core/rng.js';
import { mean } from '../core/sum.js';
import type { Stage } from '../study/types.js';
import { columnsWhere, type NormalizedInput, patientsOf } from './input.js';
import { type SampleView, sampleView, type SampleViewOptions } from './sample-view.js';

/** What {@link sampleDisplay} is. */
export const sampleDisplayInfo: MethodInfo = {
  id: 'sample-display',
  title: 'Samples by stage and patient, before and after patient correction',
  version: '1.0.0',
  doi: ['10.1093/nar/gkv007', '10.1007/s00357-014-9161-z'],
  input: 'normalised log2 expression, genes × samples',
  output: 'sample positions, two clusters, and how these agree with stage, patient and technology',
  random: true,
};

/** Options of {@link sampleDisplay}. */
export interface SampleDisplayOptions extends Omit<SampleViewOptions, 'correction'> {
  /** Times the stages are shuffled within patient as a control. Default 19, the fewest that allow P = 0.05. */
  readonly shuffles?: number;
}

/** Whether the correction alone could have made the stages separate. */
export interface StageShuffleControl {
  /** Adjusted Rand index of clusters and true stages after correction that keeps the stage. */
  readonly observed: number;
  /** The same with stages shuffled within patient before the correction: mean and largest. */
  readonly shuffledMean: number;
  readonly shuffledLargest: number;
  /** `(1 + shuffles at least as high) / (1 + shuffles)`. */
  readonly pValue: number;
  readonly nShuffles: number;
}

/** The samples before and after patient correction. */
export interface SampleDisplay {
  readonly samples: readonly string[];
  readonly views: readonly SampleView[];
  /** Null when the samples could not be clustered. */
  readonly stageShuffle: StageShuffleControl | null;
  readonly warnings: readonly Warning[];
}

/**
 * Lays samples out three times: as they are; with patient effects removed while stage effects are kept in the model, as in
 * the published figure; and with patient means removed alone.
 *
 * Keeping the stage could let the correction itself draw the stages apart. Two controls answer that. Stages are shuffled
 * within patient, corrected for and clustered again: what separates then is the correction's doing. And the third view uses no
 * stage at all; its price is that a patient's mean depends on which stages were sampled, so in an unbalanced study it
 * shifts stages against one another and may hide a true separation.
 *
 * @see limma 3.54 `removeBatchEffect`; R's `prcomp` and `hclust(method = "ward.D2")`
 * @example
 * ```ts
 * sampleDisplay(input, { variableGenes: 500, components: 6 }, context).views[1]?.agreement;
 * ```
 */
export function sampleDisplay(
  input: NormalizedInput,
  options: SampleDisplayOptions,
  context: RunContext,
): SampleDisplay {
  const views = (['none', 'patient-keeping-stage', 'patient-alone'] as const).map((correction) =>
    sampleView(input, { ...options, correction }),
  );
  const warnings = views.flatMap((view) =>
    view.reasons.map((message) => ({ code: `sample-display-${view.correction}`, message })),
  );
  return {
    samples: input.counts.samples,
    views,
    stageShuffle: shuffleControl(input, stageIndex(views[1] as SampleView), options, context),
    warnings,
  };
}

function shuffleControl(
  input: NormalizedInput,
  observed: number | null,
  options: SampleDisplayOptions,
  context: RunContext,
): StageShuffleControl | null {
  if (observed === null) return null;
  const { shuffles: nShuffles = 19 } = options;
  const shuffled = Array.from({ length: nShuffles }, (_, block) => {
    throwIfAborted(context);
    report(context, 'shuffled stages', block, nShuffles, 'shuffles');
    const stage = shuffleWithinPatient(input, context, block);
    return stageIndex(sampleView({ ...input, stage }, { ...options, correction: 'patient-keeping-stage' })) ?? NaN;
  });
  return {
    observed,
    shuffledMean: mean(shuffled),
    shuffledLargest: Math.max(...shuffled),
    pValue: (1 + shuffled.filter((index) => index >= observed).length) / (1 + nShuffles),
    nShuffles,
  };
}

function shuffleWithinPatient(input: NormalizedInput, context: RunContext, block: number): readonly Stage[] {
  const rng = rngFor(context, 'programme/sample-display', block);
  const stage = input.stage.slice();
  for (const patient of patientsOf(input)) {
    const columns = columnsWhere(input, (s) => input.patient[s] === patient);
    const own = columns.map((s) => stage[s] as Stage);
    shuffleInPlace(own, rng);
    columns.forEach((s, i) => {
      stage[s] = own[i] as Stage;
    });
  }
  return stage;
}

function stageIndex(view: SampleView): number | null {
  return view.agreement.find((a) => a.annotation === 'stage')?.adjustedRandIndex ?? null;
}
