import { mean } from '../../core/sum.js';
import type { PatientGeneEffects } from '../regulator-study.js';
import { programmeGenes } from '../ranking/programme-position.js';

/** One patient's way from untreated to residual, and the axis the others teach. */
export interface PatientAxis {
  readonly patient: string;
  /** Effect of every gene in this patient, log2; NaN where unknown. */
  readonly effects: Float64Array;
  /** Unit vector over the genes, zero outside the programme: mean effects of the other patients. */
  readonly axis: Float64Array;
  /** The patient's effects along the axis: its distance from untreated, log2. */
  readonly distance: number;
}

/**
 * For every patient the programme axis of the others: the `size` genes per direction with the largest t over the other
 * patients, weighed by their mean effect. The patient takes no part in its own axis, so that its noise is not on it.
 */
export function patientAxes(effects: PatientGeneEffects, size: number): readonly PatientAxis[] {
  const nPatients = effects.patients.length;
  const columns = effects.patients.map((_, p) =>
    Float64Array.from(effects.genes, (_gene, g) => effects.effects[g * nPatients + p] as number),
  );
  return effects.patients.map((patient, p) => {
    const axis = axisOf(
      columns.filter((_, q) => q !== p),
      size,
    );
    const own = columns[p] as Float64Array;
    return { patient, effects: own, axis, distance: along(own, axis) };
  });
}

/** Projection of effects on an axis; a gene without an effect adds nothing. */
export function along(effects: ArrayLike<number>, axis: Float64Array): number {
  let sum = 0;
  for (let g = 0; g < axis.length; g++) {
    const value = effects[g] as number;
    if (axis[g] !== 0 && !Number.isNaN(value)) sum += (axis[g] as number) * value;
  }
  return sum;
}

function axisOf(others: readonly Float64Array[], size: number): Float64Array {
  const nGenes = others[0]?.length ?? 0;
  const means = new Float64Array(nGenes);
  const statistic = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; g++) {
    const known = others.map((column) => column[g] as number).filter((value) => !Number.isNaN(value));
    if (known.length < Math.max(1, others.length / 2)) continue;
    means[g] = mean(known);
    statistic[g] = moderated(known, means[g] as number);
  }
  const programme = programmeGenes(statistic, size);
  const axis = means.map((value, g) => (value * (programme[g] as number) > 0 ? value : 0));
  const length = Math.sqrt(axis.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? axis.map((value) => value / length) : axis;
}

/** Least standard deviation between patients, log2: a gene that hardly differs between two of them is not the strongest. */
const leastSpread = 0.5;

function moderated(values: readonly number[], centre: number): number {
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const spread = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return (centre * Math.sqrt(values.length)) / (spread + leastSpread);
}
