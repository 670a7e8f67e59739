import { numberFormat } from '../format/number-format.js';
import type { SwitchFigureText } from './switch-figure-text.js';

const { integer } = numberFormat('fr');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n < 2 ? one : many}`;

const shapes: Readonly<Record<string, string>> = {
  'two-state': 'tout ou rien (deux états)',
  graded: 'gradué',
  mixture: 'étroit et gradué',
  'cannot tell': 'indéterminé',
  'not testable': 'non testable',
};

const steepness: Readonly<Record<string, string>> = {
  ultrasensitive: 'ultrasensible',
  'not steeper': 'pas plus abrupt',
  'cannot tell': 'indéterminé',
};

const reasons: Readonly<Record<string, string>> = {
  'its regulon has too few measured targets': 'trop peu de cibles mesurées',
  'fewer than two patients move along the programme of the others':
    'moins de deux patients suivent le programme des autres',
  'the cells under treatment are all in one narrow state':
    'les cellules sous traitement sont toutes dans un seul état étroit',
  'the shapes predict held-out cells about equally well': 'les formes prédisent à peu près aussi bien',
  'one graded state predicts best, but the cells show more than one mode':
    'un état gradué prédit le mieux, mais les cellules ont plus d’un mode',
  'fewer than five activated targets outside the programme': 'moins de cinq cibles activées hors du programme',
  'too few cells': 'trop peu de cellules',
  'the regulator level hardly differs between cells': 'le niveau du régulateur varie à peine entre cellules',
};

const variants: Readonly<Record<string, string>> = {
  'half-depth': 'avec la moitié des comptes',
  'deep-cells': 'dans les cellules profondes',
  'shallow-cells': 'dans les cellules peu profondes',
  'without-doublets': 'sans les doublets probables',
};

/** Reasons with names or numbers in them are put together again; others are fixed. */
function reason(phrase: string): string {
  const fixed = reasons[phrase];
  if (fixed !== undefined) return fixed;
  const distance = /^the two states are closer than (\S+) \(Ashman’s D\)$/.exec(phrase)?.[1];
  if (distance !== undefined) return `les deux états sont plus proches que D = ${distance}`;
  const cells = /^no sample under treatment has (\d+) cells with an activity$/.exec(phrase)?.[1];
  if (cells !== undefined) return `aucun échantillon sous traitement n’a ${cells} cellules lisibles`;
  if (phrase.startsWith('persister cells were not shown')) return 'cellules persistantes non montrées';
  const turned = /^(.+) with all cells, (.+) in the control (\S+)$/.exec(phrase);
  if (turned === null) return phrase;
  const [, all = '', other = '', variant = ''] = turned;
  return `${shapes[all] ?? all}, mais ${shapes[other] ?? other} ${variants[variant] ?? variant}`;
}

/** Words of the figures on the switch, in French. */
export const frenchSwitchFigures: SwitchFigureText = {
  moreActive: 'plus actif',
  lessActive: 'moins actif',
  reason: (phrase) => phrase.split('; ').map(reason).join(' ; '),
  regulators: {
    description: (shown, all, lines) =>
      `Rangs de ${integer(shown)} régulateurs sur ${integer(all)} selon ${count(lines, 'ligne', 'lignes')} de preuve, avec l’étendue du rang sans un patient.`,
    caption: (first, all) =>
      `Les ${integer(first)} premiers régulateurs sur ${integer(all)}, toutes lignes de preuve confondues ; ceux qui ont presque les mêmes cibles sont sous le meilleur d’entre eux, et ceux demandés par leur nom sont au rang qu’ils tiennent. Chaque carré : le rang sur cette ligne, d’autant plus foncé qu’il est proche du premier ; dessous, le nombre dont il est tiré. Les lignes sont classées dans le sens de l’activité du régulateur. Son propre ARN n’est qu’une ligne : un régulateur peut être en tête avec un ARN plat. Un carré vide au-dessus d’un nombre : gène précoce immédiat, dont la dissociation élève l’ARN ; il ne compte pas. À droite : le rang toutes lignes confondues, avec le meilleur et le pire rang sans un patient.`,
    rank: 'Rang',
    regulator: 'Régulateur',
    lines: {
      activity: 'Activité',
      patients: 'Accord',
      expression: 'Son ARN',
      position: 'Cibles',
      motif: 'Chromatine',
    },
    perturbation: 'Expérience',
    units: {
      activity: 'z de l’activité',
      patients: 'patients',
      expression: 'log₂, ARN',
      position: 'vues / att.',
      motif: 'motifs liés',
    },
    perturbationUnit: 'valeur P',
    stability: 'Sans un patient',
    axis: 'Rang (échelle log)',
    hidden: (n) => count(n, 'régulateur non montré', 'régulateurs non montrés'),
    noData: (lines) => `Sans données : ${lines.join(', ')}.`,
    asked: 'demandé par son nom',
    run: 'un patient retiré',
    colour: 'plus foncé : plus proche du premier rang',
  },
  knockOut: {
    description: (regulators, untested) =>
      `Retour prédit des tumeurs résiduelles pour ${count(regulators, 'régulateur', 'régulateurs')} ; ${integer(untested)} n’ont pas pu être testés.`,
    caption: ({ from, to }) =>
      `Part prédite du chemin de l’état « ${to} » à l’état « ${from} », le long du programme des autres patients, quand la contribution d’un régulateur est retirée (celle d’un moins actif : rendue). Moyenne des patients avec son intervalle à 95 % ; les points dessous sont les patients. Gris : régulons aléatoires de même taille, mêmes signes et même expression ; 95 % d’entre eux ramènent moins que son bout. Le trait est l’inverse : le chemin que font les tumeurs « ${from} » quand le régulateur est allumé. Une prédiction linéaire tirée de l’ARN ; seule une expérience montre ce que fait une inactivation.`,
    axis: ({ from, to }) => `Part du chemin de « ${to} » à « ${from} » (%)`,
    regulator: 'Régulateur',
    targets: (n) => count(n, 'cible', 'cibles'),
    share: 'Retour [intervalle]',
    patients: 'Dans ce sens',
    random: 'P, hasard',
    beyond: 'intervalle au-delà des régulons aléatoires',
    notBeyond: 'pas au-delà',
    point: 'un patient',
    activation: 'allumé : part du chemin aller',
    band: 'régulons aléatoires, jusqu’à 95 % d’entre eux',
    notTestable: (regulators, why) => `Non testable : ${regulators.join(', ')}${why === '' ? '' : ` (${why})`}.`,
    more: (n) => `Encore ${count(n, 'régulateur', 'régulateurs')} dans la table knock_out.`,
  },
  shape: {
    description: (patients, untested) =>
      `Activité du programme dans les cellules uniques de ${count(patients, 'patient', 'patients')}, avec les états ajustés ; ${integer(untested)} n’ont pas pu être testés.`,
    caption: ({ from, to }, hasCells) =>
      [
        hasCells
          ? `Activité du programme cellule par cellule, aux stades « ${from} » et « ${to} », en part par unité d’activité ; les cellules « ${from} » sont mises à la hauteur du cadre.`
          : '',
        `Courbes : ce qui a été ajusté aux cellules « ${to} », deux états étroits contre un état gradué, tracé en courbes normales de leur moyenne, de leur étendue et du bruit de comptage. Deux états ne se voient que s’ils sont plus éloignés que le bruit. Le verdict vient de cellules absentes de l’ajustement : log-vraisemblance par cellule, deux états moins gradué, ± erreur type. D : séparation des deux états (Ashman ; 2 est net). Dip : test d’un seul mode. Contrôles : le verdict avec la moitié des comptes, dans les cellules plus et moins profondes, et sans les doublets probables.`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    axis: ({ from }) => `Activité du programme : 0 pour « ${from} », 1 pour le programme entier`,
    verdict: (name) => shapes[name] ?? name,
    cells: (n) => count(n, 'cellule', 'cellules'),
    advantage: (value, standardError) => `deux − gradué ${value} ± ${standardError}`,
    dip: (p) => `P du dip ${p}`,
    controls: (alike, all) => `contrôles : ${integer(alike)} sur ${integer(all)} identiques`,
    fits: {
      'two-state': 'deux états, ajustés',
      graded: 'un état gradué, ajusté',
      mixture: 'mélange, ajusté',
    },
    notTestable: (patients, why) => `Non testable : ${patients.join(', ')}${why === '' ? '' : ` (${why})`}.`,
  },
  response: {
    description: (panels, pairs) =>
      `Activité du programme selon le niveau du régulateur dans ${integer(panels)} sur ${count(pairs, 'paire', 'paires')} régulateur–patient.`,
    caption: ([least, most]) =>
      `Cellules d’un patient en classes de même effectif selon le niveau d’un régulateur, lu sur ses cibles activées hors du programme ; les comptes qui choisissent la classe ne sont pas ceux qui donnent son niveau. Barres : une erreur type. Courbe : la courbe de Hill ajustée ; son coefficient avec un intervalle à 95 % par rééchantillonnage, cherché entre ${least} et ${most}. Un intervalle au-dessus de 1 est plus abrupt qu’une liaison saturable (ultrasensible). Une courbe qui descend, ou qui tient dans les barres, dit que le programme ne suit pas ce régulateur d’une cellule à l’autre. Un coefficient faible ne prouve pas un interrupteur gradué : les cellules diffèrent par plus d’un régulateur.`,
    x: 'Niveau du régulateur (1 dans les cellules non traitées)',
    y: 'Activité du programme',
    verdict: (name) => steepness[name] ?? name,
    hill: (value, interval) => `Hill ${value}${interval === '' ? '' : ` [${interval}]`}`,
    atLeast: (value) => `au moins ${value}`,
    bin: 'cellules en classes, ± erreur type',
    curve: 'courbe de Hill',
    notRead: (pairs, why) => `Non lu${why === '' ? '' : ` (${why})`} : ${pairs.join(' ; ')}.`,
    more: (n) => `Encore ${count(n, 'paire', 'paires')} dans les tables switch_response et switch_steepness.`,
  },
};
