import { report, type RunContext, rngFor, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo, Warning } from '../core/method.js';
import type { TopTable } from '../stats/empirical-bayes.js';
import { ahrActivity, ahrWithoutCells } from './ahr-activity.js';
import { axisGeneRows } from './axis-gene-rows.js';
import {
  cellStates,
  type CellStatesOptions,
  pairsOf,
  type StateSums,
  sumStates,
  type WeaknessCells,
} from './cell-states.js';
import { deathModes } from './death-modes.js';
import { groupComparison } from './group-comparison.js';
import { profileGroups } from './group-sums.js';
import { ironDirection } from './iron-direction.js';
import { ironPattern } from './iron-pattern.js';
import { mhcLoss } from './mhc-loss.js';
import { scoreAxes } from './score-axes.js';
import { curatedAxes, type WeaknessAxis } from './sets/index.js';
import { type StageData, stageComparison } from './stage-comparison.js';
import type { AxisScore, AxisCellStates, MhcLoss, ProgrammeGene, WeaknessAxes } from './types.js';

/** What {@link weaknessAxes} is. */
export const weaknessAxesInfo: MethodInfo = {
  id: 'weakness-axes',
  title: 'Weaknesses as signed axes',
  version: '1.0.0',
  doi: ['10.1002/sim.1482', '10.1126/science.aad0501', '10.1093/biomet/28.3-4.437'],
  input: 'normalised study with patient effects, genes of the programme, single cells where there are any',
  output: 'signed axes per patient, over patients and per cell state; death modes; iron pattern; AhR in CD8 T cells',
  random: true,
};

/** A study as far as its weaknesses need it. */
export interface WeaknessStudy extends StageData {
  /** The genes persisters were found by, see `programmeGenes`. */
  readonly programmeGenes: readonly ProgrammeGene[];
  /** Null without single cells. */
  readonly cells: WeaknessCells | null;
  /** The model of all samples, shown beside in the table of genes; null where it was not fitted. */
  readonly allSamples: Pick<TopTable, 'gene' | 'logFoldChange' | 'pAdjusted'> | null;
}

/** Options of {@link weaknessAxes}. */
export interface WeaknessAxesOptions {
  /** False-discovery rate over axes, and over curated genes. Default 0.05. */
  readonly fdr?: number;
  /** Random gene sets per axis. Default 1000. */
  readonly permutations?: number;
  /** Fewest cells of a kind in a patient. Default 20. */
  readonly minimumCells?: number;
  /**
   * Counts per million from which an executor counts as expressed. Default 2, where models of expressed and silent genes cross in RNA-seq
   * (doi:10.1007/s12064-013-0178-3).
   */
  readonly expressedCpm?: number;
  /** Axes to score. Default: all curated ones. */
  readonly axes?: readonly WeaknessAxis[];
}

/**
 * Reads the curated axes in a study: every axis between stages per patient and over patients, and between called persisters and
 * other cells where there are single cells; the genes one by one; which death modes have their executors; the feedback pattern
 * of iron and which of the two opposite iron hypotheses is shared; loss of MHC class I; AhR in CD8 T cells.
 *
 * The genes that persisters were found by take no part in any axis and are listed. Nothing here measures labile iron, protein or
 * death: each axis is a hypothesis and names the experiment that tests it.
 *
 * Cost: one pass over the stored values of the cells for tumour states and one per immune compartment.
 *
 * @throws OptionError for options out of range; AbortedError when the caller asked to stop
 * @example
 * ```ts
 * const found = weaknessAxes({ input, effects, programmeGenes, cells: null }, { fdr: 0.05 }, context);
 * found.axes.map(({ axis, verdict, excluded }) => [axis, verdict, excluded]);
 * ```
 */
export function weaknessAxes(study: WeaknessStudy, options: WeaknessAxesOptions, context: RunContext): WeaknessAxes {
  const { fdr, permutations, minimumCells, expressedCpm, axes } = resolved(options);
  const { effects, programmeGenes: programme } = study;
  const excluded = new Set(programme.map(({ gene }) => gene.toUpperCase()));
  const rng = rngFor(context, 'weaknesses');
  const tumourAxes = axes.filter(({ readIn }) => readIn === 'tumour');
  const scoring = { axes: tumourAxes, excluded, fdr, permutations };
  const advance = progressOf(context);

  const comparison = stageComparison(study);
  const scored = scoreAxes(comparison, scoring, rng.split('stages'));
  advance(1);
  const { from, to } = effects.contrast;
  const inCells: CellStatesOptions = { ...scoring, contrast: { from, to }, minimumCells };
  const sums = study.cells === null ? null : sumStates(study.cells, tumourAxes, context);
  advance(2);
  const states = sums === null ? statesWithoutCells : cellStates(sums, inCells, rng.split('states'));
  advance(3);
  const host = { ...inCells, axes: axes.filter(({ readIn }) => readIn === 'CD8 T cells') };
  const ahr =
    study.cells === null || host.axes.length === 0 ? ahrWithoutCells : ahrActivity(study.cells, host, rng.split('AhR'));
  advance(4);
  const dying = { axes: tumourAxes.filter(({ group }) => group === 'death'), excluded, expressedCpm };
  const scoreOf = (id: string): AxisScore => scored.find(({ axis }) => axis === id) ?? unasked(id);
  return {
    contrast: { from, to },
    fdr,
    axes: scored,
    genes: axisGeneRows(axes, effects, { programme, fdr, allSamples: study.allSamples }),
    programmeGenes: programme,
    states,
    ahr,
    deathModes: deathModes(study.input, sums, dying),
    ironPattern: ironPattern(effects, scoreOf('mesenchymal'), excluded),
    ironDirection: ironDirection(scoreOf('iron-overload'), scoreOf('iron-starvation')),
    mhcLoss: [
      ...mhcLoss(comparison, { compared: 'stages', permutations }, rng.split('class I, stages')),
      ...lossInCells(sums, inCells, context),
    ],
    warnings: warningsOf(effects.patients.length, excluded.size, effects.genes.length),
  };
}

const statesWithoutCells: AxisCellStates = {
  status: 'not testable',
  reasons: [{ en: 'the study has no single cells', fr: 'l’étude n’a pas de cellules uniques' }],
  contrasts: [],
  rows: [],
};

function resolved(options: WeaknessAxesOptions): Required<WeaknessAxesOptions> {
  const { fdr = 0.05, permutations = 1000, minimumCells = 20, expressedCpm = 2, axes = curatedAxes } = options;
  const check = (name: string, value: number, good: boolean, expected: string): void => {
    if (!good)
      throw new OptionError(`Option ${name} of the weaknesses cannot be used.`, { expected, found: String(value) });
  };
  check('fdr', fdr, fdr > 0 && fdr < 1, 'a number between 0 and 1');
  check(
    'permutations',
    permutations,
    Number.isInteger(permutations) && permutations >= 20,
    'a whole number of at least 20',
  );
  check('minimumCells', minimumCells, Number.isInteger(minimumCells) && minimumCells >= 1, 'a whole number above zero');
  check('expressedCpm', expressedCpm, expressedCpm > 0 && expressedCpm < Infinity, 'a number above zero');
  return { fdr, permutations, minimumCells, expressedCpm, axes };
}

function progressOf(context: RunContext): (done: number) => void {
  return (done) => {
    throwIfAborted(context);
    report(context, 'weaknesses', done, 4, 'parts');
  };
}

/** An axis that was left out by the caller. */
function unasked(axis: string): AxisScore {
  const none = { estimate: null, low: null, high: null, level: 0.95, pValue: null, tau2: null, i2: null };
  return {
    axis,
    verdict: 'not testable',
    reasons: [{ en: 'the axis was not asked for', fr: 'l’axe n’a pas été demandé' }],
    used: [],
    excluded: [],
    notMeasured: [],
    notDetected: [],
    patients: [],
    pooled: { ...none, status: 'not-identifiable' },
    pAdjusted: null,
    randomMean: null,
    pMatched: null,
    direction: 0,
    agree: 0,
    asked: 0,
    needed: 0,
  };
}

function lossInCells(sums: StateSums | null, options: CellStatesOptions, context: RunContext): readonly MhcLoss[] {
  if (sums === null) return [];
  const { from, to } = options.contrast;
  const profiles = profileGroups(sums.sums, options.minimumCells);
  const pairs = pairsOf(sums.groups, [from, 'other'], [to, 'persister']);
  const { permutations } = options;
  const compared = 'persisters against untreated cells' as const;
  return mhcLoss(
    groupComparison(profiles, pairs),
    { compared, permutations },
    rngFor(context, 'weaknesses/class I, cells'),
  );
}

function warningsOf(nPatients: number, nExcluded: number, nGenes: number): readonly Warning[] {
  const warnings: Warning[] = [];
  if (nPatients < 3) {
    const message = 'Fewer than three patients have both stages: no axis can be shared by patients.';
    warnings.push({ code: 'weaknesses-few-patients', message });
  }
  if (2 * nExcluded > nGenes) {
    const message = 'Over half of all genes belong to the programme; what is left of the axes may not stand for them.';
    warnings.push({ code: 'weaknesses-large-programme', message });
  }
  return warnings;
}
