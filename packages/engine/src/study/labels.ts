import { wordKey } from './nearest.js';
import type { Sample, Stage } from './types.js';

/** Labels as used from here on, and what was read into them. */
export interface LabelReading {
  readonly labels: readonly string[];
  readonly readings: readonly string[];
}

/** The label of an untreated sample without a regimen. */
export const noTreatment = 'none';
/** The label of a treatment the sheet does not give. */
export const unspecifiedTreatment = 'unspecified';

const emptyWords = new Set(['', 'na', 'nan', 'null', 'nd', '?', '-', '–', '—', '.', 'n/a', '#n/a']);
const noTreatmentKeys = new Set(
  [
    ...['none', 'no', 'no treatment', 'no drug', 'untreated', 'vehicle', 'control', 'ctrl', 'mock', 'DMSO', 'PBS'],
    ...['saline', 'naive', 'chemonaive', 'aucun', 'aucune', 'sans', 'non traité', 'véhicule', 'témoin', 'contrôle'],
  ].map(wordKey),
);

/** Tells whether a cell of the sheet says nothing: empty, NA, a dash. */
export function isMissing(text: string): boolean {
  return emptyWords.has(text.trim().toLowerCase());
}

/**
 * Reads the treatment column. Spaces are tidied and spellings that differ only by case are made one; drugs are not
 * translated or recognised. An untreated sample whose cell is empty, or names its vehicle or "none", has treatment
 * `none`; a treated sample whose cell is empty has treatment `unspecified`.
 */
export function readTreatments(samples: readonly { readonly stage: Stage; readonly text: string }[]): LabelReading {
  const given = samples.map(({ stage, text }) => {
    if (isMissing(text)) return stage === 'untreated' ? noTreatment : unspecifiedTreatment;
    const tidied = tidy(text);
    const key = wordKey(tidied);
    if (key === noTreatment) return noTreatment;
    return stage === 'untreated' && noTreatmentKeys.has(key) ? noTreatment : tidied;
  });
  return mergeSpellings(
    'treatment',
    samples.map(({ text }) => text),
    given,
  );
}

/**
 * Reads the technology column: spaces tidied, spellings that differ only by case made one. An empty cell is read as
 * `single-cell` or `table`, so that two kinds of data are never taken for one technology.
 */
export function readTechnologies(
  samples: readonly { readonly input: Sample['input']; readonly text: string }[],
): LabelReading {
  const given = samples.map(({ input, text }) => {
    if (!isMissing(text)) return tidy(text);
    return input === 'cells' ? 'single-cell' : 'table';
  });
  return mergeSpellings(
    'technology',
    samples.map(({ text }) => text),
    given,
  );
}

/** The most frequent spelling of each label stands for all of them; between equals, the first in code-unit order. */
function mergeSpellings(column: string, written: readonly string[], given: readonly string[]): LabelReading {
  const counts = countBy(given);
  const chosen = new Map<string, string>();
  for (const label of [...counts.keys()].sort()) {
    const key = label.toLowerCase();
    const rival = chosen.get(key);
    const more = rival === undefined || (counts.get(label) as number) > (counts.get(rival) as number);
    if (more) chosen.set(key, label);
  }
  const labels = given.map((label) => chosen.get(label.toLowerCase()) ?? label);
  const changed = labels.flatMap((label, i) => {
    const text = tidy(written[i] ?? '');
    return label === text ? [] : [`${column}: ${text === '' ? 'empty' : `"${text}"`} → ${label}`];
  });
  const readings = [...countBy(changed)].sort(byName).map(([text, n]) => `${text} (${samplesText(n)})`);
  return { labels, readings };
}

/** `1 sample`, `3 samples`. */
export function samplesText(n: number): string {
  return n === 1 ? '1 sample' : `${String(n)} samples`;
}

/** How often each text occurs. */
export function countBy(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Orders entries by name in code-unit order, the same on every machine. */
export function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
