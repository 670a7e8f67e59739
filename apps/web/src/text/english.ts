import type { PageText } from './page-text.js';

/** The page in English. */
export const english: PageText = {
  tagline: 'Find the cancer cells that survive treatment, the programme they share, and the switch that turns it on.',
  privacy:
    'Your files stay in this browser. Once loaded, this page cannot make a request: its security policy forbids it.',
  researchOnly: 'For research use only. Not for diagnosis or treatment decisions.',
  otherLanguage: 'Français',
  choose: { folder: 'Choose a folder', files: 'Choose files' },
  study: {
    title: 'Your study',
    drop: 'Drop a study folder here',
    dropHint: 'It holds study.yaml or samples.csv, and the data files they name.',
    or: 'or',
    demo: 'Run the demo study',
    demoNote: 'Eight simulated patients with a planted truth; the answers are scored against it.',
    given: (files, size, study) => `${plural(files, 'file')}, ${size}. Study: ${study}`,
    noStudy:
      'None of these files is a study.yaml or a samples.csv. Drop the folder that holds it, or add one: “remnant init” writes a first one.',
    unreadableDrop: 'The browser could not read what was dropped. Use “Choose a folder” instead.',
  },
  packs: {
    title: 'Resource packs',
    lead: 'Regulons and gene sets, such as CollecTRI or Hallmark: needed to rank regulators and to name what the programme means. They are recognised by name and checked by checksum.',
    drop: 'Drop pack files here',
    check: {
      known: 'checksum known',
      accepted: 'checksum accepted by you',
      recorded: 'no published checksum',
      unknown: 'not a copy Remnant knows',
    },
    incomplete: (missing) => `incomplete: ${missing} is missing`,
    accept: 'Use this copy all the same',
    strangers: (names) => `Not part of any pack: ${names}`,
    clear: 'Remove packs',
  },
  check: {
    found: (samples, patients) => `${plural(samples, 'sample')} of ${plural(patients, 'patient')}`,
    stage: (stage, samples) => `${String(samples)} ${stage}`,
    packs: (names) => `Resource packs: ${names}`,
    noPacks: 'No resource packs',
    questions: 'What this design can answer',
    testable: { yes: 'Yes', partly: 'Partly', no: 'Not testable' },
    findings: 'The design',
    level: { ok: 'Fine', note: 'Note', warning: 'Warning', blocking: 'Problem' },
    readings: 'How the study was read',
    cost: (memory, time) => `A run needs about ${memory} of memory and ${time}.`,
    seconds: (value) => `${String(value)} s`,
    minutes: (value) => `${String(value)} min`,
    cannotRun: 'A run has to wait for the problem above.',
  },
  options: {
    title: 'Run',
    more: 'All options',
    names: {
      seed: 'Random seed',
      regulators: 'Regulators to test by name, separated by commas',
      markers: 'Markers to test by name, separated by commas',
      pAdjustedMax: 'Adjusted P value below which a gene is called',
      logFoldChangeMin: 'Absolute log2 fold change above which a gene is called',
      fdr: 'False-discovery rate of patient-level and enrichment calls',
      signatureSize: 'Genes per direction of the persister signature',
      permutations: 'Permutations of every permutation null',
      bootstraps: 'Draws of every bootstrap interval',
      minimumRegulonSize: 'Measured targets a regulon needs',
      variableGenes: 'Genes of highest variance used to display samples',
      components: 'Principal components used to cluster samples',
      reversalMargin: 'How near to one a reversal index must be to count as returned',
      cellBlocks: 'Blocks of cells per single-cell sample',
      quality: 'Limits for good cells',
      minimumCounts: 'Fewest counts of a good cell (empty: by the limits above)',
      maximumCounts: 'Most counts of a good cell',
      minimumDetectedGenes: 'Fewest genes detected in a good cell',
      maximumDetectedGenes: 'Most genes detected in a good cell',
      maximumMitochondrial: 'Most mitochondrial counts of a good cell (%)',
      tumourSpecies: 'Xenografts: counts on the tumour’s species above which a cell is kept (%)',
      skipDoublets: 'Do not look for doublets',
      tumourLineage: 'What the tumour comes from',
      skipEmbedding: 'No embedding and clusters of cells',
      embeddingCells: 'Most cells in the embedding',
      skipMetaProgrammes: 'Do not look for programmes without labels',
      nmfReplicates: 'Random starts of each factorisation',
      skipCopyNumber: 'Skip copy number',
      copyNumberReference: 'Copy number compared with',
      barcodeErrors: 'Lineage barcodes one letter apart',
      skipUnreadable: 'Leave out samples whose file cannot be read',
      memoryGib: 'Memory budget (GiB)',
    },
    threads: 'Processor threads (they change the time, never a number)',
    run: 'Run the analysis',
    restore: 'Restore the defaults',
  },
  progress: {
    reading: 'Reading the study…',
    running: 'Running…',
    writing: 'Writing the report…',
    stop: 'Stop',
    stage: stageName,
    of: (done, total) => `${String(done)} of ${String(total)}`,
  },
  results: {
    title: 'Results',
    saveReport: 'Save the report',
    saveAll: 'Save everything (.zip)',
    fullScreen: 'Full screen',
    files: (count) => `${plural(count, 'file')}, with SHA-256 checksums`,
    filesLead: 'The same bytes as the command line and the library write for this study and these options.',
    file: 'File',
    size: 'Size',
    save: 'Save',
    frame: 'Report',
  },
  announce: {
    checked: (samples, patients, answerable, questions) =>
      `Study read: ${plural(samples, 'sample')} of ${plural(patients, 'patient')}. ${String(answerable)} of ${String(questions)} questions can be answered, at least in part.`,
    finished: 'Finished. The report is below.',
    stopped: 'Stopped. Nothing was kept.',
  },
  failed: { check: 'This study could not be read', run: 'The run ended with an error' },
  workerLost: 'The analysis stopped unexpectedly, most likely because the browser ran out of memory.',
};

const stageNames: Readonly<Record<string, string>> = {
  simulate: 'Simulation',
  samples: 'Samples and their clusters',
  'model of all samples': 'One model of all samples',
  'leave one patient out': 'One patient left out at a time',
  treatments: 'Treatment against treatment',
};

function stageName(name: string): string {
  return stageNames[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
