import { numberFormat } from '../format/number-format.js';
import type { CellFigureText } from './cell-figure-text.js';

const { integer } = numberFormat('fr');

function shownOf(shown: number, all: number): string {
  return shown === all
    ? `${integer(all)} cellules.`
    : `${integer(shown)} cellules sur ${integer(all)}, prises régulièrement.`;
}

const lineages: Readonly<Record<string, string>> = { 'tumour or unresolved': 'tumorale ou indéterminée' };

/** Words of the figures on single cells, in French. */
export const frenchCellFigures: CellFigureText = {
  noMap: 'Aucune représentation n’a été calculée.',
  mapDescription: (cells) => `Carte de ${integer(cells)} cellules.`,
  mapCaption: {
    stages: (shown, all) => `Cellules sur l’UMAP, colorées par stade. ${shownOf(shown, all)}`,
    patients: (shown, all) =>
      `La même carte colorée par patient. Avec plusieurs patients, leurs différences sont ôtées des coordonnées (voisins mutuels), pour que les places soient comparables entre eux. ${shownOf(shown, all)}`,
    calls: (shown, all) =>
      `La même carte, cellules retenues comme persistantes au-dessus. Les appels n’utilisent pas la carte. ${shownOf(shown, all)}`,
    labels: (shown, all) => `La même carte colorée par étiquette. ${shownOf(shown, all)}`,
  },
  calls: { called: 'retenue comme persistante', 'not called': 'non retenue', 'not testable': 'non testable' },
  label: (name) => lineages[name] ?? name,
  filters: {
    kept: 'gardés',
    'tumour-species': 'espèce hôte',
    'empty-droplets': 'gouttes vides',
    'total-counts': 'comptages',
    'detected-genes': 'gènes détectés',
    mitochondrial: 'part mitochondriale',
    doublets: 'doublets',
  },
  filtersDescription: (samples) => `Codes-barres gardés et écartés dans ${integer(samples)} échantillons.`,
  filtersCaption:
    'Codes-barres de chaque échantillon : gardés, et écartés par chaque filtre. Un code-barres est compté au premier filtre qui l’a écarté. Les limites sont dans la table.',
  barcodes: 'Codes-barres',
  fractionsDescription: (patients) => `Fraction de persistantes par stade chez ${integer(patients)} patients.`,
  fractionsCaption:
    'Part des bonnes cellules tumorales dans l’état persistant, avec intervalles à 95 %. La dernière colonne dit ce que contient l’intervalle : « technique » ne connaît que l’échantillonnage des cellules. Creux : aucune persistante n’a pu être montrée, l’intervalle part de zéro.',
  fractionAxis: 'Fraction de persistantes',
  cells: 'Cellules',
  patients: (n) => `${integer(n)} patients`,
  fraction: 'Fraction',
  basisHeader: 'L’intervalle contient',
  basis: {
    'own-replicates': 'les réplicats',
    'borrowed-replicates': 'la variation d’autres patients',
    'technical-only': 'technique seulement',
  },
  noneShown: 'aucune montrée',
  atMost: (fraction) => `au plus ${fraction}`,
  cyclingDescription: (samples) => `Cellules en cycle parmi les persistantes dans ${integer(samples)} échantillons.`,
  cyclingCaption:
    'Part des cellules en phase S, G2 ou M d’après l’expression, parmi les cellules retenues et parmi les autres du même échantillon, avec intervalles à 95 %.',
  cyclingAxis: 'Fraction en cycle',
  cyclingHeader: 'En cycle',
  sample: 'Échantillon',
  others: 'autres cellules',
  scoresDescription: (cells, patients) =>
    `Distribution de l’activité du programme dans ${integer(cells)} cellules de ${integer(patients)} patients.`,
  scoresCaption:
    'Activité du programme appris sur les autres patients, un contour par stade, chacun à la hauteur de son pic. 0 : non traité ; 1 : tout l’effet vu chez les autres.',
  activityAxis: 'Activité du programme',
  abundanceDescription: (gained, lost, all) =>
    `${integer(gained)} voisinages sur ${integer(all)} gagnent des cellules, ${integer(lost)} en perdent.`,
  abundanceCaption:
    'Voisinages à la place de leur cellule centrale ; la taille croît avec leurs cellules. Colorés quand la part des cellules change sous traitement au sein des patients, au taux spatial de fausses découvertes de l’analyse.',
  gained: (n) => `${integer(n)} en gain`,
  lost: (n) => `${integer(n)} en perte`,
  unchanged: (n) => `${integer(n)} non retenus`,
  clustersDescription: (n) => `Variation de la part de ${integer(n)} groupes.`,
  clustersCaption:
    'Variation de la part de chaque groupe au sein des patients, avec intervalles à 95 % ; plein si retenu.',
  clustersAxis: ({ from, to }) => `log du rapport de cotes, ${to} contre ${from}`,
  heatmapDescription: (programmes) => `Gènes communs à chaque paire de ${integer(programmes)} programmes.`,
  heatmapCaption: (programmes) =>
    `${integer(programmes)} programmes qui reviennent à un autre rang et chez un autre patient ; plus une paire est foncée, plus elle partage de ses 50 gènes. Les méta-programmes sont encadrés ; la bande montre le patient.`,
  metaProgrammesDescription: (n) => `Variation de ${integer(n)} méta-programmes sur les patients.`,
  metaProgrammesCaption:
    'Une différence par patient et par méta-programme, leur moyenne avec son intervalle à 95 % ; plein si retenu. Sous le nom : le programme publié le plus proche ou, en couleur, le jeu de gènes avec lequel on pourrait le confondre.',
  metaProgrammesAxis: ({ from, to }) => `Score (ln), ${to} contre ${from}`,
  metaProgramme: 'Méta-programme',
  foundIn: 'Trouvé chez',
  raisedLowered: 'En hausse / en baisse',
  cluster: 'Groupe',
  clusterName: (name) => name.replace('cluster', 'groupe'),
  shares: 'Part moyenne',
  adjustedP: 'P ajusté',
};
