import { numberFormat } from '../format/number-format.js';
import type { OriginFigureText } from './origin-figure-text.js';

const { integer } = numberFormat('fr');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n < 2 ? one : many}`;

const verdicts: Readonly<Record<string, string>> = {
  adaptation: 'adaptation',
  selection: 'sélection',
  mixed: 'mixte',
  'cannot tell': 'indéterminé',
};

const sources: Readonly<Record<string, string>> = {
  barcode: 'codes-barres de lignage',
  'copy-number': 'nombre de copies',
  mutation: 'mutations',
};

const values: Readonly<Record<string, string>> = {
  gain: 'gagné',
  loss: 'perdu',
  neutral: 'neutre',
  mutated: 'muté',
  'wild type': 'sauvage',
  other: 'autres clones',
  'as untreated': 'comme non traité',
};

const ties: Readonly<Record<string, string>> = {
  tied: 'lié',
  'not tied': 'non lié',
  'cannot tell': 'indéterminé',
};

const reasons: Readonly<Record<string, string>> = {
  'no-reference': 'aucune cellule de référence',
  'few-reference-cells': 'trop peu de cellules de référence',
  'few-genes': 'trop peu de gènes',
  'few-arms': 'trop peu de bras',
  'few-cells': 'trop peu de cellules',
  'low-depth': 'trop peu de comptages par cellule',
  'quiet-genome': 'génome calme',
  uncertain: 'incertain',
  narrow: 'trop étroit',
};

/** Words of the figures on origin, in French. */
export const frenchOriginFigures: OriginFigureText = {
  verdict: (name) => verdicts[name] ?? name,
  source: (name) => sources[name] ?? name,
  cells: (n) => count(n, 'cellule', 'cellules'),
  lineageClones: {
    description: (patients, stages) =>
      `Part des cellules à code-barres tenue par chaque clone, ${count(patients, 'patient', 'patients')}, ${count(stages, 'stade', 'stades')}.`,
    caption: (named) =>
      `Cellules à code-barres de chaque patient, par clone et stade après stade. Les bandes suivent un clone d’un stade au suivant : celui qui prend le dessus s’élargit, celui qui se perd s’éteint. Au plus ${integer(named)} clones par patient sont nommés, les plus grands à un stade quelconque ; le gris tient tous les plus petits. Les couleurs recommencent à chaque patient. Sous chaque barre : cellules à code-barres. Les parts de peu de cellules sont grossières ; les intervalles sont dans la figure suivante.`,
    verdict: (name) => `origine : ${name}`,
    others: (n) => count(n, 'autre', 'autres'),
  },
  lineageDiversity: {
    description: (samples, insufficient) =>
      `Clones parmi un même nombre de cellules à code-barres dans ${count(samples, 'échantillon', 'échantillons')} ; ${integer(insufficient)} en avaient trop peu.`,
    caption: (depth) =>
      `Clones attendus parmi ${integer(depth)} cellules à code-barres, pour comparer des échantillons de tailles différentes, avec intervalles à 95 %. Creux : trop peu de cellules à code-barres ; la marque est le nombre de clones vus, que plus de cellules ne pourraient qu’augmenter. Cellules : celles à code-barres. 1er clone : part du plus grand. Origine : le verdict sur l’échantillon face au stade avant traitement (ou au plus précoce), d’après la table lineage_stages.`,
    axis: (depth) => `Clones parmi ${integer(depth)} cellules à code-barres`,
    sample: 'Échantillon',
    barcoded: 'Cellules',
    clones: 'Clones [intervalle]',
    topClone: '1er clone',
    verdict: 'Origine',
    insufficient: 'insuffisant',
    notReached: 'trop peu pour comparer',
    hollow: 'trop peu de cellules : clones vus',
  },
  geneticStates: {
    description: (blocks) =>
      `Part de persistantes par clone et par stade dans ${count(blocks, 'tableau', 'tableaux')}.`,
    caption: (fewest) =>
      `Cellules de chaque clone, bras altéré ou variant à chaque stade, et part d’entre elles dans l’état persistant. Si l’état était propre à un clone, une ligne serait foncée et les autres pâles. La ligne encadrée est celle qui va le plus avec l’état : trait plein si le lien tient, tireté s’il n’a pas été montré. Sous le nom : la valeur P par permutation, corrigée pour toutes les étiquettes examinées. Les cases de moins de ${integer(fewest)} cellules ne sont pas colorées.`,
    value: (label, value) => {
      const word = values[value] ?? value;
      return label === 'clone' ? word : `${label} ${word}`;
    },
    tie: (name) => ties[name] ?? name,
    tieLine: (tie, p) => (p === null ? tie : `${tie}, P ${p}`),
    all: 'ensemble',
    more: (n) => `${integer(n)} de plus dans la table`,
    key: 'Part de cellules persistantes (nombre de cellules)',
    few: (fewest) => `moins de ${integer(fewest)} cellules`,
    tied: 'liée à l’état',
    mostTied: 'la plus proche d’un lien, non montré',
  },
  copyNumberClones: {
    description: (patients, clones) =>
      `Profils du nombre de copies de ${count(clones, 'clone', 'clones')} de ${count(patients, 'patient', 'patients')} le long du génome.`,
    caption: (hasTree) =>
      [
        'Expression lissée de chaque clone le long du génome face à sa référence, en log₂ ; en couleur là où une altération est retenue, en gris ailleurs. Les traits au-dessus (gain) ou au-dessous (perte) d’une ligne marquent les bras retenus en entier ; les bras sur fond gris sont indéterminés. Pointillés : centromères. L’expression montre des gains et des pertes, non des nombres de copies.',
        hasTree
          ? 'À gauche : clones reliés par les altérations qu’ils partagent, à partir de ce à quoi les cellules ont été comparées. L’arbre suit les altérations communes, sans date ; un bras indéterminé dans un clone ne compte pas comme partagé, et un bras porté par deux branches ne tient pas dans des ensembles emboîtés.'
          : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    clone: (n) => `clone ${n}`,
    against: (compared) =>
      compared === 'untreated' ? 'face à la tumeur avant traitement' : 'face à des cellules normales',
    cannotTell: (given) =>
      given.length === 0
        ? 'indéterminé'
        : `indéterminé : ${given.map((reason) => reasons[reason] ?? reason).join(', ')}`,
    gain: 'gain retenu',
    loss: 'perte retenue',
    uncalled: 'non retenu',
    arm: 'bras entier retenu (au-dessus : gain, au-dessous : perte)',
    untold: 'indéterminé',
    scale: (limit) => `Hauteur d’une ligne : rapport log₂ de ±${limit}`,
    tree: 'Altérations communes',
    more: (n) => `et ${count(n, 'bras', 'bras')}`,
    notDrawn: (patients) => `Aucun profil : ${patients.join(' ; ')}.`,
    chromosome: 'Chromosomes',
  },
  copyNumberCells: {
    description: (cells, patients) =>
      `Nombre de copies de ${count(cells, 'cellule', 'cellules')} de ${count(patients, 'patient', 'patients')}, bras par bras.`,
    caption: (shown, all) =>
      `Expression moyenne lissée de chaque bras face à la référence, une ligne par cellule, groupées par clone, puis par état et par stade ; plus un bras a de gènes, plus il est large. ${shown === all ? '' : `${integer(shown)} des ${integer(all)} cellules de la table, prises régulièrement. `}Si l’état persistant était propre à un clone, la bande de l’état suivrait celle du clone.`,
    noArms: 'la table n’a aucune colonne de bras chromosomique',
    clone: 'clone',
    state: 'état',
    reference: 'référence',
    untold: 'indéterminé',
    persister: 'persistante',
    other: 'non retenue',
    notTestable: 'non testable',
    key: 'rapport log₂',
  },
  cellReversal: {
    description: (tested, untested) =>
      `Place des cellules de rechute entre les stades dans ${count(tested, 'bras', 'bras')} ; ${integer(untested)} non testables.`,
    caption: ({ from, to, back }) =>
      `Position moyenne des cellules du stade ${back} de chaque bras sur l’axe de ${from} (0) à ${to} (1), appris sur une moitié des cellules et lu sur l’autre, avec son intervalle à 90 %. Derrière, les cellules elles-mêmes : la moitié centrale, et de 5 % à 95 %. Bandes teintées aux deux bouts : l’écart entre deux moitiés d’un même stade (95 % des tirages), en unités de la distance entre les stades ; une moyenne dans une bande n’est pas plus loin de ce stade que ses propres moitiés l’une de l’autre. Encore dans l’état : part des cellules du stade ${back} retenues comme persistantes, intervalle à 95 %. Le verdict regarde aussi l’axe propre du programme et hors de la ligne ; voir la table.`,
    axis: ({ from, to, back }) => `Position des cellules (${back}) : 0, ${from} ; 1, ${to}`,
    arm: 'Bras',
    position: 'Position [intervalle]',
    fraction: 'Encore dans l’état',
    verdictHeader: 'Verdict',
    verdict: (name) => reversals[name] ?? name,
    technical: 'intervalle tiré des cellules d’échantillons uniques',
    sampleLevel: 'indice sur les échantillons',
    band: (stage) => `au sein de : ${stage}`,
    quartiles: 'moitié centrale des cellules',
    spread: 'de 5 % à 95 %',
    noneTestable: 'aucun bras ne permet de situer ses cellules de rechute',
    notTestable: (arms, reason) => `Non testable : ${arms.join(', ')}${reason === '' ? '' : ` (${reason})`}.`,
    reason: reversalReason,
  },
};

const reversals: Readonly<Record<string, string>> = {
  returned: 'retour',
  'partly returned': 'retour partiel',
  'not returned': 'sans retour',
  'cannot tell': 'indéterminé',
  'not testable': 'non testable',
};

const reversalReasons: Readonly<Record<string, string>> = {
  'no single cells': 'aucune cellule unique',
  'its stages come from different technologies': 'ses stades viennent de technologies différentes',
  'no persister cells under treatment: there is nothing to come back from':
    'aucune cellule persistante sous traitement : il n’y a rien dont revenir',
  'untreated and residual cells cannot be told apart': 'cellules non traitées et résiduelles indiscernables',
  'residual and untreated cells lie no further apart than two halves of one stage':
    'cellules résiduelles et non traitées pas plus éloignées que deux moitiés d’un même stade',
};

/** Reasons with stages and numbers of cells in them are put together again; others are fixed. */
function reversalReason(phrase: string, stage: (name: string) => string): string {
  return phrase
    .split('; ')
    .map((part) => {
      const missing = /^no (.+) sample with single cells$/.exec(part)?.[1];
      if (missing !== undefined) {
        return `aucun échantillon de cellules uniques au stade ${missing.split(' and no ').map(stage).join(' ni ')}`;
      }
      const needed = /^(\d+) are needed$/.exec(part)?.[1];
      if (needed !== undefined) return `il en faut ${needed}`;
      const few = part.split(' and ').map((one) => /^(\d+) (\w+) cells$/.exec(one));
      if (few.every((match) => match !== null)) {
        return few.map((match) => `${stage(match[2] ?? '')} : ${match[1] ?? ''} cellules`).join(', ');
      }
      return reversalReasons[part] ?? part;
    })
    .join(' ; ');
}
