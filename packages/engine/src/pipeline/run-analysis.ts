import type { StudyCells } from '../cells/study-cells.js';
import type { Analysis } from '../claims/analysis.js';
import type { Warning } from '../core/method.js';
import type { SampleSet } from '../data/assemble-samples.js';
import { selectSamples } from '../data/expression.js';
import type { Resources } from '../data/resources.js';
import type { Table } from '../data/table.js';
import { namedMarkers } from '../markers/named-marker.js';
import type { LeaveOnePatientOut } from '../programme/leave-one-patient-out.js';
import type { DesignReport } from '../study/design.js';
import type { Study } from '../study/types.js';
import { analyseCells } from './analyse-cells.js';
import { analyseOrigin, type OriginData } from './analyse-origin.js';
import { analyseProgramme } from './analyse-programme.js';
import { analyseRegulators } from './analyse-regulators.js';
import { analyseReversal } from './analyse-reversal.js';
import { analyseTargets } from './analyse-targets.js';
import { cellsKey } from './cells-key.js';
import type { RunOptions } from './options.js';
import type { StepEnvironment } from './step.js';

/** Everything an analysis starts from: the study and its data, read and joined. */
export interface AnalysisInput {
  readonly study: Study;
  readonly design: DesignReport;
  readonly samples: SampleSet;
  /** Good cells of the single-cell samples; null where there are none. */
  readonly cells: StudyCells | null;
  readonly resources: Resources;
  /** Tables named in the study file; null where there is none. */
  readonly chromatin: Table | null;
  readonly perturbation: Table | null;
  readonly genetics: OriginData;
  readonly warnings: readonly Warning[];
}

/**
 * Runs every step of a study in order. A step is skipped when the store holds its result for the same inputs, options and
 * version.
 */
export async function runAnalysis(
  given: AnalysisInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<Analysis> {
  const { study, resources, design } = given;
  const { contrast } = study;
  const samples = withoutConfounded(study, given);
  const leftOut = leftOutOf(design);
  const { all, input, base, ...programme } = await analyseProgramme(
    { study, all: given.samples, evidence: samples, resources },
    options,
    environment,
  );
  const { effects, meta, fixedEffect, leaveOneOut } = programme;
  const cells =
    given.cells === null
      ? null
      : await analyseCells(
          { cells: given.cells, effects, contrast, metaPrograms: resources.metaPrograms, leftOut },
          options,
          environment,
        );
  const origin = await analyseOrigin(
    { ...given.genetics, samples: study.samples, contrast, cells, programme: signatureGenes(leaveOneOut) },
    options,
    environment,
  );
  const shared = { ...programme, all, input, base };
  const cellKey = cellsKey(cells);
  const { chromatin, perturbation } = given;
  const driving = await analyseRegulators(
    { study, programme: shared, resources, chromatin, perturbation, cells, cellKey },
    options,
    environment,
  );
  const targets = await analyseTargets(
    { programme: shared, contrast, resources, cells, cellKey, leftOut, regulators: driving.regulators },
    options,
    environment,
  );
  const back = await analyseReversal({ programme: shared, contrast, samples, cells, cellKey }, options, environment);
  return {
    ...{ study, options, design, input: all, nCells: given.samples.nCells },
    ...programme,
    ...driving,
    ...back,
    cells,
    origin,
    targets,
    namedMarkers: namedMarkers(
      { fixedEffect: fixedEffect.table, effects, meta },
      { genes: options.markers, fdr: options.fdr },
    ),
  };
}

/**
 * The samples that count as evidence: without patients whose stages come from different technologies or batches, where the
 * difference between stages cannot be told from the difference between those. All samples when nobody else is left; the
 * claims then say "not testable".
 */
function withoutConfounded(study: Study, { design, samples }: AnalysisInput): SampleSet {
  const left = new Set(design.confounded);
  const patientOf = new Map(study.samples.map((sample) => [sample.sample, sample.patient]));
  const kept = samples.counts.samples
    .map((_, s) => s)
    .filter((s) => !left.has(patientOf.get(samples.counts.samples[s] as string) ?? ''));
  if (left.size === 0 || kept.length === 0) return samples;
  return {
    counts: selectSamples(samples.counts, kept),
    blocks: kept.map((s) => samples.blocks[s] ?? null),
    nCells: kept.map((s) => samples.nCells[s] ?? null),
  };
}

/** Patients whose stages cannot be compared, for the methods on cells. */
function leftOutOf({ confounded }: DesignReport): ReadonlyMap<string, string> {
  return new Map(confounded.map((patient) => [patient, 'its stages come from different technologies or batches']));
}

/** Every gene that some patient's signature was made of. */
function signatureGenes({ patientLevel }: LeaveOnePatientOut): readonly string[] {
  const signatures = [patientLevel.signature, ...patientLevel.patients.map(({ signature }) => signature)];
  return [...new Set(signatures.flatMap(({ up, down }) => [...up, ...down]))].sort();
}
