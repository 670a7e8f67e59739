import type { Claim, Language, StudyResult, TruthScore, Verdict } from '@remnant/engine';
import { wrap } from './wrap.js';

const words: Readonly<Record<Language, Readonly<Record<Verdict | 'report' | 'patients' | 'samples', string>>>> = {
  en: {
    supported: 'supported',
    'not supported': 'not supported',
    contradicted: 'contradicted',
    'not testable': 'not testable',
    report: 'Report',
    patients: 'patients',
    samples: 'samples',
  },
  fr: {
    supported: 'étayé',
    'not supported': 'non étayé',
    contradicted: 'contredit',
    'not testable': 'non testable',
    report: 'Rapport',
    patients: 'patients',
    samples: 'échantillons',
  },
};

/** The claims of a result, as lines for a terminal. */
export function summaryText(result: StudyResult, lang: Language, width: number): string {
  const { nPatients, nSamples } = result.summary;
  const w = words[lang];
  const head = `${result.title} (${counted(nPatients, w.patients)}, ${counted(nSamples, w.samples)})`;
  return `${head}\n\n${result.claims.map((claim) => claimLines(claim, lang, width)).join('\n\n')}\n`;
}

/** Where the report is. */
export function reportLine(report: string, lang: Language): string {
  return `\n${words[lang].report}${lang === 'fr' ? ' :' : ':'} ${report}\n`;
}

/** How a simulated study scored against its truth. */
export function scoreText(score: TruthScore, lang: Language): string {
  const lines = score.lines.map(
    ({ label, shown, target, passed }) => `  ${passed ? '✓' : '✗'} ${label[lang]}: ${shown} (${target})`,
  );
  const passed = score.lines.filter((line) => line.passed).length;
  const head =
    lang === 'fr'
      ? `Comparé à la vérité simulée : ${String(passed)} objectifs sur ${String(score.lines.length)} atteints`
      : `Scored against the planted truth: ${String(passed)} of ${String(score.lines.length)} targets met`;
  return `\n${head}\n${lines.join('\n')}\n`;
}

/** The claims of a result, for a machine. */
export function claimsData(result: StudyResult, lang: Language): unknown[] {
  return result.claims.map(({ id, verdict, sentence, patients }) => ({
    id,
    verdict,
    sentence: sentence[lang],
    patients,
  }));
}

const indent = 17;

/** The verdict beside the question, the answer under it. */
function claimLines(claim: Claim, lang: Language, width: number): string {
  const verdict = words[lang][claim.verdict];
  const text = [wrap(claim.question[lang], width - indent), wrap(claim.sentence[lang], width - indent)].join('\n');
  return text
    .split('\n')
    .map((line, i) => `${i === 0 ? `  ${verdict}`.padEnd(indent) : ' '.repeat(indent)}${line}`)
    .join('\n');
}

/** `1 patient`, `8 patients`: in both languages these plurals only add an s. */
function counted(n: number, plural: string): string {
  return `${String(n)} ${n === 1 ? plural.slice(0, -1) : plural}`;
}
