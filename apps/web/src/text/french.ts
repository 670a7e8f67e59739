import type { PageText } from './page-text.js';

/** The page in French. */
export const french: PageText = {
  tagline:
    'Trouver les cellules cancéreuses qui survivent au traitement, le programme qu’elles partagent et l’interrupteur qui l’active.',
  privacy:
    'Vos fichiers restent dans ce navigateur. Une fois chargée, cette page ne peut émettre aucune requête : sa politique de sécurité l’interdit.',
  researchOnly: 'Réservé à la recherche. Ne sert ni au diagnostic ni aux décisions de traitement.',
  otherLanguage: 'English',
  choose: { folder: 'Choisir un dossier', files: 'Choisir des fichiers' },
  study: {
    title: 'Votre étude',
    drop: 'Déposez ici un dossier d’étude',
    dropHint: 'Il contient study.yaml ou samples.csv, et les fichiers de données qu’ils nomment.',
    or: 'ou',
    demo: 'Lancer l’étude de démonstration',
    demoNote: 'Huit patients simulés dont la vérité est connue ; les réponses lui sont comparées.',
    given: (files, size, study) => `${plural(files, 'fichier')}, ${size}. Étude : ${study}`,
    noStudy:
      'Aucun de ces fichiers n’est un study.yaml ou un samples.csv. Déposez le dossier qui le contient, ou créez-en un : « remnant init » en écrit un premier.',
    unreadableDrop: 'Le navigateur n’a pas pu lire ce qui a été déposé. Utilisez « Choisir un dossier ».',
  },
  packs: {
    title: 'Paquets de ressources',
    lead: 'Régulons et ensembles de gènes, comme CollecTRI ou Hallmark : ils servent à classer les régulateurs et à nommer ce que signifie le programme. Ils sont reconnus à leur nom et vérifiés par leur empreinte.',
    drop: 'Déposez ici des paquets',
    check: {
      known: 'empreinte connue',
      accepted: 'empreinte acceptée par vous',
      recorded: 'sans empreinte publiée',
      unknown: 'copie inconnue de Remnant',
    },
    incomplete: (missing) => `incomplet : il manque ${missing}`,
    accept: 'Utiliser quand même cette copie',
    strangers: (names) => `N’appartiennent à aucun paquet : ${names}`,
    clear: 'Retirer les paquets',
  },
  check: {
    found: (samples, patients) => `${plural(samples, 'échantillon')} de ${plural(patients, 'patient')}`,
    stage: (stage, samples) => stageCount(stage, samples),
    packs: (names) => `Paquets de ressources : ${names}`,
    noPacks: 'Aucun paquet de ressources',
    questions: 'Ce que ce plan d’étude permet de tester',
    testable: { yes: 'Oui', partly: 'En partie', no: 'Non testable' },
    findings: 'Le plan d’étude',
    level: { ok: 'Bien', note: 'Note', warning: 'Attention', blocking: 'Problème' },
    readings: 'Comment l’étude a été lue',
    cost: (memory, time) => `Une analyse demande environ ${memory} de mémoire et ${time}.`,
    seconds: (value) => `${String(value)} s`,
    minutes: (value) => `${String(value)} min`,
    cannotRun: 'Le problème ci-dessus doit être réglé avant l’analyse.',
  },
  options: {
    title: 'Analyse',
    more: 'Toutes les options',
    names: {
      seed: 'Graine aléatoire',
      regulators: 'Régulateurs à tester nommément, séparés par des virgules',
      markers: 'Marqueurs à tester nommément, séparés par des virgules',
      pAdjustedMax: 'Valeur P ajustée en dessous de laquelle un gène est retenu',
      logFoldChangeMin: 'Variation absolue (log2) au-dessus de laquelle un gène est retenu',
      fdr: 'Taux de fausses découvertes par patient et par enrichissement',
      signatureSize: 'Gènes par direction de la signature des persistantes',
      permutations: 'Permutations de chaque distribution nulle',
      bootstraps: 'Tirages de chaque intervalle bootstrap',
      minimumRegulonSize: 'Cibles mesurées qu’il faut à un régulon',
      variableGenes: 'Gènes de plus forte variance pour représenter les échantillons',
      components: 'Composantes principales pour regrouper les échantillons',
      reversalMargin: 'Écart à un sous lequel un indice de réversion compte comme un retour',
      cellBlocks: 'Blocs de cellules par échantillon de cellules uniques',
      quality: 'Limites d’une bonne cellule',
      minimumCounts: 'Comptages minimaux d’une bonne cellule (vide : selon les limites ci-dessus)',
      maximumCounts: 'Comptages maximaux d’une bonne cellule',
      minimumDetectedGenes: 'Nombre minimal de gènes détectés dans une bonne cellule',
      maximumDetectedGenes: 'Nombre maximal de gènes détectés dans une bonne cellule',
      maximumMitochondrial: 'Comptages mitochondriaux maximaux d’une bonne cellule (%)',
      tumourSpecies:
        'Xénogreffes : part des comptages de l’espèce tumorale au-dessus de laquelle une cellule est gardée (%)',
      skipDoublets: 'Ne pas chercher les doublets',
      tumourLineage: 'Origine de la tumeur',
      skipEmbedding: 'Ni représentation ni groupes de cellules',
      embeddingCells: 'Nombre maximal de cellules représentées',
      skipMetaProgrammes: 'Ne pas chercher de programmes sans étiquettes',
      nmfReplicates: 'Départs aléatoires de chaque factorisation',
      skipCopyNumber: 'Ne pas chercher le nombre de copies',
      copyNumberReference: 'Nombre de copies comparé à',
      barcodeErrors: 'Codes-barres de lignage à une lettre près',
      skipUnreadable: 'Laisser de côté les échantillons dont le fichier est illisible',
      memoryGib: 'Budget de mémoire (Gio)',
    },
    threads: 'Fils d’exécution (ils changent la durée, jamais un nombre)',
    run: 'Lancer l’analyse',
    restore: 'Rétablir les valeurs par défaut',
  },
  progress: {
    reading: 'Lecture de l’étude…',
    running: 'Analyse en cours…',
    writing: 'Écriture du rapport…',
    stop: 'Arrêter',
    stage: stageName,
    of: (done, total) => `${String(done)} sur ${String(total)}`,
  },
  results: {
    title: 'Résultats',
    saveReport: 'Enregistrer le rapport',
    saveAll: 'Tout enregistrer (.zip)',
    fullScreen: 'Plein écran',
    files: (count) => `${plural(count, 'fichier')}, avec leurs empreintes SHA-256`,
    filesLead: 'Les mêmes octets qu’écrivent la ligne de commande et la bibliothèque pour cette étude et ces options.',
    file: 'Fichier',
    size: 'Taille',
    save: 'Enregistrer',
    frame: 'Rapport',
  },
  announce: {
    checked: (samples, patients, answerable, questions) =>
      `Étude lue : ${plural(samples, 'échantillon')} de ${plural(patients, 'patient')}. ${String(answerable)} questions sur ${String(questions)} peuvent recevoir une réponse, au moins en partie.`,
    finished: 'Terminé. Le rapport est plus bas.',
    stopped: 'Arrêté. Rien n’a été conservé.',
  },
  failed: { check: 'Cette étude n’a pas pu être lue', run: 'L’analyse s’est terminée par une erreur' },
  workerLost: 'L’analyse s’est arrêtée inopinément, sans doute parce que le navigateur manquait de mémoire.',
};

const stageNames: Readonly<Record<string, string>> = {
  simulate: 'Simulation',
  'read samples': 'Lecture des échantillons',
  samples: 'Échantillons et leurs groupes',
  'model of all samples': 'Un modèle de tous les échantillons',
  'patient effects': 'Effets par patient',
  'patient-level estimate': 'Estimation au niveau des patients',
  'vote of the patients': 'Vote des patients',
  'leave one patient out': 'Un patient laissé de côté à la fois',
  treatments: 'Traitement contre traitement',
  quality: 'Qualité des cellules',
  'tumour cells': 'Cellules tumorales',
  'cell view': 'Représentation des cellules',
  'principal components': 'Composantes principales',
  neighbours: 'Voisins',
  clusters: 'Groupes de cellules',
  UMAP: 'UMAP',
  'calling persister cells': 'Appel des cellules persistantes',
  'persister calls': 'Appels, patient par patient',
  abundance: 'Abondance',
  'programmes without labels': 'Programmes sans étiquettes',
  'programmes of samples': 'Programmes des échantillons',
  'gene sets': 'Ensembles de gènes',
  regulators: 'Régulateurs',
  regulator: 'Régulateur',
  'reversal by patient': 'Réversion par patient',
  'reversal of cells': 'Réversion des cellules',
  'reversal at cell level': 'Réversion, bras par bras',
  'lineage barcodes': 'Codes-barres de lignage',
  'clone against state': 'Clone et état',
  'copy number': 'Nombre de copies',
  'genetic alarm': 'Alerte génétique',
  switch: 'Interrupteur',
  'shuffled stages': 'Stades mélangés',
  'switch: cells': 'Interrupteur : cellules',
  'switch: knock-out': 'Interrupteur : extinction',
  'switch: regulator levels': 'Interrupteur : niveaux des régulateurs',
  'switch: response': 'Interrupteur : réponse',
  'surface markers': 'Marqueurs de surface',
  'secreted markers': 'Marqueurs sécrétés',
  'markers of cells': 'Marqueurs des cellules',
  'markers on cells': 'Marqueurs, cellule par cellule',
  antigens: 'Antigènes',
  gates: 'Fenêtres de tri',
  'gates with shuffled labels': 'Fenêtres, étiquettes mélangées',
  'signed axes of weakness': 'Axes de vulnérabilité',
  weaknesses: 'Axes, un à un',
  drugs: 'Médicaments',
  'drug signatures': 'Signatures de médicaments',
  targets: 'Cibles',
};

/** A stage may name its object: `gene sets: hallmark`, `regulator FOSL1`. */
function stageName(name: string): string {
  const [, kind = name, object = ''] = /^(gene sets|regulator)(?::? (.+))$/.exec(name) ?? [];
  const words = stageNames[kind] ?? kind;
  if (object === '') return words;
  return kind === 'gene sets' ? `${words} : ${object}` : `${words} ${object}`;
}

/** In French zero and one are singular. */
function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count < 2 ? '' : 's'}`;
}

function stageCount(stage: string, count: number): string {
  const words: Readonly<Record<string, string>> = {
    untreated: 'non traité',
    residual: 'résiduel',
    relapse: 'de rechute',
  };
  const word = words[stage] ?? stage;
  return `${String(count)} ${count < 2 || stage === 'relapse' ? word : `${word}s`}`;
}
