import { curatedAxes } from '../weaknesses/sets/index.js';
import type { DeathModeSummary, IronPattern, WeaknessAxes } from '../weaknesses/types.js';
import type { Bilingual, Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber, finite, joined, plainNumber } from './claim-parts.js';
import {
  axisNumbers,
  excludedSentence,
  experimentSentence,
  measuredSentence,
  notTestableSentence,
  scoredAxes,
} from './weakness-wording.js';
import { both, type Words } from './words.js';

const patternVerdicts: Readonly<Record<IronPattern['verdict'], Verdict>> = {
  shared: 'supported',
  inverted: 'contradicted',
  'not shared': 'not supported',
  'not testable': 'not testable',
};

/** CD44 up, TFRC down, mesenchymal genes up? */
export function ironPatternClaim(found: WeaknessAxes): Claim {
  const { ironPattern } = found;
  const mesenchymal = scoredAxes(found, ['mesenchymal'])[0];
  const asked = ironPattern.verdict === 'not testable' ? 0 : ironPattern.asked;
  return {
    id: 'weakness.iron-pattern',
    step: 'weaknesses',
    question: {
      en: 'Do they show the iron feedback: CD44 up, TFRC down, mesenchymal genes up?',
      fr: 'Montrent-elles la rétroaction du fer : CD44 en hausse, TFRC en baisse, gènes mésenchymateux en hausse ?',
    },
    sentence: joined(
      ironPattern.verdict === 'not testable'
        ? notTestableSentence(ironPattern.reasons)
        : both((w) => patternSentence(w, ironPattern)),
      programmeNote(ironPattern.programmeGenes),
    ),
    verdict: patternVerdicts[ironPattern.verdict],
    numbers: [
      ...ironPattern.parts.map(({ part, pooled }) =>
        estimatedNumber(
          `${partName(part, 'en')}, mean over patients (95 %)`,
          `${partName(part, 'fr')}, moyenne sur les patients (95 %)`,
          { value: pooled.effect, low: pooled.low, high: pooled.high },
          'log₂',
        ),
      ),
      plainNumber('Largest one-sided P of the three', 'Plus grand P unilatéral des trois', finite(ironPattern.pJoint)),
      plainNumber('The same for the opposite pattern', 'Le même pour le motif inverse', finite(ironPattern.pInverted)),
    ],
    patients: asked === 0 ? null : { agree: ironPattern.agree, asked },
    control: joined(
      {
        en: 'All three parts have to hold at once, over patients and in three quarters of them; the opposite pattern is tested the same way.',
        fr: 'Les trois parties doivent tenir ensemble, sur les patients et chez trois quarts d’entre eux ; le motif inverse est testé de même.',
      },
      mesenchymal === undefined ? null : excludedSentence(mesenchymal.score.excluded),
    ),
    needed: {
      en: 'Iron itself: a lysosomal Fe(II) probe and CD44 by flow cytometry on the same cells, H3K9me2 at mesenchymal genes with and without deferoxamine.',
      fr: 'Le fer lui-même : sonde du Fe(II) lysosomal et CD44 en cytométrie sur les mêmes cellules, H3K9me2 aux gènes mésenchymateux avec et sans déféroxamine.',
    },
    lines: [],
    tables: ['iron_pattern', 'weakness_axes', 'weakness_genes'],
    figures: ['iron-pattern'],
  };
}

function patternSentence(w: Words, pattern: IronPattern): string {
  const counts = pattern.parts.map(
    ({ part, up, down }) =>
      `${partName(part, w.language)} ${w.pick(`up in ${String(up)} and down in ${String(down)}`, `en hausse chez ${String(up)}, en baisse chez ${String(down)}`)}`,
  );
  const verdict = {
    shared: w.pick('The pattern is shared', 'Le motif est commun'),
    inverted: w.pick('The opposite pattern is shared', 'Le motif inverse est commun'),
    'not shared': w.pick('The pattern is not shared', 'Le motif n’est pas commun'),
    'not testable': '',
  }[pattern.verdict];
  return w.pick(
    `${verdict}: ${counts.join('; ')}; ${String(pattern.agree)} of ${String(pattern.asked)} patients show all three signs.`,
    `${verdict} : ${counts.join(' ; ')} ; trois signes réunis chez ${String(pattern.agree)} des ${String(pattern.asked)} patients.`,
  );
}

function partName(part: IronPattern['parts'][number]['part'], language: 'en' | 'fr'): string {
  if (part !== 'mesenchymal') return part;
  return language === 'en' ? 'mesenchymal genes' : 'gènes mésenchymateux';
}

function programmeNote(genes: readonly string[]): Bilingual | null {
  if (genes.length === 0) return null;
  return both((w) =>
    w.pick(
      `${w.list(genes)} ${genes.length === 1 ? 'belongs' : 'belong'} to the programme too: the pattern then describes the programme and is no second proof.`,
      `${w.list(genes)} : aussi dans le programme ; le motif décrit alors le programme et n’est pas une seconde preuve.`,
    ),
  );
}

/** Which ways to die are open? */
export function deathModesClaim(found: WeaknessAxes): Claim {
  const { deathModes, contrast } = found;
  const lines = curatedAxes
    .filter(({ group }) => group === 'death')
    .map(({ id }) => modeLine(found, id, summaryOf(deathModes.summaries, id, contrast.to)));
  const verdicts = lines.map(({ verdict }) => verdict);
  const named = (verdict: Verdict): readonly ClaimLine[] => lines.filter((line) => line.verdict === verdict);
  const scored = scoredAxes(
    found,
    curatedAxes.filter(({ group }) => group === 'death').map(({ id }) => id),
  );
  return {
    id: 'weakness.death-modes',
    step: 'weaknesses',
    question: {
      en: 'Which modes of death have their executors?',
      fr: 'Quels modes de mort ont leurs exécuteurs ?',
    },
    sentence: both((w) => {
      const list = (verdict: Verdict): string =>
        w.list(named(verdict).map(({ label }) => label[w.language].toLowerCase()));
      const parts = [
        named('supported').length > 0 ? w.pick(`open: ${list('supported')}`, `ouverts : ${list('supported')}`) : null,
        named('contradicted').length > 0
          ? w.pick(
              `blocked by a missing executor: ${list('contradicted')}`,
              `bloqués faute d’un exécuteur : ${list('contradicted')}`,
            )
          : null,
        named('not supported').length > 0
          ? w.pick(
              `differing between patients or unclear: ${list('not supported')}`,
              `variables ou incertains : ${list('not supported')}`,
            )
          : null,
        named('not testable').length > 0
          ? w.pick(`not testable: ${list('not testable')}`, `non testables : ${list('not testable')}`)
          : null,
      ].filter((part) => part !== null);
      return w.pick(
        `Under treatment, ${parts.join('; ')}. RNA of executors is competence, not death.`,
        `Sous traitement, ${parts.join(' ; ')}. L’ARN des exécuteurs est une compétence, pas la mort.`,
      );
    }),
    verdict:
      (['supported', 'contradicted', 'not supported'] as const).find((v) => verdicts.includes(v)) ?? 'not testable',
    numbers: axisNumbers(scored),
    patients: null,
    control: both((w) =>
      w.pick(
        `An executor is missing only when the upper 95 % Poisson limit of its counts is below ${w.given(deathModes.expressedCpm)} per million, and expressed only when the lower one is above; intensities of arrays are not read. Genes of the programme neither open nor block an arm.`,
        `Un exécuteur ne manque que si la limite de Poisson supérieure (95 %) de ses comptes est sous ${w.given(deathModes.expressedCpm)} par million, et n’est exprimé que si l’inférieure est au-dessus ; les intensités de puces ne sont pas lues. Les gènes du programme n’ouvrent ni ne bloquent un bras.`,
      ),
    ),
    needed: {
      en: 'Each mode names its inducer and its rescue; protein of the executors first.',
      fr: 'Chaque mode nomme son inducteur et son sauvetage ; d’abord la protéine des exécuteurs.',
    },
    lines,
    tables: ['death_modes', 'weakness_axes', 'weakness_genes'],
    figures: ['death-modes'],
  };
}

/** Called persisters where there are some, else all cells of the stage. */
function summaryOf(summaries: readonly DeathModeSummary[], axis: string, stage: string): DeathModeSummary | null {
  const own = summaries.filter((one) => one.axis === axis && one.stage === stage && one.verdict !== 'not testable');
  return own.find(({ state }) => state === 'persister') ?? own.find(({ state }) => state === 'all') ?? own[0] ?? null;
}

const modeVerdicts: Readonly<Record<DeathModeSummary['verdict'], Verdict>> = {
  open: 'supported',
  blocked: 'contradicted',
  'differs between patients': 'not supported',
  'cannot tell': 'not supported',
  'not testable': 'not testable',
};

function modeLine(found: WeaknessAxes, id: string, summary: DeathModeSummary | null): ClaimLine {
  const axis = curatedAxes.find((one) => one.id === id) as (typeof curatedAxes)[number];
  const excluded = found.genes
    .filter((row) => row.axis === id && row.status === 'programme gene')
    .map(({ gene }) => gene);
  return {
    id,
    label: axis.title,
    verdict: summary === null ? 'not testable' : modeVerdicts[summary.verdict],
    sentence: joined(
      summary === null
        ? { en: 'Fewer than three patients could be read.', fr: 'Moins de trois patients ont pu être lus.' }
        : both((w) => modeSentence(w, summary)),
      excludedSentence(excluded),
      experimentSentence(axis),
    ),
  };
}

function modeSentence(w: Words, { open, blocked, cannotTell, missing, state }: DeathModeSummary): string {
  const cells =
    state === 'persister' ? w.pick('Called persisters', 'Persistantes') : w.pick('Tumour cells', 'Cellules tumorales');
  const lost =
    missing.length === 0
      ? ''
      : w.pick(` (missing: ${w.list(missing)})`, ` (manque : ${w.list(missing.map(stepInFrench))})`);
  return w.pick(
    `${cells}: open in ${String(open)}, blocked in ${String(blocked)}${lost}, cannot be told in ${String(cannotTell)}.`,
    `${cells} : ouvert chez ${String(open)}, bloqué chez ${String(blocked)}${lost}, indécis chez ${String(cannotTell)}.`,
  );
}

const stepsInFrench: Readonly<Record<string, string>> = {
  'mitochondrial pore': 'pore mitochondrial',
  'apoptosome scaffold': 'charpente de l’apoptosome',
  'initiator caspase': 'caspase initiatrice',
  'executioner caspase': 'caspase effectrice',
  'RIPK3 activator': 'activateur de RIPK3',
  kinase: 'kinase',
  'membrane executor': 'exécuteur membranaire',
  'gasdermin pore': 'pore de gasdermine',
  'activating caspase': 'caspase activatrice',
  'peroxidisable membrane': 'membrane peroxydable',
};

function stepInFrench(step: string): string {
  return stepsInFrench[step] ?? step;
}

/** Is AhR active in CD8 T cells? */
export function ahrClaim({ ahr, genes }: WeaknessAxes): Claim {
  const excluded = genes.filter((row) => row.axis === 'ahr-targets' && row.status === 'programme gene');
  const axis = curatedAxes.find(({ id }) => id === 'ahr-targets') as (typeof curatedAxes)[number];
  const cd8 = ahr.compartments[0]?.score ?? null;
  const verdicts: Readonly<Record<typeof ahr.verdict, Verdict>> = {
    raised: 'supported',
    lowered: 'contradicted',
    'not shared': 'not supported',
    'not testable': 'not testable',
  };
  return {
    id: 'weakness.ahr',
    step: 'weaknesses',
    question: {
      en: 'Does AhR activity rise in the CD8 T cells around them?',
      fr: 'L’activité AhR augmente-t-elle dans les T CD8 qui les entourent ?',
    },
    sentence: joined(
      cd8 === null ? notTestableSentence(ahr.reasons) : measuredSentence({ score: cd8 }),
      excludedSentence(cd8?.excluded ?? excluded.map(({ gene }) => gene)),
      {
        en: 'Only CD8 T cells decide; AhR is a property of the host, not of the tumour.',
        fr: 'Seuls les T CD8 décident ; AhR est une propriété de l’hôte, non de la tumeur.',
      },
    ),
    verdict: verdicts[ahr.verdict],
    numbers: cd8 === null ? [] : axisNumbers([{ axis, score: cd8 }]),
    patients: cd8 === null || cd8.asked === 0 ? null : { agree: cd8.agree, asked: cd8.asked },
    control: {
      en: 'The same genes in NK and myeloid cells stand beside and are never counted; random genes of like expression are the null.',
      fr: 'Les mêmes gènes dans les cellules NK et myéloïdes sont montrés à côté et jamais comptés ; des gènes au hasard d’expression semblable servent de référence.',
    },
    needed: experimentSentence(axis),
    lines: ahr.compartments.map(({ compartment, score }) => ({
      id: compartment,
      label: { en: compartment, fr: compartmentInFrench[compartment] },
      verdict: verdicts[score.verdict],
      sentence: measuredSentence({ score }),
    })),
    tables: ['weakness_axes', 'weakness_patients', 'weakness_genes'],
    figures: ['weakness-axes'],
  };
}

const compartmentInFrench: Readonly<Record<WeaknessAxes['ahr']['compartments'][number]['compartment'], string>> = {
  'CD8 T cells': 'Lymphocytes T CD8',
  'NK cells': 'Cellules NK',
  'myeloid cells': 'Cellules myéloïdes',
};
