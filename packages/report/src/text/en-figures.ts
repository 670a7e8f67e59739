import { numberFormat } from '../format/number-format.js';
import { englishCellFigures } from './en-cell-figures.js';
import { englishOriginFigures } from './en-origin-figures.js';
import { englishSwitchFigures } from './en-switch-figures.js';
import { englishTargetFigures } from './en-target-figures.js';
import type { ClusterStageCount, FigureText, FigureTitles, PairSummary } from './figure-text.js';

const { integer, fixed, general, percent, pValue } = numberFormat('en');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n === 1 ? one : many}`;
const range = ([low, high]: readonly [number, number]): string => `${fixed(low)} to ${fixed(high)}`;

const stageNames: Readonly<Record<string, string>> = {
  untreated: 'untreated',
  residual: 'residual',
  relapse: 'relapse',
};

function clusterSentence(counts: readonly ClusterStageCount[]): string {
  const clusters = [...new Set(counts.map((item) => item.cluster))];
  const parts = clusters.map((cluster) => {
    const held = counts.filter((item) => item.cluster === cluster);
    return `cluster ${cluster} holds ${held.map((item) => `${integer(item.n)} ${stageNames[item.stage] ?? item.stage}`).join(', ')}`;
  });
  return parts.length === 0 ? '' : ` Cut into ${count(clusters.length, 'cluster', 'clusters')}: ${parts.join('; ')}.`;
}

function pairSentence(name: string, pairs: PairSummary): string {
  return pairs.pairs === 0
    ? `No pair of treatments ${name}.`
    : `${count(pairs.pairs, 'pair', 'pairs')} ${name}: r ${range(pairs.signature)} on signature genes, ${range(pairs.all)} on all genes.`;
}

/** Titles of the figures in English. */
export const englishFigureTitles: FigureTitles = {
  volcano: 'Every tested gene, effect against significance',
  'patient-forest': 'The programme in each patient, learned from the others',
  'leave-one-out': 'Leaving each patient out',
  'treatment-heatmap': 'Treatment against treatment',
  'regulator-ranking': 'Regulators, ranked by activity',
  'named-regulator': 'The named regulator, evidence line by line',
  reversal: 'How far relapse goes back',
  'pca-raw': 'Samples before correction for patient',
  'pca-corrected': 'Samples after correction for patient',
  'gene-sets': 'Gene sets at both ends of the ranking',
  'vote-null': 'Genes that agree across patients, against chance',
  'named-marker': 'The named marker in each patient',
  'cell-filters': 'From barcodes to good cells',
  'cell-map-stages': 'Cells by stage',
  'cell-map-patients': 'Cells by patient',
  'cell-map-labels': 'Cells by label',
  'cell-map-calls': 'Called persister cells',
  'abundance-map': 'Where cells gather under treatment',
  'cluster-changes': 'Clusters that change their share',
  'persister-fractions': 'How many cells are persisters',
  'persister-scores': 'Programme activity cell by cell',
  'persister-cycling': 'Do persister cells cycle',
  'meta-programme-heatmap': 'Programmes found without labels',
  'meta-programme-effects': 'Meta-programmes under treatment',
  'switch-regulators': 'Regulators by all lines of evidence',
  'knock-out': 'What taking a regulator away would do',
  'switch-shape': 'On–off or graded, patient by patient',
  'switch-response': 'The programme against the level of its regulators',
  'lineage-clones': 'Clones across the stages',
  'lineage-diversity': 'Clonal diversity of every sample',
  'genetic-states': 'Is the state tied to a clone',
  'copy-number-clones': 'Copy number of the clones along the genome',
  'copy-number-cells': 'Copy number cell by cell',
  'cell-reversal': 'Where the relapse cells lie',
  'surface-markers': 'Surface markers in every patient',
  'marker-gates': 'Gates of one to three markers, on patients left out',
  antigens: 'Antigens that a conjugate could bind',
  'weakness-axes': 'Signed axes of weakness',
  'iron-pattern': 'The iron pattern, patient by patient',
  'death-modes': 'Which modes of death have their executors',
  'target-matrix': 'Targets against the lines of evidence',
  'demo-score': 'Answers against the planted truth',
};

/** Words of the figures in English. */
export const englishFigures: FigureText = {
  cells: englishCellFigures,
  origin: englishOriginFigures,
  switch: englishSwitchFigures,
  targets: englishTargetFigures,
  volcano: {
    description: ({ up, down, none }) =>
      `Volcano plot: ${integer(up)} genes up, ${integer(down)} down, ${integer(none)} not called.`,
    x: ({ from, to }) => `log₂ fold change, ${to} against ${from}`,
    y: '−log₁₀ adjusted P',
    up: (n) => `${integer(n)} up`,
    down: (n) => `${integer(n)} down`,
    none: (n) => `${integer(n)} not called`,
    caption: ({ from, to, pAdjustedMax, logFoldChangeMin }) =>
      [
        `Each dot is a gene; right is higher in ${to} than in ${from} samples.`,
        pAdjustedMax === null || logFoldChangeMin === null
          ? ''
          : `A gene is called beyond the dashed lines: adjusted P below ${general(pAdjustedMax)} and fold change beyond ±${general(logFoldChangeMin)} on the log₂ scale.`,
        'The strongest called genes are labelled; genes asked for by name are ringed wherever they fall. Samples, not patients, are the unit of this model: the per-patient figures say whether it is shared.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
  },
  patientForest: {
    description: (higher, patients) =>
      `Forest plot: the signature score is higher under treatment in ${integer(higher)} of ${integer(patients)} patients.`,
    axis: ({ from, to }) => `Signature score beyond random genes, ${to} − ${from}`,
    samples: 'Samples',
    agreement: 'r, others',
    difference: 'Beyond chance [interval]',
    call: 'Programme',
    notPresent: 'none or inconclusive',
    absenceBound: 'an interval that ends left of this shows absence',
    caption: ({ from, to, signatureSize }) =>
      `The signature${signatureSize === null ? '' : ` (${integer(signatureSize)} genes each way)`} is learned without the patient, then scored on that patient’s own samples, less what random genes of like expression give. Bars are 90 % intervals. Right of zero: higher in ${to} than in ${from}. Samples: ${from} → ${to}. “r, others”: correlation of the patient’s gene effects with the mean of the others; patients far below the rest are flagged as outliers.`,
  },
  leaveOneOut: {
    description:
      'For each patient left out: the AUC of the signature learned on the others, and the share of the signature that stays.',
    aucHeader: 'Samples told apart (AUC)',
    nullHeader: 'P, null',
    aucAxis: 'AUC on the patient left out',
    overlapHeader: 'Signature kept without the patient',
    overlapAxis: 'Genes kept',
    higher: 'higher (one sample)',
    lower: 'lower (one sample)',
    caption:
      'Left: how well the signature learned on the other patients tells this patient’s samples apart; 0.5 is a coin toss; with a single sample in an arm only the direction is known. “P, null” compares the patient with random signatures of the same size. Right: how much of the signature remains when the patient is left out; a patient whose removal changes much of it weighs heavily in the pooled model.',
  },
  treatmentHeatmap: {
    description: (arms) => `Correlation of gene effects between ${integer(arms)} treatment arms.`,
    upper: 'signature genes',
    lower: 'all genes',
    key: 'Correlation of log₂ fold changes',
    frame: 'treatments within one patient',
    caption: (within, between) =>
      `Each square compares the gene effects of two treatment arms. ${pairSentence('within a patient', within)} ${pairSentence('between patients', between)} If the programme came with the drug, arms of one drug would agree across patients; if with the patient, only the framed blocks would.`,
  },
  regulatorRanking: {
    description: (n) =>
      `Bar chart of the most and least active of ${integer(n)} regulators, with the RNA change of each.`,
    rank: 'Rank',
    regulator: 'Regulator',
    activity: 'Activity of its targets',
    expression: 'Its own RNA',
    patients: 'Patients',
    activityAxis: 'Consensus activity score',
    expressionAxis: 'log₂ fold change',
    hidden: (n) => `${count(n, 'regulator', 'regulators')} not shown`,
    clear: 'beyond the permutation null',
    unclear: 'within the null',
    named: 'asked for by name',
    caption: (n, fdr) =>
      `The ten most and ten least active of ${integer(n)} regulators, and those asked for by name at the rank they hold. Activity is read from targets, so a regulator may be active with flat RNA, and the reverse.${fdr === null ? '' : ` Filled bars pass the permutation null at a false-discovery rate of ${percent(fdr)}.`} Patients: those in whom the activity has the same sign.`,
  },
  namedRegulator: {
    description: (names) => `Evidence lines of ${names.join(', ')}, each with its verdict.`,
    line: 'Line of evidence',
    verdict: 'Verdict',
    value: 'Value [interval]',
    p: 'P',
    strip: 'Regulon activity in each patient',
    stripAxis: 'Activity (ULM, t of the slope); grey: between −2 and 2',
    caption: (hasPatients) =>
      `Each line is graded on its own; none is allowed to stand for another.${hasPatients ? ' Below, the activity of the regulon in each patient.' : ''}`,
  },
  reversal: {
    description: (tested, untested) =>
      `Reversal index of ${count(tested, 'patient', 'patients')}; ${integer(untested)} could not be tested.`,
    axis: ({ to, from }) => `Reversal index: 0 stays ${to}, 1 is ${from} again`,
    index: 'Index',
    corrected: 'Corrected [interval]',
    notBack: 'Not back',
    provenBack: 'Proven back',
    verdict: 'Verdict',
    plain: 'index before noise is taken out',
    technical: 'interval from cells of single samples: technical only',
    band: (margin) => `counts as full return (1 ± ${general(margin)})`,
    notTestable: (patients, reason) => `Not testable: ${patients.join(', ')}${reason === '' ? '' : ` (${reason})`}.`,
    noneTestable: 'no patient has the three stages a reversal needs',
    caption: ({ from, to, back, margin }) =>
      `The index is 1 when ${back} samples are back where ${from} samples were, 0 when they stay where ${to} samples were.${margin === null ? '' : ' A patient counts as returned when the whole interval lies in the shaded band.'} Verdicts are read from the index corrected for the noise of replicates, with its 90 % interval. Under each patient, its samples: ${from} / ${to} / ${back}. “Not back”: genes changed at ${to} that are still changed at ${back}. “Proven back”: programme genes shown to be equivalent to ${from}; a gene that is neither is undecided.`,
  },
  sampleMap: {
    description: (n) => `First two principal components of ${integer(n)} samples.`,
    cluster: (name) => `cluster ${name}`,
    agreement: 'Clusters against labels, adjusted Rand index',
    blind: (agreement) => `blind to stage: ${agreement}`,
    blindNote: ' A correction that does not know the stage gives the agreement printed last.',
    caption: {
      raw: (counts) =>
        `What the samples look like as measured: the negative control of the next map.${clusterSentence(counts)}`,
      corrected: (counts) =>
        `The same samples with the effect of each patient taken out and the stage kept, for display only; tests keep the patient in the model.${clusterSentence(counts)}`,
    },
  },
  geneSets: {
    description: (n) => `Normalised enrichment scores of the strongest of ${integer(n)} gene sets.`,
    set: 'Gene set',
    score: 'NES',
    p: 'Adjusted P',
    size: 'Genes',
    axis: ({ to }) => `Normalised enrichment score (right: higher in ${to})`,
    clear: (fdr) => `adjusted P below ${general(fdr)}`,
    unclear: 'not below',
    caption: (n, fdr) =>
      `Preranked enrichment of ${integer(n)} gene sets; at most ten per direction and collection are drawn, the strongest first. Filled: adjusted P below ${general(fdr)}.`,
  },
  voteNull: {
    description: (levels) =>
      `Observed and expected numbers of agreeing genes at ${integer(levels)} levels of agreement.`,
    x: 'Patients that agree (at least)',
    y: 'Genes (log scale)',
    fdr: 'FDR',
    observed: 'genes observed',
    up: 'of these, up',
    down: 'down',
    expected: 'expected, stage labels permuted within patients',
    caption:
      'Genes that change in the same direction in at least so many patients (discs), against the mean number when stage labels are permuted within each patient (bars). The grey span between the two is what patients share; the FDR is the expected number over the observed one.',
  },
  namedMarker: {
    description: (genes) => `Forest plot of ${genes.join(', ')} in each patient.`,
    axis: ({ from, to }) => `log₂ fold change, ${to} against ${from}`,
    effect: 'Effect [interval]',
    up: 'higher',
    down: 'lower',
    spansZero: 'interval spans zero',
    heading: (gene, rank, pAdjusted) =>
      [
        gene,
        Number.isFinite(rank) ? `rank ${integer(rank)}` : '',
        Number.isFinite(pAdjusted) ? `adjusted P ${pValue(pAdjusted)}` : '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
    caption: ({ from, to }) =>
      `Change of the gene’s RNA, ${to} against ${from}, in each patient and in all together, patients weighing the same. A shared marker would lie on one side of zero in nearly all.`,
  },
  demoScore: {
    description: (passed, total) => `${integer(passed)} of ${integer(total)} planted facts recovered.`,
    question: 'What was planted',
    found: 'Found',
    target: 'Target',
    notSimulated: 'the study is real: there is no planted truth to score against',
    caption: (passed, total) =>
      `${integer(passed)} of ${integer(total)} answers reach their target. Bars run from 0 to 1; the tick is the target.`,
  },
};
