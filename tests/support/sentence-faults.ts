import type { Bilingual, Claim } from '@remnant/engine';

/** What is wrong with the texts of a claim, as `where: fault: text`; nothing when all is well. */
export function sentenceFaults(claim: Claim): readonly string[] {
  const texts: readonly (readonly [string, Bilingual])[] = [
    ['question', claim.question],
    ['sentence', claim.sentence],
    ['control', claim.control],
    ['needed', claim.needed],
    ...claim.numbers.map((number) => [`number`, number.label] as const),
    ...claim.lines.map((line) => [`line ${line.id}`, line.sentence] as const),
  ];
  return texts.flatMap(([where, text]) => {
    const whole = where !== 'number';
    return [
      ...faultsIn(text.en, [...inBoth, ...(whole ? inSentences : []), ...inEnglish]).map((fault) => `${where} (en): ${fault}`),
      ...faultsIn(text.fr, [...inBoth, ...(whole ? inSentences : []), ...inFrench]).map((fault) => `${where} (fr): ${fault}`),
      ...(text.en === text.fr && whole && /\s/.test(text.en) ? [`${where}: not translated: ${text.en}`] : []),
    ];
  });
}

type Rule = readonly [fault: string, pattern: RegExp];

const inBoth: readonly Rule[] = [
  ['empty', /^\s*$/],
  ['a value that is none', /\bNaN\b|\bundefined\b|(?<!the )\bnull\b|Infinity|\[object/],
  ['two spaces', / {2}/],
  ['space at an end', /^\s|\s$/],
  ['space before a stop or comma', /\s[.,]/],
  ['nothing between two signs', /[;:,]\s*[;:,.]|\(\s*\)|\.\./],
  ['ten before a power of ten', /10[.,]0 ×/],
];

const inSentences: readonly Rule[] = [['no end', /[^.!?…]$/]];

const inEnglish: readonly Rule[] = [
  ['space before a colon or semicolon', /\s[;:]/],
  ['one of many', /(?<![\d.,−+])1 (?:genes|patients|samples|regulators|pairs)\b/],
  ['decimal comma', /\d,\d{1,2}(?!\d)/],
];

const inFrench: readonly Rule[] = [
  ['no space before a colon or semicolon', /[^\s\u00a0\u202f][;:](?!\/\/)/],
  ['decimal point', /\d\.\d/],
  ['one of many', /(?<![\d.,−+])[01] (?:gènes|patients|échantillons|régulateurs|couples)\b/],
  ['English', /\b(?:the|and|with|patients? (?:has|have)|samples?|genes?|untreated|residual|relapse|not|none)\b/],
];

function faultsIn(text: string, rules: readonly Rule[]): readonly string[] {
  const found = rules.filter(([, pattern]) => pattern.test(text)).map(([fault]) => `${fault}: ${text}`);
  const open = (text.match(/\(/g) ?? []).length;
  const close = (text.match(/\)/g) ?? []).length;
  return open === close ? found : [...found, `unbalanced brackets: ${text}`];
}
