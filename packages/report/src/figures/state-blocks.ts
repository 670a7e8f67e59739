import type { ReportContext } from '../report-context.js';
import { readColumns, type ReadTable } from '../tables/read-columns.js';
import { namesIn, stagesIn } from './table-order.js';

/** The table `genetic_states` as read. */
export type GeneticStateRows = ReadTable<'n_persister' | 'n_other', 'patient' | 'source' | 'label' | 'value' | 'stage'>;

/** Cells of one value at one stage. */
export interface StateCell {
  readonly nCells: number;
  readonly nPersister: number;
}

/** A clone, an altered arm or a variant, or all cells together; null where a stage has no such cell. */
export interface StateRow {
  readonly kind: 'value' | 'all';
  readonly name: string;
  readonly cells: readonly (StateCell | null)[];
  readonly isMostTied: boolean;
}

/** What one source says of one patient. */
export interface StateBlock {
  readonly patient: string;
  readonly source: string;
  readonly stages: readonly string[];
  /** Whether the state is tied to a label, in words. */
  readonly note: string | null;
  readonly isTied: boolean;
  readonly rows: readonly StateRow[];
  /** Rows that found no room. */
  readonly nHidden: number;
}

/** A share of fewer cells than these says too little to be coloured. */
export const fewestColoured = 5;

/** The name the table gives to all smaller clones together. */
const rest = 'other';

/** A row under way: the label and value it stands for. */
interface ValueRow {
  readonly label: string;
  readonly value: string;
  readonly cells: readonly (StateCell | null)[];
}

/** One block per patient and source, with as many rows as leave the figure on one page. */
export function stateBlocks(context: ReportContext, read: GeneticStateRows): readonly StateBlock[] {
  const { patient, source } = read.texts;
  const pairs = namesIn(patient).flatMap((name) =>
    namesIn([...patient.keys()].map((i) => (patient[i] === name ? (source[i] ?? null) : null))).map(
      (from) => [name, from] as const,
    ),
  );
  const blocks = pairs.map(([name, from]) => {
    const mine = [...patient.keys()].filter((i) => patient[i] === name && source[i] === from);
    return blockOf(context, read, mine, mostRows(pairs.length));
  });
  return blocks.filter(({ rows }) => rows.length > 0);
}

function mostRows(blocks: number): number {
  if (blocks <= 2) return 14;
  if (blocks <= 6) return 9;
  if (blocks <= 12) return 6;
  return 3;
}

function blockOf(context: ReportContext, read: GeneticStateRows, mine: readonly number[], most: number): StateBlock {
  const [first = 0] = mine;
  const [patient, source] = [read.texts.patient[first] ?? '', read.texts.source[first] ?? ''];
  const stages = stagesIn(mine.map((i) => read.texts.stage[i] ?? null));
  const alarm = alarmOf(context, patient, source);
  const isMostTied = (row: ValueRow): boolean => row.label === alarm?.label && row.value === alarm.value;
  const found = valueRows(read, mine, stages);
  const others = found
    .filter((row) => row.label !== 'clone' && (row.value !== 'neutral' || isMostTied(row)))
    .sort((a, b) => Number(isMostTied(b)) - Number(isMostTied(a)));
  const cut = cutClones(found.filter(byLabel('clone')), others.length > 0 ? most - 1 : most, isMostTied);
  const clones = source === 'barcode' ? cut : [...cut].sort(byNumber);
  const room = Math.max(most - clones.length, clones.length === 0 ? most : 1);
  const shown = [...clones, ...others.slice(0, room)];
  const text = context.text.figures.origin.geneticStates;
  const rows = shown.map(
    (row): StateRow => ({
      kind: 'value',
      name: text.value(row.label, row.value),
      cells: row.cells,
      isMostTied: isMostTied(row),
    }),
  );
  const all = sumOf(found.filter(byLabel('clone')));
  return {
    patient,
    source,
    stages,
    note: alarm === null ? null : text.tieLine(text.tie(alarm.tie), pOf(context, alarm.p)),
    isTied: alarm?.tie === 'tied',
    rows: all === null ? rows : [...rows, { kind: 'all', name: text.all, cells: all, isMostTied: false }],
    nHidden: Math.max(0, others.length - room),
  };
}

function pOf(context: ReportContext, p: number): string | null {
  return Number.isFinite(p) ? context.number.pValue(p) : null;
}

function byLabel(label: string): (row: ValueRow) => boolean {
  return (row) => row.label === label;
}

function valueRows(read: GeneticStateRows, mine: readonly number[], stages: readonly string[]): readonly ValueRow[] {
  const rows = new Map<string, { label: string; value: string; cells: (StateCell | null)[] }>();
  for (const i of mine) {
    const [label, value] = [read.texts.label[i] ?? '', read.texts.value[i] ?? ''];
    const key = JSON.stringify([label, value]);
    const row = rows.get(key) ?? { label, value, cells: stages.map(() => null) };
    rows.set(key, row);
    const [nPersister, nOther] = [read.numbers.n_persister[i] as number, read.numbers.n_other[i] as number];
    const nCells = nPersister + nOther;
    if (nCells > 0) row.cells[stages.indexOf(read.texts.stage[i] ?? '')] = { nCells, nPersister };
  }
  return [...rows.values()].filter(({ cells }) => cells.some((cell) => cell !== null));
}

/** The largest clones, and the one most tied; the rest is summed with those the table has summed already. */
function cutClones(
  clones: readonly ValueRow[],
  most: number,
  isMostTied: (row: ValueRow) => boolean,
): readonly ValueRow[] {
  const named = clones.filter(({ value }) => value !== rest).sort((a, b) => sizeOf(b) - sizeOf(a));
  const summed = clones.filter(({ value }) => value === rest);
  if (clones.length <= most) return [...named, ...summed];
  const kept = [...named.filter(isMostTied), ...named.filter((row) => !isMostTied(row))].slice(0, most - 1);
  const left = [...named.filter((row) => !kept.includes(row)), ...summed];
  const cells = sumOf(left);
  return [
    ...named.filter((row) => kept.includes(row)),
    ...(cells === null ? [] : [{ label: 'clone', value: rest, cells }]),
  ];
}

/** `clone 2` before `clone 10`; the sum of the rest last. */
function byNumber({ value: a }: ValueRow, { value: b }: ValueRow): number {
  if (a === rest || b === rest) return Number(a === rest) - Number(b === rest);
  return a.length - b.length || (a < b ? -1 : 1);
}

function sizeOf({ cells }: ValueRow): number {
  return cells.reduce((sum, cell) => sum + (cell?.nCells ?? 0), 0);
}

function sumOf(rows: readonly ValueRow[]): readonly (StateCell | null)[] | null {
  const [first, ...others] = rows;
  if (first === undefined) return null;
  return others.reduce((sums, { cells }) => sums.map((sum, stage) => addCells(sum, cells[stage] ?? null)), first.cells);
}

function addCells(a: StateCell | null, b: StateCell | null): StateCell | null {
  if (a === null || b === null) return a ?? b;
  return { nCells: a.nCells + b.nCells, nPersister: a.nPersister + b.nPersister };
}

interface Alarm {
  readonly tie: string;
  readonly p: number;
  readonly label: string | null;
  readonly value: string | null;
}

function alarmOf({ result }: ReportContext, patient: string, source: string): Alarm | null {
  const read = readColumns(result, 'genetic_alarm', {
    numbers: ['p_value'],
    texts: ['patient', 'source', 'tie', 'most_tied', 'most_tied_value'],
  });
  if (!read.found) return null;
  const { texts, numbers } = read;
  const row = texts.patient.findIndex((name, i) => name === patient && texts.source[i] === source);
  if (row === -1) return null;
  const [label, value] = [texts.most_tied[row] ?? null, texts.most_tied_value[row] ?? null];
  return { tie: texts.tie[row] ?? '', p: numbers.p_value[row] as number, label, value };
}
