import type { CellAnalysis, TargetAnalysis } from '../claims/analysis.js';
import type { RunContext } from '../core/context.js';
import type { Resources } from '../data/resources.js';
import { curatedAntibodyDrugs } from '../markers/antibody-drug-targets.js';
import { antigenGenes, antigenView } from '../markers/antigens.js';
import { gateReference } from '../markers/gate-reference.js';
import { markerCells } from '../markers/marker-cells.js';
import { type MarkerGates, markerGates } from '../markers/marker-gates.js';
import type { MarkerStudy } from '../markers/marker-study.js';
import { secretedMarkers } from '../markers/secreted-ranking.js';
import { surfaceMarkers } from '../markers/surface-ranking.js';
import type { MarkerRanking } from '../markers/rank-markers.js';
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
import type { ProgrammeAnalysis } from './analyse-programme.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** What the questions on markers, weaknesses and targets take from the rest of the study. */
export interface TargetsInput {
  readonly programme: ProgrammeAnalysis;
  readonly contrast: StageContrast;
  readonly regulators: RegulatorRanking | null;
  readonly resources: Resources;
  readonly cells: CellAnalysis | null;
  /** From `cellsKey`. */
  readonly cellKey: string;
  /** Patients whose stages cannot be compared, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
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
  const { resources, cells, cellKey, contrast, programme } = found;
  const { input, fixedEffect, effects, meta } = programme;
  const { fdr, permutations } = options;
  const settings = [fdr, permutations, options.markers, options.pAdjustedMax, options.logFoldChangeMin];
  const keys = [...programme.base, JSON.stringify([settings, resources.packs]), cellKey];
  const step = <T>(name: string, extra: unknown, work: (context: RunContext) => Promise<T> | T): Promise<T> =>
    runStep(name, [...keys, JSON.stringify(extra)], environment, work);
  const study: MarkerStudy = {
    fixedEffect,
    perPatient: effects.patients.length === 0 ? null : { effects, meta },
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
      : await step('markers of cells', asked, (context) =>
          markerCells(cells, { genes: genesFor(surface, secreted, antigenGenes(asked)) }, context),
        );
  const antigens = await step('antigens', asked, (context) =>
    antigenView({ ...study, input, contrast }, onCells, asked, context),
  );
  const gates = cells === null || surface.status !== 'ok' ? null : await gatesOf(found, cells, surface, step);
  const weaknesses = await step(
    'signed axes of weakness',
    [[...found.leftOut.keys()], options.signatureSize],
    (context) => weaknessesOf(found, options, context),
  );
  const tables = {
    drugGenes: resources.drugGenes?.rows ?? null,
    signatures: resources.drugSignatures?.signatures ?? null,
    essential: resources.essential?.genes ?? null,
  };
  const drugs = await step('drugs', null, (context) => matchDrugs(study, tables, { fdr, permutations }, context));
  const targets = await step('targets', [options.minimumRegulonSize, options.signatureSize], (context) =>
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
  { programme: { effects }, leftOut }: TargetsInput,
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
  const { input, effects, fixedEffect, meta, vote, leaveOneOut } = found.programme;
  const { cells } = found;
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
    if (Number.isNaN(persisters.cells.activity[i])) return;
    called[cell] = persisters.cells.called[i] as number;
  });
  return called;
}
