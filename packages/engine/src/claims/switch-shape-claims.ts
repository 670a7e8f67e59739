import { largestHill } from '../regulators/switch/hill-fit.js';
import type { Hysteresis } from '../regulators/switch/hysteresis.js';
import type { ShapeVerdict } from '../regulators/switch/shape-verdict.js';
import type { PatientResponse } from '../regulators/switch/switch-response.js';
import type { PatientShape, SwitchShape } from '../regulators/switch/judge-patients.js';
import type { Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber, finite, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** Is the programme on or off? Supported for two states, contradicted for one graded state. */
export function shapeClaim(shape: SwitchShape | null, responses: readonly PatientResponse[]): Claim {
  const patients = shape?.patients ?? [];
  const asked = patients.filter(({ verdict }) => verdict !== 'not testable');
  const verdict = shape?.pooled.verdict ?? 'not testable';
  const agree = asked.filter((patient) => patient.verdict === verdict).length;
  return {
    id: 'switch.shape',
    step: 'switch',
    question: both((w) =>
      w.pick('Is the switch on–off, or graded?', 'L’interrupteur est-il tout ou rien, ou gradué ?'),
    ),
    sentence: both((w) => shapeSentence(w, shape, responses)),
    verdict: shapeVerdicts[verdict],
    numbers: asked.flatMap(({ patient, separation, advantages }) => [
      plainNumber(
        `Two-state over graded, ${patient}`,
        `Deux états contre gradué, ${patient}`,
        finite(advantages?.twoOverGraded.perCell),
        'log L / cell',
      ),
      plainNumber(`Separation, ${patient}`, `Séparation, ${patient}`, finite(separation), 'D'),
    ]),
    patients: asked.length === 0 ? null : { agree, asked: asked.length },
    control: both((w) => shapeControl(w, asked)),
    needed: both((w) =>
      w.pick(
        'Deeper sequencing of the same cells separates shapes that shallow cells blur; sorted cells of intermediate activity, followed off drug, would show whether they stay there.',
        'Séquencer plus profondément les mêmes cellules sépare des formes que des cellules peu profondes brouillent ; des cellules triées d’activité intermédiaire, suivies sans traitement, montreraient si elles y restent.',
      ),
    ),
    lines: patients.map(shapeLine),
    tables:
      shape === null
        ? []
        : ['switch_shape', 'switch_states', ...(responses.length > 0 ? ['switch_response', 'switch_steepness'] : [])],
    figures: shape === null ? [] : ['switch-shape', ...(responses.length > 0 ? (['switch-response'] as const) : [])],
  };
}

const shapeVerdicts: Readonly<Record<ShapeVerdict, Verdict>> = {
  'two-state': 'supported',
  graded: 'contradicted',
  mixture: 'not supported',
  'cannot tell': 'not supported',
  'not testable': 'not testable',
};

function shapeWords(w: Words, verdict: ShapeVerdict): string {
  const words: Readonly<Record<ShapeVerdict, readonly [string, string]>> = {
    'two-state': ['in two states, on or off', 'en deux états, allumé ou éteint'],
    graded: ['in one graded state', 'en un seul état gradué'],
    mixture: ['in a narrow and a graded state', 'en un état étroit et un état gradué'],
    'cannot tell': ['undecided', 'indécises'],
    'not testable': ['not testable', 'non testables'],
  };
  return w.pick(...words[verdict]);
}

function shapeSentence(w: Words, shape: SwitchShape | null, responses: readonly PatientResponse[]): string {
  if (shape === null) {
    return w.pick(
      'Not testable without single cells: a mean cannot tell half of the cells fully on from all cells half on.',
      'Non testable sans cellules uniques : une moyenne ne distingue pas la moitié des cellules allumées de toutes les cellules à moitié allumées.',
    );
  }
  const groups = (['two-state', 'graded', 'mixture', 'cannot tell', 'not testable'] as const).flatMap((verdict) => {
    const names = shape.patients.filter((p) => p.verdict === verdict).map((p) => p.patient);
    return names.length === 0 ? [] : [`${shapeWords(w, verdict)} ${w.pick('in', 'chez')} ${w.list(names)}`];
  });
  const cells =
    groups.length === 0
      ? w.pick('no patient has cells to ask', 'aucun patient n’a de cellules à interroger')
      : groups.join(w.pick('; ', ' ; '));
  return [
    w.pick(`Cells under treatment are ${cells}.`, `Les cellules sous traitement sont ${cells}.`),
    shape.pooled.asked < 2
      ? ''
      : w.pick(
          `Over patients: ${shapeWords(w, shape.pooled.verdict)}.`,
          `Sur l’ensemble des patients : ${shapeWords(w, shape.pooled.verdict)}.`,
        ),
    steepSentence(w, responses),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function steepSentence(w: Words, responses: readonly PatientResponse[]): string {
  const read = responses.filter(({ hill }) => Number.isFinite(hill));
  if (read.length === 0) return '';
  const steep = read.filter(({ verdict }) => verdict === 'ultrasensitive');
  const best = steep.map((r) => `${r.regulator} ${w.pick('in', 'chez')} ${r.patient} (${steepness(w, r)})`);
  return w.pick(
    `The programme follows a regulator more steeply than saturable binding (effective Hill coefficient above 1) in ${String(steep.length)} of ${String(read.length)} regulator–patient pairs${steep.length === 0 ? '' : `: ${w.list(best.slice(0, 4))}`}.`,
    `Le programme suit un régulateur plus abruptement qu’une liaison saturable (coefficient de Hill effectif au-dessus de 1) dans ${String(steep.length)} paires régulateur–patient sur ${String(read.length)}${steep.length === 0 ? '' : ` : ${w.list(best.slice(0, 4))}`}.`,
  );
}

function shapeControl(w: Words, asked: readonly PatientShape[]): string {
  const controls = asked.flatMap((patient) => patient.controls);
  if (controls.length === 0) return w.pick('None could be run.', 'Aucun n’a pu être fait.');
  const turned = controls.filter(({ contradicts }) => contradicts).length;
  const doublets = controls.some(({ variant }) => variant === 'without-doublets');
  return w.pick(
    `Depth and doublets can both make a false shape. With half of the counts, in the deeper and in the shallower cells${doublets ? ', and without the cells of highest doublet score' : ' (doublet scores were not at hand)'}, ${String(turned)} of ${String(controls.length)} answers turned over; those patients are undecided. Every sample is compared on its own, on cells that took no part in the fit.`,
    `La profondeur et les doublets peuvent l’une et les autres créer une fausse forme. Avec la moitié des comptes, dans les cellules plus et moins profondes${doublets ? ', et sans les cellules au plus haut score de doublet' : ' (scores de doublet non disponibles)'}, ${String(turned)} réponses sur ${String(controls.length)} se sont inversées ; ces patients sont indécis. Chaque échantillon est comparé seul, sur des cellules absentes de l’ajustement.`,
  );
}

function shapeLine(patient: PatientShape): ClaimLine {
  const { advantages, separation, spread, nCells } = patient;
  return {
    id: patient.patient,
    label: { en: patient.patient, fr: patient.patient },
    verdict: shapeVerdicts[patient.verdict],
    sentence: both((w) => {
      if (advantages === null) {
        return w.pick(
          `Not testable: ${patient.reasons.join('; ')}.`,
          'Non testable : état persistant non montré, ou trop peu de cellules sous traitement.',
        );
      }
      const { perCell, standardError } = advantages.twoOverGraded;
      const numbers = w.pick(
        `${w.count(nCells, ['cell', 'cells'], ['cellule', 'cellules'])} ${shapeWords(w, patient.verdict)}: two-state over graded ${w.signed(perCell, 3)} ± ${w.number(standardError, 3)} per held-out cell, separation ${w.number(separation, 1)}, dip P = ${w.pValue(patient.dipPValue)}, graded spread ${w.number(spread)}.`,
        `${w.count(nCells, ['cell', 'cells'], ['cellule', 'cellules'])} ${shapeWords(w, patient.verdict)} : deux états contre gradué ${w.signed(perCell, 3)} ± ${w.number(standardError, 3)} par cellule mise de côté, séparation ${w.number(separation, 1)}, P du dip = ${w.pValue(patient.dipPValue)}, étendue graduée ${w.number(spread)}.`,
      );
      return patient.reasons.length === 0
        ? numbers
        : `${numbers} ${w.pick(`Held back: ${patient.reasons.join('; ')}.`, 'Réponse retenue : les formes prédisent de même, l’état est unique, ou un contrôle l’inverse.')}`;
    }),
  };
}

/** Does the programme remember where it came from? */
export function hysteresisClaim({ verdict, difference, patients, agree, asked, margin }: Hysteresis): Claim {
  return {
    id: 'switch.hysteresis',
    step: 'switch',
    question: both((w) =>
      w.pick(
        'Does the programme stay on at a dose that did not switch it on?',
        'Le programme reste-t-il allumé à une dose qui ne l’a pas allumé ?',
      ),
    ),
    sentence: both((w) =>
      verdict === 'not testable'
        ? w.pick(
            `Not testable: a dose that goes up and comes down again, three levels each way, is known in ${w.count(asked, ['patient', 'patients'], ['', ''])}; two are needed.`,
            `Non testable : une dose qui monte puis redescend, trois niveaux dans chaque sens, n’est connue que chez ${w.count(asked, ['', ''], ['patient', 'patients'])} ; il en faut deux.`,
          )
        : w.pick(
            `At equal dose the programme is ${w.signed(100 * (difference.value ?? NaN), 0)} % of its rise [${w.signed(100 * (difference.low ?? NaN), 0)} to ${w.signed(100 * (difference.high ?? NaN), 0)}] coming down against going up, in ${String(asked)} patients.`,
            `À dose égale, le programme est à ${w.signed(100 * (difference.value ?? NaN), 0)} % de sa montée [${w.signed(100 * (difference.low ?? NaN), 0)} à ${w.signed(100 * (difference.high ?? NaN), 0)}] à la descente par rapport à la montée, chez ${String(asked)} patients.`,
          ),
    ),
    verdict: hysteresisVerdicts[verdict],
    numbers:
      verdict === 'not testable'
        ? []
        : [estimatedNumber('Down less up, share of the rise', 'Descente moins montée, part de la montée', difference)],
    patients: asked === 0 ? null : { agree, asked },
    control: both((w) =>
      verdict === 'not testable'
        ? w.pick('None could be run.', 'Aucun n’a pu être fait.')
        : w.pick(
            `Equal doses only, each patient against itself; a mean difference within ± ${w.number(100 * margin, 0)} % of the rise counts as none. Time passes along both ways: a programme that is merely slow looks the same.`,
            `À doses égales seulement, chaque patient contre lui-même ; une différence moyenne de ± ${w.number(100 * margin, 0)} % de la montée compte comme nulle. Le temps passe à la montée comme à la descente : un programme seulement lent se ressemble.`,
          ),
    ),
    needed: both((w) =>
      w.pick(
        'Samples at three or more doses going up and again coming down, each dose held until the programme no longer changes, in two or more patients; columns dose and day of the sample sheet.',
        'Des échantillons à trois doses ou plus à la montée puis à la descente, chaque dose tenue jusqu’à ce que le programme ne change plus, chez deux patients ou plus ; colonnes dose et day de la feuille.',
      ),
    ),
    lines: [],
    tables: patients.length === 0 ? [] : ['hysteresis'],
    figures: [],
  };
}

const hysteresisVerdicts: Readonly<Record<Hysteresis['verdict'], Verdict>> = {
  memory: 'supported',
  none: 'contradicted',
  reverse: 'contradicted',
  'cannot tell': 'not supported',
  'not testable': 'not testable',
};

/** The coefficient with its interval; a step runs into the largest one looked for, and only its lower end is known. */
function steepness(w: Words, { hill, hillLow, hillHigh }: PatientResponse): string {
  if (hill >= largestHill * 0.99) return w.pick(`at least ${w.number(hillLow, 1)}`, `au moins ${w.number(hillLow, 1)}`);
  return `${w.number(hill, 1)} [${w.number(hillLow, 1)}–${w.number(hillHigh, 1)}]`;
}
