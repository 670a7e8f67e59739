import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import { FormatError } from '../../core/errors.js';
import type { MethodInfo } from '../../core/method.js';
import { correctBarcodes } from './assign-clones.js';
import { bulkLibrary, bulkShifts, bulkStages } from './bulk-libraries.js';
import { cloneDiversity } from './clone-diversity.js';
import { cloneSizes } from './clone-sizes.js';
import { type CloneStatePayload, type CloneStateTest, cloneStateTaskName } from './clone-state.js';
import { type ClonedSample, clonedSample, patientsOf } from './cloned-sample.js';
import { lineageWarnings } from './lineage-warnings.js';
import type {
  LineageSampleInfo,
  LineageStudy,
  LineageStudyInput,
  LineageStudyOptions,
  StateLineages,
} from './lineage-study.js';
import type { LineageRow } from './lineages-from-table.js';
import { patientLineages } from './patient-lineages.js';
import type { CloneStates } from './sister-agreement.js';
import { stageLineages } from './stage-lineages.js';

/** What {@link studyLineages} is. */
export const lineagesInfo: MethodInfo = {
  id: 'lineages',
  title: 'Lineage barcodes: clone diversity, overlap, clone against state',
  version: '1.0.0',
  doi: ['10.2307/1934145', '10.1093/jpe/rtr044', '10.1101/gr.209601.116'],
  input: 'lineage barcodes of cells, or barcode counts of bulk libraries, with patient and stage of the samples',
  output: 'diversity per sample with intervals, change between stages, verdict per patient',
  random: true,
};

/**
 * All that lineage barcodes of a study can say: diversity of every sample and state, change and overlap between the stages
 * of a patient, clone against state within samples (pooled over samples and patients with the sample as stratum),
 * whether survivors were persister-like before, and a verdict per patient. Bulk libraries get plain numbers, and intervals
 * from replicates only.
 *
 * @throws FormatError for barcodes of a sample that the sample sheet does not have; AbortedError when asked to stop
 * @see `cloneDiversity`, `lineageShift`, `cloneOverlap`, `cloneStateTest`, `sisterFate` for the equations
 */
export async function studyLineages(
  input: LineageStudyInput,
  options: LineageStudyOptions,
  context: RunContext,
): Promise<LineageStudy> {
  const info = new Map(input.samples.map((sample) => [sample.sample, sample]));
  const { rows, nMerged } = correctedRows(input.rows, { info, errors: options.barcodeErrors ?? 'keep' });
  const bySample = groupRows(rows);
  const samples = input.samples.flatMap((sample) => {
    const own = (bySample.get(sample.sample) ?? []).filter(({ cell }) => cell !== null);
    return own.length === 0 ? [] : [clonedSample(sample, own, input.states?.get(sample.sample))];
  });
  throwIfAborted(context);
  const tests = await cloneStateTests(samples, options, context);
  const stages = stageLineages(samples, options);
  const result = {
    samples: samples.map(({ info: { sample, patient, stage }, clones }) => ({
      sample,
      patient,
      stage,
      nCells: input.nCells?.get(sample) ?? null,
      nAmbiguous: clones.nAmbiguous,
      diversity: cloneDiversity(cloneSizes(clones.clone), options),
      cloneState: tests.get(`sample/${sample}`) ?? null,
    })),
    states: samples.flatMap((sample) => stateLineages(sample, options)),
    stages,
    patients: patientsOf(samples).map((patient) =>
      patientLineages(
        {
          patient,
          samples: samples.filter((sample) => sample.info.patient === patient),
          stages: stages.filter((stage) => stage.patient === patient),
          cloneState: tests.get(`patient/${patient}`) ?? null,
        },
        options,
        context,
      ),
    ),
    cloneState: tests.get('all') ?? null,
    bulk: bulk(input.samples, bySample, options),
  };
  return { ...result, warnings: lineageWarnings(result, { nMerged, samples, unmatched: input.states !== undefined }) };
}

function correctedRows(
  rows: readonly LineageRow[],
  { info, errors }: { readonly info: ReadonlyMap<string, LineageSampleInfo>; readonly errors: 'keep' | 'merge' },
): ReturnType<typeof correctBarcodes> {
  for (const { sample } of rows) {
    if (info.has(sample)) continue;
    throw new FormatError(`Lineage barcodes are given for sample "${sample}", which the study does not have.`, {
      column: 'sample',
      expected: `one of ${[...info.keys()].join(', ')}`,
      found: sample,
    });
  }
  if (errors === 'keep') return { rows, nMerged: 0 };
  return correctBarcodes(rows, (sample) => (info.get(sample) as LineageSampleInfo).patient);
}

function groupRows(rows: readonly LineageRow[]): ReadonlyMap<string, readonly LineageRow[]> {
  const groups = new Map<string, LineageRow[]>();
  for (const row of rows) {
    const own = groups.get(row.sample);
    if (own === undefined) groups.set(row.sample, [row]);
    else own.push(row);
  }
  return groups;
}

/** Tests of every sample, every patient and all together; one task each. */
async function cloneStateTests(
  samples: readonly ClonedSample[],
  { permutations, level }: LineageStudyOptions,
  context: RunContext,
): Promise<ReadonlyMap<string, CloneStateTest>> {
  const known = samples.filter(({ stateCounts }) => stateCounts !== null);
  const groups = new Map<string, readonly ClonedSample[]>(
    known.map((sample) => [`sample/${sample.info.sample}`, [sample]]),
  );
  for (const patient of patientsOf(known)) {
    groups.set(
      `patient/${patient}`,
      known.filter(({ info }) => info.patient === patient),
    );
  }
  if (known.length > 0) groups.set('all', known);
  const payloads = [...groups].map(
    ([label, members]): CloneStatePayload => ({
      cells: together(members),
      options: {
        label,
        ...(permutations === undefined ? {} : { permutations }),
        ...(level === undefined ? {} : { level }),
      },
      seed: context.seed,
    }),
  );
  const found = await context.executor.map<CloneStatePayload, CloneStateTest>(cloneStateTaskName, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, 'clone against state', done, total, 'tests');
    },
  });
  return new Map(payloads.map(({ options }, i) => [options.label, found[i] as CloneStateTest]));
}

function together(samples: readonly ClonedSample[]): CloneStates {
  return {
    clone: samples.flatMap(({ clones }) => clones.clone),
    state: samples.flatMap(({ state }) => state),
    stratum: samples.flatMap(({ info, state }) => state.map(() => info.sample)),
  };
}

function stateLineages({ info, clones, state }: ClonedSample, options: LineageStudyOptions): StateLineages[] {
  const names = [...new Set(state.filter((name) => name !== null))].sort();
  return names.map((name) => ({
    sample: info.sample,
    state: name,
    diversity: cloneDiversity(cloneSizes(clones.clone.map((clone, i) => (state[i] === name ? clone : null))), options),
  }));
}

function bulk(
  samples: readonly LineageSampleInfo[],
  rows: ReadonlyMap<string, readonly LineageRow[]>,
  { contrast = { from: 'untreated', to: 'residual' }, level = 0.95 }: LineageStudyOptions,
): LineageStudy['bulk'] {
  const libraries = samples.flatMap(({ sample, patient, stage, replicate }) => {
    const own = (rows.get(sample) ?? []).filter(({ cell }) => cell === null);
    if (own.length === 0) return [];
    const sizes = cloneSizes(
      own.map(({ barcode }) => barcode),
      own.map(({ count }) => count),
    );
    return [bulkLibrary({ sample, patient, stage, replicate: replicate ?? sample }, sizes)];
  });
  const ends = { fromStage: contrast.from, toStage: contrast.to, level };
  return { libraries, stages: bulkStages(libraries, level), shifts: bulkShifts(libraries, ends) };
}
