import { contrastVector, groupDesign } from '../../stats/design-matrix.js';
import { fitContrasts } from '../../stats/contrasts.js';
import { moderate } from '../../stats/empirical-bayes.js';
import { fitLinearModels } from '../../stats/linear-models.js';
import { voom } from '../../stats/voom.js';
import type { ComparedStages, PatientUnit } from './patient-units.js';

/** Cells per place and unit. */
export interface CountedUnits {
  /** Places × units, row-major. */
  readonly counts: Float64Array;
  /** All cells of each unit. */
  readonly cellsPerUnit: Float64Array;
}

/** The change of cell numbers at each place, with the patient as block. NaN where a place was not tested. */
export interface CountsTest {
  /** Why nothing could be tested; null when something was. */
  readonly reason: string | null;
  /** log2 of the share of a patient's cells, `to` against `from`. */
  readonly logFoldChange: Float64Array;
  readonly standardError: Float64Array;
  readonly t: Float64Array;
  readonly pValue: Float64Array;
  /** Patients with a cell at the place: at least two are needed. */
  readonly nPatients: Uint32Array;
  readonly dfPrior: number;
}

/**
 * Tests at every place whether the cells of a patient are more frequent at one stage: voom on the counts with the number of
 * cells of each unit as library size, `~ patient + stage`, moderated t.
 *
 * A patient without a cell at the place, at either stage, says nothing about a change there: voom would read two zeros as a
 * measured absence of change, so that patient's units get weight zero and the place fewer degrees of freedom. A place with
 * cells of fewer than two patients is not tested.
 *
 * @param units - for each patient the unit at `from`, then the unit at `to`
 * @see doi:10.1186/gb-2014-15-2-r29; limma 3.54 `voom`, `lmFit` with missing values, `eBayes`, equal to them within rounding
 */
export function countsTest(
  { counts, cellsPerUnit }: CountedUnits,
  units: readonly PatientUnit[],
  contrast: ComparedStages,
): CountsTest {
  const nUnits = units.length;
  const nPlaces = nUnits === 0 ? 0 : counts.length / nUnits;
  const nPatients = Uint32Array.from({ length: nPlaces }, (_, i) => patientsAt(counts, nUnits, i));
  const tested = Array.from(nPatients.keys()).filter((i) => (nPatients[i] as number) >= 2);
  const missing = (): Float64Array => new Float64Array(nPlaces).fill(NaN);
  const result = { logFoldChange: missing(), standardError: missing(), t: missing(), pValue: missing() };
  if (tested.length < 2) {
    return { ...result, reason: 'fewer than two places hold cells of at least two patients', nPatients, dfPrior: NaN };
  }
  const { coefficients, t, pValue, dfPrior } = fitPlaces({ counts, cellsPerUnit }, units, contrast, tested);
  tested.forEach((place, row) => {
    result.logFoldChange[place] = coefficients[row] as number;
    result.standardError[place] = (coefficients[row] as number) / (t[row] as number);
    result.t[place] = t[row] as number;
    result.pValue[place] = pValue[row] as number;
  });
  return { ...result, reason: null, nPatients, dfPrior };
}

function fitPlaces(
  { counts, cellsPerUnit }: CountedUnits,
  units: readonly PatientUnit[],
  { from, to }: ComparedStages,
  tested: readonly number[],
): ReturnType<typeof moderate> {
  const design = groupDesign([
    { name: 'patient', levels: units.map((unit) => unit.patient) },
    { name: 'stage', levels: units.map((unit) => unit.stage), reference: from },
  ]);
  const table = {
    genes: tested.map(String),
    samples: units.map((unit) => `${unit.patient} ${unit.stage}`),
    values: Float64Array.from(tested.flatMap((place) => Array.from(rowOf(counts, units.length, place)))),
  };
  const voomed = voom(table, design, { librarySizes: cellsPerUnit });
  const weights = voomed.weights.map((weight, k) => (hasCells(table.values, k) ? weight : 0));
  const fit = fitLinearModels(voomed.expression, design, { weights });
  const name = `${to} − ${from}`;
  return moderate(fitContrasts(fit, [{ name, weights: contrastVector(design, { [`stage${to}`]: 1 }) }]));
}

function rowOf(counts: Float64Array, nUnits: number, place: number): Float64Array {
  return counts.subarray(place * nUnits, (place + 1) * nUnits);
}

/** Whether the patient of a unit has a cell at the place, at either stage: units stand in pairs. */
function hasCells(values: Float64Array, unit: number): boolean {
  const first = unit - (unit % 2);
  return (values[first] as number) + (values[first + 1] as number) > 0;
}

function patientsAt(counts: Float64Array, nUnits: number, place: number): number {
  const row = rowOf(counts, nUnits, place);
  let n = 0;
  for (let unit = 0; unit < nUnits; unit += 2) if (hasCells(row, unit)) n++;
  return n;
}
