import type { DrugMatch, DrugMatches } from '../weaknesses/drugs/match-drugs.js';
import type { Claim, ClaimLine } from './claim.js';
import { minimumPatients, plainNumber } from './claim-parts.js';
import { patientsOf } from './marker-words.js';
import { both, type Words } from './words.js';

const lines = 10;

/** Does a known drug push the programme back? */
export function drugClaim(matches: DrugMatches): Claim {
  const { drugs, status } = matches;
  const supported = drugs.filter(({ verdict }) => verdict === 'supported');
  const contradicted = drugs.filter(({ verdict }) => verdict === 'contradicted');
  const [best] = supported;
  const reversal = best?.reversal ?? null;
  return {
    id: 'weaknesses.drugs',
    step: 'weaknesses',
    question: both((w) =>
      w.pick('Does a known drug push the programme back?', 'Un médicament connu fait-il reculer le programme ?'),
    ),
    sentence: both((w) => drugSentence(w, matches, { supported, contradicted })),
    verdict: status !== 'ok' ? 'not testable' : holds(matches) ? 'supported' : 'not supported',
    numbers: [
      plainNumber('Drug–gene pairs', 'Paires médicament–gène', matches.nPairs),
      plainNumber('Signatures', 'Signatures', matches.nSignatures),
      plainNumber('Drugs that speak for', 'Médicaments en faveur', supported.length),
      plainNumber('Drugs that speak against', 'Médicaments contre', contradicted.length),
    ],
    patients:
      reversal !== null && reversal.patients.length > 0
        ? { agree: reversal.agree, asked: reversal.patients.length }
        : null,
    control: both((w) => controlSentence(w, matches)),
    needed: both((w) =>
      w.pick(
        'A match is a hypothesis, and no advice on treatment. Dose–response on persister cells beside untreated ones, time-kill, rescue of the target, and a drug holiday to see whether the state returns.',
        'Une correspondance est une hypothèse, sans conseil thérapeutique. Dose–réponse sur cellules persistantes et non traitées, cinétique de mort, sauvetage de la cible, et arrêt du médicament pour voir si l’état revient.',
      ),
    ),
    lines: [...supported.slice(0, lines), ...contradicted.slice(0, 3)].map(drugLine),
    tables: ['drug_matches', 'drug_targets'],
    figures: [],
  };
}

/** Level at which the targets of the table have to beat random genes. */
const chanceLevel = 0.05;

/** A large table always names some shared gene: it has to do so more often than random genes would, or a signature must hold. */
function holds({ drugs, chance }: DrugMatches): boolean {
  const supported = drugs.filter(({ verdict }) => verdict === 'supported');
  const bySignature = supported.some(({ reversal }) => reversal?.standing === 'reverses');
  return bySignature || (supported.length > 0 && (chance?.pValue ?? 1) <= chanceLevel);
}

function controlSentence(w: Words, { chance }: DrugMatches): string {
  const targets =
    chance === null
      ? ''
      : w.pick(
          ` The table pushes back ${String(chance.observed)} of ${String(chance.asked)} distinct targets; as many random genes would give ${w.number(chance.expected, 1)}${chance.pValue === null ? '' : ` (P ${w.pValue(chance.pValue)})`}.`,
          ` Le tableau fait reculer ${String(chance.observed)} des ${String(chance.asked)} cibles distinctes ; autant de gènes au hasard en donneraient ${w.number(chance.expected, 1)}${chance.pValue === null ? '' : ` (P ${w.pValue(chance.pValue)})`}.`,
        );
  return `${w.pick(
    'A target counts only where the patients share its change, and the wrong direction is counted against the drug. A signature has to beat gene labels permuted among genes of like expression, corrected for all signatures, and to have the same sign in three quarters of the patients.',
    'Une cible ne compte que si les patients partagent sa variation, et le mauvais sens compte contre le médicament. Une signature doit dépasser des étiquettes permutées entre gènes d’expression semblable, corrigé pour toutes les signatures, et avoir le même signe chez trois quarts des patients.',
  )}${targets}`;
}

function drugSentence(
  w: Words,
  { status, drugs, nPairs, nSignatures }: DrugMatches,
  {
    supported,
    contradicted,
  }: { readonly supported: readonly DrugMatch[]; readonly contradicted: readonly DrugMatch[] },
): string {
  if (status !== 'ok') {
    return nPairs + nSignatures === 0
      ? w.pick(
          'No drug table was given. Supply a drug–gene table (drug, gene, direction, status, source) or drug signatures (drug, gene, effect), as a pack or a file.',
          'Aucun tableau de médicaments n’est fourni. Fournir un tableau médicament–gène (médicament, gène, sens, statut, source) ou des signatures (médicament, gène, effet), en paquet ou en fichier.',
        )
      : w.pick(
          `Fewer than ${String(minimumPatients)} patients can be compared with themselves.`,
          `Moins de ${String(minimumPatients)} patients sont comparables à eux-mêmes.`,
        );
  }
  const names = (list: readonly DrugMatch[]): string => w.list(list.slice(0, 5).map(({ drug }) => drug));
  const rest =
    contradicted.length === 0
      ? ''
      : w.pick(
          ` Drugs that would push it further: ${names(contradicted)}.`,
          ` Médicaments qui l’accentueraient : ${names(contradicted)}.`,
        );
  if (supported.length === 0) {
    return w.pick(
      `None of ${String(drugs.length)} drugs has a shared target or a signature that pushes the programme back without another that pushes it further.${rest}`,
      `Aucun des ${String(drugs.length)} médicaments n’a de cible partagée ni de signature qui fasse reculer le programme sans une autre qui l’accentue.${rest}`,
    );
  }
  return w.pick(
    `Of ${String(drugs.length)} drugs, ${w.count(supported.length, ['pushes', 'push'], ['', ''])} the programme back by target or by signature, first ${names(supported)}.${rest}`,
    `Sur ${String(drugs.length)} médicaments, ${w.count(supported.length, ['', ''], ['fait', 'font'])} reculer le programme par leur cible ou leur signature, d’abord ${names(supported)}.${rest}`,
  );
}

function drugLine({ drug, status, verdict, targets, reversal, essentialTargets }: DrugMatch): ClaimLine {
  return {
    id: drug,
    label: { en: drug, fr: drug },
    verdict,
    sentence: both((w) => {
      const of = (standing: string): readonly string[] =>
        (targets?.targets ?? []).flatMap((target) => (target.standing === standing ? [target.gene] : []));
      const genes = (standing: string, en: string, fr: string): string | null =>
        of(standing).length === 0 ? null : w.pick(`${en} ${w.list(of(standing))}`, `${fr} ${w.list(of(standing))}`);
      const parts = [
        status === '' ? w.pick('status not stated', 'statut non indiqué') : status,
        genes('for', 'pushes back', 'fait reculer'),
        genes('against', 'pushes further', 'accentue'),
        reversal?.reversal === null || reversal === null
          ? null
          : w.pick(
              `signature ${reversal.standing} (${w.signed(reversal.reversal)}, ${patientsOf(w, reversal.agree, reversal.patients.length)})`,
              `signature : ${frenchStanding[reversal.standing]} (${w.signed(reversal.reversal)}, ${patientsOf(w, reversal.agree, reversal.patients.length)})`,
            ),
        essentialTargets.length === 0
          ? null
          : w.pick(
              `dividing normal cells need ${w.list(essentialTargets)} too`,
              `les cellules normales en division ont aussi besoin de ${w.list(essentialTargets)}`,
            ),
      ];
      const text = parts.filter((part) => part !== null).join(w.pick('; ', ' ; '));
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    }),
  };
}

const frenchStanding = {
  reverses: 'renverse',
  mimics: 'imite',
  neither: 'ni l’un ni l’autre',
  'too few genes': 'trop peu de gènes',
} as const;
