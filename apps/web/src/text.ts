/** Every word the page itself says, in both languages; a missing French text does not compile. */
export interface PageText {
  readonly tagline: string;
  readonly private: string;
  readonly research: string;
  readonly drop: string;
  readonly chooseFolder: string;
  readonly chooseFiles: string;
  readonly demo: string;
  readonly demoNote: string;
  readonly study: string;
  readonly regulators: string;
  readonly markers: string;
  readonly seed: string;
  readonly check: string;
  readonly run: string;
  readonly cancel: string;
  readonly noStudy: string;
  readonly checking: string;
  readonly found: (samples: number, patients: number) => string;
  readonly readings: string;
  readonly questions: string;
  readonly results: string;
  readonly downloadReport: string;
  readonly downloadAll: string;
  readonly files: string;
  readonly stopped: string;
  readonly failed: string;
  readonly testable: Readonly<Record<string, string>>;
}

/** The page in English. */
export const english: PageText = {
  tagline: 'Find the cancer cells that survive treatment, the programme they share, and the switch that turns it on.',
  private:
    'Your files stay in this browser. After loading, this page can make no request: its security policy forbids it.',
  research: 'For research use only. Not for diagnosis or treatment decisions.',
  drop: 'Drop a study folder here: its study.yaml or samples.csv, and the files it names',
  chooseFolder: 'Choose a folder',
  chooseFiles: 'Choose files',
  demo: 'Run the demo study',
  demoNote: 'Eight simulated patients with a planted truth; the answers are scored against it.',
  study: 'Study file',
  regulators: 'Regulators to test by name',
  markers: 'Markers to test by name',
  seed: 'Random seed',
  check: 'Check the study',
  run: 'Run',
  cancel: 'Stop',
  noStudy: 'No study.yaml, study.yml or samples.csv among these files. Drop the folder that holds it.',
  checking: 'Reading the study…',
  found: (samples, patients) => `${String(samples)} samples of ${String(patients)} patients`,
  readings: 'How the study was read',
  questions: 'What this design can answer',
  results: 'Results',
  downloadReport: 'Save the report',
  downloadAll: 'Save everything (.zip)',
  files: 'Files and their SHA-256: identical to those of the command line',
  stopped: 'Stopped. Nothing was kept.',
  failed: 'This study could not be run',
  testable: { yes: 'yes', partly: 'partly', no: 'not testable' },
};

/** The page in French. */
export const french: PageText = {
  tagline:
    'Trouver les cellules cancéreuses qui survivent au traitement, le programme qu’elles partagent et l’interrupteur qui l’active.',
  private:
    'Vos fichiers restent dans ce navigateur. Une fois chargée, cette page ne peut émettre aucune requête : sa politique de sécurité l’interdit.',
  research: 'Réservé à la recherche. Ne sert ni au diagnostic ni aux décisions de traitement.',
  drop: 'Déposez ici un dossier d’étude : son study.yaml ou samples.csv et les fichiers qu’il nomme',
  chooseFolder: 'Choisir un dossier',
  chooseFiles: 'Choisir des fichiers',
  demo: 'Lancer l’étude de démonstration',
  demoNote: 'Huit patients simulés dont la vérité est connue ; les réponses lui sont comparées.',
  study: 'Fichier d’étude',
  regulators: 'Régulateurs à tester nommément',
  markers: 'Marqueurs à tester nommément',
  seed: 'Graine aléatoire',
  check: 'Vérifier l’étude',
  run: 'Lancer',
  cancel: 'Arrêter',
  noStudy: 'Aucun study.yaml, study.yml ou samples.csv parmi ces fichiers. Déposez le dossier qui le contient.',
  checking: 'Lecture de l’étude…',
  found: (samples, patients) => `${String(samples)} échantillons de ${String(patients)} patients`,
  readings: 'Comment l’étude a été lue',
  questions: 'Ce que ce plan d’étude permet de tester',
  results: 'Résultats',
  downloadReport: 'Enregistrer le rapport',
  downloadAll: 'Tout enregistrer (.zip)',
  files: 'Fichiers et leur SHA-256 : identiques à ceux de la ligne de commande',
  stopped: 'Arrêté. Rien n’a été conservé.',
  failed: 'Cette étude n’a pas pu être analysée',
  testable: { yes: 'oui', partly: 'en partie', no: 'non testable' },
};
