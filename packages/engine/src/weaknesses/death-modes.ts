import type { ExpressionMatrix } from '../data/expression.js';
import type { ProgrammeInput } from '../programme/input.js';
import { agreementNeeded } from '../regulators/evidence.js';
import type { Stage } from '../study/types.js';
import type { StateSums } from './cell-states.js';
import { executorState, type GeneCounts, stepState, unreadExecutor } from './executor-state.js';
import { geneFinder, type GeneFinder, isExcluded } from './find-genes.js';
import { libraryOf } from './group-sums.js';
import { minimumPatients } from './score-axes.js';
import type { AxisGene, WeaknessAxis } from './sets/axis-gene.js';
import type { TumourCellState, DeathModeRow, DeathModes, DeathModeSummary } from './types.js';

/** Options of {@link deathModes}. */
export interface DeathModesOptions {
  /** Axes of death modes. */
  readonly axes: readonly WeaknessAxis[];
  readonly excluded: ReadonlySet<string>;
  readonly expressedCpm: number;
}

/** One kind of cells of one patient with the counts of its genes. */
interface Unit {
  readonly patient: string;
  readonly stage: Stage;
  readonly state: TumourCellState;
  readonly nCells: number | null;
  readonly genes: readonly string[];
  readonly find: GeneFinder;
  /** False for intensities, which have no detection limit in counts. */
  readonly countable: boolean;
  readonly countsOf: (position: number) => GeneCounts;
}

/**
 * Whether the executors of each death mode are expressed, per patient, stage and (where there are single cells) persister call.
 * Every step of a mode needs one of its genes: an arm with a missing step is **blocked**, one with all steps expressed is
 * **open**, else it **cannot be told**. Genes of the programme and genes that were not measured can neither open nor block an arm.
 * Presence of RNA is competence, not death.
 */
export function deathModes(input: ProgrammeInput, states: StateSums | null, options: DeathModesOptions): DeathModes {
  const units = [...(states === null ? [] : cellUnits(states)), ...tableUnits(input, states)];
  const rows = options.axes.flatMap((axis) => units.map((unit) => readMode(axis, unit, options)));
  return { expressedCpm: options.expressedCpm, rows, summaries: summarise(rows) };
}

function readMode(axis: WeaknessAxis, unit: Unit, options: DeathModesOptions): DeathModeRow {
  const executors = axis.genes.filter(({ executor }) => executor !== null);
  const names = [...new Set(executors.map(({ executor }) => executor as string))];
  const steps = names.map((step) => {
    const genes = executors.filter(({ executor }) => executor === step).map((gene) => readGene(gene, unit, options));
    return { step, state: stepState(genes), genes };
  });
  const { patient, stage, state, nCells } = unit;
  const verdict = steps.some((step) => step.state === 'missing')
    ? 'blocked'
    : steps.every((step) => step.state === 'expressed')
      ? 'open'
      : 'cannot tell';
  return { axis: axis.id, patient, stage, state, nCells, verdict, steps };
}

function readGene(
  gene: AxisGene,
  unit: Unit,
  { excluded, expressedCpm }: DeathModesOptions,
): DeathModeRow['steps'][number]['genes'][number] {
  const position = unit.find(gene);
  if (position === null) return unreadExecutor(gene.gene, 'not measured');
  if (isExcluded(excluded, gene, unit.genes[position] as string)) return unreadExecutor(gene.gene, 'programme gene');
  return executorState(gene.gene, unit.countsOf(position), { expressedCpm, countable: unit.countable });
}

function cellUnits({ groups, sums }: StateSums): readonly Unit[] {
  const find = geneFinder(sums.genes);
  return groups.map(({ patient, stage, state }, k) => {
    const library = libraryOf(sums, k);
    const nCells = sums.nCells[k] as number;
    const countsOf = (position: number): GeneCounts => ({
      count: sums.totals[k * sums.genes.length + position] as number,
      detected: sums.detected[k * sums.genes.length + position] as number,
      library,
      nCells,
    });
    return { patient, stage, state, nCells, genes: sums.genes, find, countable: library > 0, countsOf };
  });
}

/** Patients without single cells: the samples of one stage summed. */
function tableUnits(input: ProgrammeInput, states: StateSums | null): readonly Unit[] {
  const inCells = new Set(states?.groups.map(({ patient }) => patient));
  const find = geneFinder(input.counts.genes);
  const keys = new Map<string, number[]>();
  input.patient.forEach((patient, s) => {
    if (inCells.has(patient)) return;
    const key = JSON.stringify([patient, input.stage[s]]);
    keys.set(key, [...(keys.get(key) ?? []), s]);
  });
  return [...keys.values()].map((columns) => {
    const first = columns[0] as number;
    const library = columns.reduce((sum, s) => sum + columnTotal(input.counts, s), 0);
    const countsOf = (position: number): GeneCounts => ({
      count: columns.reduce((sum, s) => sum + valueAt(input.counts, position, s), 0),
      library,
      detected: null,
      nCells: null,
    });
    return {
      patient: input.patient[first] as string,
      stage: input.stage[first] as Stage,
      state: 'all',
      nCells: null,
      genes: input.counts.genes,
      find,
      countable: library > 0 && columns.every((s) => !/array/i.test(input.technology[s] as string)),
      countsOf,
    };
  });
}

function valueAt({ values, samples }: ExpressionMatrix, gene: number, sample: number): number {
  return values[gene * samples.length + sample] as number;
}

function columnTotal(counts: ExpressionMatrix, sample: number): number {
  let sum = 0;
  for (let g = 0; g < counts.genes.length; g++) sum += valueAt(counts, g, sample);
  return sum;
}

function summarise(rows: readonly DeathModeRow[]): readonly DeathModeSummary[] {
  const kinds = new Map<string, DeathModeRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.axis, row.stage, row.state]);
    kinds.set(key, [...(kinds.get(key) ?? []), row]);
  }
  return [...kinds.values()].map((own) => {
    const { axis, stage, state } = own[0] as DeathModeRow;
    const count = (verdict: DeathModeRow['verdict']): number => own.filter((row) => row.verdict === verdict).length;
    const tally = { open: count('open'), blocked: count('blocked'), cannotTell: count('cannot tell') };
    const missing = own.flatMap(({ steps }) => steps.filter((s) => s.state === 'missing').map(({ step }) => step));
    return { axis, stage, state, ...tally, verdict: verdictOf(tally), missing: [...new Set(missing)] };
  });
}

function verdictOf(tally: Pick<DeathModeSummary, 'open' | 'blocked' | 'cannotTell'>): DeathModeSummary['verdict'] {
  const asked = tally.open + tally.blocked + tally.cannotTell;
  if (asked < minimumPatients) return 'not testable';
  if (tally.open >= agreementNeeded(asked)) return 'open';
  if (tally.blocked >= agreementNeeded(asked)) return 'blocked';
  return tally.open > 0 && tally.blocked > 0 ? 'differs between patients' : 'cannot tell';
}
