import {
  agreementNeeded,
  type EvidenceLine,
  intervalOf,
  notTestable,
  numberOf,
  reasonOf,
  type RegulatorHypothesis,
  signOf,
} from './evidence.js';
import type { RegulatorRow } from './rank-regulators.js';

/** Fewest patients that can speak of agreement. */
const minimumPatients = 3;

/**
 * Patients line: does the regulon move the same way in the patients one by one? Supported when the random-effects interval
 * of the regulon's slope excludes zero on the hypothesised side and three quarters of the patients share the sign;
 * contradicted when both hold on the other side. Not testable with fewer than three patients.
 */
export function patientsLine(row: RegulatorRow | null, hypothesis: RegulatorHypothesis): EvidenceLine {
  const agreement = row?.agreement ?? null;
  if (agreement === null || agreement.asked < minimumPatients) {
    const asked = agreement?.asked ?? 0;
    return notTestable(
      'patients',
      reasonOf(
        'few-patients',
        `its regulon could be read in ${String(asked)} patient${asked === 1 ? '' : 's'}; at least ${String(minimumPatients)} are needed`,
        `son régulon n’a pu être lu que chez ${String(asked)} patient${asked < 2 ? '' : 's'} ; il en faut au moins ${String(minimumPatients)}`,
      ),
    );
  }
  const sign = signOf(hypothesis);
  const agreeing = (direction: number): number => (direction > 0 ? agreement.positive : agreement.negative);
  const beyondZero = (direction: number): boolean => (direction > 0 ? agreement.low > 0 : agreement.high < 0);
  const holds = (direction: number): boolean =>
    beyondZero(direction) && agreeing(direction) >= agreementNeeded(agreement.asked);
  return {
    id: 'patients',
    verdict: holds(sign) ? 'supported' : holds(-sign) ? 'contradicted' : 'not supported',
    numbers: [
      intervalOf(
        'regulon-effect',
        { en: 'mean effect on its targets over patients', fr: 'effet moyen sur ses cibles, sur les patients' },
        { value: agreement.mean, low: agreement.low, high: agreement.high },
        'log2 per unit of weight',
      ),
      numberOf(
        'patients-up',
        'patients in whom its regulon is more active',
        'patients chez qui son régulon est plus actif',
        agreement.positive,
      ),
      numberOf(
        'patients-down',
        'patients in whom its regulon is less active',
        'patients chez qui son régulon est moins actif',
        agreement.negative,
      ),
      numberOf('sign-p', 'P of the signs', 'P des signes', agreement.signPValue),
    ],
    reasons: [patientsReason(agreeing(sign), agreement.asked, holds(sign), holds(-sign))],
    patients: { agree: agreeing(sign), asked: agreement.asked },
  };
}

function patientsReason(agree: number, asked: number, forIt: boolean, againstIt: boolean): ReturnType<typeof reasonOf> {
  const share = {
    en: `${String(agree)} of ${String(asked)} patients agree`,
    fr: `${String(agree)} ${agree < 2 ? 'patient' : 'patients'} sur ${String(asked)} ${agree < 2 ? 'concorde' : 'concordent'}`,
  };
  if (forIt) return reasonOf('patients-agree', share.en, share.fr);
  return againstIt
    ? reasonOf(
        'patients-oppose',
        `${share.en}: the patients move the other way`,
        `${share.fr} : les patients vont dans l’autre sens`,
      )
    : reasonOf(
        'patients-disagree',
        `${share.en}: not the same across patients`,
        `${share.fr} : pas le même effet d’un patient à l’autre`,
      );
}
