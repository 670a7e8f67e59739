import type { Organism } from './gene-table.js';

/** A gene name taken apart: what species its spelling says, and the name itself. */
export interface GeneName {
  /** The name without genome prefix; an Ensembl id without version. */
  readonly name: string;
  readonly kind: 'symbol' | 'ensembl' | 'excel-date';
  /** What the spelling says: id prefix, genome prefix, or upper case (human) against title case (mouse). */
  readonly organism: Organism | null;
  /** Whether the genome was written before the name, as Cell Ranger does for mixed references. */
  readonly prefixed: boolean;
}

const genomePrefix = /^(grch3[78]|hg19|hg38|grcm3[89]|mm9|mm10|mm39)_+/i;
const ensemblId = /^(ENSG|ENSMUSG)(\d{11})(?:\.\d+)?(?:_PAR_Y)?$/;
const writtenDate =
  /^(?:\d{1,2}[-/. ](?:mar|sep|sept|dec|oct|feb|apr|nov)|(?:mar|sep|sept|dec|oct|feb|apr|nov)[-/. ]\d{1,2})(?:[-/. ]\d{2,4})?$/i;
const serialDate = /^\d{5}$/;
const humanSymbol = /^(?:[A-Z][A-Z0-9]{1,}[A-Z0-9.@_/-]*|C(?:\d+|X|Y)orf\d+)$/;
const mouseSymbol = /^(?:mt-)?[A-Z][a-z][A-Za-z0-9.@_()/-]*$|^[0-9A-Z]{6,}Rik$/;

/** Takes one gene name apart. Serial numbers are judged by `isExcelSerial`, since they may be Entrez ids. */
export function readGeneName(written: string): GeneName {
  const trimmed = written.trim();
  const prefix = genomePrefix.exec(trimmed)?.[1]?.toLowerCase();
  const bare = prefix === undefined ? trimmed : trimmed.replace(genomePrefix, '');
  const prefixed = prefix !== undefined;
  const byPrefix = prefix === undefined ? null : /^(grch|hg)/.test(prefix) ? 'human' : 'mouse';
  const id = ensemblId.exec(bare);
  if (id !== null) {
    const organism = id[1] === 'ENSG' ? 'human' : 'mouse';
    return { name: `${id[1] as string}${id[2] as string}`, kind: 'ensembl', organism, prefixed };
  }
  if (writtenDate.test(bare)) return { name: bare, kind: 'excel-date', organism: null, prefixed };
  return { name: bare, kind: 'symbol', organism: byPrefix ?? organismOfSymbol(bare), prefixed };
}

/** Whether a name is a day number of Excel between 2000 and 2034, which a gene symbol may have become. */
export function isExcelSerial(name: string): boolean {
  return serialDate.test(name) && Number(name) >= 36526 && Number(name) <= 49309;
}

/** The family of genes a date may have been, in words; `''` when it fits none. */
export function excelFamily(name: string): string {
  const month = isExcelSerial(name) ? monthOfSerial(Number(name)) : /[a-z]{3}/i.exec(name)?.[0].toLowerCase();
  const families: Readonly<Record<string, string>> = {
    mar: 'a MARCH (now MARCHF) or MARC (now MTARC) gene',
    sep: 'a SEPT (now SEPTIN) gene',
    dec: 'DEC1 (now DELEC1 or BHLHE40)',
  };
  return families[month ?? ''] ?? '';
}

/** Month of an Excel day number, by the civil calendar algorithm of Hinnant (days since 1 March 0000). */
function monthOfSerial(serial: number): string {
  const days = serial - 25569 + 719468;
  const dayOfEra = days % 146097;
  const year = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const months = ['mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec', 'jan', 'feb'];
  return months[Math.floor((5 * dayOfYear + 2) / 153)] as string;
}

function organismOfSymbol(name: string): Organism | null {
  if (mouseSymbol.test(name)) return 'mouse';
  return humanSymbol.test(name) ? 'human' : null;
}
