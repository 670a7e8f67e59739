import type { CellCounts } from '../../cells/cell-counts.js';
import type { RunContext } from '../../core/context.js';
import type { PersisterCalls } from '../../persisters/types.js';
import type { NormalizedInput } from '../../programme/input.js';
import type { Sample, StageContrast } from '../../study/types.js';
import type { ChromatinTable } from '../chromatin-line.js';
import { knockOut, type KnockOutResult } from '../knock-out/knock-out.js';
import type { PerturbationTable } from '../perturbation-correlation.js';
import type { RegulatorRanking } from '../rank-regulators.js';
import { programmeGenes } from '../ranking/programme-position.js';
import { type RegulatorEvidence, regulatorEvidence } from '../ranking/regulator-evidence.js';
import { regulatorRefits } from '../ranking/regulator-refits.js';
import { doseSeries, type SampleProgramme } from './dose-series.js';
import { type Hysteresis, hysteresis } from './hysteresis.js';
import { switchCells } from './switch-cells.js';
import { type PatientResponse, switchResponse } from './switch-response.js';
import type { SwitchShape } from './judge-patients.js';
import { type SwitchCells, switchShape } from './switch-shape.js';
import { targetLevels } from './target-levels.js';

/** What the questions about the switch are asked of. */
export interface SwitchInput {
  readonly input: NormalizedInput;
  /** Null without a regulon pack or without a programme. */
  readonly ranking: RegulatorRanking | null;
  readonly chromatin: ChromatinTable | null;
  readonly perturbations: readonly PerturbationTable[];
  /** Rows of the sample sheet, for dose and day. */
  readonly samples: readonly Pick<Sample, 'sample' | 'patient' | 'stage' | 'dose' | 'day'>[];
  /** Programme activity of every sample on one scale per patient. */
  readonly programme: readonly SampleProgramme[];
  /** Null without single cells; `cells` are those the calls were made on. */
  readonly single: {
    readonly calls: PersisterCalls;
    readonly cells: CellCounts;
    readonly doubletScore: Float64Array | null;
  } | null;
}

/** Options of {@link analyseSwitch}. */
export interface SwitchOptions {
  readonly contrast: StageContrast;
  /** Regulators asked for by name; the first of the ranking are added to them. */
  readonly regulators: readonly string[];
  /** How many families of the ranking are knocked out and followed in cells; default 5. */
  readonly leaders?: number;
  /** Random regulons per knock-out; default 1000. */
  readonly draws?: number;
  /** Strongest genes per direction that make up the programme; default 100. */
  readonly programmeSize?: number;
}

/** What was found on the switch. Null = could not be asked. */
export interface SwitchFindings {
  readonly evidence: RegulatorEvidence | null;
  readonly knockOut: KnockOutResult | null;
  readonly shape: SwitchShape | null;
  readonly responses: readonly PatientResponse[];
  readonly hysteresis: Hysteresis;
  /** Regulators asked for by name. */
  readonly named: readonly string[];
}

/**
 * Everything about the switch in one go: the regulators by all evidence, knock-out of the leading families and of those named,
 * on–off or graded, the response of the programme to each of these regulators, and hysteresis.
 */
export async function analyseSwitch(
  found: SwitchInput,
  options: SwitchOptions,
  context: RunContext,
): Promise<SwitchFindings> {
  const { programmeSize = 100, leaders = 5, draws = 1000 } = options;
  const evidence = await evidenceOf(found, { contrast: options.contrast, programmeSize }, context);
  const regulators = [...new Set([...leadingFamilies(evidence, leaders), ...options.regulators])];
  const { ranking, single } = found;
  const study = ranking?.study ?? null;
  const removed =
    ranking === null || study?.patients === null || study === null
      ? null
      : await knockOut(
          { effects: study.patients, averageExpression: study.averageExpression, network: ranking.network },
          { regulators, draws, programmeSize },
          context,
        );
  const cells = single === null ? null : switchCells(single.calls, single, context);
  return {
    evidence,
    knockOut: removed,
    shape: cells === null ? null : await switchShape(cells, { contrast: options.contrast }, context),
    responses: cells === null ? [] : responsesOf(found, cells, { ...options, programmeSize, regulators }, context),
    hysteresis: hysteresis(doseSeries(found.samples, found.programme)),
    named: options.regulators,
  };
}

async function evidenceOf(
  { input, ranking, chromatin, perturbations }: SwitchInput,
  { contrast, programmeSize }: { readonly contrast: StageContrast; readonly programmeSize: number },
  context: RunContext,
): Promise<RegulatorEvidence | null> {
  if (ranking === null) return null;
  const refits = await regulatorRefits(input, contrast, context);
  return regulatorEvidence({ ranking, refits, chromatin, perturbations }, { programmeSize }, context);
}

function leadingFamilies(evidence: RegulatorEvidence | null, leaders: number): readonly string[] {
  const rows = evidence?.rows ?? [];
  return rows
    .filter(({ regulator, family }) => regulator === family)
    .slice(0, leaders)
    .map(({ regulator }) => regulator);
}

function responsesOf(
  { ranking, single }: SwitchInput,
  cells: SwitchCells,
  options: { readonly contrast: StageContrast; readonly programmeSize: number; readonly regulators: readonly string[] },
  context: RunContext,
): readonly PatientResponse[] {
  if (ranking === null || single === null) return [];
  const { genes, statistic } = ranking.study;
  const strongest = programmeGenes(statistic, options.programmeSize);
  const programme = new Set([
    ...genes.filter((_, g) => strongest[g] !== 0),
    ...single.calls.patients.flatMap((patient) => patient.genes.map(({ gene }) => gene)),
  ]);
  const settings = { regulators: options.regulators, programme, untreated: options.contrast.from };
  return switchResponse(cells, targetLevels(single.cells, ranking.network, settings, context), {}, context);
}
