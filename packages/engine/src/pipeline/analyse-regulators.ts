import { selectCells } from '../cells/kernels/subsample-cells.js';
import type { Analysis, CellAnalysis } from '../claims/analysis.js';
import type { Resources } from '../data/resources.js';
import type { Table } from '../data/table.js';
import { chromatinTableFrom } from '../regulators/chromatin-line.js';
import { type NamedRegulator, namedRegulator } from '../regulators/named-regulator.js';
import { perturbationTableFrom } from '../regulators/perturbation-table.js';
import { rankRegulators, type RegulatorRanking } from '../regulators/rank-regulators.js';
import type { RegulatorStudy } from '../regulators/regulator-study.js';
import { analyseSwitch, type SwitchInput } from '../regulators/switch/analyse-switch.js';
import type { Study } from '../study/types.js';
import type { ProgrammeAnalysis } from './analyse-programme.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** What the questions on regulators take from the rest of the study. */
export interface RegulatorInput {
  readonly study: Study;
  readonly programme: ProgrammeAnalysis;
  readonly resources: Resources;
  /** Tables named in the study file; null where there is none. */
  readonly chromatin: Table | null;
  readonly perturbation: Table | null;
  readonly cells: CellAnalysis | null;
  /** From `cellsKey`. */
  readonly cellKey: string;
}

/** Every step on what drives the programme: the ranking, the regulators named, the switch. */
export async function analyseRegulators(
  found: RegulatorInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<Pick<Analysis, 'regulators' | 'namedRegulators' | 'switch'>> {
  const { study, programme, resources, cells, cellKey } = found;
  const chromatin = found.chromatin === null ? null : chromatinTableFrom(found.chromatin);
  const defaults = { direction: 'gain', regulator: options.regulators[0] ?? null } as const;
  const perturbation = found.perturbation === null ? null : perturbationTableFrom(found.perturbation, defaults);
  const { permutations, minimumRegulonSize: minimumSize } = options;
  const parts = [
    ...programme.base,
    JSON.stringify([permutations, minimumSize, options.pAdjustedMax, options.logFoldChangeMin]),
    JSON.stringify([resources.regulons?.edges ?? null, chromatin, perturbation]),
  ];
  const ranking = await rankingOf(found, parts, options, environment);
  const named: NamedRegulator[] = [];
  for (const regulator of ranking === null ? [] : options.regulators) {
    const { fdr, pAdjustedMax, logFoldChangeMin } = options;
    const settings = { regulator, fdr, pAdjustedMax, logFoldChangeMin };
    const table = ranking as RegulatorRanking;
    named.push(
      await runStep(`regulator ${regulator}`, [...parts, JSON.stringify(settings)], environment, (context) =>
        namedRegulator({ ranking: table, chromatin, perturbation }, settings, context),
      ),
    );
  }
  const { input, sampleScores } = programme;
  const key = [...parts, JSON.stringify([options.regulators, study.samples]), cellKey];
  const switched = await runStep('switch', key, environment, (context) =>
    analyseSwitch(
      {
        input,
        ranking,
        chromatin,
        perturbations: perturbation === null ? [] : [perturbation],
        samples: study.samples,
        programme: input.counts.samples.map((sample, s) => ({ sample, programme: sampleScores.score[s] as number })),
        single: cells === null ? null : singleCells(cells),
      },
      { contrast: study.contrast, regulators: options.regulators, draws: permutations },
      context,
    ),
  );
  return { regulators: ranking, namedRegulators: named, switch: switched };
}

/** Ranks all regulators; null without a regulon pack or an estimate to rank by. */
async function rankingOf(
  { programme, resources: { regulons } }: RegulatorInput,
  key: readonly string[],
  { permutations, minimumRegulonSize: minimumSize }: RunOptions,
  environment: StepEnvironment,
): Promise<RegulatorRanking | null> {
  const { table } = programme.fixedEffect;
  if (regulons === null || !table.t.some((t) => Number.isFinite(t))) return null;
  const study: RegulatorStudy = {
    genes: programme.input.counts.genes,
    statistic: table.t,
    logFoldChange: table.logFoldChange,
    pAdjusted: table.pAdjusted,
    averageExpression: table.averageExpression,
    patients: programme.effects.patients.length > 0 ? programme.effects : null,
  };
  return runStep('regulators', key, environment, (context) =>
    rankRegulators(study, regulons.edges, { permutations, minimumSize }, context),
  );
}

/** The cells that calls were made on. */
function singleCells({ cells, tumourCells, persisters, columns }: CellAnalysis): SwitchInput['single'] {
  const score = Float64Array.from(tumourCells, (cell) => columns.doubletScore[cell] as number);
  return {
    calls: persisters,
    cells: selectCells(cells, tumourCells),
    doubletScore: score.some((value) => Number.isFinite(value)) ? score : null,
  };
}
