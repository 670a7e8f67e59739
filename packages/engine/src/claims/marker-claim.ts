import type { NamedMarker } from '../markers/named-marker.js';
import type { Analysis } from './analysis.js';
import type { Claim, Verdict } from './claim.js';
import { estimatedNumber, finite, plainNumber } from './claim-parts.js';
import { both } from './words.js';

const verdicts: Readonly<Record<NamedMarker['verdict'], Verdict>> = {
  shared: 'supported',
  'not shared': 'not supported',
  'not measured': 'not testable',
  'not testable': 'not testable',
};

/** Is one named gene a marker the patients share? */
export function markerClaim(marker: NamedMarker, { options, effects, input }: Analysis): Claim {
  const unpaired = effects.patients.length === 0 && input.counts.genes.includes(marker.gene);
  const { gene, fixedEffect } = marker;
  const drawn = marker.patients.length > 0;
  return {
    id: `marker.${gene}`,
    step: 'markers',
    question: both((w) =>
      w.pick(
        `Is ${gene} a marker of these cells in all patients?`,
        `${gene} marque-t-il ces cellules chez tous les patients ?`,
      ),
    ),
    sentence: unpaired
      ? both((w) =>
          w.pick('No patient has samples of both stages.', 'Aucun patient n’a d’échantillons des deux stades.'),
        )
      : marker.sentence,
    verdict: marker.verdict === 'shared' && marker.direction < 0 ? 'contradicted' : verdicts[marker.verdict],
    numbers: [
      estimatedNumber('Mean over patients (95 %)', 'Moyenne sur les patients (95 %)', marker.pooled, 'log₂'),
      plainNumber('Patients raised', 'Patients où il augmente', marker.positive),
      plainNumber('Patients lowered', 'Patients où il diminue', marker.negative),
      plainNumber(
        'Rank among all genes, 1 = most raised',
        'Rang parmi tous les gènes, 1 = le plus augmenté',
        finite(fixedEffect?.rank),
      ),
      plainNumber('Patient-level P', 'P au niveau du patient', finite(marker.pValue)),
    ],
    patients: marker.asked > 0 ? { agree: marker.positive, asked: marker.asked } : null,
    control: both((w) =>
      w.pick(
        `Shared needs all three: an interval over patients that excludes zero, three quarters of the patients with the same sign (${String(marker.needed)} of ${String(marker.asked)}), and a false-discovery rate of ${w.given(100 * options.fdr)} %.`,
        `Partagé exige les trois : un intervalle sur les patients excluant zéro, trois quarts des patients de même signe (${String(marker.needed)} sur ${String(marker.asked)}), et un taux de fausses découvertes de ${w.given(100 * options.fdr)} %.`,
      ),
    ),
    needed: both((w) =>
      w.pick(
        'RNA is not protein: flow cytometry or immunohistochemistry on the same tumours.',
        'L’ARN n’est pas la protéine : cytométrie ou immunohistochimie sur les mêmes tumeurs.',
      ),
    ),
    lines: [],
    tables: drawn ? ['named_markers', 'marker_summary'] : [],
    figures: drawn ? ['named-marker'] : [],
  };
}
