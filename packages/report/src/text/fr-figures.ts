import { numberFormat } from '../format/number-format.js';
import { frenchCellFigures } from './fr-cell-figures.js';
import { frenchOriginFigures } from './fr-origin-figures.js';
import { frenchSwitchFigures } from './fr-switch-figures.js';
import { frenchTargetFigures } from './fr-target-figures.js';
import type { ClusterStageCount, FigureText, FigureTitles, PairSummary } from './figure-text.js';

const { integer, fixed, general, percent, pValue } = numberFormat('fr');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n < 2 ? one : many}`;
const range = ([low, high]: readonly [number, number]): string => `${fixed(low)} à ${fixed(high)}`;

const stageNames: Readonly<Record<string, readonly [string, string]>> = {
  untreated: ['non traité', 'non traités'],
  residual: ['résiduel', 'résiduels'],
  relapse: ['rechute', 'rechutes'],
};

function stageCount({ stage, n }: ClusterStageCount): string {
  return `${integer(n)} ${stageNames[stage]?.[n < 2 ? 0 : 1] ?? stage}`;
}

function clusterSentence(counts: readonly ClusterStageCount[]): string {
  const clusters = [...new Set(counts.map((item) => item.cluster))];
  const parts = clusters.map((cluster) => {
    const held = counts.filter((item) => item.cluster === cluster);
    return `groupe ${cluster} : ${held.map(stageCount).join(', ')}`;
  });
  return parts.length === 0
    ? ''
    : ` Découpage en ${count(clusters.length, 'groupe', 'groupes')} (${parts.join(' ; ')}).`;
}

function pairSentence(name: string, pairs: PairSummary): string {
  return pairs.pairs === 0
    ? `Aucune paire de traitements ${name}.`
    : `${count(pairs.pairs, 'paire', 'paires')} ${name} : r de ${range(pairs.signature)} sur les gènes de la signature, de ${range(pairs.all)} sur tous les gènes.`;
}

/** Titles of the figures in French. */
export const frenchFigureTitles: FigureTitles = {
  volcano: 'Tous les gènes testés, effet et significativité',
  'patient-forest': 'Le programme chez chaque patient, appris sur les autres',
  'leave-one-out': 'En retirant chaque patient',
  'treatment-heatmap': 'Traitement contre traitement',
  'regulator-ranking': 'Régulateurs classés par activité',
  'named-regulator': 'Le régulateur désigné, ligne de preuve par ligne de preuve',
  reversal: 'Jusqu’où revient la rechute',
  'pca-raw': 'Échantillons avant correction de l’effet patient',
  'pca-corrected': 'Échantillons après correction de l’effet patient',
  'gene-sets': 'Ensembles de gènes aux deux extrémités du classement',
  'vote-null': 'Gènes concordants entre patients, face au hasard',
  'named-marker': 'Le marqueur désigné, patient par patient',
  'cell-filters': 'Des codes-barres aux bonnes cellules',
  'cell-map-stages': 'Cellules par stade',
  'cell-map-patients': 'Cellules par patient',
  'cell-map-labels': 'Cellules par étiquette',
  'cell-map-calls': 'Cellules retenues comme persistantes',
  'abundance-map': 'Où les cellules se rassemblent sous traitement',
  'cluster-changes': 'Groupes dont la part change',
  'persister-fractions': 'Combien de cellules sont persistantes',
  'persister-scores': 'Activité du programme, cellule par cellule',
  'persister-cycling': 'Les persistantes sont-elles en cycle',
  'meta-programme-heatmap': 'Programmes trouvés sans étiquettes',
  'meta-programme-effects': 'Méta-programmes sous traitement',
  'switch-regulators': 'Les régulateurs selon toutes les lignes de preuve',
  'knock-out': 'Ce que ferait le retrait d’un régulateur',
  'switch-shape': 'Tout ou rien ou gradué, patient par patient',
  'switch-response': 'Le programme selon le niveau de ses régulateurs',
  'lineage-clones': 'Les clones au fil des stades',
  'lineage-diversity': 'Diversité clonale de chaque échantillon',
  'genetic-states': 'L’état est-il lié à un clone',
  'copy-number-clones': 'Nombre de copies des clones le long du génome',
  'copy-number-cells': 'Nombre de copies cellule par cellule',
  'cell-reversal': 'Où se trouvent les cellules de rechute',
  'surface-markers': 'Marqueurs de surface chez chaque patient',
  'marker-gates': 'Fenêtres d’un à trois marqueurs, sur les patients écartés',
  antigens: 'Antigènes qu’un conjugué pourrait lier',
  'weakness-axes': 'Axes de faiblesse signés',
  'iron-pattern': 'Le motif du fer, patient par patient',
  'death-modes': 'Quels modes de mort ont leurs exécuteurs',
  'target-matrix': 'Les cibles face aux lignes de preuve',
  'demo-score': 'Réponses face à la vérité simulée',
};

/** Words of the figures in French. */
export const frenchFigures: FigureText = {
  cells: frenchCellFigures,
  origin: frenchOriginFigures,
  switch: frenchSwitchFigures,
  targets: frenchTargetFigures,
  volcano: {
    description: ({ up, down, none }) =>
      `Volcano plot : ${count(up, 'gène augmenté', 'gènes augmentés')}, ${count(down, 'diminué', 'diminués')}, ${count(none, 'non retenu', 'non retenus')}.`,
    x: ({ from, to }) => `log₂ du rapport d’expression, ${to} / ${from}`,
    y: '−log₁₀ de P ajusté',
    up: (n) => count(n, 'augmenté', 'augmentés'),
    down: (n) => count(n, 'diminué', 'diminués'),
    none: (n) => count(n, 'non retenu', 'non retenus'),
    caption: ({ from, to, pAdjustedMax, logFoldChangeMin }) =>
      [
        `Chaque point est un gène ; à droite, plus exprimé au stade ${to} qu’au stade ${from}.`,
        pAdjustedMax === null || logFoldChangeMin === null
          ? ''
          : `Un gène est retenu au-delà des pointillés : P ajusté inférieur à ${general(pAdjustedMax)} et log₂ du rapport au-delà de ±${general(logFoldChangeMin)}.`,
        'Les gènes retenus les plus nets sont nommés ; ceux demandés par leur nom sont cerclés, où qu’ils soient. L’unité de ce modèle est l’échantillon, non le patient : les figures par patient disent si l’effet est partagé.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
  },
  patientForest: {
    description: (higher, patients) =>
      `Forest plot : le score de signature est plus élevé sous traitement chez ${integer(higher)} patients sur ${integer(patients)}.`,
    axis: ({ from, to }) => `Score de signature au-delà de gènes aléatoires, ${to} − ${from}`,
    samples: 'Effectifs',
    agreement: 'r, autres',
    difference: 'Au-delà du hasard [intervalle]',
    call: 'Programme',
    notPresent: 'absent ou non concluant',
    absenceBound: 'un intervalle finissant à gauche démontre l’absence',
    caption: ({ from, to, signatureSize }) =>
      `La signature${signatureSize === null ? '' : ` (${integer(signatureSize)} gènes dans chaque sens)`} est apprise sans le patient, puis évaluée sur ses propres échantillons, moins ce que donnent des gènes aléatoires de même expression. Barres : intervalles à 90 %. À droite de zéro : plus élevée au stade ${to} qu’au stade ${from}. Effectifs : ${from} → ${to}. « r, autres » : corrélation des effets du patient avec la moyenne des autres ; les patients très en dessous sont signalés comme atypiques.`,
  },
  leaveOneOut: {
    description:
      'Pour chaque patient retiré : AUC de la signature apprise sur les autres, et part de la signature conservée.',
    aucHeader: 'Échantillons distingués (AUC)',
    nullHeader: 'P, nul',
    aucAxis: 'AUC chez le patient retiré',
    overlapHeader: 'Signature conservée sans le patient',
    overlapAxis: 'Gènes conservés',
    higher: 'plus élevé (un éch.)',
    lower: 'plus bas (un éch.)',
    caption:
      'À gauche : capacité de la signature apprise sur les autres patients à distinguer les échantillons de celui-ci ; 0,5 équivaut à pile ou face ; avec un seul échantillon dans un bras, seul le sens est connu. « P, nul » compare le patient à des signatures aléatoires de même taille. À droite : part de la signature qui demeure quand on retire le patient ; celui dont le retrait la modifie beaucoup pèse lourd dans le modèle groupé.',
  },
  treatmentHeatmap: {
    description: (arms) => `Corrélation des effets géniques entre ${integer(arms)} bras de traitement.`,
    upper: 'gènes de la signature',
    lower: 'tous les gènes',
    key: 'Corrélation des log₂ rapports',
    frame: 'traitements d’un même patient',
    caption: (within, between) =>
      `Chaque case compare les effets géniques de deux bras de traitement. ${pairSentence('chez un même patient', within)} ${pairSentence('entre patients', between)} Si le programme venait du médicament, les bras d’un même médicament s’accorderaient entre patients ; s’il venait du patient, seuls les blocs encadrés le feraient.`,
  },
  regulatorRanking: {
    description: (n) =>
      `Diagramme des régulateurs les plus et les moins actifs parmi ${integer(n)}, avec la variation de leur ARN.`,
    rank: 'Rang',
    regulator: 'Régulateur',
    activity: 'Activité de ses cibles',
    expression: 'Son propre ARN',
    patients: 'Patients',
    activityAxis: 'Score d’activité consensus',
    expressionAxis: 'log₂ du rapport',
    hidden: (n) => count(n, 'régulateur non montré', 'régulateurs non montrés'),
    clear: 'au-delà du nul par permutation',
    unclear: 'compatible avec le nul',
    named: 'demandé par son nom',
    caption: (n, fdr) =>
      `Les dix régulateurs les plus actifs et les dix moins actifs parmi ${integer(n)}, et ceux demandés par leur nom, au rang qu’ils occupent. L’activité se lit sur les cibles : un régulateur peut être actif sans variation de son ARN, et inversement.${fdr === null ? '' : ` Barres pleines : au-delà du nul par permutation, taux de fausses découvertes de ${percent(fdr)}.`} Patients : ceux chez qui l’activité est de même signe.`,
  },
  namedRegulator: {
    description: (names) => `Lignes de preuve de ${names.join(', ')}, chacune avec son verdict.`,
    line: 'Ligne de preuve',
    verdict: 'Verdict',
    value: 'Valeur [intervalle]',
    p: 'P',
    strip: 'Activité du régulon chez chaque patient',
    stripAxis: 'Activité (ULM, t de la pente) ; en gris : entre −2 et 2',
    caption: (hasPatients) =>
      `Chaque ligne est évaluée séparément ; aucune ne tient lieu d’une autre.${hasPatients ? ' En bas, l’activité du régulon chez chaque patient.' : ''}`,
  },
  reversal: {
    description: (tested, untested) =>
      `Indice de réversion de ${count(tested, 'patient', 'patients')} ; ${count(untested, 'autre n’a pas pu être testé', 'autres n’ont pas pu être testés')}.`,
    axis: ({ to, from }) => `Indice de réversion : 0, reste au stade ${to} ; 1, revenu au stade ${from}`,
    index: 'Indice',
    corrected: 'Corrigé [intervalle]',
    notBack: 'Restés',
    provenBack: 'Démontrés',
    verdict: 'Verdict',
    plain: 'indice avant correction du bruit',
    technical: 'intervalle tiré des cellules d’échantillons uniques : technique seulement',
    band: (margin) => `compte comme retour complet (1 ± ${general(margin)})`,
    notTestable: (patients, reason) => `Non testable : ${patients.join(', ')}${reason === '' ? '' : ` (${reason})`}.`,
    noneTestable: 'aucun patient n’a les trois stades nécessaires à une réversion',
    caption: ({ from, to, back, margin }) =>
      `L’indice vaut 1 quand les échantillons du stade « ${back} » sont revenus là où étaient ceux du stade « ${from} », 0 quand ils restent là où étaient ceux du stade « ${to} ».${margin === null ? '' : ' Un patient est dit revenu quand tout l’intervalle se trouve dans la bande ombrée.'} Le verdict est lu sur l’indice corrigé du bruit entre réplicats, avec son intervalle à 90 %. Sous chaque patient, ses effectifs : ${from} / ${to} / ${back}. « Restés » : gènes modifiés au stade « ${to} » et encore modifiés au stade « ${back} ». « Démontrés » : gènes du programme démontrés équivalents au stade « ${from} » ; un gène qui n’est ni l’un ni l’autre reste indéterminé.`,
  },
  sampleMap: {
    description: (n) => `Deux premières composantes principales de ${integer(n)} échantillons.`,
    cluster: (name) => `groupe ${name}`,
    agreement: 'Accord des groupes, indice de Rand ajusté',
    blind: (agreement) => `sans le stade : ${agreement}`,
    blindNote: ' Une correction qui ne connaît pas le stade donne l’accord indiqué en dernier.',
    caption: {
      raw: (counts) =>
        `Les échantillons tels que mesurés : contrôle négatif de la carte suivante.${clusterSentence(counts)}`,
      corrected: (counts) =>
        `Les mêmes échantillons, effet de chaque patient retiré et stade conservé, pour l’affichage seulement ; les tests gardent le patient dans le modèle.${clusterSentence(counts)}`,
    },
  },
  geneSets: {
    description: (n) => `Scores d’enrichissement normalisés des ensembles les plus nets parmi ${integer(n)}.`,
    set: 'Ensemble de gènes',
    score: 'NES',
    p: 'P ajusté',
    size: 'Gènes',
    axis: ({ to }) => `Score d’enrichissement normalisé (à droite : plus élevé au stade ${to})`,
    clear: (fdr) => `P ajusté inférieur à ${general(fdr)}`,
    unclear: 'non inférieur',
    caption: (n, fdr) =>
      `Enrichissement sur liste ordonnée de ${integer(n)} ensembles de gènes ; au plus dix par sens et par collection sont tracés, les plus nets d’abord. Points pleins : P ajusté inférieur à ${general(fdr)}.`,
  },
  voteNull: {
    description: (levels) =>
      `Nombres observés et attendus de gènes concordants, à ${integer(levels)} niveaux de concordance.`,
    x: 'Nombre minimal de patients concordants',
    y: 'Gènes (échelle log)',
    fdr: 'FDR',
    observed: 'gènes observés',
    up: 'dont augmentés',
    down: 'diminués',
    expected: 'attendus, stades permutés chez chaque patient',
    caption:
      'Gènes variant dans le même sens chez au moins tant de patients (disques), face au nombre moyen obtenu en permutant les stades au sein de chaque patient (traits). L’écart grisé est ce que les patients ont en commun ; le FDR est le nombre attendu rapporté au nombre observé.',
  },
  namedMarker: {
    description: (genes) => `Forest plot de ${genes.join(', ')} chez chaque patient.`,
    axis: ({ from, to }) => `log₂ du rapport d’expression, ${to} / ${from}`,
    effect: 'Effet [intervalle]',
    up: 'augmenté',
    down: 'diminué',
    spansZero: 'intervalle contenant zéro',
    heading: (gene, rank, pAdjusted) =>
      [
        gene,
        Number.isFinite(rank) ? `rang ${integer(rank)}` : '',
        Number.isFinite(pAdjusted) ? `P ajusté ${pValue(pAdjusted)}` : '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
    caption: ({ from, to }) =>
      `Variation de l’ARN du gène, ${to} / ${from}, chez chaque patient et chez tous ensemble, chacun pesant autant. Un marqueur partagé serait du même côté de zéro chez presque tous.`,
  },
  demoScore: {
    description: (passed, total) => `${integer(passed)} faits simulés retrouvés sur ${integer(total)}.`,
    question: 'Ce qui a été introduit',
    found: 'Trouvé',
    target: 'Cible',
    notSimulated: 'l’étude est réelle : il n’y a pas de vérité simulée à laquelle se comparer',
    caption: (passed, total) =>
      `${count(passed, 'réponse atteint', 'réponses atteignent')} la cible, sur ${integer(total)}. Les barres vont de 0 à 1 ; le trait marque la cible.`,
  },
};
