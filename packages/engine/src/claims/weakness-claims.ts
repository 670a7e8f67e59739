import type { AxisGeneRow, WeaknessAxes } from '../weaknesses/types.js';
import type { Bilingual, Claim } from './claim.js';
import { estimatedNumber, finite, joined, plainNumber } from './claim-parts.js';
import { ahrClaim, deathModesClaim, ironPatternClaim } from './weakness-special-claims.js';
import {
  axisControl,
  axisLine,
  axisNumbers,
  axisTables,
  contradictingSentence,
  excludedSentence,
  experimentSentence,
  groupSentence,
  measuredSentence,
  pNumbers,
  type ScoredAxis,
  scoredAxes,
  verdictOfAxis,
  verdictOfGroup,
} from './weakness-wording.js';
import { both, type Words } from './words.js';

/** What might kill the cells: every hypothesis with its evidence and the experiment that tests it; nothing where not looked for. */
export function weaknessClaims(found: WeaknessAxes | null): readonly Claim[] {
  if (found === null) return [];
  return [
    ...scoredAxes(found, ['iron-overload']).map((scored) => hypothesisClaim(found, scored, overload)),
    ...scoredAxes(found, ['iron-starvation']).map((scored) => hypothesisClaim(found, scored, starvation)),
    ironPatternClaim(found),
    ...groups.map((group) => groupClaim(found, group)),
    deathModesClaim(found),
    immuneClaim(found),
    ahrClaim(found),
  ];
}

interface Hypothesis {
  readonly id: string;
  readonly question: Bilingual;
}

const overload: Hypothesis = {
  id: 'weakness.iron-overload',
  question: {
    en: 'Would more reactive iron kill them (overload)?',
    fr: 'Davantage de fer réactif les tuerait-il (surcharge) ?',
  },
};

const starvation: Hypothesis = {
  id: 'weakness.iron-starvation',
  question: {
    en: 'Would less iron released from ferritin kill them (starvation)?',
    fr: 'Moins de fer libéré de la ferritine les tuerait-il (privation) ?',
  },
};

const notMeasured: Bilingual = {
  en: 'RNA cannot measure labile iron: this ranks a hypothesis.',
  fr: 'L’ARN ne peut mesurer le fer labile : ceci classe une hypothèse.',
};

/** One signed iron hypothesis. */
function hypothesisClaim(found: WeaknessAxes, scored: ScoredAxis, { id, question }: Hypothesis): Claim {
  const { axis, score } = scored;
  const { difference } = found.ironDirection;
  return {
    id,
    step: 'weaknesses',
    question,
    sentence: joined(
      measuredSentence(scored),
      excludedSentence(score.excluded),
      contradictingSentence(found, scored),
      directionSentence(found),
      notMeasured,
    ),
    verdict: verdictOfAxis(scored),
    numbers: [
      ...axisNumbers([scored]),
      ...pNumbers(score),
      estimatedNumber(
        'Overload less starvation (95 %)',
        'Surcharge moins privation (95 %)',
        { value: difference.effect, low: difference.low, high: difference.high },
        'log₂',
      ),
    ],
    patients: score.asked === 0 ? null : { agree: score.agree, asked: score.asked },
    control: axisControl,
    needed: experimentSentence(axis),
    lines: stateLines(found, scored),
    tables: [...axisTables, 'iron_pattern'],
    figures: ['weakness-axes'],
  };
}

function directionSentence({ ironDirection: { verdict } }: WeaknessAxes): Bilingual | null {
  const sentences: Readonly<Record<typeof verdict, Bilingual | null>> = {
    overload: {
      en: 'Of the two opposite iron hypotheses the patients share overload.',
      fr: 'Des deux hypothèses opposées sur le fer, les patients partagent la surcharge.',
    },
    starvation: {
      en: 'Of the two opposite iron hypotheses the patients share starvation.',
      fr: 'Des deux hypothèses opposées sur le fer, les patients partagent la privation.',
    },
    both: {
      en: 'Both opposite iron hypotheses are raised, so RNA does not choose between them.',
      fr: 'Les deux hypothèses opposées sont en hausse : l’ARN ne tranche pas.',
    },
    neither: {
      en: 'The patients share neither of the two opposite iron hypotheses.',
      fr: 'Les patients ne partagent aucune des deux hypothèses opposées sur le fer.',
    },
    'not testable': null,
  };
  return sentences[verdict];
}

/** The same axis in called persisters, where there are single cells. */
function stateLines({ states }: WeaknessAxes, { axis }: ScoredAxis): Claim['lines'] {
  const labels: Readonly<Record<(typeof states.contrasts)[number]['id'], Bilingual>> = {
    'persister-other-to': {
      en: 'Called persisters against other cells under treatment',
      fr: 'Persistantes contre autres cellules sous traitement',
    },
    'persister-to-other-from': {
      en: 'Called persisters under treatment against cells before it',
      fr: 'Persistantes sous traitement contre cellules d’avant',
    },
    'persister-other-from': {
      en: 'Called persisters against other cells before treatment',
      fr: 'Persistantes contre autres cellules avant traitement',
    },
  };
  return states.contrasts.flatMap(({ id, axes }) => {
    const score = axes.find((one) => one.axis === axis.id);
    if (score === undefined || score.verdict === 'not testable') return [];
    return [{ id, label: labels[id], verdict: verdictOfAxis({ axis, score }), sentence: measuredSentence({ score }) }];
  });
}

interface AxisGroup {
  readonly id: string;
  readonly question: Bilingual;
  readonly axes: readonly string[];
  readonly caveat: Bilingual;
}

const groups: readonly AxisGroup[] = [
  {
    id: 'weakness.iron-and-lipid',
    question: {
      en: 'Which parts of iron and lipid chemistry change?',
      fr: 'Quelles parties de la chimie du fer et des lipides changent ?',
    },
    axes: [
      'iron-uptake-cd44',
      'iron-uptake-tfrc',
      'ferritinophagy',
      'iron-export',
      'lysosome',
      'peroxidisable-lipid',
      'ferroptosis-defence',
    ],
    caveat: {
      en: 'RNA cannot measure labile iron, nor the lipids of membranes.',
      fr: 'L’ARN ne mesure ni le fer labile ni les lipides des membranes.',
    },
  },
  {
    id: 'weakness.state',
    question: {
      en: 'Are they stem-like, at rest, or in diapause, apart from being persisters?',
      fr: 'Sont-elles de type souche, au repos ou en diapause, en plus d’être persistantes ?',
    },
    axes: ['stemness', 'persister-literature', 'quiescence', 'diapause'],
    caveat: {
      en: 'Stem-like and persister are two axes: cells can have either, both or none.',
      fr: 'Souche et persistante sont deux axes : une cellule peut avoir l’un, l’autre, les deux ou ni l’un ni l’autre.',
    },
  },
  {
    id: 'weakness.metabolism',
    question: {
      en: 'Do antioxidant defence and the burning of fatty acids change?',
      fr: 'La défense antioxydante et l’oxydation des acides gras changent-elles ?',
    },
    axes: ['antioxidant', 'fatty-acid-oxidation'],
    caveat: {
      en: 'A weak antioxidant response and a strong burning of fatty acids would be weaknesses; RNA shows neither flux nor redox state.',
      fr: 'Une réponse antioxydante faible et une oxydation forte des acides gras seraient des faiblesses ; l’ARN ne montre ni flux ni état redox.',
    },
  },
];

/** Axes of one subject, each a line of its own. */
function groupClaim(found: WeaknessAxes, { id, question, axes: ids, caveat }: AxisGroup): Claim {
  const axes = scoredAxes(found, ids);
  return {
    id,
    step: 'weaknesses',
    question,
    sentence: joined(groupSentence(axes), caveat),
    verdict: verdictOfGroup(axes.map(verdictOfAxis)),
    numbers: axisNumbers(axes),
    patients: null,
    control: joined(axisControl, excludedOf(axes)),
    needed: {
      en: 'Each axis names its own experiment, with inducer and rescue, and the state to watch.',
      fr: 'Chaque axe nomme son expérience, avec inducteur et sauvetage, et l’état à surveiller.',
    },
    lines: axes.map((scored) => axisLine(found, scored)),
    tables: axisTables,
    figures: ['weakness-axes'],
  };
}

/** All genes taken out of some axes. */
function excludedOf(axes: readonly ScoredAxis[]): Bilingual {
  const genes = [...new Set(axes.flatMap(({ score }) => score.excluded))];
  if (genes.length === 0) return { en: 'Taken out here: none.', fr: 'Retirés ici : aucun.' };
  return both((w) => w.pick(`Taken out here: ${w.list(genes)}.`, `Retirés ici : ${w.list(genes)}.`));
}

const immuneAxes = ['antigen-presentation', 'nk-ligands', 'phagocytosis', 'interferon', 'death-receptors'];

/** Can the immune system see them? With loss of MHC class I as the evidence against. */
function immuneClaim(found: WeaknessAxes): Claim {
  const axes = scoredAxes(found, immuneAxes);
  const group = groupClaim(found, {
    id: 'weakness.immune-visibility',
    question: {
      en: 'Does the immune system see them better?',
      fr: 'Le système immunitaire les voit-il mieux ?',
    },
    axes: immuneAxes,
    caveat: {
      en: 'RNA shows neither the surface nor shedding.',
      fr: 'L’ARN ne montre ni la surface ni le clivage.',
    },
  });
  const lost = [...new Set(found.mhcLoss.filter(({ flagged }) => flagged).map(({ patient }) => patient))];
  return {
    ...group,
    sentence: joined(groupSentence(axes), upSentence(found), lossSentence(lost), {
      en: 'RNA shows neither the surface nor shedding.',
      fr: 'L’ARN ne montre ni la surface ni le clivage.',
    }),
    numbers: [
      ...group.numbers,
      plainNumber(
        'Patients flagged for loss of MHC class I',
        'Patients signalés pour perte du CMH I',
        finite(lost.length),
      ),
    ],
    tables: [...axisTables, 'mhc_loss'],
  };
}

/** Immune genes that are up, over patients and in the model of all samples; those of the programme are marked. */
function upSentence({ genes, fdr }: WeaknessAxes): Bilingual | null {
  const immune = genes.filter((row) => immuneAxes.includes(row.axis) && row.sign === 1);
  const overPatients = immune.filter((row) => (row.low ?? 0) > 0 && 4 * row.up >= 3 * (row.up + row.down));
  const overSamples = immune.filter((row) => (row.effectAllSamples ?? 0) > 0 && (row.pAdjustedAllSamples ?? 1) <= fdr);
  if (overPatients.length + overSamples.length === 0) return null;
  const list = (w: Words, rows: readonly AxisGeneRow[]): string =>
    w.list([...new Set(rows.map(({ gene, status }) => (status === 'programme gene' ? `${gene}*` : gene)))]);
  return both((w) =>
    w.pick(
      `Gene by gene, up over patients: ${list(w, overPatients)}; in the model of all samples: ${list(w, overSamples)} (* of the programme, shown but not counted).`,
      `Gène par gène, en hausse sur les patients : ${list(w, overPatients)} ; dans le modèle de tous les échantillons : ${list(w, overSamples)} (* du programme, montré mais non compté).`,
    ),
  );
}

function lossSentence(lost: readonly string[]): Bilingual {
  if (lost.length === 0) {
    return {
      en: 'No patient is flagged for loss of MHC class I.',
      fr: 'Aucun patient n’est signalé pour perte du CMH de classe I.',
    };
  }
  return both((w) =>
    w.pick(
      `MHC class I is lost in ${w.list(lost)}: there CD8 T cells see them worse.`,
      `Le CMH de classe I est perdu chez ${w.list(lost)} : les T CD8 les y voient moins bien.`,
    ),
  );
}
