import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import { type NormalizedInput, testablePatients } from '../../programme/input.js';
import { learnFixedEffect } from '../../programme/relearn.js';
import type { StageContrast } from '../../study/types.js';

/** The shared effect estimated again without one patient. */
export interface RegulatorRefit {
  readonly patient: string;
  readonly genes: readonly string[];
  /** Moderated t per gene. */
  readonly statistic: Float64Array;
}

/**
 * The fixed-effect model fitted again without each patient, normalisation included: what the stability of the regulator
 * ranking is read from. A patient without whom nothing can be estimated has no entry.
 */
export async function regulatorRefits(
  input: NormalizedInput,
  contrast: Pick<StageContrast, 'from' | 'to'>,
  context: RunContext,
): Promise<readonly RegulatorRefit[]> {
  const { testable } = testablePatients(input, contrast);
  const refits: RegulatorRefit[] = [];
  for (const [done, patient] of testable.entries()) {
    throwIfAborted(context);
    report(context, 'regulators: without each patient', done, testable.length, 'patients');
    const { status, t } = learnFixedEffect(input, contrast, [patient]);
    if (status === 'ok') refits.push({ patient, genes: input.counts.genes, statistic: t });
    await Promise.resolve();
  }
  report(context, 'regulators: without each patient', testable.length, testable.length, 'patients');
  return refits;
}
