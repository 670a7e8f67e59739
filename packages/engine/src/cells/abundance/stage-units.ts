import type { CellSample } from '../cell-counts.js';
import type { ComparedStages, PatientUnit } from './patient-units.js';

/**
 * The units of two stages that different patients stand for: each patient at each stage, when no patient has both and each
 * stage has at least two patients in a shared technology. Empty otherwise.
 */
export function stageUnits(
  samples: readonly CellSample[],
  nCells: ArrayLike<number>,
  { from, to }: ComparedStages,
): readonly PatientUnit[] {
  const technologies = (stage: PatientUnit['stage']): Set<string> =>
    new Set(samples.filter((sample) => sample.stage === stage).map((sample) => sample.technology));
  const reached = technologies(to);
  const shared = new Set([...technologies(from)].filter((technology) => reached.has(technology)));
  const unitsAt = (stage: PatientUnit['stage']): PatientUnit[] =>
    unitsOfStage(samples, nCells, stage).flatMap((unit) => {
      const usable = unit.samples.filter((s) => shared.has((samples[s] as CellSample).technology));
      return usable.length === 0 ? [] : [{ ...unit, samples: usable }];
    });
  const [before, after] = [unitsAt(from), unitsAt(to)];
  const earlier = new Set(before.map((unit) => unit.patient));
  const overlaps = after.some((unit) => earlier.has(unit.patient));
  return overlaps || before.length < 2 || after.length < 2 ? [] : [...before, ...after];
}

/** Every patient with cells at a stage, sorted, the samples added up. */
export function unitsOfStage(
  samples: readonly CellSample[],
  nCells: ArrayLike<number>,
  stage: PatientUnit['stage'],
): readonly PatientUnit[] {
  const used = samples.flatMap((sample, s) => (sample.stage === stage && (nCells[s] as number) > 0 ? [s] : []));
  const patientOf = (s: number): string => (samples[s] as CellSample).patient;
  return [...new Set(used.map(patientOf))].sort().map((patient) => ({
    patient,
    stage,
    samples: used.filter((s) => patientOf(s) === patient),
  }));
}
