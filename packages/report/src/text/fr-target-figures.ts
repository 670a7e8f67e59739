import { numberFormat } from '../format/number-format.js';
import type { TargetFigureText } from './target-figure-text.js';

const { integer } = numberFormat('fr');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n < 2 ? one : many}`;

const states: Readonly<Record<string, string>> = {
  persister: 'persistantes',
  other: 'non retenues',
  all: 'toutes',
};

const compartments: Readonly<Record<string, string>> = {
  'CD8 T cells': 'T CD8',
  'NK cells': 'cellules NK',
  'myeloid cells': 'cellules myéloïdes',
};

const drugStatuses: Readonly<Record<string, string>> = {
  approved: 'approuvé',
  'in trials': 'en essais',
  stopped: 'arrêté',
};

/** Reasons of the axes, with their numbers. */
const axisReasons: readonly (readonly [RegExp, string])[] = [
  [/^patients that can be compared: (\d+), and sharing needs (\d+)$/, 'patients comparables : $1, et il en faut $2'],
  [
    /^genes that can be scored: (\d+) of (\d+) \((\d+) belong to the programme\), and an axis needs (\d+)$/,
    'gènes évaluables : $1 sur $2 ($3 du programme), et il en faut $4',
  ],
  [/^fewer than half of its (\d+) executors were measured$/, 'moins de la moitié de ses $1 exécuteurs ont été mesurés'],
  [
    /^genes to draw random sets from: (\d+), and (\d+) are needed$/,
    'gènes pour tirer des ensembles au hasard : $1, et il en faut $2',
  ],
];

function axisReason(phrase: string): string {
  const known = axisReasons.find(([pattern]) => pattern.test(phrase));
  return known === undefined ? phrase : phrase.replace(...known);
}

/** Titles of the tables on markers, weaknesses and targets, in French. */
export const frenchTargetTables: Readonly<Record<string, string>> = {
  surface_markers: 'Marqueurs de surface, classés par ce que partagent les patients',
  secreted_markers: 'Protéines sécrétées, classées par ce que partagent les patients',
  marker_patients: 'Marqueurs classés, patient par patient',
  antigens: 'Antigènes des anticorps conjugués sur ces tumeurs',
  marker_gates: 'Fenêtres d’un à trois marqueurs',
  marker_gate_patients: 'La fenêtre choisie sans chaque patient, sur ce patient',
  weakness_axes: 'Axes de faiblesse signés, sur les patients',
  weakness_patients: 'Axes de faiblesse signés, patient par patient',
  weakness_genes: 'Gènes de chaque axe : signe, raison, source, et ce qu’ils font ici',
  weakness_states: 'Axes signés par type de cellules',
  death_modes: 'Exécuteurs de chaque mode de mort, par patient et type de cellules',
  iron_pattern: 'CD44, TFRC et gènes mésenchymateux, patient par patient',
  mhc_loss: 'Perte du CMH de classe I, patient par patient',
  drug_matches: 'Médicaments confrontés au programme',
  drug_targets: 'Cibles que partagent les patients, médicament par médicament',
  targets: 'Cibles candidates, avec ce qui parle pour et contre chacune',
};

/** Words of the figures on markers, weaknesses and targets, in French. */
export const frenchTargetFigures: TargetFigureText = {
  gene: 'Gène',
  rank: 'Rang',
  patients: 'Patients d’accord',
  ofPatients: (agree, asked) => `${integer(agree)} sur ${integer(asked)}`,
  surfaceMarkers: {
    description: (genes, patients) =>
      `Variation de ${count(genes, 'gène de surface', 'gènes de surface')} chez ${count(patients, 'patient', 'patients')}, un point chacun.`,
    caption: ({ from, to, genes, hasCells }) =>
      `Les premiers de ${count(genes, 'gène classé', 'gènes classés')} de protéines de surface, ${to} contre ${from}, et tout marqueur désigné. La couleur est la variation log₂ chez chaque patient.${hasCells ? ' L’aire d’un point est la part de cellules persistantes positives à profondeur commune ; les carrés sont les patients sans cellules retenues.' : ' Aucune cellule n’a été lue : toutes les marques ont une taille.'} « Moyenne » : chaque patient pèse autant ; « pire rang » : le rang sans le patient dont l’absence coûte le plus. L’ARN n’est pas la protéine de surface.`,
    mean: 'Moyenne',
    worst: 'Pire rang',
    worstRank: (rank, without) => `${rank} sans ${without}`,
    hidden: (n) => count(n, 'gène non montré', 'gènes non montrés'),
    colour: 'log₂ du rapport chez le patient',
    size: 'Persistantes positives',
    noCells: 'sans cellules retenues',
    shared: 'commun aux patients',
    lowered: 'commun, mais en baisse',
    notShared: 'non commun',
    named: 'désigné',
  },
  markerGates: {
    description: (sizes, patients) =>
      `Sensibilité contre 1 − spécificité de fenêtres de ${count(sizes, 'taille', 'tailles')} chez ${count(patients, 'patient écarté', 'patients écartés')}.`,
    caption: ({ named }) =>
      `Ce qu’une fenêtre d’un, deux ou trois marqueurs garde de cellules persistantes (en haut) et exclut de cellules tumorales non traitées (à gauche). Gris : la meilleure fenêtre sur les patients qui l’ont fait choisir, ce qui est trop beau. Vert : tout le choix refait sans chaque patient et essayé sur lui (points), et sa moyenne sur les patients avec intervalles à 95 % : ce qu’il faut attendre chez le prochain. La flèche est l’optimisme. Youden : sensibilité + spécificité − 1, face aux cellules non traitées ou normales, au pire des deux.${named === null ? '' : ` Nommés : les ${integer(named)} patients où elle réussit le moins.`}`,
    panel: (size) => count(size, 'marqueur', 'marqueurs'),
    x: '1 − spécificité',
    y: 'Sensibilité',
    patient: 'patient écarté',
    nested: 'moyenne sur les patients écartés',
    apparent: 'sur les patients du choix',
    chance: 'hasard',
    youden: (apparent, nested) => `Youden ${apparent} apparent, ${nested} écarté`,
    keeps: (sensitivity) => `écarté, elle garde ${sensitivity} des persistantes`,
    excludes: (untreated, normal) =>
      `exclut : non traitées ${untreated}${normal === null ? '' : `, normales ${normal}`}`,
    chosen: (same, asked) => `rechoisie sans ${integer(same)} des ${count(asked, 'patient', 'patients')}`,
    p: (value) => `P ${value} face aux étiquettes mélangées`,
  },
  antigens: {
    description: (measured, all) =>
      `Niveau et cellules positives pour ${integer(measured)} de ${count(all, 'antigène', 'antigènes')}.`,
    caption: ({ from, to, hasCells }) =>
      `Antigènes que lie un anticorps conjugué, et gènes désignés, du plus haut au plus bas. Niveau : place parmi tous les gènes dans les échantillons ${to}, du patient qui en a le moins à celui qui en a le plus, avec la moyenne.${hasCells ? ' Cellules positives : part qui porte le gène à profondeur commune, moyenne sur les patients (barre : intervalle à 95 % pour les persistantes). Un bon antigène est loin à droite pour les persistantes et loin à gauche pour les normales.' : ''} Variation : moyenne des log₂ face à ${from}, et patients en hausse ; un antigène qui n’augmente pas peut encore être lié. Le statut des médicaments est celui de la source citée, pour une tumeur donnée, et non une indication. L’ARN n’est pas la protéine de surface.`,
    gene: 'Antigène',
    level: 'Niveau chez les patients',
    levelAxis: 'Place parmi tous les gènes',
    positive: 'Cellules positives',
    positiveAxis: 'Part des cellules',
    change: 'Variation',
    drugs: 'Conjugué et statut',
    up: (up, asked) => `hausse : ${integer(up)} sur ${integer(asked)}`,
    range: 'du patient le plus bas au plus haut, moyenne',
    persister: 'persistantes',
    untreated: 'tumorales non traitées',
    normal: 'normales',
    named: 'désigné',
    noDrug: 'aucun dans les listes',
    drugStatus: (name) => drugStatuses[name] ?? name,
    more: (n) => `et ${integer(n)} de plus`,
    notMeasured: (genes) => `Non mesurés : ${genes.join(', ')}.`,
  },
  weaknessAxes: {
    description: (tested, untested) =>
      `Variation moyenne signée de ${count(tested, 'axe', 'axes')} avec intervalle et patients ; ${integer(untested)} non testables.`,
    caption: ({ from, to }) =>
      `Variation log₂ moyenne des gènes de chaque axe, ${to} contre ${from} ; les gènes qui parlent contre lui comptent avec le signe opposé, ceux du programme sont retirés. Losanges : moyenne sur les patients avec son intervalle à 95 % ; points : patients, colorés si le patient seul montre un écart. À droite de zéro : davantage de ce que nomme l’axe, ce qui pour une défense n’est pas une faiblesse. En hausse ou en baisse : P ajusté sur les patients, au-delà de gènes au hasard, et chez trois quarts des patients. L’ARN classe ces hypothèses ; il n’en confirme aucune.`,
    axis: ({ from, to }) => `Variation log₂ moyenne signée, ${to} contre ${from}`,
    header: 'Axe',
    effect: 'Moyenne [95 %]',
    verdictHeader: 'Sur les patients',
    group: {
      iron: 'Fer',
      lipid: 'Lipides et défense contre la ferroptose',
      death: 'Modes de mort',
      immune: 'Système immunitaire',
      state: 'État',
      metabolism: 'Métabolisme',
    },
    ahr: (compartment) => `Cibles d’AhR, ${compartments[compartment] ?? compartment}`,
    verdict: {
      raised: 'en hausse',
      lowered: 'en baisse',
      'not shared': 'non commun',
      'not testable': 'non testable',
    },
    patientRaised: 'patient en hausse',
    patientLowered: 'patient en baisse',
    patientUnclear: 'pas d’écart montré',
    pooled: 'moyenne sur les patients',
    reason: (phrase) => phrase.split('; ').map(axisReason).join(' ; '),
  },
  ironPattern: {
    description: (patients, inPattern) =>
      `CD44 contre TFRC chez ${count(patients, 'patient', 'patients')} ; ${integer(inPattern)} avec CD44 en hausse, TFRC en baisse et gènes mésenchymateux en hausse.`,
    caption: ({ from, to }) =>
      `Variation de CD44 et de TFRC chez chaque patient, ${to} contre ${from}, avec intervalles à 95 %. Ombré : là où seraient des cellules qui captent le fer par CD44 et ferment la voie de la transferrine ; le motif demande aussi des gènes mésenchymateux en hausse (triangles droits). Inversé : les trois en sens contraire. Creux : l’intervalle des gènes mésenchymateux contient zéro. L’ARN ne mesure pas le fer labile.`,
    axis: (gene) => `${gene}, log₂ du rapport`,
    quadrant: 'CD44 en hausse, TFRC en baisse',
    heading: 'Gènes mésenchymateux',
    up: 'en hausse',
    down: 'en baisse',
    unclear: 'creux : l’intervalle contient zéro',
    unknown: 'non évalués',
    signs: 'Signes des trois',
    counts: {
      pattern: (n) => `${count(n, 'patient', 'patients')} : le motif`,
      inverted: (n) => `${count(n, 'patient', 'patients')} : inversé`,
      mixed: (n) => `${count(n, 'patient', 'patients')} : mêlés`,
    },
    notDrawn: (patients) => `CD44 ou TFRC non mesuré : ${patients.join(', ')}.`,
  },
  deathModes: {
    description: (rows, patients) =>
      `Expression des exécuteurs de chaque mode de mort dans ${count(rows, 'type de cellules', 'types de cellules')} de ${count(patients, 'patient', 'patients')}.`,
    caption: ({ limit, isShort }) =>
      `Un mode de mort est ouvert si chacune de ses étapes a un exécuteur exprimé, bloqué si une étape n’en a aucun (nommé), indécis si un exécuteur n’a pas été mesuré, appartient au programme ou a trop peu de comptages (nommé).${limit === null ? '' : ` Exprimé : limite de Poisson inférieure (95 %) au-dessus de ${limit} par million ; absent : limite supérieure au-dessous.`}${isShort ? ' Seuls les stades comparés sont dessinés ; la table contient les autres.' : ''} L’ARN des exécuteurs est une compétence, pas la mort.`,
    state: (name) => states[name] ?? name,
    cells: (n) => `${n} cellules`,
    open: 'ouvert',
    blocked: 'bloqué : l’exécuteur absent',
    cannotTell: 'indécis : ce qui reste incertain',
    missing: (genes) => `sans ${genes}`,
    untold: (genes) => `${genes} : incertain`,
    unmeasured: (genes) => `non mesuré : ${genes}`,
    more: (n) => `${count(n, 'ligne de plus', 'lignes de plus')} dans la table.`,
  },
  targetMatrix: {
    description: (shown, all) =>
      `Cinq lignes de preuve pour les ${integer(shown)} premières de ${count(all, 'cible candidate', 'cibles candidates')}.`,
    caption: ({ from, to, shown, all }) =>
      `${shown < all ? `Les ${integer(shown)} premières de ${integer(all)} candidates` : `Les ${integer(all)} candidates`}, ordonnées par lignes qui les étayent, puis par lignes qui les contredisent, puis par |t| sur les patients ; il n’y a pas de score. Un tiret : la ligne est sans objet ; un gène qui n’est pas un régulateur n’en tire ni avantage ni tort. Effet : variation log₂ moyenne sur les patients, ${to} contre ${from}. « Contre » : combien d’éléments la table donne contre le gène, en toutes lettres là-bas. Une cible est une hypothèse ; la table nomme l’expérience qui trancherait.`,
    line: {
      shared: 'commun',
      surface: 'de surface',
      regulator: 'régulateur',
      weakness: 'faiblesse',
      drug: 'médicament',
    },
    standing: {
      supported: 'étayé',
      'not supported': 'non étayé',
      contradicted: 'contredit',
      'not testable': 'non testable',
      'does not apply': 'sans objet',
    },
    effect: 'Variation log₂',
    patients: 'Patients',
    against: 'Contre',
    drugs: 'Médicaments',
  },
};
