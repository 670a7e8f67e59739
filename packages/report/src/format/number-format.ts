import { type Language, log10, pow, withThousands } from '@remnant/engine';

/** How numbers are written in one language: decimal mark, thousands, true minus sign, powers of ten. */
export interface NumberFormat {
  readonly language: Language;
  /** Whole number with thousands separated. */
  readonly integer: (value: number) => string;
  /** A fixed count of decimals, 2 unless told. */
  readonly fixed: (value: number, decimals?: number) => string;
  /** A fixed count of decimals with an explicit sign. */
  readonly signed: (value: number, decimals?: number) => string;
  /** Three significant digits; powers of ten below 0.001 and from a million on; whole numbers stay whole. */
  readonly general: (value: number) => string;
  /** A P value: two digits down to 0.001, then a power of ten. */
  readonly pValue: (value: number) => string;
  /** A fraction as a percentage, with the space the language wants. */
  readonly percent: (fraction: number, decimals?: number) => string;
  /** A value and its interval with as many decimals as three digits of the largest of them need. */
  readonly estimate: (value: number, low: number, high: number) => WrittenEstimate;
  /** `low to high` / `low à high`; empty when either end is missing. */
  readonly interval: (low: number, high: number, write?: (value: number) => string) => string;
}

/** A value and its interval in words; the interval is empty when there is none. */
export interface WrittenEstimate {
  readonly value: string;
  readonly interval: string;
}

/** The number format of a language. A missing number is written as a dash. */
export function numberFormat(language: Language): NumberFormat {
  const french = language === 'fr';
  const guarded =
    (write: (value: number) => string) =>
    (value: number): string =>
      Number.isFinite(value) ? localise(write(value), french) : notFinite(value);
  const fixed = (value: number, decimals = 2): string => guarded((x) => withFixed(x, decimals))(value);
  const general = guarded((x) =>
    Number.isInteger(x) && Math.abs(x) < 1e9 ? grouped(x, french) : writeGeneral(x, french),
  );
  const interval: NumberFormat['interval'] = (low, high, write = (value) => fixed(value)) =>
    Number.isFinite(low) && Number.isFinite(high) ? `${write(low)} ${french ? 'à' : 'to'} ${write(high)}` : '';
  return {
    language,
    integer: guarded((x) => grouped(Math.round(x), french)),
    fixed,
    signed: (value, decimals = 2) => (roundsToZero(value, decimals) ? '' : plus(value)) + fixed(value, decimals),
    general,
    pValue: guarded((x) => (x >= 0.001 || x === 0 ? String(Number(x.toPrecision(2))) : scientific(x, 1))),
    percent: (fraction, decimals = 0) => `${fixed(100 * fraction, decimals)}${french ? '\u202f%' : '%'}`,
    interval,
    estimate: (value, low, high) => {
      const decimals = sharedDecimals([value, low, high]);
      const write = decimals === null ? general : (x: number): string => fixed(x, decimals);
      const range = interval(low, high, write);
      return { value: range === '' ? general(value) : write(value), interval: range };
    },
  };
}

function plus(value: number): string {
  return value > 0 ? '+' : '';
}

function roundsToZero(value: number, decimals: number): boolean {
  return Number(value.toFixed(decimals)) === 0;
}

function notFinite(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value > 0 ? '∞' : '−∞';
}

function withFixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return roundsToZero(value, decimals) ? text.replace('-', '') : text;
}

function writeGeneral(value: number, french: boolean): string {
  const size = Math.abs(value);
  if (size < 0.001 || size >= 1e6) return scientific(value, 2).replace(/^1\.00 × /, '');
  if (size >= 1000) return grouped(Math.round(value), french);
  return String(Number(value.toPrecision(3)));
}

/** Decimals that give the largest of the numbers three digits, two at most above a tenth; null where none suits. */
function sharedDecimals(values: readonly number[]): number | null {
  const finite = values.filter(Number.isFinite);
  const largest = Math.max(0, ...finite.map(Math.abs));
  if (finite.every(Number.isInteger) || largest >= 1000 || largest < 0.001) return null;
  if (largest >= 100) return 0;
  if (largest >= 10) return 1;
  return largest >= 0.1 ? 2 : largest >= 0.01 ? 3 : 4;
}

function scientific(value: number, decimals: number): string {
  let exponent = Math.floor(log10(Math.abs(value)));
  let mantissa = (value / pow(10, exponent)).toFixed(decimals);
  if (Math.abs(Number(mantissa)) >= 10) {
    exponent += 1;
    mantissa = (value / pow(10, exponent)).toFixed(decimals);
  }
  return `${mantissa} × 10${superscript(exponent)}`;
}

const superscriptDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A whole number in superscript, for powers of ten. */
export function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => superscriptDigits[Number(digit)] ?? '');
  return exponent < 0 ? `⁻${digits}` : digits;
}

function grouped(value: number, french: boolean): string {
  const digits = withThousands(Math.abs(value), french);
  return value < 0 ? `-${digits}` : digits;
}

function localise(text: string, french: boolean): string {
  const withMinus = text.replace(/^-/, '−');
  return french ? withMinus.replace('.', ',') : withMinus;
}
