import type { Analysis } from '../claims/analysis.js';
import type { RunContext } from '../core/context.js';
import { hashParts } from '../core/hash.js';
import type { SampleSet } from '../data/assemble-samples.js';
import type { Resources } from '../data/resources.js';
import { fixedEffectModel } from '../programme/fixed-effect-model.js';
import { geneSetEnrichment } from '../programme/gene-set-enrichment.js';
import { geneSetOverlap } from '../programme/gene-set-overlap.js';
import { normalizeInput, type NormalizedInput } from '../programme/input.js';
import { leaveOnePatientOut } from '../programme/leave-one-patient-out.js';
import { outlierPatients } from '../programme/outlier-patients.js';
import { patientEffects } from '../programme/patient-effects.js';
import { patientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import { sampleDisplay } from '../programme/sample-display.js';
import { scoreSignature, type SignatureScores } from '../programme/score-signature.js';
import type { Signature } from '../programme/signature.js';
import { treatmentComparison } from '../programme/treatment-comparison.js';
import { vote } from '../programme/vote.js';
import type { Stage, Study } from '../study/types.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** The samples of a study. */
export interface ProgrammeSamples {
  readonly study: Study;
  /** Every sample. */
  readonly all: SampleSet;
  /** Those that count as evidence. */
  readonly evidence: SampleSet;
  readonly resources: Resources;
}

/** What was found on the shared programme. */
export interface ProgrammeAnalysis
  extends Pick<
    Analysis,
    | 'display'
    | 'fixedEffect'
    | 'effects'
    | 'meta'
    | 'vote'
    | 'leaveOneOut'
    | 'sampleScores'
    | 'outliers'
    | 'treatments'
    | 'enrichment'
    | 'overlap'
  > {
  readonly all: NormalizedInput;
  /** The samples that count as evidence. */
  readonly input: NormalizedInput;
  /** What every later step hangs on, for its key. */
  readonly base: readonly string[];
}

/** Random sets are drawn up to this many times as often for gene sets that few of them match. */
const enrichmentExtension = 100;

/** Every step on the programme the patients share, in order. */
export async function analyseProgramme(
  { study, all: everyone, evidence, resources }: ProgrammeSamples,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<ProgrammeAnalysis> {
  const { contrast } = study;
  const all = normalizeInput(programmeInput(study, everyone));
  const input = evidence === everyone ? all : normalizeInput(programmeInput(study, evidence));
  const base = [
    hashParts([all.counts.values, JSON.stringify([all.counts.genes, all.counts.samples, input.counts.samples])]),
    JSON.stringify([input.patient, input.stage, input.treatment, input.technology, contrast]),
  ];
  const step = <T>(name: string, extra: unknown, work: (context: RunContext) => Promise<T> | T): Promise<T> =>
    runStep(name, [...base, JSON.stringify(extra)], environment, work);
  const { pAdjustedMax, logFoldChangeMin, fdr, permutations, signatureSize } = options;

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
  return {
    all,
    input,
    base,
    display,
    fixedEffect,
    effects,
    meta,
    vote: voted,
    leaveOneOut,
    sampleScores: scoresOf(input, leaveOneOut.patientLevel.signature, contrast.from),
    outliers: outlierPatients(effects, { signatureSize }),
    treatments,
    enrichment,
    overlap: overlapOf(fixedEffect.direction, input.counts.genes, resources),
  };
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
