import type { Language } from '@remnant/engine';

/** A size in bytes, in the unit that suits it. */
export function writeSize(bytes: number, language: Language): string {
  if (bytes < 1e6) return inUnit(bytes / 1e3, 'kilobyte', language);
  return bytes < 1e9 ? inUnit(bytes / 1e6, 'megabyte', language) : inUnit(bytes / 1e9, 'gigabyte', language);
}

/** A duration, in seconds with one decimal while it is short. */
export function writeSeconds(milliseconds: number, language: Language): string {
  const digits = milliseconds < 10_000 ? 1 : 0;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${new Intl.NumberFormat(language, format).format(milliseconds / 1000)}\u00a0s`;
}

function inUnit(value: number, unit: string, language: Language): string {
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(
    value,
  );
}
