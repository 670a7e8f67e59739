import { noTreatment, unspecifiedTreatment } from './labels.js';
import { stages } from './stages.js';
import type { Sample, Stage, StageContrast, Study } from './types.js';

/** What one patient contributes to the design. */
export interface PatientDesign {
  readonly patient: string;
  readonly samples: readonly Sample[];
  readonly samplesPerStage: Readonly<Record<Stage, number>>;
  /** Has samples of both compared stages. */
  readonly isPaired: boolean;
  /** Regimens of its samples of the stage compared to, `none` and unspecified left out; sorted. */
  readonly regimens: readonly string[];
}

/** How far two stages of one patient can be told apart from something that also differs between its samples. */
export type Separation = 'clean' | 'partial' | 'confounded';

/** The patients of a study, sorted by name in code-unit order. */
export function patientDesigns(study: Study): PatientDesign[] {
  const patients = [...new Set(study.samples.map(({ patient }) => patient))].sort();
  return patients.map((patient) => {
    const samples = study.samples.filter((sample) => sample.patient === patient);
    const samplesPerStage = countStages(samples);
    const isPaired = samplesPerStage[study.contrast.from] > 0 && samplesPerStage[study.contrast.to] > 0;
    return { patient, samples, samplesPerStage, isPaired, regimens: regimensOf(samples, study.contrast.to) };
  });
}

/** Samples per stage. */
export function countStages(samples: readonly Sample[]): Readonly<Record<Stage, number>> {
  const count = (stage: Stage): number => samples.filter((sample) => sample.stage === stage).length;
  return { untreated: count('untreated'), residual: count('residual'), relapse: count('relapse') };
}

function regimensOf(samples: readonly Sample[], stage: Stage): string[] {
  const names = samples.filter((sample) => sample.stage === stage).map(({ treatment }) => treatment);
  return [...new Set(names)].filter((name) => name !== noTreatment && name !== unspecifiedTreatment).sort();
}

/**
 * Whether a patient's two stages share a technology (or batch, or file).
 * `confounded`: no label holds both stages, so its difference cannot be separated from the stage's.
 * `partial`: some label holds both, other samples have no partner of the other stage under their label.
 */
export function separation(
  samples: readonly Sample[],
  pair: readonly [Stage, Stage],
  labelOf: (sample: Sample) => string,
): Separation {
  const labels = (stage: Stage): ReadonlySet<string> => {
    return new Set(samples.filter((sample) => sample.stage === stage).map(labelOf));
  };
  const [a, b] = [labels(pair[0]), labels(pair[1])];
  const shared = [...a].filter((label) => b.has(label)).length;
  if (shared === 0) return 'confounded';
  return shared === a.size && shared === b.size ? 'clean' : 'partial';
}

/**
 * Cramér's V of the compared stages × label: 0 when every label holds the stages in the same proportions, 1 when the
 * label gives the stage away. V = √(χ² / (n · (min(rows, columns) − 1))), without bias correction.
 *
 * @returns null where there is only one stage or one label
 * @see Cramér 1946, Mathematical Methods of Statistics, section 21.9
 */
export function cramersV(
  samples: readonly Sample[],
  contrast: StageContrast,
  labelOf: (sample: Sample) => string,
): number | null {
  const compared = samples.filter(({ stage }) => stage === contrast.from || stage === contrast.to);
  const labels = [...new Set(compared.map(labelOf))];
  const rows = [...new Set(compared.map(({ stage }) => stage))];
  if (labels.length < 2 || rows.length < 2) return null;
  const count = (matches: (sample: Sample) => boolean): number => compared.filter(matches).length;
  let chiSquare = 0;
  for (const stage of rows) {
    for (const label of labels) {
      const expected = (count((s) => s.stage === stage) * count((s) => labelOf(s) === label)) / compared.length;
      const difference = count((s) => s.stage === stage && labelOf(s) === label) - expected;
      chiSquare += (difference * difference) / expected;
    }
  }
  return Math.sqrt(chiSquare / compared.length);
}

/**
 * Residual degrees of freedom of the model `~ 0 + stage + patient` over all samples:
 * samples − (patients + stages − connected parts of the patient × stage table).
 */
export function residualDegreesOfFreedom(samples: readonly Sample[]): number {
  const patients = new Set(samples.map(({ patient }) => patient));
  const present = stages.filter((stage) => samples.some((sample) => sample.stage === stage));
  return samples.length - (patients.size + present.length - connectedParts(samples, present));
}

/** Parts of the patient × stage table that no patient links: stages are joined by patients who have both. */
function connectedParts(samples: readonly Sample[], present: readonly Stage[]): number {
  const part = new Map(present.map((stage, i) => [stage, i]));
  for (const patient of new Set(samples.map((sample) => sample.patient))) {
    const own = [...new Set(samples.filter((s) => s.patient === patient).map(({ stage }) => part.get(stage)))];
    for (const [stage, id] of part) if (own.includes(id)) part.set(stage, own[0] as number);
  }
  return new Set(part.values()).size;
}
