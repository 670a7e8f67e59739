import { FormatError, ShapeError } from '../core/errors.js';
import { log2 } from '../core/pinned-math.js';
import { numbersOf, type Table, textsOf } from '../data/table.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { type EvidenceLine, notTestable, numberOf, reasonOf, type RegulatorHypothesis, signOf } from './evidence.js';

/**
 * Motif or peak enrichment of regulators in the chromatin that opens in the persister state.
 * One row per motif; a regulator may have several, and a motif of a dimer names both partners (`FOS::JUN`).
 */
export interface ChromatinTable {
  readonly motifs: readonly string[];
  /** Positive = enriched, on a log scale whose neutral value is zero. */
  readonly logEnrichment: Float64Array;
  readonly pValue: Float64Array;
}

/** Options of `chromatinLine`. */
export interface ChromatinOptions {
  readonly hypothesis: RegulatorHypothesis;
  readonly fdr: number;
}

/**
 * Reads a chromatin table: column `regulator` (a gene symbol, or several joined by `::`), one of `log_odds` (log scale,
 * neutral at 0) and `enrichment` (a ratio, neutral at 1, taken to log2), and `p_value`.
 *
 * @throws FormatError naming the missing column or the row with a bad number
 */
export function chromatinTableFrom(table: Table): ChromatinTable {
  const has = (name: string): boolean => table.columns.some((column) => column.name === name);
  const missing = ['regulator', 'p_value'].find((name) => !has(name));
  if (missing !== undefined || (!has('log_odds') && !has('enrichment'))) {
    throw new FormatError(`The chromatin table "${table.name}" lacks a column.`, {
      column: missing ?? 'log_odds',
      expected: 'columns regulator, log_odds (or enrichment) and p_value',
      found: table.columns.map((column) => column.name).join(', '),
    });
  }
  const motifs = textsOf(table, 'regulator').map((name, row) => name ?? bad('regulator', row, 'a name', 'nothing'));
  const logEnrichment = has('log_odds') ? numbersOf(table, 'log_odds') : numbersOf(table, 'enrichment').map(log2);
  const pValue = numbersOf(table, 'p_value');
  pValue.forEach((p, row) => {
    if (!(p >= 0 && p <= 1)) bad('p_value', row, 'a probability from 0 to 1', String(p));
    if (Number.isNaN(logEnrichment[row])) bad('enrichment', row, 'a number', 'NaN');
  });
  return { motifs, logEnrichment, pValue };
}

/**
 * Chromatin line: is the regulator's motif enriched? Over the motifs that name the regulator the smallest P is taken and
 * multiplied by their number; BH runs over all regulators of the table. Supported when adjusted P ≤ fdr and that motif is
 * enriched; depletion at the same level contradicts.
 */
export function chromatinLine(
  regulator: string,
  table: ChromatinTable | null,
  options: ChromatinOptions,
): EvidenceLine {
  if (table === null) {
    return notTestable(
      'chromatin',
      reasonOf('no-chromatin', 'no peak or motif table was given', 'aucune table de pics ou de motifs n’a été fournie'),
    );
  }
  checkLengths(table);
  const best = bestPerRegulator(table);
  const own = best.get(regulator);
  if (own === undefined) {
    return notTestable(
      'chromatin',
      reasonOf(
        'no-motif',
        'no motif of this regulator is in the table',
        'aucun motif de ce régulateur n’est dans la table',
      ),
    );
  }
  const adjusted = benjaminiHochberg([...best.values()].map((entry) => entry.pValue));
  const pAdjusted = adjusted[[...best.keys()].indexOf(regulator)] as number;
  const strength = signOf(options.hypothesis) * own.logEnrichment;
  const significant = pAdjusted <= options.fdr;
  return {
    id: 'chromatin',
    verdict: significant && strength > 0 ? 'supported' : significant && strength < 0 ? 'contradicted' : 'not supported',
    numbers: [
      numberOf(
        'log-enrichment',
        'log enrichment of its best motif',
        'log-enrichissement de son meilleur motif',
        own.logEnrichment,
      ),
      numberOf('p-adjusted', 'adjusted P', 'P ajusté', pAdjusted),
      numberOf('motifs', 'motifs that name it', 'motifs qui le nomment', own.nMotifs),
    ],
    reasons: [chromatinReason(significant, own.logEnrichment)],
    patients: null,
  };
}

interface BestMotif {
  readonly pValue: number;
  readonly logEnrichment: number;
  readonly nMotifs: number;
}

function bestPerRegulator(table: ChromatinTable): ReadonlyMap<string, BestMotif> {
  const rows = new Map<string, number[]>();
  table.motifs.forEach((motif, row) => {
    for (const name of new Set(motif.split('::'))) rows.set(name, [...(rows.get(name) ?? []), row]);
  });
  const best = new Map<string, BestMotif>();
  for (const [name, own] of rows) {
    const p = (row: number): number => table.pValue[row] as number;
    const row = own.reduce((a, b) => (p(b) < p(a) ? b : a));
    best.set(name, {
      pValue: Math.min(1, p(row) * own.length),
      logEnrichment: table.logEnrichment[row] as number,
      nMotifs: own.length,
    });
  }
  return best;
}

function chromatinReason(significant: boolean, logEnrichment: number): ReturnType<typeof reasonOf> {
  if (!significant) return reasonOf('motif-flat', 'its motif is not enriched', 'son motif n’est pas enrichi');
  return logEnrichment > 0
    ? reasonOf('motif-enriched', 'its motif is enriched', 'son motif est enrichi')
    : reasonOf('motif-depleted', 'its motif is depleted', 'son motif est appauvri');
}

function checkLengths(table: ChromatinTable): void {
  const { motifs, logEnrichment, pValue } = table;
  if (logEnrichment.length === motifs.length && pValue.length === motifs.length) return;
  throw new ShapeError('The columns of the chromatin table have different lengths.');
}

function bad(column: string, row: number, expected: string, found: string): never {
  throw new FormatError('The chromatin table has a value that cannot be used.', {
    row: row + 2,
    column,
    expected,
    found,
  });
}
