import { FormatError, type RegulonEdge } from '@remnant/engine';
import { listed } from '../tables/gene-column.js';
import { readTextTable, type TextTable } from '../text/text-table.js';

/** A signed regulator → target network as read from a file. */
export interface ParsedRegulons {
  readonly edges: readonly RegulonEdge[];
  readonly report: {
    /** Rows of the file that are edges. */
    readonly nRows: number;
    /** Edges whose sign the file does not know, left out. */
    readonly nUnknown: number;
    /** Later rows of a regulator and target already read, left out: the first counts, as with R's `!duplicated`. */
    readonly nRepeated: number;
    /** Of these, rows whose weight is not that of the first. */
    readonly nContradictory: number;
  };
}

/** Names of each column, without case and punctuation, in order of preference. */
const columnNames = {
  source: ['source', 'tf', 'regulator', 'gene1', 'pathway', 'sourcegenesymbol'],
  target: ['target', 'targetgenesymbol', 'gene2', 'genesymbol', 'gene', 'symbol'],
  weight: ['mor', 'weight', 'sign', 'modeofregulation', 'mode', 'interaction', 'effect'],
} as const;

const modes: Readonly<Record<string, number | null>> = {
  activation: 1,
  repression: -1,
  unknown: null,
};

/**
 * Reads a regulon table: CollecTRI (`source, target, mor`; Müller-Dott 2023, doi 10.1093/nar/gkad841), TRRUST v2 with or
 * without a header (regulator, target, Activation / Repression / Unknown, references; Han 2018, doi 10.1093/nar/gkx1013),
 * or any table with such columns. Activation counts +1 and repression −1.
 *
 * @param bytes - content of the file, gzip or not
 * @param file - its name, for errors
 * @throws FormatError when a column is missing, or a weight is zero or neither a number nor a known mode
 */
export function parseRegulons(bytes: Uint8Array, file: string): ParsedRegulons {
  const table = withHeader(readTextTable(bytes, file));
  const [source, target, weight] = (['source', 'target', 'weight'] as const).map((role) => columnOf(table, role, file));
  const first = new Map<string, RegulonEdge>();
  let [nUnknown, nRepeated, nContradictory] = [0, 0, 0];
  table.rows.forEach((fields, i) => {
    const row = table.rowNumbers[i] as number;
    const value = readWeight(fields[weight as number] as string, {
      file,
      row,
      column: table.columns[weight as number] as string,
    });
    const edge = {
      source: (fields[source as number] as string).trim(),
      target: (fields[target as number] as string).trim(),
    };
    const key = `${edge.source}\t${edge.target}`;
    const known = first.get(key);
    if (edge.source === '' || edge.target === '') throw new FormatError('This edge lacks a name.', { file, row });
    if (value === null) nUnknown++;
    else if (known === undefined) first.set(key, { ...edge, weight: value });
    else {
      nRepeated++;
      if (known.weight !== value) nContradictory++;
    }
  });
  if (first.size === 0) throw new FormatError('This file holds no regulon.', { file });
  return { edges: [...first.values()], report: { nRows: table.rows.length, nUnknown, nRepeated, nContradictory } };
}

/** TRRUST as its authors give it has no header: its first line is an edge. */
function withHeader(table: TextTable): TextTable {
  if (!((table.columns[2] ?? '').toLowerCase() in modes)) return table;
  return {
    ...table,
    columns: ['source', 'target', 'mode', ...table.columns.slice(3).map((_, i) => `column${String(i + 4)}`)],
    rows: [[...table.columns], ...table.rows],
    rowNumbers: [1, ...table.rowNumbers],
  };
}

function columnOf(table: TextTable, role: keyof typeof columnNames, file: string): number {
  const names = table.columns.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  for (const wanted of columnNames[role]) {
    const index = names.indexOf(wanted);
    if (index !== -1) return index;
  }
  throw new FormatError(`This table has no column for the ${role} of each edge.`, {
    file,
    row: 1,
    expected: `a column named ${columnNames[role].slice(0, 3).join(', ')}`,
    found: listed(table.columns),
  });
}

/** The weight of an edge; null when its sign is unknown. */
function readWeight(text: string, place: { file: string; row: number; column: string }): number | null {
  const mode = modes[text.trim().toLowerCase()];
  if (mode !== undefined) return mode;
  const weight = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(weight) && weight !== 0) return weight;
  throw new FormatError('The weight of this edge cannot be used.', {
    ...place,
    expected: 'a number other than zero, Activation, Repression or Unknown',
    found: `"${text}"`,
  });
}
