import { selectCells } from '../cells/kernels/subsample-cells.js';
import type { StudyCells } from '../cells/study-cells.js';
import type { RunContext } from '../core/context.js';
import { hashParts } from '../core/hash.js';
import type { Warning } from '../core/method.js';
import type { SampleSet } from '../data/assemble-samples.js';
import { selectSamples } from '../data/expression.js';
import type { Resources } from '../data/resources.js';
import type { Table } from '../data/table.js';
import { namedMarkers } from '../markers/named-marker.js';
import { cellReversal } from '../origin/cell-reversal/index.js';
import { reversal } from '../origin/reversal.js';
import { fixedEffectModel } from '../programme/fixed-effect-model.js';
import { geneSetEnrichment } from '../programme/gene-set-enrichment.js';
import { geneSetOverlap } from '../programme/gene-set-overlap.js';
import { normalizeInput, type NormalizedInput } from '../programme/input.js';
import { type LeaveOnePatientOut, leaveOnePatientOut } from '../programme/leave-one-patient-out.js';
import { outlierPatients } from '../programme/outlier-patients.js';
import { patientEffects } from '../programme/patient-effects.js';
import { patientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import { sampleDisplay } from '../programme/sample-display.js';
import { scoreSignature, type SignatureScores } from '../programme/score-signature.js';
import type { Signature } from '../programme/signature.js';
import { treatmentComparison } from '../programme/treatment-comparison.js';
import { vote } from '../programme/vote.js';
import { chromatinTableFrom } from '../regulators/chromatin-line.js';
import { type NamedRegulator, namedRegulator } from '../regulators/named-regulator.js';
import { perturbationTableFrom } from '../regulators/perturbation-table.js';
import { rankRegulators, type RegulatorRanking } from '../regulators/rank-regulators.js';
import { analyseSwitch, type SwitchInput } from '../regulators/switch/analyse-switch.js';
import type { RegulatorStudy } from '../regulators/regulator-study.js';
import type { DesignReport } from '../study/design.js';
import type { Stage, Study } from '../study/types.js';
import type { Analysis, CellAnalysis } from '../claims/analysis.js';
import { analyseCells } from './analyse-cells.js';
import { analyseOrigin, type OriginData } from './analyse-origin.js';
import { analyseTargets } from './analyse-targets.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

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

/** Largest log2 difference from untreated at which one gene still counts as back. */
const equivalenceLogFoldChange = 0.5;
/** Random sets are drawn up to this many times as often for gene sets that few of them match. */
const enrichmentExtension = 100;

/**
 * Runs every step of a study in order. A step is skipped when the store holds its result for the same inputs, options and
 * version.
 */
export async function runAnalysis(
  given: AnalysisInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<Analysis> {
  const { study, resources } = given;
  const { contrast } = study;
  const all = normalizeInput(programmeInput(study, given.samples));
  const samples = withoutConfounded(study, given);
  const input = samples === given.samples ? all : normalizeInput(programmeInput(study, samples));
  const base = [
    hashParts([all.counts.values, JSON.stringify([all.counts.genes, all.counts.samples, input.counts.samples])]),
    JSON.stringify([input.patient, input.stage, input.treatment, input.technology, contrast]),
  ];
  const step = <T>(name: string, extra: unknown, work: (context: RunContext) => Promise<T> | T): Promise<T> =>
    runStep(name, [...base, JSON.stringify(extra)], environment, work);
  const { pAdjustedMax, logFoldChangeMin, fdr, permutations, signatureSize, bootstraps } = options;

  const layout = { variableGenes: options.variableGenes, components: options.components };
  const display = await step('samples', layout, (context) => sampleDisplay(all, layout, context));
  const calls = { contrast, pAdjustedMax, logFoldChangeMin };
  const fixedEffect = await step('model of all samples', calls, () => fixedEffectModel(input, calls));
  const effects = await step('patient effects', null, () => patientEffects(input, { contrast }));
  const meta = await step('patient-level estimate', fdr, () => patientMetaAnalysis(effects, { fdr }));
  const voting = { contrast, effectMin: logFoldChangeMin, permutations, fdr };
  const voted = await step('vote of the patients', voting, (context) => vote(input, voting, context));
  const leaving = { contrast, signatureSize, permutations };
  const leaveOneOut = await step('leave one patient out', leaving, (context) =>
    leaveOnePatientOut(input, effects, leaving, context),
  );
  const outliers = outlierPatients(effects, { signatureSize });
  const sampleScores = scoresOf(input, leaveOneOut.patientLevel.signature, contrast.from);
  const treatments = await step('treatments', signatureSize, () =>
    treatmentComparison(input, effects, { contrast, signatureSize }),
  );
  const ranking = rankingOf(fixedEffect.table);
  const drawing = { permutations, maximumPermutations: permutations * enrichmentExtension };
  const collections = [...resources.geneSets, ...(resources.metaPrograms === null ? [] : [resources.metaPrograms])];
  const enrichment = [];
  for (const collection of fixedEffect.status === 'ok' ? collections : []) {
    const tested = await step(`gene sets: ${collection.name}`, [collection, calls, drawing], (context) =>
      geneSetEnrichment(ranking, collection, drawing, context),
    );
    enrichment.push(tested);
  }
  const regulatorStudy: RegulatorStudy = {
    genes: input.counts.genes,
    statistic: fixedEffect.table.t,
    logFoldChange: fixedEffect.table.logFoldChange,
    pAdjusted: fixedEffect.table.pAdjusted,
    averageExpression: fixedEffect.table.averageExpression,
    patients: effects.patients.length > 0 ? effects : null,
  };
  const cells =
    given.cells === null
      ? null
      : await analyseCells(
          {
            cells: given.cells,
            effects,
            contrast,
            metaPrograms: resources.metaPrograms,
            leftOut: leftOutOf(given.design),
          },
          options,
          environment,
        );
  const origin = await analyseOrigin(
    { ...given.genetics, samples: study.samples, contrast, cells, programme: programmeOf(leaveOneOut) },
    options,
    environment,
  );
  const regulators = await regulatorsOf(regulatorStudy, given, options, environment, base);
  const chromatin = given.chromatin === null ? null : chromatinTableFrom(given.chromatin);
  const switched = await runStep(
    'switch',
    [...base, JSON.stringify([calls, options.regulators, permutations])],
    environment,
    (context) =>
      analyseSwitch(
        {
          input,
          ranking: regulators.ranking,
          chromatin,
          perturbations: perturbationsOf(given, options),
          samples: study.samples,
          programme: input.counts.samples.map((sample, s) => ({ sample, programme: sampleScores.score[s] as number })),
          single: cells === null ? null : singleCells(cells),
        },
        { contrast, regulators: options.regulators, draws: permutations },
        context,
      ),
  );
  const targets = await analyseTargets(
    {
      ...{ input, contrast, fixedEffect, effects, meta, vote: voted, leaveOneOut, resources, cells },
      regulators: regulators.ranking,
      leftOut: leftOutOf(given.design),
      base,
    },
    options,
    environment,
  );
  const bySample = await step(
    'reversal by patient',
    [bootstraps, options.reversalMargin, fdr, leaving, options.cellBlocks],
    (context) =>
      reversal(
        input,
        new Map(
          leaveOneOut.patientLevel.patients.map((p) => [p.patient, { signature: p.signature, call: p.call.call }]),
        ),
        {
          contrast,
          margin: options.reversalMargin,
          fdr,
          equivalenceLogFoldChange,
          bootstraps,
          blocks: samples.blocks,
        },
        context,
      ),
  );
  const backing = { contrast, margin: options.reversalMargin };
  const byCell =
    cells === null
      ? null
      : await step(
          'reversal of cells',
          [backing, options.bootstraps, leaving, options.cellBlocks, options.fdr],
          (context) =>
            cellReversal(
              {
                cells: cells.cells,
                tumourCells: cells.tumourCells,
                persisters: cells.persisters,
                reversal: bySample,
              },
              backing,
              context,
            ),
        );
  return {
    study,
    options,
    design: given.design,
    input: all,
    nCells: given.samples.nCells,
    display,
    fixedEffect,
    effects,
    cells,
    meta,
    vote: voted,
    leaveOneOut,
    sampleScores,
    switch: switched,
    targets,
    origin,
    outliers,
    treatments,
    enrichment,
    overlap: overlapOf(fixedEffect.direction, input.counts.genes, resources),
    regulators: regulators.ranking,
    namedRegulators: regulators.named,
    namedMarkers: namedMarkers({ fixedEffect: fixedEffect.table, effects, meta }, { genes: options.markers, fdr }),
    reversal: bySample,
    cellReversal: byCell,
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
function programmeOf({ patientLevel }: LeaveOnePatientOut): readonly string[] {
  const signatures = [patientLevel.signature, ...patientLevel.patients.map(({ signature }) => signature)];
  return [...new Set(signatures.flatMap(({ up, down }) => [...up, ...down]))].sort();
}

function programmeInput(study: Study, { counts }: SampleSet): Parameters<typeof normalizeInput>[0] {
  const sheet = new Map(study.samples.map((sample) => [sample.sample, sample]));
  const rows = counts.samples.flatMap((name) => sheet.get(name) ?? []);
  return {
    counts,
    patient: rows.map((row) => row.patient),
    stage: rows.map((row) => row.stage),
    treatment: rows.map((row) => row.treatment),
    technology: rows.map((row) => row.technology),
  };
}

/** Scores of the samples; missing where too few patients leave nothing to learn a signature from. */
function scoresOf(input: NormalizedInput, learned: Signature, reference: Stage): SignatureScores {
  if (learned.up.length + learned.down.length > 0) return scoreSignature(input, learned, { reference });
  return { score: new Float64Array(input.counts.samples.length).fill(NaN), nUp: 0, nDown: 0 };
}

/** Genes with a statistic, for the preranked test. */
function rankingOf(table: { readonly gene: readonly string[]; readonly t: Float64Array }): {
  readonly genes: readonly string[];
  readonly statistic: Float64Array;
} {
  const kept = table.gene.map((_, g) => g).filter((g) => Number.isFinite(table.t[g]));
  return {
    genes: kept.map((g) => table.gene[g] as string),
    statistic: Float64Array.from(kept, (g) => table.t[g] as number),
  };
}

function overlapOf(
  direction: Int8Array,
  measured: readonly string[],
  { metaPrograms }: Resources,
): Analysis['overlap'] {
  if (metaPrograms === null) return null;
  const side = (sign: number): ReturnType<typeof geneSetOverlap> =>
    geneSetOverlap({ called: measured.filter((_, g) => direction[g] === sign), measured }, metaPrograms);
  return { up: side(1), down: side(-1) };
}

/** The cells that calls were made on, for the questions on the switch. */
function singleCells({ cells, tumourCells, persisters, columns }: CellAnalysis): SwitchInput['single'] {
  const score = Float64Array.from(tumourCells, (cell) => columns.doubletScore[cell] as number);
  return {
    calls: persisters,
    cells: selectCells(cells, tumourCells),
    doubletScore: score.some((value) => Number.isFinite(value)) ? score : null,
  };
}

function perturbationsOf({ perturbation }: AnalysisInput, { regulators }: RunOptions): SwitchInput['perturbations'] {
  if (perturbation === null) return [];
  return [perturbationTableFrom(perturbation, { direction: 'gain', regulator: regulators[0] ?? null })];
}

/** Ranks all regulators and tests the named ones; both are empty without a regulon pack or an estimate to rank by. */
async function regulatorsOf(
  study: RegulatorStudy,
  given: AnalysisInput,
  options: RunOptions,
  environment: StepEnvironment,
  base: readonly string[],
): Promise<{ readonly ranking: RegulatorRanking | null; readonly named: readonly NamedRegulator[] }> {
  const { regulons } = given.resources;
  if (regulons === null || !study.statistic.some((t) => Number.isFinite(t))) return { ranking: null, named: [] };
  const { permutations, minimumRegulonSize: minimumSize, fdr, pAdjustedMax, logFoldChangeMin } = options;
  const parts = [...base, JSON.stringify([permutations, minimumSize]), JSON.stringify(regulons.edges)];
  const ranking = await runStep('regulators', parts, environment, (context) =>
    rankRegulators(study, regulons.edges, { permutations, minimumSize }, context),
  );
  const chromatin = given.chromatin === null ? null : chromatinTableFrom(given.chromatin);
  const defaults = { direction: 'gain', regulator: options.regulators[0] ?? null } as const;
  const perturbation = given.perturbation === null ? null : perturbationTableFrom(given.perturbation, defaults);
  const named: NamedRegulator[] = [];
  for (const regulator of options.regulators) {
    const settings = { regulator, fdr, pAdjustedMax, logFoldChangeMin };
    const key = [...parts, JSON.stringify([settings, chromatin, perturbation])];
    named.push(
      await runStep(`regulator ${regulator}`, key, environment, (context) =>
        namedRegulator({ ranking, chromatin, perturbation }, settings, context),
      ),
    );
  }
  return { ranking, named };
}
