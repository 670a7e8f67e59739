import type { PatientReversal } from '../origin/reversal.js';
import type { Analysis } from './analysis.js';
import type { Bilingual, Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

const verdicts: Readonly<Record<PatientReversal['verdict'], Verdict>> = {
  returned: 'supported',
  partial: 'not supported',
  'not returned': 'contradicted',
  inconclusive: 'not supported',
  'not testable': 'not testable',
};

/** Does the state reverse when the tumour regrows? */
export function reversalClaim({ reversal }: Analysis): Claim {
  const named = (verdict: PatientReversal['verdict']): string[] =>
    reversal.patients.filter((p) => p.verdict === verdict).map((p) => p.patient);
  const returned = named('returned');
  const notReturned = named('not returned');
  const [partial, unclear] = [named('partial'), named('inconclusive')];
  const asked = reversal.patients.filter((p) => p.verdict !== 'not testable');
  const untestable = named('not testable');
  const technical = asked.filter((p) => p.index?.basis === 'cell-blocks').map((p) => p.patient);
  const verdict = ((): Verdict => {
    if (asked.length === 0) return 'not testable';
    if (returned.length === asked.length) return 'supported';
    return notReturned.length > 0 && returned.length === 0 ? 'contradicted' : 'not supported';
  })();
  return {
    id: 'origin.reversal',
    step: 'origin',
    question: both((w) =>
      w.pick('Does it reverse when the tumour regrows?', 'Est-il réversible quand la tumeur repousse ?'),
    ),
    sentence: both((w) => {
      const rest = w.pick(
        untestable.length === 0 ? '' : ` Not testable: ${w.list(untestable)}.`,
        untestable.length === 0 ? '' : ` Non testable : ${w.list(untestable)}.`,
      );
      if (asked.length === 0) {
        return w.pick(
          'No patient has samples before, under and after treatment that could show it.',
          'Aucun patient n’a d’échantillons avant, sous et après traitement qui puissent le montrer.',
        );
      }
      const parts = [
        returned.length > 0
          ? w.pick(
              `back to the untreated state in ${w.list(returned)}`,
              `revenue à l’état non traité chez ${w.list(returned)}`,
            )
          : null,
        notReturned.length > 0
          ? w.pick(`not back in ${w.list(notReturned)}`, `pas revenue chez ${w.list(notReturned)}`)
          : null,
        partial.length > 0
          ? w.pick(`partly back in ${w.list(partial)}`, `revenue en partie chez ${w.list(partial)}`)
          : null,
        unclear.length > 0 ? w.pick(`undecided in ${w.list(unclear)}`, `indécise chez ${w.list(unclear)}`) : null,
      ].filter((part) => part !== null);
      return (
        w.pick(`Relapse is ${parts.join('; ')}.`, `La rechute est ${parts.join(' ; ')}.`) +
        technicalNote(w, technical) +
        rest
      );
    }),
    verdict,
    numbers: asked.flatMap((p) =>
      p.index === null
        ? []
        : [
            estimatedNumber(
              `Reversal index, ${p.patient} (90 %)`,
              `Indice de réversion, ${p.patient} (90 %)`,
              p.index.plain,
            ),
          ],
    ),
    patients: { agree: returned.length, asked: asked.length },
    control: both((w) =>
      w.pick(
        `An equivalence test, not the absence of significant genes: the whole 90 % interval of the noise-corrected index must lie within ${w.given(reversal.margin)} of one. An index near zero would have shown a state that stays.`,
        `Un test d’équivalence, et non l’absence de gènes significatifs : tout l’intervalle à 90 % de l’indice corrigé du bruit doit tenir à moins de ${w.given(reversal.margin)} de un. Un indice proche de zéro aurait montré un état qui demeure.`,
      ),
    ),
    needed: both((w) =>
      untestable.length === 0
        ? w.pick(
            'Clone barcodes or copy number, to tell reversal of cells from regrowth of other cells.',
            'Codes-barres clonaux ou nombre de copies, pour distinguer des cellules qui reviennent d’autres cellules qui repoussent.',
          )
        : w.pick(
            `Samples of regrown tumours, with replicates, of ${w.list(untestable)}.`,
            `Des échantillons de tumeurs repoussées, avec réplicats, de ${w.list(untestable)}.`,
          ),
    ),
    lines: reversal.patients.map(patientLine),
    tables: ['reversal', 'genes_not_returned'],
    figures: ['reversal'],
  };
}

/** Names the patients whose interval knows the sampling of cells and nothing else. */
function technicalNote(w: Words, patients: readonly string[]): string {
  if (patients.length === 0) return '';
  return w.pick(
    ` In ${w.list(patients)} the interval holds the sampling of cells only, not the difference between two biopsies.`,
    ` Chez ${w.list(patients)}, l’intervalle ne contient que l’échantillonnage des cellules, pas la différence entre deux biopsies.`,
  );
}

function patientLine(patient: PatientReversal): ClaimLine {
  return {
    id: patient.patient,
    label: same(patient.patient),
    verdict: verdicts[patient.verdict],
    sentence: lineSentence(patient),
  };
}

function lineSentence({ verdict, index, genes, nFrom, nTo, nBack }: PatientReversal): Bilingual {
  if (verdict === 'not testable') {
    const missing = nFrom === 0 || nTo === 0 || nBack === 0;
    return both((w) =>
      missing
        ? w.pick(
            `Not testable: ${samples(nFrom, w)} before, ${String(nTo)} under and ${String(nBack)} after treatment.`,
            `Non testable : ${samples(nFrom, w)} avant, ${String(nTo)} sous et ${String(nBack)} après traitement.`,
          )
        : w.pick(
            'Not testable: this patient shows no programme to come back from.',
            'Non testable : ce patient ne montre aucun programme dont revenir.',
          ),
    );
  }
  return both((w) => {
    const word = {
      returned: w.pick('returned', 'revenu'),
      partial: w.pick('partly returned', 'revenu en partie'),
      'not returned': w.pick('not returned', 'pas revenu'),
      inconclusive: w.pick('inconclusive', 'indécis'),
    }[verdict];
    const plain = index?.plain;
    const low = plain?.low ?? null;
    const high = plain?.high ?? null;
    const interval =
      low === null || high === null
        ? ''
        : ` (90 %${w.pick(':', ' :')} ${w.number(low)} ${w.pick('to', 'à')} ${w.number(high)})`;
    const basis = {
      replicates: w.pick('from replicates', 'd’après les réplicats'),
      'cell-blocks': w.pick('from cells, technical only', 'd’après les cellules, technique seulement'),
      none: w.pick('no interval', 'sans intervalle'),
    }[index?.basis ?? 'none'];
    const back =
      genes?.status !== 'ok' || genes.programme.nGenes === 0
        ? ''
        : w.pick(
            `; ${String(genes.programme.nEquivalent)} of ${String(genes.programme.nGenes)} programme genes proven back, ${w.count(genes.notReturned.length, ['gene', 'genes'], ['', ''])} not back`,
            ` ; retour établi pour ${String(genes.programme.nEquivalent)} des ${String(genes.programme.nGenes)} gènes du programme, ${w.count(genes.notReturned.length, ['', ''], ['gène non revenu', 'gènes non revenus'])}`,
          );
    return `${word}${w.pick(': index', ' : indice')} ${w.number(plain?.value ?? NaN)}${interval}, ${basis}${back}.`;
  });
}

function samples(n: number, w: Words): string {
  return w.count(n, ['sample', 'samples'], ['échantillon', 'échantillons']);
}

function same(text: string): Bilingual {
  return { en: text, fr: text };
}
