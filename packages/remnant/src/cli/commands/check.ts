import type { DesignFinding, DesignQuestion, Language } from '@remnant/engine';
import type { CheckResult } from '@remnant/host';
import { check } from '../../run.js';
import type { CommonFlags, Outcome } from '../command.js';
import { exitCodes } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { wrap } from '../wrap.js';

/** Flags of `remnant check`. */
export interface CheckFlags extends CommonFlags {
  readonly lang: Language;
}

/** `remnant check STUDY` */
export async function checkCommand(study: string, { lang }: CheckFlags, terminal: Terminal): Promise<Outcome> {
  const found = await check(study);
  const blocked = found.findings.some((finding) => finding.level === 'blocking');
  return {
    text: checkText(found, lang, terminal.width),
    data: { ...found },
    exitCode: blocked ? exitCodes.badInput : exitCodes.ok,
  };
}

const headings = {
  en: {
    readings: 'Read as',
    findings: 'Design',
    questions: 'Questions',
    cost: 'A run needs about',
    memory: 'of memory',
  },
  fr: {
    readings: 'Lu comme',
    findings: 'Plan',
    questions: 'Questions',
    cost: 'Une analyse demande environ',
    memory: 'de mémoire',
  },
} as const;

const levelMarks: Readonly<Record<DesignFinding['level'], string>> = {
  ok: '✓',
  note: '·',
  warning: '!',
  blocking: '✗',
};
const answerMarks: Readonly<Record<DesignQuestion['testable'], string>> = { yes: '✓', partly: '~', no: '✗' };

function checkText(found: CheckResult, lang: Language, width: number): string {
  const w = headings[lang];
  const sections = [
    [w.readings, found.readings.map((reading) => `· ${reading}`)],
    [w.findings, found.findings.map(({ level, text }) => `${levelMarks[level]} ${text[lang]}`)],
    [w.questions, found.questions.map((q) => `${answerMarks[q.testable]} ${q.question[lang]} ${q.why[lang]}`)],
  ] as const;
  const blocks = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => `${heading}\n${lines.map((line) => item(line, width)).join('\n')}\n`);
  const { bytes, seconds, basis } = found.cost;
  const cost = `${w.cost} ${gibibytes(bytes)} ${w.memory}, ${duration(seconds)}.`;
  return `${found.study.title}\n\n${blocks.join('\n')}\n${wrap(`${cost} ${basis[lang]}`, width)}\n`;
}

/** One marked line, its continuation lines under the text and not under the mark. */
function item(line: string, width: number): string {
  return wrap(line, width - 4)
    .split('\n')
    .map((part, i) => `${i === 0 ? '  ' : '    '}${part}`)
    .join('\n');
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${String(Math.ceil(seconds))} s` : `${String(Math.ceil(seconds / 60))} min`;
}
