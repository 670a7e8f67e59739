import { FormatError } from '../../core/errors.js';
import type { DrugAction, DrugGene, DrugSignature } from '../../data/resources.js';
import type { Column, Table } from '../../data/table.js';
import { compareText } from '../../programme/compare-text.js';

const names = {
  drug: ['drug', 'drug_name', 'perturbation', 'compound'],
  gene: ['gene', 'gene_name', 'gene_symbol', 'symbol', 'target'],
  direction: ['direction', 'action', 'interaction_type', 'effect_on_target'],
  effect: ['effect', 'log2FoldChange', 'log2_fold_change', 'logFC', 'score'],
  status: ['status', 'approved'],
  source: ['source', 'interaction_source_db_name', 'doi'],
} as const;

/** Words for what a drug does, as drug–gene databases write them. */
const actionWords: Readonly<Record<Exclude<DrugAction, 'not stated'>, readonly string[]>> = {
  inhibits: [
    ...['inhibits', 'inhibitor', 'inhibition', 'antagonist', 'blocker', 'channel blocker', 'gating inhibitor'],
    ...['inverse agonist', 'negative modulator', 'negative allosteric modulator', 'allosteric inhibitor', 'suppressor'],
    ...[
      'degrader',
      'antisense oligonucleotide',
      'rnai inhibitor',
      'neutralising antibody',
      'inhibitory antibody',
      'down',
    ],
  ],
  activates: [
    ...['activates', 'activator', 'activation', 'agonist', 'partial agonist', 'positive modulator', 'inducer'],
    ...['positive allosteric modulator', 'stimulator', 'potentiator', 'opener', 'up'],
  ],
};

const silentWords = new Set(
  ['', 'na', 'n/a', 'null', 'none', 'unknown', 'other', 'other/unknown', 'not stated', 'modulator'].concat([
    'binder',
    'binding',
    'binding agent',
    'ligand',
    'antibody',
    'substrate',
    'cofactor',
    'vaccine',
    'adduct',
    'product of',
  ]),
);

/**
 * Reads a drug–gene table: columns `drug`, `gene`, and where the table has them `direction` (inhibits, activates, or the words
 * databases use for them), `status` (`TRUE` in a column `approved` becomes "approved") and `source`. Rows without a drug or a
 * gene are left out; a pair listed twice is kept once, and two directions of one pair become "not stated".
 *
 * @param table - its name is the file, for errors
 * @throws FormatError naming the missing column, or the row whose direction cannot be read
 */
export function drugGenesFrom(table: Table): readonly DrugGene[] {
  const [drug, gene] = [needed(table, 'drug'), needed(table, 'gene')];
  const [direction, status, source] = [column(table, 'direction'), column(table, 'status'), column(table, 'source')];
  const pairs = new Map<string, DrugGene>();
  for (let row = 0; row < table.nRows; row++) {
    const [name, symbol] = [textAt(drug, row), textAt(gene, row)];
    if (name === '' || symbol === '') continue;
    const found: DrugGene = {
      drug: name,
      gene: symbol,
      action: actionOf(direction === null ? '' : textAt(direction, row), table, direction?.name ?? '', row),
      status: statusOf(status === null ? '' : textAt(status, row)),
      source: source === null ? table.name : textAt(source, row),
    };
    const key = JSON.stringify([name, symbol]);
    pairs.set(key, merged(pairs.get(key), found));
  }
  if (pairs.size === 0) throw noRows(table, 'a drug and a gene');
  return [...pairs.values()].sort((a, b) => compareText(a.drug, b.drug) || compareText(a.gene, b.gene));
}

/**
 * Reads signatures of drugs or perturbations: one row per drug and gene, with columns `drug` (or `perturbation`), `gene` and
 * `effect` (log2 fold change or any signed score, treated against control), and where the table has them `status` and `source`.
 * Rows without a number are left out.
 *
 * @param table - its name is the file, for errors
 * @throws FormatError naming the missing column, the row that is no number, or the row that repeats a drug and gene
 */
export function drugSignaturesFrom(table: Table): readonly DrugSignature[] {
  const [drug, gene, effect] = [needed(table, 'drug'), needed(table, 'gene'), needed(table, 'effect')];
  const [status, source] = [column(table, 'status'), column(table, 'source')];
  const drugs = new Map<string, { readonly effects: Map<string, number>; readonly row: number }>();
  for (let row = 0; row < table.nRows; row++) {
    const [name, symbol, value] = [textAt(drug, row), textAt(gene, row), numberAt(effect, row, table)];
    if (name === '' || symbol === '' || Number.isNaN(value)) continue;
    const own = drugs.get(name) ?? { effects: new Map<string, number>(), row };
    if (own.effects.has(symbol)) {
      throw new FormatError('A signature has one row per drug and gene.', {
        file: table.name,
        row: row + 2,
        column: gene.name,
        found: `${name} and ${symbol} again`,
        hint: 'Average replicates, doses and times first, or name them apart (drug 1 µM 24 h).',
      });
    }
    own.effects.set(symbol, value);
    drugs.set(name, own);
  }
  if (drugs.size === 0) throw noRows(table, 'a drug, a gene and a number');
  return [...drugs]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, { effects, row }]) => ({
      drug: name,
      genes: [...effects.keys()],
      effect: Float64Array.from(effects.values()),
      status: statusOf(status === null ? '' : textAt(status, row)),
      source: source === null ? table.name : textAt(source, row),
    }));
}

function column(table: Table, role: keyof typeof names): Column | null {
  const wanted = names[role].map((name) => name.toLowerCase());
  return table.columns.find(({ name }) => wanted.includes(name.trim().toLowerCase())) ?? null;
}

function needed(table: Table, role: keyof typeof names): Column {
  const found = column(table, role);
  if (found !== null) return found;
  throw new FormatError('This drug table lacks a column.', {
    file: table.name,
    row: 1,
    column: role,
    expected: `a column named ${names[role].join(', or ')}`,
    found: table.columns.map(({ name }) => name).join(', '),
  });
}

function textAt({ values }: Column, row: number): string {
  const value = values[row];
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  return String(value).trim();
}

function numberAt(effect: Column, row: number, table: Table): number {
  const text = textAt(effect, row);
  if (/^(|na|nan|null)$/i.test(text)) return NaN;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new FormatError('The effect of a drug on a gene is not a number.', {
    file: table.name,
    row: row + 2,
    column: effect.name,
    expected: 'a signed number',
    found: text,
  });
}

function actionOf(text: string, table: Table, name: string, row: number): DrugAction {
  const words = text
    .toLowerCase()
    .split(/[,;|]/)
    .map((word) => word.trim());
  const actions = new Set(words.map((word) => actionOfWord(word)));
  if (actions.has(null)) {
    throw new FormatError('What a drug does to its target cannot be read.', {
      file: table.name,
      row: row + 2,
      column: name,
      expected: 'inhibits, activates, a word for either (inhibitor, antagonist, agonist …) or nothing',
      found: text,
    });
  }
  const [only = 'not stated', other] = [...actions].filter((action) => action !== 'not stated');
  return other === undefined && only !== null ? only : 'not stated';
}

function actionOfWord(word: string): DrugAction | null {
  if (actionWords.inhibits.includes(word)) return 'inhibits';
  if (actionWords.activates.includes(word)) return 'activates';
  return silentWords.has(word) ? 'not stated' : null;
}

function statusOf(text: string): string {
  if (/^true$/i.test(text)) return 'approved';
  return /^(false|na|null)$/i.test(text) ? '' : text;
}

function merged(before: DrugGene | undefined, now: DrugGene): DrugGene {
  if (before === undefined || before.action === now.action) return before ?? now;
  const silent = [before, now].find(({ action }) => action === 'not stated');
  if (silent === undefined) return { ...before, action: 'not stated' };
  return silent === before ? now : before;
}

function noRows(table: Table, what: string): FormatError {
  return new FormatError('This drug table has no usable row.', { file: table.name, expected: `rows with ${what}` });
}
