import type { Warning } from '../../core/method.js';

/** What the user says of a cell. */
export type OwnCall = { readonly call: 'tumour' } | { readonly call: 'normal'; readonly lineage: string } | null;

/**
 * Words, or beginnings of words, that make a label mean tumour: *tumour cell*, *Malignant*, *Cancer_3*, *carcinoma*, *blast* …
 * A label that begins with a word of denial (*non-malignant*, *normal*, *healthy*) is not one.
 */
export const tumourWords: readonly string[] = [
  'tumour',
  'tumor',
  'malignan',
  'neoplas',
  'cancer',
  'carcinoma',
  'adenocarcinoma',
  'sarcoma',
  'melanoma',
  'glioma',
  'glioblastoma',
  'lymphoma',
  'leukaemi',
  'leukemi',
  'blast',
];

/** Labels that say nothing. */
export const emptyLabels: readonly string[] = [
  '',
  'na',
  'nan',
  'none',
  'null',
  'unknown',
  'unassigned',
  'unresolved',
  'undefined',
  'other',
  'ambiguous',
  'doublet',
];

const denial = /^(non|not|normal|healthy|adjacent|peri)\b/;
/** Neighbours of a tumour are not part of it: *tumour-infiltrating T cell*, *cancer-associated fibroblast*. */
const company = /(tumou?r|cancer|carcinoma|melanoma|glioma)[\s_-]*(infiltrating|associated|adjacent|reactive)/;

/** Reads one label of the user; null where it says nothing of the kind of cell, a bare cluster number among them. */
export function readOwnLabel(label: string | null): OwnCall {
  const text = (label ?? '').trim();
  const lower = text.toLowerCase();
  if (emptyLabels.includes(lower) || /^(cluster[\s_-]*)?\d+$/.test(lower)) return null;
  const words = lower.split(/[^\p{L}]+/u);
  const isTumour = words.some((word) => tumourWords.some((start) => word.startsWith(start)));
  if (isTumour && !denial.test(lower) && !company.test(lower)) return { call: 'tumour' };
  return { call: 'normal', lineage: text };
}

/** Reads the labels of all cells, each different one once. */
export function readOwnLabels(labels: readonly (string | null)[]): {
  readonly calls: readonly OwnCall[];
  readonly warnings: readonly Warning[];
} {
  const read = new Map([...new Set(labels)].map((label) => [label, readOwnLabel(label)]));
  const calls = labels.map((label) => read.get(label) ?? null);
  const given = [...read].filter(([label, call]) => label !== null && call !== null);
  if (given.length === 0 || given.some(([, call]) => call?.call === 'tumour')) return { calls, warnings: [] };
  const names = given.map(([label]) => label as string).sort();
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : '');
  return {
    calls,
    warnings: [
      {
        code: 'own-labels-without-tumour',
        message: `None of the cell labels given reads as tumour (${shown}); cells that carry one count as normal. Call tumour cells "tumour" or "malignant".`,
      },
    ],
  };
}
