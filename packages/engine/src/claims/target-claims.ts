import type { Target, TargetRanking } from '../weaknesses/targets/rank-targets.js';
import { type TargetLine, targetLines } from '../weaknesses/targets/target-evidence.js';
import type { Claim, ClaimLine } from './claim.js';
import { minimumPatients, plainNumber } from './claim-parts.js';
import { patientsOf } from './marker-words.js';
import { both, type Words } from './words.js';

const shown = 10;
/** A first target needs the shared change and one more line. */
const linesNeeded = 2;

/** Which targets come first? The best a target can be is a supported hypothesis. */
export function targetClaim({ targets, status, nCandidates, linesAtHand }: TargetRanking): Claim {
  const first = targets.slice(0, shown);
  const [best] = first;
  const supported = first.filter((target) => holds(target)).length;
  return {
    id: 'targets.first',
    step: 'weaknesses',
    question: both((w) => w.pick('Which targets should be tried first?', 'Quelles cibles essayer d’abord ?')),
    sentence: both((w) => targetSentence(w, { status, first, nCandidates })),
    verdict:
      status !== 'ok' || linesAtHand.length < linesNeeded
        ? 'not testable'
        : supported > 0
          ? 'supported'
          : 'not supported',
    numbers: [
      plainNumber('Candidates', 'Candidats', nCandidates),
      plainNumber('Lines of evidence at hand, of five', 'Lignes d’évidence disponibles, sur cinq', linesAtHand.length),
      plainNumber(
        'Most lines that support one gene',
        'Plus grand nombre de lignes pour un gène',
        best?.nSupported ?? null,
      ),
    ],
    patients: best === undefined ? null : { agree: best.shared.agree, asked: best.shared.asked },
    control: both((w) => targetControl(w, first)),
    needed: both((w) =>
      w.pick(
        `Every row is a hypothesis from RNA; the experiment that would settle it stands beside.${best === undefined ? '' : ` For ${best.gene}: ${best.experiment.en}`}`,
        `Chaque ligne est une hypothèse tirée de l’ARN ; l’expérience qui la trancherait est à côté.${best === undefined ? '' : ` Pour ${best.gene} : ${best.experiment.fr}`}`,
      ),
    ),
    lines: first.map(targetLine),
    tables: ['targets'],
    figures: ['target-matrix'],
  };
}

function holds({ nSupported, lines }: Target): boolean {
  return lines.shared === 'supported' && nSupported >= linesNeeded;
}

function targetSentence(
  w: Words,
  {
    status,
    first,
    nCandidates,
  }: { readonly status: string; readonly first: readonly Target[]; readonly nCandidates: number },
): string {
  if (status !== 'ok') {
    return w.pick(
      `Fewer than ${String(minimumPatients)} patients can be compared with themselves.`,
      `Moins de ${String(minimumPatients)} patients sont comparables à eux-mêmes.`,
    );
  }
  if (first.length === 0) {
    return w.pick(
      'No gene has a line of evidence besides a change of its RNA.',
      'Aucun gène n’a de ligne d’évidence au-delà d’une variation de son ARN.',
    );
  }
  const names = w.list(first.map(({ gene, nSupported }) => `${gene} (${String(nSupported)})`));
  return w.pick(
    `Of ${w.count(nCandidates, ['candidate', 'candidates'], ['', ''])}, these come first by the number of lines that support them: ${names}. They are hypotheses.`,
    `Sur ${w.count(nCandidates, ['', ''], ['candidat', 'candidats'])}, viennent d’abord, par le nombre de lignes en leur faveur : ${names}. Ce sont des hypothèses.`,
  );
}

function targetControl(w: Words, first: readonly Target[]): string {
  const stable = first.filter(({ leaveOneOut }) => leaveOneOut !== null && leaveOneOut.worst <= 100).length;
  const against = first.filter(({ against: cautions }) => cautions.length > 0).length;
  return w.pick(
    `Lines are counted, not weighted, and a line that is missing counts neither way. Of the ${String(first.length)} shown, ${String(stable)} stay among the first hundred of all genes whichever patient is left out, and ${String(against)} have something against them.`,
    `Les lignes sont comptées, non pondérées, et une ligne absente ne compte dans aucun sens. Des ${String(first.length)} montrées, ${String(stable)} restent parmi les cent premiers gènes quel que soit le patient écarté, et ${String(against)} ont quelque chose contre elles.`,
  );
}

const lineNames: Readonly<Record<TargetLine, readonly [string, string]>> = {
  shared: ['shared by the patients', 'partagé par les patients'],
  surface: ['surface marker', 'marqueur de surface'],
  regulator: ['regulator', 'régulateur'],
  weakness: ['axis of weakness', 'axe de faiblesse'],
  drug: ['within reach of a drug', 'à portée d’un médicament'],
};

function targetLine(target: Target): ClaimLine {
  return {
    id: target.gene,
    label: { en: target.gene, fr: target.gene },
    verdict: holds(target) ? 'supported' : 'not supported',
    sentence: both((w) => {
      const supported = targetLines.filter((line) => target.lines[line] === 'supported');
      const words = supported.map((line) => w.pick(...lineNames[line]));
      const { effect, agree, asked } = target.shared;
      const cautions = target.against.map(({ text }) => text[w.language]);
      const drugs = target.drugs.length === 0 ? '' : ` (${target.drugs.slice(0, 3).join(', ')})`;
      const none = w.pick('nothing found', 'rien trouvé');
      return w.pick(
        `For: ${w.list(words)}${drugs}; log2 ${w.signed(effect)}, ${patientsOf(w, agree, asked)}. Against: ${cautions.length === 0 ? none : cautions.join('; ')}. ${target.experiment.en}`,
        `Pour : ${w.list(words)}${drugs} ; log2 ${w.signed(effect)}, ${patientsOf(w, agree, asked)}. Contre : ${cautions.length === 0 ? none : cautions.join(' ; ')}. ${target.experiment.fr}`,
      );
    }),
  };
}
