import type { ReportContext } from '../report-context.js';
import { numbersOrMissing, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { namesIn, stagesIn } from './table-order.js';

/** The table `death_modes` as read: one row per executor. */
export type DeathTable = ReadTable<never, 'axis' | 'patient' | 'stage' | 'state' | 'verdict' | 'gene'>;

/** Whether a mode of death could run. */
export type ModeVerdict = 'open' | 'blocked' | 'cannot tell';

/** A mode of death in one kind of cells, with the executors that block it or leave it open to doubt. */
export interface ModeCell {
  readonly verdict: ModeVerdict;
  readonly genes: readonly string[];
  /** Whether none of those executors was measured at all. */
  readonly isUnmeasured: boolean;
}

/** One kind of cells of one patient; null where a mode was not read. */
export interface DeathRow {
  readonly patient: string;
  readonly stage: string;
  readonly state: string;
  readonly nCells: number;
  readonly modes: readonly (ModeCell | null)[];
}

/** What of the table the figure shows. */
export interface DeathGrid {
  readonly modes: readonly string[];
  readonly rows: readonly DeathRow[];
  /** Whether only the compared stages found room. */
  readonly isShort: boolean;
  readonly nHidden: number;
}

/** More rows than these leave the page. */
const mostRows = 62;

const stateOrder = ['persister', 'other', 'all'];

/** One row per patient, stage and kind of cells; on long tables the compared stages alone, without the few persisters before. */
export function deathGrid(context: ReportContext, read: DeathTable): DeathGrid {
  const modes = namesIn(read.texts.axis);
  const all = unitsOf(context, read, modes);
  if (all.length <= mostRows) return { modes, rows: all, isShort: false, nHidden: 0 };
  const contrast = context.result.summary.contrast;
  const [from, to] = [contrast?.from ?? 'untreated', contrast?.to ?? 'residual'];
  const compared = all.filter(({ stage, state }) => stage === to || (stage === from && state !== 'persister'));
  const rows = compared.slice(0, mostRows);
  return { modes, rows, isShort: true, nHidden: compared.length - rows.length };
}

function unitsOf(context: ReportContext, { texts }: DeathTable, modes: readonly string[]): readonly DeathRow[] {
  const nCells = numbersOrMissing(context.result, 'death_modes', 'n_cells');
  const byUnit = new Map<string, number[]>();
  texts.patient.forEach((patient, i) => {
    const unit = JSON.stringify([patient, texts.stage[i], texts.state[i]]);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), i]);
  });
  const units = [...byUnit.values()].map((rows): DeathRow => {
    const first = rows[0] as number;
    return {
      patient: texts.patient[first] ?? '',
      stage: texts.stage[first] ?? '',
      state: texts.state[first] ?? '',
      nCells: nCells[first] ?? NaN,
      modes: modes.map((mode) =>
        modeCell(
          context,
          texts,
          rows.filter((row) => texts.axis[row] === mode),
        ),
      ),
    };
  });
  const stages = stagesIn(units.map(({ stage }) => stage));
  const place = ({ stage, state }: DeathRow): number =>
    stages.indexOf(stage) * stateOrder.length + stateOrder.indexOf(state);
  return patientsInOrder(context, namesIn(texts.patient)).flatMap((patient) =>
    units.filter((unit) => unit.patient === patient).sort((a, b) => place(a) - place(b)),
  );
}

/** Patients as the study lists them; the table puts those with cells first. */
function patientsInOrder({ result }: ReportContext, patients: readonly string[]): readonly string[] {
  const listed = namesIn(textsOrMissing(result, 'samples', 'patient'));
  const place = (patient: string): number => (listed.includes(patient) ? listed.indexOf(patient) : listed.length);
  return [...patients].sort((a, b) => place(a) - place(b));
}

function modeCell(context: ReportContext, texts: DeathTable['texts'], rows: readonly number[]): ModeCell | null {
  const [first] = rows;
  if (first === undefined) return null;
  const verdict = texts.verdict[first];
  const isKnown = verdict === 'open' || verdict === 'blocked';
  const wanted = verdict === 'blocked' ? 'missing' : 'cannot tell';
  const column = (name: string): readonly (string | null)[] => textsOrMissing(context.result, 'death_modes', name);
  const [stepStates, geneStates, statuses] = [column('step_state'), column('gene_state'), column('gene_status')];
  const named =
    verdict === 'open'
      ? []
      : rows.filter(
          (row) => stepStates[row] === wanted && (verdict === 'blocked' || geneStates[row] === 'cannot tell'),
        );
  return {
    verdict: isKnown ? verdict : 'cannot tell',
    genes: namesIn(named.map((row) => texts.gene[row] ?? null)),
    isUnmeasured: named.length > 0 && named.every((row) => statuses[row] === 'not measured'),
  };
}
