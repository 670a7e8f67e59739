import type { Bilingual, Claim, ClaimNumber } from '@remnant/engine';

/** The same text in both languages. */
export const both = (en: string, fr: string): Bilingual => ({ en, fr });
const number = (
  label: Bilingual,
  value: number | null,
  unit = '',
  low: number | null = null,
  high: number | null = null,
): ClaimNumber => ({ label, value, low, high, unit });

/** Claims as the reference study made them. */
export const referenceClaims: readonly Claim[] = [
  {
    id: 'programme.shared',
    step: 'programme',
    question: both('Is there a programme common to the patients?', 'Existe-t-il un programme commun aux patients ?'),
    sentence: both(
      'A shared programme of 391 genes up and 299 down separates residual from untreated samples, and holds in 7 of 8 patients when learned from the others.',
      'Un programme commun de 391 gènes augmentés et 299 diminués sépare les échantillons résiduels des non traités, et se retrouve chez 7 patients sur 8 lorsqu’il est appris sur les autres.',
    ),
    verdict: 'supported',
    numbers: [
      number(both('Genes up', 'Gènes augmentés'), 391, 'genes'),
      number(both('Genes down', 'Gènes diminués'), 299, 'genes'),
      number(
        both(
          'Smallest leave-one-patient-out AUC with replicates',
          'Plus petite AUC en retirant un patient, avec réplicats',
        ),
        0.99,
      ),
      number(
        both('Mean difference of signature score', 'Différence moyenne de score de signature'),
        0.75,
        '',
        0.47,
        1.03,
      ),
      number(
        both('Genes up in all patients, expected by chance', 'Gènes augmentés chez tous, attendus au hasard'),
        12.4,
        'genes',
      ),
      number(both('Prior degrees of freedom', 'Degrés de liberté a priori'), 3.77365),
    ],
    patients: { agree: 7, asked: 8 },
    control: both(
      'Stage labels permuted within each patient: 413 genes agree in all eight patients against 12.4 expected. Without correction for patient, samples cluster by technology (adjusted Rand 0.81) and not by stage (0.02).',
      'Stades permutés au sein de chaque patient : 413 gènes concordent chez les huit patients, contre 12,4 attendus. Sans correction de l’effet patient, les échantillons se regroupent par technologie (Rand ajusté 0,81) et non par stade (0,02).',
    ),
    needed: both(
      'Replicates in the five patients with one sample per arm.',
      'Des réplicats chez les cinq patients n’ayant qu’un échantillon par bras.',
    ),
    lines: [],
    tables: ['programme_genes', 'programme_patients', 'vote', 'samples'],
    figures: ['volcano', 'patient-forest', 'leave-one-out', 'vote-null', 'pca-raw', 'pca-corrected', 'gene-sets'],
  },
  {
    id: 'programme.treatment',
    step: 'programme',
    question: both('Is it the same whatever the treatment?', 'Est-il le même quel que soit le traitement ?'),
    sentence: both(
      'Within a patient the treatments give nearly the same programme (r 0.93 to 0.97); between patients the agreement is partial (r 0.01 to 0.65).',
      'Chez un même patient, les traitements donnent presque le même programme (r de 0,93 à 0,97) ; entre patients, l’accord est partiel (r de 0,01 à 0,65).',
    ),
    verdict: 'supported',
    numbers: [
      number(
        both('Median correlation within patients', 'Corrélation médiane chez un même patient'),
        0.95,
        '',
        0.93,
        0.97,
      ),
      number(both('Median correlation between patients', 'Corrélation médiane entre patients'), 0.44, '', 0.01, 0.65),
    ],
    patients: { agree: 2, asked: 2 },
    control: both(
      'The same correlation on genes outside the signature: 0.10 to 0.30 between patients.',
      'La même corrélation hors signature : 0,10 à 0,30 entre patients.',
    ),
    needed: both(
      'Several treatments in the six patients who had one.',
      'Plusieurs traitements chez les six patients qui n’en ont reçu qu’un.',
    ),
    lines: [],
    tables: ['treatment_correlations'],
    figures: ['treatment-heatmap', 'leave-one-out'],
  },
  {
    id: 'regulators.ranked',
    step: 'regulators',
    question: both('Which regulators drive it?', 'Quels régulateurs le pilotent ?'),
    sentence: both(
      'STAT1, IRF1 and NFKB1 lead the 745 regulators; MYC, SREBF1, SREBF2 and E2F4 are the least active.',
      'STAT1, IRF1 et NFKB1 arrivent en tête des 745 régulateurs ; MYC, SREBF1, SREBF2 et E2F4 sont les moins actifs.',
    ),
    verdict: 'supported',
    numbers: [
      number(both('Regulators scored', 'Régulateurs évalués'), 745),
      number(both('Beyond the null at 5 %', 'Au-delà du nul à 5 %'), 96, 'regulators'),
    ],
    patients: { agree: 7, asked: 8 },
    control: both(
      'Targets redrawn at random with the same sizes and overlaps.',
      'Cibles retirées au hasard, à tailles et recouvrements égaux.',
    ),
    needed: both('Chromatin accessibility of the same tumours.', 'L’accessibilité de la chromatine des mêmes tumeurs.'),
    lines: [],
    tables: ['regulators'],
    figures: ['regulator-ranking'],
  },
  {
    id: 'regulator.FOSL1',
    step: 'regulators',
    question: both('Is FOSL1 the switch?', 'FOSL1 est-il l’interrupteur ?'),
    sentence: both(
      'FOSL1 is not supported by RNA alone: its regulon ranks 66th of 745 (P = 0.26) and its own RNA is flat.',
      'FOSL1 n’est pas étayé par l’ARN seul : son régulon est 66e sur 745 (P = 0,26) et son propre ARN ne varie pas.',
    ),
    verdict: 'not supported',
    numbers: [
      number(both('Rank of the regulon', 'Rang du régulon'), 66),
      number(both('Consensus activity', 'Activité consensus'), 1.13),
      number(both('P against the permutation null', 'P face au nul par permutation'), 0.26),
      number(both('log₂ fold change of its RNA', 'log₂ du rapport de son ARN'), -0.04, '', -0.52, 0.44),
    ],
    patients: { agree: 5, asked: 8 },
    control: both(
      'Immediate-early genes scored apart: the signal of AP-1 is not only dissociation.',
      'Gènes précoces évalués à part : le signal AP-1 ne se réduit pas à la dissociation.',
    ),
    needed: both(
      'Chromatin peaks or motifs, and a gain- or loss-of-function table.',
      'Des pics ou motifs de chromatine, et une table de gain ou de perte de fonction.',
    ),
    lines: [
      {
        id: 'expression',
        label: both('RNA of FOSL1', 'ARN de FOSL1'),
        verdict: 'not supported',
        sentence: both('Flat: −0.04, higher in 2 of 8 patients.', 'Stable : −0,04, augmenté chez 2 patients sur 8.'),
      },
      {
        id: 'regulon',
        label: both('Regulon activity', 'Activité du régulon'),
        verdict: 'not supported',
        sentence: both('Rank 66 of 745, P = 0.26.', 'Rang 66 sur 745, P = 0,26.'),
      },
      {
        id: 'chromatin',
        label: both('Chromatin', 'Chromatine'),
        verdict: 'not testable',
        sentence: both('No peak or motif table was given.', 'Aucune table de pics ou de motifs n’a été fournie.'),
      },
      {
        id: 'perturbation',
        label: both('Perturbation', 'Perturbation'),
        verdict: 'not testable',
        sentence: both(
          'No gain- or loss-of-function table was given.',
          'Aucune table de gain ou de perte de fonction n’a été fournie.',
        ),
      },
    ],
    tables: ['named_regulators', 'regulator_patients'],
    figures: ['named-regulator', 'regulator-ranking'],
  },
  {
    id: 'origin.reversal',
    step: 'origin',
    question: both('Does it reverse after treatment?', 'Est-il réversible après le traitement ?'),
    sentence: both(
      'In both patients with relapse samples the programme goes back: reversal 0.98 in HBCx10 and 0.97 in HBCx33. Six patients cannot be tested.',
      'Chez les deux patients ayant des échantillons de rechute, le programme revient : réversion de 0,98 chez HBCx10 et de 0,97 chez HBCx33. Six patients ne sont pas testables.',
    ),
    verdict: 'supported',
    numbers: [
      number(both('Reversal, HBCx10', 'Réversion, HBCx10'), 0.981, '', 0.93, 1.04),
      number(both('Reversal, HBCx33', 'Réversion, HBCx33'), 0.974, '', 0.87, 1.09),
    ],
    patients: { agree: 2, asked: 2 },
    control: both(
      'Equivalence test gene by gene: 702 of 891 and 51 of 70 genes are shown to be back.',
      'Test d’équivalence gène par gène : 702 gènes sur 891 et 51 sur 70 sont démontrés revenus.',
    ),
    needed: both('Relapse samples of the other six patients.', 'Des échantillons de rechute des six autres patients.'),
    lines: [
      {
        id: 'HBCx10',
        label: both('HBCx10', 'HBCx10'),
        verdict: 'supported',
        sentence: both('0.981 [0.93 to 1.04].', '0,981 [0,93 à 1,04].'),
      },
    ],
    tables: ['reversal'],
    figures: ['reversal'],
  },
  {
    id: 'origin.clones',
    step: 'origin',
    question: both(
      'Is it selection of a clone or adaptation?',
      'S’agit-il de la sélection d’un clone ou d’une adaptation ?',
    ),
    sentence: both(
      'Clones cannot be told apart in these data.',
      'Ces données ne permettent pas de distinguer les clones.',
    ),
    verdict: 'not testable',
    numbers: [],
    patients: null,
    control: both('', ''),
    needed: both(
      'Lineage barcodes or copy number per cell.',
      'Des codes-barres de lignage ou le nombre de copies par cellule.',
    ),
    lines: [],
    tables: [],
    figures: [],
  },
  {
    id: 'marker.CD44',
    step: 'markers',
    question: both('Is CD44 a marker shared by the patients?', 'CD44 est-il un marqueur partagé par les patients ?'),
    sentence: both(
      'CD44 RNA is not shared: it rises in 4 patients and falls in 4, from +1.77 in HBCx10 to −1.52 in HBCx218.',
      'L’ARN de CD44 n’est pas partagé : il augmente chez 4 patients et diminue chez 4, de +1,77 chez HBCx10 à −1,52 chez HBCx218.',
    ),
    verdict: 'contradicted',
    numbers: [
      number(both('Rank among genes', 'Rang parmi les gènes'), 4781),
      number(both('Pooled log₂ fold change', 'log₂ du rapport, tous patients'), 0.02, '', -0.77, 0.81),
    ],
    patients: { agree: 4, asked: 8 },
    control: both('Genes of the same expression drawn at random.', 'Gènes de même expression tirés au hasard.'),
    needed: both('Protein at the surface, by flow cytometry.', 'La protéine à la surface, par cytométrie en flux.'),
    lines: [],
    tables: ['named_markers'],
    figures: ['named-marker'],
  },
];
