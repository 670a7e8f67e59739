import type { KnockOut, KnockOutResult } from '../regulators/knock-out/knock-out.js';
import type { Claim, Verdict } from './claim.js';
import { estimatedNumber, finite, minimumPatients, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** Share of the random regulons that a knock-out has to move tumours more than. */
const leastPercentile = 0.95;

/** What does undoing one regulator do? Without a regulator the claim says why none could be asked. */
export function knockOutClaim(regulator: string | null, result: KnockOutResult | null): Claim {
  const found = result?.regulators.find((entry) => entry.regulator === regulator) ?? null;
  const usable = found?.status === 'ok' ? found : null;
  return {
    id: regulator === null ? 'switch.knock-out' : `switch.knock-out.${regulator}`,
    step: 'switch',
    question: both((w) =>
      regulator === null
        ? w.pick('What would removing its regulator do?', 'Que ferait le retrait de son régulateur ?')
        : w.pick(
            `Would undoing ${regulator} bring residual tumours back?`,
            `Défaire ${regulator} ramènerait-il les tumeurs résiduelles ?`,
          ),
    ),
    sentence: both((w) => (usable === null ? notAsked(w, regulator, found) : sentence(w, usable))),
    verdict: usable === null ? 'not testable' : verdictOf(usable),
    numbers: usable === null ? [] : numbersOf(usable),
    patients:
      usable === null
        ? null
        : {
            agree: usable.patients.filter(({ knockOut }) => (knockOut.value ?? 0) > 0).length,
            asked: usable.patients.length,
          },
    control: both((w) =>
      usable === null || result === null
        ? w.pick('None could be run.', 'Aucun n’a pu être fait.')
        : control(w, usable, result),
    ),
    needed: both((w) => limits(w, result)),
    lines: [],
    tables: usable === null ? [] : ['knock_out', 'knock_out_patients'],
    figures: usable === null ? [] : ['knock-out'],
  };
}

/** Both means have to speak the same way: which patients are left out may not decide. */
function verdictOf({ knockOut, everyPatient, percentile, patients }: KnockOut): Verdict {
  if (patients.length < minimumPatients) return 'not testable';
  const both = [knockOut, everyPatient];
  if (percentile > leastPercentile && both.every(({ low }) => (low ?? 0) > 0)) return 'supported';
  const against = percentile < 1 - leastPercentile && both.every(({ high }) => (high ?? 0) < 0);
  return against ? 'contradicted' : 'not supported';
}

function sentence(w: Words, { regulator, knockOut, percentile, direction, activation, patients }: KnockOut): string {
  const percent = (value: number | null): string => w.number(100 * (value ?? NaN), 1);
  const act =
    direction === 'more active'
      ? w.pick(
          `Taking away the contribution of ${regulator}, more active under treatment,`,
          `Retirer la contribution de ${regulator}, plus actif sous traitement,`,
        )
      : w.pick(
          `Giving back the activity that ${regulator} loses under treatment`,
          `Rendre à ${regulator} l’activité qu’il perd sous traitement`,
        );
  const few =
    patients.length < minimumPatients
      ? w.pick(
          ` ${w.count(patients.length, ['patient', 'patients'], ['', ''])} cannot speak for patients in general.`,
          ` Avec ${w.count(patients.length, ['', ''], ['patient', 'patients'])}, on ne peut pas parler des patients en général.`,
        )
      : '';
  const beyond =
    percentile >= 1
      ? w.pick('more than any random regulon like it', 'plus qu’aucun régulon aléatoire semblable')
      : w.pick(
          `more than ${w.number(100 * percentile, 0)} % of random regulons like it`,
          `plus que ${w.number(100 * percentile, 0)} % des régulons aléatoires semblables`,
        );
  return w.pick(
    `${act} would take residual tumours ${percent(knockOut.value)} % [${percent(knockOut.low)} to ${percent(knockOut.high)}] of the way back to untreated along the programme, ${beyond}. The reverse, in untreated tumours, covers ${percent(activation.value)} % of the way.${few}`,
    `${act} ramènerait les tumeurs résiduelles de ${percent(knockOut.value)} % [${percent(knockOut.low)} à ${percent(knockOut.high)}] du chemin vers l’état non traité le long du programme, ${beyond}. L’inverse, dans les tumeurs non traitées, fait ${percent(activation.value)} % du chemin.${few}`,
  );
}

function numbersOf({
  knockOut,
  everyPatient,
  activation,
  null95,
  percentile,
  pValue,
  nTargets,
}: KnockOut): Claim['numbers'] {
  return [
    estimatedNumber('Share of the way back', 'Part du chemin de retour', knockOut),
    estimatedNumber(
      'The same with patients who hardly move',
      'De même avec les patients qui bougent à peine',
      everyPatient,
    ),
    estimatedNumber('Share of the way there when switched on', 'Part du chemin aller quand il est allumé', activation),
    plainNumber('95 % quantile of random regulons', 'Quantile à 95 % des régulons aléatoires', finite(null95)),
    plainNumber('Random regulons that move less', 'Régulons aléatoires qui déplacent moins', finite(percentile)),
    plainNumber('P against random regulons', 'P contre les régulons aléatoires', finite(pValue)),
    plainNumber('Targets', 'Cibles', nTargets),
  ];
}

function control(
  w: Words,
  { nTargets, nActivated, null95, percentile, everyPatient }: KnockOut,
  { draws, leftOut }: KnockOutResult,
): string {
  const percent = (value: number | null): string => w.number(100 * (value ?? NaN), 1);
  const interval = `${percent(everyPatient.value)} % [${percent(everyPatient.low)} ${w.pick('to', 'à')} ${percent(everyPatient.high)}]`;
  const without =
    leftOut.length === 0
      ? ''
      : w.pick(
          ` Left out because they hardly move along the programme: ${w.list(leftOut)}; with those of them who move at all the mean is ${interval}, and the claim has to hold in both.`,
          ` Laissés de côté car ils bougent à peine le long du programme : ${w.list(leftOut)} ; avec ceux d’entre eux qui bougent, la moyenne est ${interval}, et l’affirmation doit tenir dans les deux cas.`,
        );
  return w.pick(
    `${String(draws)} random regulons of ${String(nTargets)} targets (${String(nActivated)} activated) of the same expression: 95 % of them take back less than ${w.number(100 * null95, 1)} %; ${w.number(100 * percentile, 1)} % are below the regulator. The programme of each patient is that of the others.${without}`,
    `${String(draws)} régulons aléatoires de ${String(nTargets)} cibles (${String(nActivated)} activées) de même expression : 95 % d’entre eux ramènent de moins de ${w.number(100 * null95, 1)} % ; ${w.number(100 * percentile, 1)} % sont sous le régulateur. Le programme de chaque patient est celui des autres.${without}`,
  );
}

function limits(w: Words, result: KnockOutResult | null): string {
  const known = (result?.limits ?? []).map((limit) => w.pick(limit.en, limit.fr));
  const experiment = w.pick(
    'Only a knock-out under drug, read on surviving cells, would settle it.',
    'Seule une inactivation sous traitement, lue sur les cellules survivantes, trancherait.',
  );
  if (known.length === 0) return experiment;
  return w.pick(
    `A linear prediction, with its limits: ${known.join('; ')}. ${experiment}`,
    `Une prédiction linéaire, avec ses limites : ${known.join(' ; ')}. ${experiment}`,
  );
}

function notAsked(w: Words, regulator: string | null, found: KnockOut | null): string {
  if (regulator === null || found === null) {
    return w.pick(
      'No regulator could be removed: regulons and one effect per patient are needed.',
      'Aucun régulateur n’a pu être retiré : il faut des régulons et un effet par patient.',
    );
  }
  return w.pick(
    `${regulator} could not be removed: ${found.reason ?? 'no result'}.`,
    `${regulator} n’a pas pu être retiré : trop peu de cibles mesurées, ou trop peu de patients qui suivent le programme.`,
  );
}
