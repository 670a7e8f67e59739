import { OptionError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import type { StageContrast } from '../../study/types.js';
import type { LabelCounts } from './label-counts.js';
import { type LabelTest, testLabels } from './label-test.js';
import {
  type ComparedStages,
  type ExcludedPatient,
  pairUnits,
  type PatientUnit,
  whyNotPaired,
} from './patient-units.js';
import { type FractionTransform, type SampleFraction, sampleFractions } from './sample-fractions.js';
import { type StageFraction, stageFractions } from './stage-fractions.js';
import { stageUnits } from './stage-units.js';

/** What {@link composition} is. */
export const compositionInfo: MethodInfo = {
  id: 'composition',
  title: 'Cell fractions per label and stage with the patient as unit',
  version: '1.0.0',
  doi: ['10.1093/bioinformatics/btac582', '10.2202/1544-6115.1027', '10.1093/biomet/26.4.404'],
  input: 'a label per cell, with patient and stage of the samples',
  output: 'fractions with intervals; per label change of the transformed fraction, t, P value and adjusted P value',
  random: false,
};

/** Options of {@link composition}. */
export interface CompositionOptions {
  readonly contrast: ComparedStages;
  /** Scale fractions are compared on. Default `logit`. */
  readonly transform?: FractionTransform;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number;
  /** False-discovery rate at which labels are called. Default 0.05. */
  readonly fdr?: number;
  /** Cells a label needs in the compared samples, in all, to be tested. Default 10. */
  readonly minimumCells?: number;
}

/** Fractions of labels and how they differ between two stages. */
export interface Composition {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly contrast: ComparedStages;
  /** `paired`: each patient against itself. `unpaired`: different patients at the two stages. */
  readonly design: 'paired' | 'unpaired' | null;
  readonly labels: readonly string[];
  /** Every sample and label. */
  readonly samples: readonly SampleFraction[];
  /** Every stage and label, over patients. */
  readonly stages: readonly StageFraction[];
  /** One per label; not testable ones say why. */
  readonly tests: readonly LabelTest[];
  /** The cells compared: patient, stage and the samples added up. */
  readonly units: readonly PatientUnit[];
  readonly excluded: readonly ExcludedPatient[];
  readonly warnings: readonly Warning[];
}

/**
 * Fractions of the labels in every sample and stage, and whether they change from one stage to the other. Samples of one
 * patient at one stage are added up; their fractions, logit or arcsine transformed, are compared with the patient as unit:
 * paired within patients (`~ stage + patient`) when at least two have both stages, otherwise between patients
 * (`~ stage`) when each stage has at least two. Moderated t with robust empirical Bayes over labels.
 *
 * Fractions are closed: they add up to one, so that a label that grows pushes all others down. Only ratios between labels
 * are free of that; a warning says so when labels are called.
 *
 * @throws OptionError for bad options
 * @see doi:10.1093/bioinformatics/btac582; speckle 0.99 `propeller` (`getTransformedProps`, `propeller.ttest`), equal to it
 * within rounding on the labels tested. Differences: labels with too few cells are not tested (half a cell added to an
 * absent label is a larger fraction of a smaller sample); with fewer than three labels the t is not moderated, because the
 * variances of complementary fractions are one and the same; replicates of a patient are added up.
 */
export function composition(counts: LabelCounts, options: CompositionOptions): Composition {
  const { contrast, level = 0.95, transform = 'logit' } = options;
  checkOptions(options);
  const samples = sampleFractions(counts, level);
  const nCells = Float64Array.from(counts.samples, (_, s) => samples[s * counts.labels.length]?.total ?? 0);
  const paired = pairUnits(counts.samples, nCells, contrast);
  const apart = stageUnits(counts.samples, nCells, contrast);
  const design = paired.patients.length >= 2 ? 'paired' : apart.length > 0 ? 'unpaired' : null;
  const units = design === 'unpaired' ? apart : paired.units;
  const tests = testLabels({ counts, units, contrast }, { design, ...options });
  const reason = design === null ? whyNotPaired(paired, contrast) : noneTested(tests);
  return {
    status: reason === null ? 'ok' : 'not-identifiable',
    reasons: reason === null ? [] : [reason],
    contrast,
    design,
    labels: counts.labels,
    samples,
    stages: stageFractions(counts, nCells, { level, transform }),
    tests,
    units,
    excluded: design === 'unpaired' ? [] : paired.excluded,
    warnings: [...unpairedWarning(design, contrast), ...closureWarning(tests)],
  };
}

function checkOptions({ contrast, level = 0.95, fdr = 0.05, minimumCells = 10 }: CompositionOptions): void {
  if (contrast.from === contrast.to) throw new OptionError('A contrast needs two different stages.');
  for (const [name, value] of Object.entries({ level, fdr })) {
    if (!(value > 0 && value < 1)) {
      throw new OptionError(`Option ${name} must lie between 0 and 1.`, { found: String(value) });
    }
  }
  if (!(minimumCells >= 0)) {
    throw new OptionError('Option minimumCells must be zero or more.', { found: String(minimumCells) });
  }
}

function noneTested(tests: readonly LabelTest[]): string | null {
  if (tests.some(({ status }) => status === 'ok')) return null;
  return tests[0]?.reason ?? 'there are no labels';
}

function unpairedWarning(design: Composition['design'], { from, to }: Pick<StageContrast, 'from' | 'to'>): Warning[] {
  if (design !== 'unpaired') return [];
  const message = `The ${from} and the ${to} cells come from different patients: what differs between the patients cannot be told from what differs between the stages.`;
  return [{ code: 'composition-unpaired', message }];
}

function closureWarning(tests: readonly LabelTest[]): Warning[] {
  const nCalled = tests.filter(({ direction }) => direction !== 0).length;
  if (nCalled === 0) return [];
  const message =
    'Fractions add up to one: a label that grows makes all others look smaller. Fewer cells of a label cannot be told from more cells of another without absolute numbers.';
  return [{ code: 'composition-closed', message }];
}
