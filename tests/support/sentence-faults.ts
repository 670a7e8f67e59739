import type { Bilingual, Claim } from '@remnant/engine';

/** What is wrong with the texts of a claim, as `where: fault: text`; nothing when all is well. */
export function sentenceFaults(claim: Claim): readonly string[] {
  const sentences: readonly (readonly [string, Bilingual])[] = [
    ['question', claim.question],
    ['sentence', claim.sentence],
    ['control', claim.control],
    ['needed', claim.needed],
    ...claim.lines.map((line) => [`line ${line.id}`, line.sentence] as const),
  ];
  return [
    ...sentences.flatMap(([where, text]) => faultsInText(text).map((fault) => `${where} ${fault}`)),
    ...claim.numbers.flatMap(({ label }) => faultsInLabel(label).map((fault) => `number ${fault}`)),
  ];
}

/** What is wrong with a text of whole sentences. */
export function faultsInText(text: Bilingual): readonly string[] {
  return [
    ...faultsInLabel(text),
    ...faultsIn(text.en, 'en', inSentences),
    ...faultsIn(text.fr, 'fr', inSentences),
    ...(text.en === text.fr ? [`not translated: ${text.en}`] : []),
  ];
}

function faultsInLabel(text: Bilingual): readonly string[] {
  return [...faultsIn(text.en, 'en', [...inBoth, ...inEnglish]), ...faultsIn(text.fr, 'fr', [...inBoth, ...inFrench])];
}

type Rule = readonly [fault: string, wrong: RegExp | ((text: string) => boolean)];

const inBoth: readonly Rule[] = [
  ['empty', /^\s*$/],
  ['a value that is none', /\bNaN\b|\bundefined\b|(?<!the |its |permutation )\bnull\b|Infinity|\[object/],
  ['two spaces', / {2}/],
  ['space at an end', /^\s|\s$/],
  ['space before a stop or comma', /\s[.,]/],
  ['nothing between two signs', /[;:,]\s*[;:,.]|\(\s*\)|\.\./],
  ['unbalanced brackets', isUnbalanced],
  ['ten before a power of ten', /10[.,]0 ×/],
];

const inSentences: readonly Rule[] = [['no end', /[^.!?…]$/]];

const inEnglish: readonly Rule[] = [
  ['space before a colon or semicolon', /\s[;:]/],
  ['one of many', /(?<![\d.,−+]|of )1 (?:genes|patients|samples|regulators|pairs)\b/],
  ['decimal comma', /\d,\d{1,2}(?!\d)/],
];

const inFrench: readonly Rule[] = [
  ['no space before a colon or semicolon', /[^\s\u00a0\u202f][;:](?!\/\/)/],
  ['decimal point', /\d\.\d/],
  ['one of many', /(?<![\d.,−+]|des )[01] (?:gènes|patients|échantillons|régulateurs|couples)\b/],
  ['English', /\b(?:the|and|with|patients? (?:has|have)|samples?|genes?|untreated|residual|relapse|not|none)\b/],
];

function faultsIn(text: string, language: string, rules: readonly Rule[]): readonly string[] {
  return rules.flatMap(([fault, wrong]) => {
    const found = typeof wrong === 'function' ? wrong(text) : wrong.test(text);
    return found ? [`(${language}) ${fault}: ${text}`] : [];
  });
}

function isUnbalanced(text: string): boolean {
  return (text.match(/\(/g) ?? []).length !== (text.match(/\)/g) ?? []).length;
}
