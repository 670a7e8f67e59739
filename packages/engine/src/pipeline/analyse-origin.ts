import type { CellCounts } from '../cells/cell-counts.js';
import type { CellAnalysis, OriginAnalysis } from '../claims/analysis.js';
import type { RunContext } from '../core/context.js';
import { hashParts } from '../core/hash.js';
import {
  allelesOfCells,
  type CopyNumber,
  copyNumberByPatient,
  type GenePosition,
  type NamedAlleleCounts,
} from '../origin/copy-number/index.js';
import {
  barcodeEvidence,
  type CellVariants,
  copyNumberEvidence,
  geneticAlarm,
  type GeneticEvidence,
  type PersisterStates,
  variantEvidence,
  variantFractions,
} from '../origin/genetic-alarm/index.js';
import { type LineageRow, type LineageStudy, studyLineages } from '../origin/lineages/index.js';
import type { Sample, StageContrast } from '../study/types.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** Genetic data given with a study. */
export interface OriginData {
  /** Lineage barcodes; null where none were given. */
  readonly lineages: readonly LineageRow[] | null;
  /** Mutations read in single cells; null where none were given. */
  readonly mutations: CellVariants | null;
  /** Reads of both alleles in single cells; null where none were given. */
  readonly alleles: NamedAlleleCounts | null;
  /** Where genes lie; none for an organism without a table. */
  readonly positions: readonly GenePosition[];
}

/** What the question of origin takes from the rest of the study. */
export interface OriginInput extends OriginData {
  readonly samples: readonly Sample[];
  readonly contrast: StageContrast;
  readonly cells: CellAnalysis | null;
  /** Genes of the programme: they have no say in copy number. */
  readonly programme: readonly string[];
}

/** Every step on the origin of the persister state, in order: barcodes, copy number, mutations, the alarm over all of them. */
export async function analyseOrigin(
  input: OriginInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<OriginAnalysis> {
  const { cells, samples, contrast } = input;
  const states = statesOf(cells);
  const lineages = await lineagesOf(input, states, options, environment);
  const copyNumber =
    cells === null || options.skipCopyNumber ? null : await copyNumberOf(input, cells, options, environment);
  const mutations = input.mutations;
  const patients = [...new Set(samples.map(({ patient }) => patient))];
  const variantPatients =
    mutations === null
      ? []
      : patients.flatMap((patient) => {
          const own = samples.filter((s) => s.patient === patient && mutations.sample.includes(s.sample));
          const stageOf = new Map(own.map(({ sample, stage }) => [sample, stage]));
          return own.length === 0 ? [] : [{ patient, stageOf }];
        });
  const evidence: GeneticEvidence[] = [
    ...(input.lineages === null ? [] : barcodeEvidence(input.lineages, samples, states)),
    ...(copyNumber === null || cells === null
      ? []
      : copyNumber.patients.map((patient) => copyNumberEvidence(patient, cells.cells, states))),
    ...(mutations === null
      ? []
      : variantPatients.map((patient) => variantEvidence(mutations, patient, persistersOf(mutations, states)))),
  ];
  const asking = { contrast: { from: contrast.from, to: contrast.to }, permutations: options.permutations };
  const alarm =
    evidence.length === 0
      ? null
      : await runStep(
          'genetic alarm',
          [hashParts([JSON.stringify(evidence)]), JSON.stringify(asking)],
          environment,
          (context) => geneticAlarm(evidence, asking, context),
        );
  return {
    lineages,
    copyNumber,
    variants: mutations === null ? [] : variantPatients.map((patient) => variantFractions(mutations, patient)),
    evidence,
    alarm,
  };
}

/** Whether each tumour cell was called; cells of patients that cannot be asked have no state. */
function statesOf(cells: CellAnalysis | null): PersisterStates {
  const states = new Map<string, Map<string, boolean>>();
  cells?.tumourCells.forEach((cell, i) => {
    if (Number.isNaN(cells.persisters.cells.activity[i])) return;
    const sample = cells.cells.samples[cells.cells.sampleOf[cell] as number]?.sample ?? '';
    const own = states.get(sample) ?? new Map<string, boolean>();
    states.set(sample, own.set(cells.cells.barcodes[cell] as string, cells.persisters.cells.called[i] === 1));
  });
  return states;
}

async function lineagesOf(
  { lineages, samples, contrast, cells }: OriginInput,
  states: PersisterStates,
  { permutations, barcodeErrors }: RunOptions,
  environment: StepEnvironment,
): Promise<LineageStudy | null> {
  if (lineages === null) return null;
  const named = new Map(
    [...states].map(([sample, own]) => [
      sample,
      new Map([...own].map(([cell, called]) => [cell, called ? 'persister' : 'other'])),
    ]),
  );
  const nCells = new Map<string, number>();
  cells?.cells.sampleOf.forEach((s) => {
    const sample = cells.cells.samples[s]?.sample ?? '';
    nCells.set(sample, (nCells.get(sample) ?? 0) + 1);
  });
  const asking = { contrast: { from: contrast.from, to: contrast.to }, permutations, barcodeErrors };
  const key = [
    hashParts([JSON.stringify(lineages), JSON.stringify([...named].map(([s, own]) => [s, [...own]]))]),
    JSON.stringify([
      asking,
      samples.map(({ sample, patient, stage, replicate }) => [sample, patient, stage, replicate]),
    ]),
  ];
  return runStep('lineage barcodes', key, environment, (context) =>
    studyLineages({ rows: lineages, samples, nCells, ...(named.size === 0 ? {} : { states: named }) }, asking, context),
  );
}

async function copyNumberOf(
  { positions, programme, alleles: named }: OriginInput,
  found: CellAnalysis,
  { copyNumberReference: prefer }: RunOptions,
  environment: StepEnvironment,
): Promise<CopyNumber> {
  const { cells, tumour, label } = found;
  const types = label.map((name, cell) => (tumour[cell] === 1 ? null : name));
  const { counts, sampleOf } = cells;
  const alleles = named === null ? null : allelesOfCells(named, rowsByName(cells));
  const key = [
    hashParts([counts.indptr, counts.indices, counts.data, sampleOf, tumour, JSON.stringify(named)]),
    JSON.stringify([cells.genes, cells.samples, positions, programme, prefer, types]),
  ];
  return runStep('copy number', key, environment, (context: RunContext) =>
    copyNumberByPatient(cells, positions, { choice: { types, prefer }, excludeGenes: programme, alleles }, context),
  );
}

function persistersOf({ cells, sample }: CellVariants, states: PersisterStates): readonly (boolean | null)[] {
  return cells.map((cell, i) => states.get(sample[i] as string)?.get(cell) ?? null);
}

function rowsByName({ barcodes, sampleOf, samples }: CellCounts): (sample: string, cell: string) => number | undefined {
  const rows = new Map(samples.map(({ sample }) => [sample, new Map<string, number>()]));
  sampleOf.forEach((s, row) => rows.get(samples[s]?.sample ?? '')?.set(barcodes[row] as string, row));
  return (sample, cell) => rows.get(sample)?.get(cell);
}
