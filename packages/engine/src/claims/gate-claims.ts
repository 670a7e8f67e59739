import type { GateMarker } from '../markers/gate-performance.js';
import type { GatesOfSize, MarkerGates } from '../markers/marker-gates.js';
import type { Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** A gate holds when its nested index lies above zero over patients and shuffled labels do not reach it. */
const shuffleLevel = 0.05;

/** Can one to three markers tell these cells from the others? Null: without single cells, or without genes to try. */
export function gateClaim(gates: MarkerGates | null, { hasCells }: { readonly hasCells: boolean }): Claim {
  const best = bestOf(gates);
  const asked = best?.nested.patients.length ?? 0;
  const agree = best?.nested.patients.filter(({ youden }) => youden > 0).length ?? 0;
  return {
    id: 'markers.gates',
    step: 'markers',
    question: both((w) =>
      w.pick(
        'Could these cells be sorted with one to three markers?',
        'Pourrait-on trier ces cellules avec un à trois marqueurs ?',
      ),
    ),
    sentence: both((w) => (gates === null ? notAsked(w, hasCells) : gateSentence(w, gates, best))),
    verdict: best === null ? 'not testable' : verdictOf(best),
    numbers: gates === null ? [] : gates.sizes.flatMap(numbersOf),
    patients: best === null ? null : { agree, asked },
    control: both((w) => controlSentence(w, gates, best)),
    needed: both((w) =>
      w.pick(
        'Gates on RNA say which antibodies to try, not where to set them: flow cytometry on residual and untreated tumours, then the sorted cells back under the drug, to see that they survive it.',
        'Une fenêtre sur l’ARN dit quels anticorps essayer, pas où les régler : cytométrie sur tumeurs résiduelles et non traitées, puis les cellules triées remises sous traitement, pour voir si elles y survivent.',
      ),
    ),
    lines: gates === null ? [] : gates.sizes.map(gateLine),
    tables: ['marker_gates', 'marker_gate_patients'],
    figures: ['marker-gates'],
  };
}

/** The size with the highest nested index; the smaller one where a marker more gains nothing. */
function bestOf(gates: MarkerGates | null): GatesOfSize | null {
  let best: GatesOfSize | null = null;
  for (const size of gates?.sizes ?? []) {
    const own = size.nested.youden.value;
    if (own === null) continue;
    if (best === null || own > (best.nested.youden.value ?? -1)) best = size;
  }
  return best;
}

function verdictOf({ nested, pValue }: GatesOfSize): Verdict {
  const above = (nested.youden.low ?? -1) > 0;
  return above && (pValue === null || pValue <= shuffleLevel) ? 'supported' : 'not supported';
}

function notAsked(w: Words, hasCells: boolean): string {
  return hasCells
    ? w.pick(
        'No list of surface proteins is at hand to choose markers from (pack surfaceome, or a file).',
        'Aucune liste de protéines de surface n’est disponible pour choisir les marqueurs (paquet surfaceome, ou un fichier).',
      )
    : w.pick('The study has no single cells to gate.', 'L’étude n’a pas de cellules uniques à trier.');
}

function gateSentence(w: Words, gates: MarkerGates, best: GatesOfSize | null): string {
  const gate = best?.gates[0];
  if (best === null || gate === undefined) {
    return w.pick(
      `Too few patients have enough persister and untreated cells to try a gate on patients it was not learned from (${String(gates.patients.length)} of three).`,
      `Trop peu de patients ont assez de cellules persistantes et non traitées pour essayer une fenêtre sur d’autres que ceux qui l’ont apprise (${String(gates.patients.length)} sur trois).`,
    );
  }
  const percent = (value: number | null): string => `${w.number(100 * (value ?? NaN), 0)} %`;
  const { sensitivity, specificity } = best.nested;
  const target =
    gates.basis === 'stage'
      ? w.pick('tumour cells under treatment', 'cellules tumorales sous traitement')
      : w.pick('persister cells', 'cellules persistantes');
  return w.pick(
    `The best gate of ${w.count(best.size, ['marker', 'markers'], ['', ''])} is ${nameOf(gate.markers)}. Chosen anew without each patient, gates of that size keep ${percent(sensitivity.value)} of ${target} and leave out ${percent(specificity.value)} of untreated tumour cells of the patient left out.`,
    `La meilleure fenêtre à ${w.count(best.size, ['', ''], ['marqueur', 'marqueurs'])} est ${nameOf(gate.markers)}. Choisies à nouveau sans chaque patient, celles de cette taille gardent ${percent(sensitivity.value)} des ${target} et écartent ${percent(specificity.value)} des cellules tumorales non traitées du patient écarté.`,
  );
}

function controlSentence(w: Words, gates: MarkerGates | null, best: GatesOfSize | null): string {
  if (gates === null || best === null) {
    return w.pick('No gate could be tried.', 'Aucune fenêtre n’a pu être essayée.');
  }
  const mean = best.shuffled.reduce((sum, index) => sum + index, 0) / best.shuffled.length;
  const shuffled =
    best.pValue === null
      ? ''
      : w.pick(
          ` With labels shuffled within patients the whole choice gives an index of ${w.signed(mean)} on average (P ${w.pValue(best.pValue)}).`,
          ` Avec des étiquettes permutées au sein des patients, tout le choix donne un indice de ${w.signed(mean)} en moyenne (P ${w.pValue(best.pValue)}).`,
        );
  const basis =
    gates.basis === 'stage'
      ? w.pick(
          'Gates are held against the stage of the sample, because too few patients have persister cells called without the candidate genes.',
          'Les fenêtres sont jugées sur le stade de l’échantillon, faute de patients dont les cellules persistantes sont appelées sans les gènes candidats.',
        )
      : w.pick(
          'No gene vouches for itself: the cells were called again by callers that never saw the candidate genes.',
          'Aucun gène ne témoigne pour lui-même : les cellules ont été appelées à nouveau sans les gènes candidats.',
        );
  return `${basis}${shuffled}`;
}

function numbersOf({ size, nested, gates }: GatesOfSize): Claim['numbers'] {
  const apparent = gates[0]?.apparent.youden.value ?? null;
  const n = String(size);
  return [
    estimatedNumber(
      `Sensitivity, ${n} marker(s), nested`,
      `Sensibilité, ${n} marqueur(s), emboîtée`,
      nested.sensitivity,
    ),
    estimatedNumber(
      `Specificity, ${n} marker(s), nested`,
      `Spécificité, ${n} marqueur(s), emboîtée`,
      nested.specificity,
    ),
    estimatedNumber(
      `Youden index, ${n} marker(s), nested`,
      `Indice de Youden, ${n} marqueur(s), emboîté`,
      nested.youden,
    ),
    plainNumber(
      `Youden index, ${n} marker(s), before paying for the choice`,
      `Indice de Youden, ${n} marqueur(s), avant de payer le choix`,
      apparent,
    ),
  ];
}

function gateLine(found: GatesOfSize): ClaimLine {
  const gate = found.gates[0];
  return {
    id: `size-${String(found.size)}`,
    label: both((w) => w.count(found.size, ['marker', 'markers'], ['marqueur', 'marqueurs'])),
    verdict: verdictOf(found),
    sentence: both((w) => {
      const { youden } = found.nested;
      const index = `${w.signed(youden.value ?? NaN)} [${w.signed(youden.low ?? NaN)}, ${w.signed(youden.high ?? NaN)}]`;
      const chosen = new Set(found.nested.chosen.map(nameOf));
      return w.pick(
        `${nameOf(gate?.markers ?? [])}; Youden index ${index} when chosen without the patient; ${w.count(chosen.size, ['different gate', 'different gates'], ['', ''])} chosen over the patients left out.`,
        `${nameOf(gate?.markers ?? [])} ; indice de Youden ${index} quand le choix se fait sans le patient ; ${w.count(chosen.size, ['', ''], ['fenêtre différente choisie', 'fenêtres différentes choisies'])} selon le patient écarté.`,
      );
    }),
  };
}

function nameOf(markers: readonly Pick<GateMarker, 'gene' | 'sign'>[]): string {
  return markers.map(({ gene, sign }) => `${gene}${sign}`).join(' ');
}
