import { ShapeError } from '../core/errors.js';
import type { PatientEffects } from '../programme/patient-effects.js';

/** Effects per patient, genes × patients, row-major; NaN where a gene or its error is not known. */
export type PatientGeneEffects = Pick<PatientEffects, 'genes' | 'patients' | 'effects' | 'standardErrors'>;

/** What regulator activity is read from: the shared effect of every gene, and the effects per patient. Arrays are per gene. */
export interface RegulatorStudy {
  readonly genes: readonly string[];
  /** Moderated t of the shared effect; NaN where it was not computed. */
  readonly statistic: Float64Array;
  /** log2. */
  readonly logFoldChange: Float64Array;
  readonly pAdjusted: Float64Array;
  readonly averageExpression: Float64Array;
  /** Null when there are no effects per patient. */
  readonly patients: PatientGeneEffects | null;
}

/**
 * The study on the genes that have a statistic; patients' effects follow where the patient table has the gene.
 *
 * @throws ShapeError when the arrays are not one value per gene
 */
export function testedGenes(study: RegulatorStudy): RegulatorStudy {
  for (const name of ['statistic', 'logFoldChange', 'pAdjusted', 'averageExpression'] as const) {
    if (study[name].length === study.genes.length) continue;
    throw new ShapeError(`"${name}" of the study does not fit its genes.`, {
      expected: `${String(study.genes.length)} values`,
      found: String(study[name].length),
    });
  }
  const rows = study.genes.map((_, g) => g).filter((g) => Number.isFinite(study.statistic[g]));
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (g) => values[g] as number);
  const genes = rows.map((g) => study.genes[g] as string);
  return {
    genes,
    statistic: pick(study.statistic),
    logFoldChange: pick(study.logFoldChange),
    pAdjusted: pick(study.pAdjusted),
    averageExpression: pick(study.averageExpression),
    patients: study.patients === null ? null : alignPatients(study.patients, genes),
  };
}

function alignPatients(effects: PatientGeneEffects, genes: readonly string[]): PatientGeneEffects {
  const rowOf = new Map(effects.genes.map((gene, row) => [gene, row]));
  const width = effects.patients.length;
  const aligned = {
    effects: new Float64Array(genes.length * width).fill(NaN),
    standardErrors: new Float64Array(genes.length * width).fill(NaN),
  };
  genes.forEach((gene, g) => {
    const row = rowOf.get(gene);
    if (row === undefined) return;
    aligned.effects.set(effects.effects.subarray(row * width, (row + 1) * width), g * width);
    aligned.standardErrors.set(effects.standardErrors.subarray(row * width, (row + 1) * width), g * width);
  });
  return { genes, patients: effects.patients, ...aligned };
}
