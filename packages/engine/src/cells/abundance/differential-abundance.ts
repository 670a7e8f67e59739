import { type RunContext, rngFor, throwIfAborted } from '../../core/context.js';
import { OptionError, ShapeError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { type CountedUnits, countsTest, type CountsTest } from './counts-test.js';
import type { Neighbourhoods } from './neighbour-graph.js';
import {
  type CellSamples,
  type ComparedStages,
  type ExcludedPatient,
  type PairedUnits,
  pairUnits,
  type PatientUnit,
  sumUnits,
  whyNotPaired,
} from './patient-units.js';
import { type SampledSpace, sampleNeighbourhoods } from './sample-neighbourhoods.js';
import { spatialFdr } from './spatial-fdr.js';

/** What {@link differentialAbundance} is. */
export const differentialAbundanceInfo: MethodInfo = {
  id: 'differential-abundance',
  title: 'Differential abundance on neighbourhoods with the patient as unit',
  version: '1.0.0',
  doi: ['10.1038/s41587-021-01033-z', '10.1186/gb-2014-15-2-r29', '10.2202/1544-6115.1027'],
  input: 'nearest neighbours and embedding of cells, with patient and stage of their samples',
  output: 'per neighbourhood log2 fold change of cell numbers, P value and spatial false-discovery rate',
  random: true,
};

/** Options of {@link differentialAbundance}. */
export interface DifferentialAbundanceOptions {
  readonly contrast: ComparedStages;
  /** Share of the cells that neighbourhoods are sampled from. Default 0.1. */
  readonly share?: number;
  /** Spatial false-discovery rate at which neighbourhoods are called. Default 0.1. */
  readonly fdr?: number;
}

/** Which neighbourhoods gain or lose cells. */
export interface DifferentialAbundance extends CountsTest {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly contrast: ComparedStages;
  readonly neighbourhoods: Neighbourhoods;
  /** Patient and stage of every column of `counts`. */
  readonly units: readonly PatientUnit[];
  /** Cells per neighbourhood and unit, row-major. */
  readonly counts: Float64Array;
  /** All cells of each unit. */
  readonly cellsPerUnit: Float64Array;
  readonly spatialFdr: Float64Array;
  /** +1 gained, −1 lost, 0 not called at `fdr`. */
  readonly direction: Int8Array;
  readonly nGained: number;
  readonly nLost: number;
  readonly fdr: number;
  readonly excluded: readonly ExcludedPatient[];
  readonly warnings: readonly Warning[];
}

/**
 * Finds the places of the neighbour graph where cells of stage `to` are more or less frequent than those of `from` in the
 * same patients. Neighbourhoods are sampled and refined, their cells counted per patient and stage (replicate libraries of a
 * patient are one unit), and each neighbourhood's counts tested with the patient as block (`countsTest`); P values are
 * adjusted with weights for the density of the place (`spatialFdr`).
 *
 * With fewer than two patients that have both stages the status is `not-identifiable`: neighbourhoods and counts are given,
 * no test is made, whatever the number of cells.
 *
 * Cost: `O(cells · k)` and one small linear model per neighbourhood.
 *
 * @throws ShapeError when graph, embedding and cells do not fit; OptionError for bad options
 * @see doi:10.1038/s41587-021-01033-z; miloR 2 `testNhoods`. Differences: voom and moderated t instead of edgeR's
 * quasi-likelihood (docs/methods/differential-abundance.md says why); a patient without cells in a neighbourhood takes no
 * part in its test; replicates of a patient are added up.
 */
export function differentialAbundance(
  cells: CellSamples,
  space: SampledSpace,
  options: DifferentialAbundanceOptions,
  context: Pick<RunContext, 'seed' | 'signal' | 'executor'>,
): DifferentialAbundance {
  const { contrast, share = 0.1, fdr = 0.1 } = options;
  checkInput(cells, space, options);
  throwIfAborted(context);
  const neighbourhoods = sampleNeighbourhoods(space, { share, rng: rngFor(context, 'cells/neighbourhoods') });
  throwIfAborted(context);
  const { perPlace, perSample } = countMembers(neighbourhoods, cells);
  const nSamples = cells.samples.length;
  const paired = pairUnits(cells.samples, perSample, contrast);
  const counted: CountedUnits = {
    counts: sumUnits(perPlace, nSamples, paired.units),
    cellsPerUnit: sumUnits(perSample, nSamples, paired.units),
  };
  const unpaired = whyNotPaired(paired, contrast);
  const test = countsTest(counted, paired.units, contrast);
  const reason = unpaired ?? test.reason;
  const adjusted = spatialFdr(test.pValue, neighbourhoods.kthDistance);
  const direction = Int8Array.from(test.logFoldChange, (change, i) =>
    (adjusted[i] as number) <= fdr ? Math.sign(change) : 0,
  );
  return {
    ...test,
    status: reason === null ? 'ok' : 'not-identifiable',
    reasons: reason === null ? [] : [reason],
    contrast,
    neighbourhoods,
    units: paired.units,
    ...counted,
    spatialFdr: adjusted,
    direction,
    nGained: direction.filter((d) => d > 0).length,
    nLost: direction.filter((d) => d < 0).length,
    fdr,
    excluded: paired.excluded,
    warnings: reason === null ? [...fewPatients(paired), ...smallNeighbourhoods(counted)] : [],
  };
}

function checkInput(
  cells: CellSamples,
  { graph }: SampledSpace,
  { contrast, fdr = 0.1 }: DifferentialAbundanceOptions,
): void {
  if (contrast.from === contrast.to) throw new OptionError('A contrast needs two different stages.');
  if (!(fdr > 0 && fdr < 1)) throw new OptionError('Option fdr must lie between 0 and 1.', { found: String(fdr) });
  if (graph.indices.length === cells.sampleOf.length * graph.k) return;
  throw new ShapeError('The neighbour graph does not fit the cells.', {
    expected: `${String(cells.sampleOf.length)} cells × ${String(graph.k)} neighbours`,
    found: `${String(graph.indices.length)} neighbours`,
  });
}

/** Cells of every neighbourhood by sample, and of every sample. */
function countMembers(
  { indptr, members }: Neighbourhoods,
  { sampleOf, samples }: CellSamples,
): { readonly perPlace: Float64Array; readonly perSample: Float64Array } {
  const perPlace = new Float64Array((indptr.length - 1) * samples.length);
  const perSample = new Float64Array(samples.length);
  const addTo = (table: Float64Array, at: number): void => {
    table[at] = (table[at] as number) + 1;
  };
  for (const sample of sampleOf) addTo(perSample, sample);
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (let m = indptr[i] as number; m < (indptr[i + 1] as number); m++) {
      addTo(perPlace, i * samples.length + (sampleOf[members[m] as number] as number));
    }
  }
  return { perPlace, perSample };
}

function fewPatients({ patients }: PairedUnits): readonly Warning[] {
  if (patients.length > 2) return [];
  const message = 'Only two patients have both stages: the test rests on one degree of freedom of its own.';
  return [{ code: 'differential-abundance-two-patients', message }];
}

/** Milo's rule: about five cells per neighbourhood and unit are needed to see anything. */
function smallNeighbourhoods({ counts, cellsPerUnit }: CountedUnits): readonly Warning[] {
  const nPlaces = counts.length / cellsPerUnit.length;
  const meanSize = counts.reduce((sum, n) => sum + n, 0) / nPlaces;
  if (meanSize >= 5 * cellsPerUnit.length) return [];
  const message = `Neighbourhoods hold ${meanSize.toFixed(0)} cells on average for ${String(cellsPerUnit.length)} patient samples, fewer than five each: only large changes can be seen. Use more neighbours per cell.`;
  return [{ code: 'differential-abundance-small-neighbourhoods', message }];
}
