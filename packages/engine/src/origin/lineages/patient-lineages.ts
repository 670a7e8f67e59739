import type { CloneStateTest, TestContext } from './clone-state.js';
import type { ClonedSample } from './cloned-sample.js';
import type { LineageStudyOptions, PatientLineages, StageLineages } from './lineage-study.js';
import { type SisterFate, sisterFate, type StagedCells } from './sister-fate.js';

/** One patient of a study of lineages. */
export interface PatientSamples {
  readonly patient: string;
  readonly samples: readonly ClonedSample[];
  readonly stages: readonly StageLineages[];
  readonly cloneState: CloneStateTest | null;
}

/**
 * Verdict of one patient: that of the contrast's two stages, all samples of a stage together. Samples of the later stage
 * with different verdicts make it **mixed** when both adaptation and selection are among them.
 */
export function patientLineages(
  { patient, samples, stages, cloneState }: PatientSamples,
  options: LineageStudyOptions,
  context: TestContext,
): PatientLineages {
  const { contrast = { from: 'untreated', to: 'residual' } } = options;
  const own = stages.filter(({ fromStage, toStage }) => fromStage === contrast.from && toStage === contrast.to);
  return {
    patient,
    ...verdictOf(own, contrast),
    cloneState,
    sisterFate: own.length === 0 ? null : fate({ patient, samples }, { ...options, contrast }, context),
  };
}

function verdictOf(
  stages: readonly StageLineages[],
  { from, to }: { readonly from: string; readonly to: string },
): Pick<PatientLineages, 'verdict' | 'reasons'> {
  const whole = stages.find(({ sample }) => sample === null);
  if (whole === undefined) {
    return { verdict: 'cannot tell', reasons: [`no barcoded cells at both stages, ${from} and ${to}`] };
  }
  const singles = stages.filter(({ sample }) => sample !== null);
  const found = new Set(singles.map(({ shift }) => shift.verdict));
  if (found.has('adaptation') && found.has('selection')) {
    const each = singles.map(({ sample, shift }) => `${String(sample)} ${shift.verdict}`).join(', ');
    return { verdict: 'mixed', reasons: [`samples of stage ${to} disagree: ${each}`] };
  }
  return { verdict: whole.shift.verdict, reasons: whole.shift.reasons };
}

function fate(
  { patient, samples }: Pick<PatientSamples, 'patient' | 'samples'>,
  options: LineageStudyOptions & Required<Pick<LineageStudyOptions, 'contrast'>>,
  context: TestContext,
): SisterFate | null {
  const { contrast, persisterState = 'persister', permutations = 1000, level = 0.95 } = options;
  const at = (stage: string): ClonedSample[] => samples.filter(({ info }) => info.stage === stage);
  const [before, after] = [at(contrast.from), at(contrast.to)].map(
    (members): StagedCells => ({
      clone: members.flatMap(({ clones }) => clones.clone),
      inState: members.flatMap(({ state }) => state.map((name) => (name === null ? null : name === persisterState))),
    }),
  ) as [StagedCells, StagedCells];
  if (before.inState.every((one) => one === null)) return null;
  return sisterFate([before, after], { label: patient, permutations, level }, context);
}
