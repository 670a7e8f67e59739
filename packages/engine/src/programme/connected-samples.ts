import type { StageContrast } from '../study/types.js';
import type { ProgrammeInput } from './input.js';

/**
 * The samples that the model `~ 0 + stage + patient` can use to compare two stages: those tied to both stages by a chain of
 * shared patients and shared stages. Over these the design has full rank (it is a connected two-way layout), and the
 * samples left out say nothing about the contrast.
 *
 * @returns one flag per sample; null when no chain of patients ties the two stages together, so that stage and patient are
 * confounded
 */
export function connectedSamples(
  input: Pick<ProgrammeInput, 'patient' | 'stage'>,
  contrast: Pick<StageContrast, 'from' | 'to'>,
): readonly boolean[] | null {
  const patients = new Set<string>();
  const stages = new Set<string>([contrast.from]);
  for (let grown = true; grown; ) {
    const before = patients.size + stages.size;
    input.patient.forEach((patient, s) => {
      const stage = input.stage[s] as string;
      if (stages.has(stage)) patients.add(patient);
      if (patients.has(patient)) stages.add(stage);
    });
    grown = patients.size + stages.size > before;
  }
  return stages.has(contrast.to) && input.stage.includes(contrast.from)
    ? input.patient.map((patient) => patients.has(patient))
    : null;
}
