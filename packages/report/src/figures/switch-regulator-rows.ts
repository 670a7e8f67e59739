import { optionTexts, type ReportContext } from '../report-context.js';
import { numbersOrMissing, type ReadTable, readColumns, textsOrMissing } from '../tables/read-columns.js';

/** The columns every regulator needs. */
export type SwitchRegulators = ReadTable<'rank', 'regulator' | 'verdict' | 'direction'>;

/** Lines of evidence in report order: those with a rank among all regulators, then experiments. */
export const evidenceColumns = ['activity', 'patients', 'expression', 'position', 'motif', 'perturbation'] as const;

/** One of {@link evidenceColumns}. */
export type EvidenceColumn = (typeof evidenceColumns)[number];

/** What one line says of one regulator. */
export interface EvidenceSquare {
  /** Rank above 0 to 1, 1 the last; NaN where the line says nothing. */
  readonly share: number;
  /** The rank, or the P value of an experiment; empty where there is none. */
  readonly rank: string;
  /** The number the rank is read from. */
  readonly number: string;
}

/** A regulator with all its lines. */
export interface SwitchRegulator {
  readonly name: string;
  readonly rank: number;
  readonly verdict: string | null;
  readonly family: string;
  readonly isMoreActive: boolean;
  readonly isNamed: boolean;
  readonly squares: Readonly<Record<EvidenceColumn, EvidenceSquare>>;
  /** Best and worst rank without one patient, and the rank of every such run; NaN and none where not run. */
  readonly low: number;
  readonly high: number;
  readonly runs: readonly number[];
}

/** A row of the figure: a regulator, or the count of those not shown. */
export type SwitchRow =
  | { readonly kind: 'regulator'; readonly regulator: SwitchRegulator; readonly isMember: boolean }
  | { readonly kind: 'gap'; readonly hidden: number };

/** The best regulators that are always shown. */
export const firstShown = 15;
/** Most regulators asked for by name that are shown below them. */
const mostNamed = 12;

/** Every regulator of the table, best rank first. */
export function switchRegulators(context: ReportContext, read: SwitchRegulators): readonly SwitchRegulator[] {
  const { result } = context;
  const squareOf = squares(context, read);
  const [low, high] = [numbers(context, 'rank_low'), numbers(context, 'rank_high')];
  const families = textsOrMissing(result, 'switch_regulators', 'family');
  const named = namedRegulators(context);
  const runs = leaveOutRuns(context);
  return read.texts.regulator
    .map((regulator, i): SwitchRegulator => {
      const name = regulator ?? '';
      return {
        name,
        rank: read.numbers.rank[i] as number,
        verdict: read.texts.verdict[i] ?? null,
        family: families[i] ?? name,
        isMoreActive: read.texts.direction[i] !== 'less active',
        isNamed: named.has(name),
        squares: squareOf(i),
        low: low[i] as number,
        high: high[i] as number,
        runs: runs.get(name) ?? [],
      };
    })
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank);
}

/** The first regulators with their families together, then how many are hidden, then those asked for by name. */
export function chosenSwitchRows(all: readonly SwitchRegulator[]): readonly SwitchRow[] {
  const first = all.slice(0, firstShown);
  const families = [...new Set(first.map(({ family }) => family))];
  const asked = all.slice(firstShown).filter(({ isNamed }) => isNamed);
  const shown = [...first, ...asked.slice(0, mostNamed)];
  const relatives = families.flatMap((family) => rowsOfFamily(shown.filter((one) => one.family === family)));
  const tail = shown.filter(({ family }) => !families.includes(family));
  const hidden = all.length - shown.length;
  return [
    ...relatives,
    ...(hidden > 0 ? [{ kind: 'gap' as const, hidden }] : []),
    ...tail.map((regulator) => ({ kind: 'regulator' as const, regulator, isMember: false })),
  ];
}

function rowsOfFamily(members: readonly SwitchRegulator[]): readonly SwitchRow[] {
  return members.map((regulator, i) => ({ kind: 'regulator', regulator, isMember: i > 0 }));
}

/** Regulators asked for by name, in the options of the run or in the table about them. */
function namedRegulators({ result }: ReportContext): ReadonlySet<string | null> {
  return new Set([...optionTexts(result, 'regulators'), ...textsOrMissing(result, 'named_regulators', 'regulator')]);
}

function numbers({ result }: ReportContext, column: string): Float64Array {
  return numbersOrMissing(result, 'switch_regulators', column);
}

function squares(
  context: ReportContext,
  { nRows }: SwitchRegulators,
): (i: number) => Readonly<Record<EvidenceColumn, EvidenceSquare>> {
  const { integer, pValue } = context.number;
  const written = numbersBehind(context);
  const ranked = (column: Exclude<EvidenceColumn, 'perturbation'>): ((i: number) => EvidenceSquare) => {
    const share = numbers(context, `${column}_rank`);
    const n = share.filter(Number.isFinite).length;
    return (i) => {
      const own = share[i] as number;
      return {
        share: own,
        rank: Number.isFinite(own) ? integer(Math.max(1, own * n)) : '',
        number: written[column](i),
      };
    };
  };
  const perturbation = nRows === 0 ? new Float64Array(0) : numbers(context, 'perturbation_p_value');
  const [activity, patients, expression] = [ranked('activity'), ranked('patients'), ranked('expression')];
  const [position, motif] = [ranked('position'), ranked('motif')];
  return (i) => {
    const p = perturbation[i] as number;
    return {
      activity: activity(i),
      patients: patients(i),
      expression: expression(i),
      position: position(i),
      motif: motif(i),
      perturbation: { share: p, rank: Number.isFinite(p) ? pValue(p) : '', number: '' },
    };
  };
}

function numbersBehind(
  context: ReportContext,
): Readonly<Record<Exclude<EvidenceColumn, 'perturbation'>, (i: number) => string>> {
  const { integer, signed, fixed } = context.number;
  const column = (name: string): Float64Array => numbers(context, name);
  const [z, change] = [column('activity_z'), column('expression_log2_fold_change')];
  const [agree, asked] = [column('patients_agree'), column('patients_asked')];
  const [found, expected] = [column('programme_targets'), column('programme_expected')];
  const pair = (a: number, b: number, write: (value: number) => string): string =>
    Number.isFinite(a) && Number.isFinite(b) ? `${integer(a)} / ${write(b)}` : '';
  const one = (value: number, decimals: number): string => (Number.isFinite(value) ? signed(value, decimals) : '');
  return {
    activity: (i) => one(z[i] as number, 1),
    patients: (i) => pair(agree[i] as number, asked[i] as number, integer),
    expression: (i) => one(change[i] as number, 2),
    position: (i) => pair(found[i] as number, expected[i] as number, (value) => fixed(value, 1)),
    motif: () => '',
  };
}

function leaveOutRuns({ result }: ReportContext): ReadonlyMap<string, readonly number[]> {
  const read = readColumns(result, 'regulator_stability', { numbers: ['rank'], texts: ['regulator'] });
  const runs = new Map<string, number[]>();
  if (!read.found) return runs;
  read.texts.regulator.forEach((regulator, i) => {
    const rank = read.numbers.rank[i] as number;
    if (regulator === null || !Number.isFinite(rank)) return;
    runs.set(regulator, [...(runs.get(regulator) ?? []), rank]);
  });
  return runs;
}
