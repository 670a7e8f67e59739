import type { CellAnalysis, TargetAnalysis } from '../claims/analysis.js';
import type { RunContext } from '../core/context.js';
import { hashParts } from '../core/hash.js';
import type { Resources } from '../data/resources.js';
import { curatedAntibodyDrugs } from '../markers/antibody-drug-targets.js';
import { antigenGenes, antigenView } from '../markers/antigens.js';
import { gateReference } from '../markers/gate-reference.js';
import { type MarkerCells, markerCells } from '../markers/marker-cells.js';
import { type MarkerGates, markerGates } from '../markers/marker-gates.js';
import type { MarkerStudy } from '../markers/marker-study.js';
import { secretedMarkers } from '../markers/secreted-ranking.js';
import { surfaceMarkers } from '../markers/surface-ranking.js';
import type { MarkerRanking } from '../markers/rank-markers.js';
import type { NormalizedInput } from '../programme/input.js';
import type { LeaveOnePatientOut } from '../programme/leave-one-patient-out.js';
import type { FixedEffectModel } from '../programme/fixed-effect-model.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import type { PatientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import type { Vote } from '../programme/vote.js';
import type { RegulatorRanking, RegulatorRow } from '../regulators/rank-regulators.js';
import type { StageContrast } from '../study/types.js';
import {
  axesByGene,
  matchDrugs,
  programmeGenes,
  rankTargets,
  type TargetRegulator,
  type WeaknessAxes,
  weaknessAxes,
} from '../weaknesses/index.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** What the questions on markers, weaknesses and targets take from the rest of the study. */
export interface TargetsInput {
  readonly input: NormalizedInput;
  readonly contrast: StageContrast;
  readonly fixedEffect: FixedEffectModel;
  readonly effects: PatientEffects;
  readonly meta: PatientMetaAnalysis;
  readonly vote: Vote;
  readonly leaveOneOut: LeaveOnePatientOut;
  readonly regulators: RegulatorRanking | null;
  readonly resources: Resources;
  readonly cells: CellAnalysis | null;
  /** Patients whose stages cannot be compared, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** What the study's own results hang on, for the keys of the steps. */
  readonly base: readonly string[];
}

/** Surface genes tried in gates, and listed on cells. */
const gateCandidates = 25;
const genesOnCells = 60;

/** Every step on how to see and how to hit the cells, in order: markers, gates, weaknesses, drugs, targets. */
export async function analyseTargets(
  found: TargetsInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<TargetAnalysis> {
  const { resources, cells, contrast, input } = found;
  const { fdr, permutations } = options;
  const keys = [...found.base, JSON.stringify([fdr, permutations, options.markers]), cellsKey(cells)];
  const step = <T>(name: string, extra: unknown, work: (context: RunContext) => Promise<T> | T): Promise<T> =>
    runStep(name, [...keys, JSON.stringify(extra)], environment, work);
  const study: MarkerStudy = {
    fixedEffect: found.fixedEffect,
    perPatient: found.effects.patients.length === 0 ? null : { effects: found.effects, meta: found.meta },
  };
  const surfaceList = resources.surface;
  const surface = await step('surface markers', [...(surfaceList?.genes ?? [])], (context) =>
    surfaceMarkers(study, surfaceList, { fdr }, context),
  );
  const secreted = await step('secreted markers', null, (context) => secretedMarkers(study, { fdr }, context));
  const packDrugs = resources.antibodyDrugs?.drugs ?? [];
  const asked = { drugs: packDrugs, markers: options.markers, fdr };
  const onCells =
    cells === null
      ? null
      : await step('markers on cells', asked, (context) =>
          markerCells(cells, { genes: genesFor(surface, secreted, antigenGenes(asked)) }, context),
        );
  const antigens = await step('antigens', asked, (context) =>
    antigenView({ ...study, input, contrast }, onCells, asked, context),
  );
  const gates = cells === null || surface.status !== 'ok' ? null : await gatesOf(found, cells, surface, step);
  const weaknesses = await step('weaknesses', [...found.leftOut.keys()], (context) =>
    weaknessesOf(found, options, context),
  );
  const tables = {
    drugGenes: resources.drugGenes?.rows ?? null,
    signatures: resources.drugSignatures?.signatures ?? null,
    essential: resources.essential?.genes ?? null,
  };
  const drugs = await step('drugs', [resources.drugGenes, resources.drugSignatures?.pack], (context) =>
    matchDrugs(study, tables, { fdr, permutations }, context),
  );
  const targets = await step('targets', [resources.packs, weaknesses?.axes.length], (context) =>
    rankTargets(
      {
        study,
        surface: surfaceList,
        cells: onCells,
        regulators: found.regulators?.rows.map(targetRegulator) ?? null,
        regulons: resources.regulons?.edges ?? null,
        axes: weaknesses === null ? null : axesByGene(weaknesses),
        drugs,
        antibodyDrugs: [...curatedAntibodyDrugs, ...packDrugs],
        essential: tables.essential,
      },
      { fdr },
      context,
    ),
  );
  return { surface, secreted, onCells, antigens, gates, weaknesses, drugs, targets };
}

function targetRegulator({ regulator, rank, z, pAdjusted, agreement }: RegulatorRow): TargetRegulator {
  const agree = agreement === null ? 0 : z >= 0 ? agreement.positive : agreement.negative;
  return { regulator, rank, z, pAdjusted, agreement: agreement === null ? null : { agree, asked: agreement.asked } };
}

function genesFor(surface: MarkerRanking, secreted: MarkerRanking, antigens: readonly string[]): readonly string[] {
  const first = (ranking: MarkerRanking): readonly string[] =>
    ranking.rows.slice(0, genesOnCells).map(({ gene }) => gene);
  return [...new Set([...first(surface), ...first(secreted), ...antigens])];
}

async function gatesOf(
  { effects, leftOut }: TargetsInput,
  cells: CellAnalysis,
  surface: MarkerRanking,
  step: <T>(name: string, extra: unknown, work: (context: RunContext) => Promise<T> | T) => Promise<T>,
): Promise<MarkerGates> {
  const candidates = surface.rows
    .filter(({ direction }) => direction > 0)
    .slice(0, gateCandidates)
    .map(({ gene }) => gene);
  return step('gates', candidates, async (context) => {
    const reference = await gateReference(cells, effects, { candidates, calling: { leftOut } }, context);
    return markerGates(cells.cells, reference, { candidates }, context);
  });
}

function weaknessesOf(
  found: TargetsInput,
  { fdr, permutations }: RunOptions,
  context: RunContext,
): WeaknessAxes | null {
  const { input, effects, fixedEffect, meta, vote, leaveOneOut, cells } = found;
  if (effects.patients.length === 0) return null;
  const programme = programmeGenes({
    leaveOneOut: leaveOneOut.patientLevel,
    overPatients: { genes: meta.genes, direction: meta.direction },
    allSamples: { genes: fixedEffect.table.gene, direction: fixedEffect.direction },
    vote: { genes: vote.genes, direction: vote.direction },
    persisters: cells?.persisters ?? null,
  });
  return weaknessAxes(
    {
      input,
      effects,
      programmeGenes: programme,
      cells: cells === null ? null : { ...cells, called: calledOf(cells) },
      allSamples: fixedEffect.table,
    },
    { fdr, permutations },
    context,
  );
}

/** 1 called, 0 not, −1 where no call could be made or the cell is not tumour. */
function calledOf({ cells, tumourCells, persisters }: CellAnalysis): Int8Array {
  const called = new Int8Array(cells.barcodes.length).fill(-1);
  tumourCells.forEach((cell, i) => {
    if (Number.isNaN(persisters.cells.activity[i] as number)) return;
    called[cell] = persisters.cells.called[i] as number;
  });
  return called;
}

function cellsKey(found: CellAnalysis | null): string {
  if (found === null) return '';
  const { counts } = found.cells;
  return hashParts([counts.indptr, counts.indices, counts.data, found.tumour, found.persisters.cells.called]);
}
