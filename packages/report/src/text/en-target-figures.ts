import { numberFormat } from '../format/number-format.js';
import type { TargetFigureText } from './target-figure-text.js';

const { integer } = numberFormat('en');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n === 1 ? one : many}`;

const states: Readonly<Record<string, string>> = {
  persister: 'persister',
  other: 'not called',
  all: 'all cells',
};

/** Titles of the tables on markers, weaknesses and targets, in English. */
export const englishTargetTables: Readonly<Record<string, string>> = {
  surface_markers: 'Surface markers, ranked by what the patients share',
  secreted_markers: 'Secreted proteins, ranked by what the patients share',
  marker_patients: 'Ranked markers patient by patient',
  antigens: 'Antigens of antibody–drug conjugates on these tumours',
  marker_gates: 'Gates of one to three markers',
  marker_gate_patients: 'The gate chosen without each patient, on that patient',
  weakness_axes: 'Signed axes of weakness over patients',
  weakness_patients: 'Signed axes of weakness patient by patient',
  weakness_genes: 'Genes of every axis: sign, reason, source, and what they do here',
  weakness_states: 'Signed axes by kind of cells',
  death_modes: 'Executors of each death mode by patient and kind of cells',
  iron_pattern: 'CD44, TFRC and mesenchymal genes patient by patient',
  mhc_loss: 'Loss of MHC class I patient by patient',
  drug_matches: 'Drugs held against the programme',
  drug_targets: 'Targets the patients share, drug by drug',
  targets: 'Candidate targets, with what speaks for and against each',
};

/** Words of the figures on markers, weaknesses and targets, in English. */
export const englishTargetFigures: TargetFigureText = {
  gene: 'Gene',
  rank: 'Rank',
  patients: 'Patients agree',
  ofPatients: (agree, asked) => `${integer(agree)} of ${integer(asked)}`,
  surfaceMarkers: {
    description: (genes, patients) =>
      `Change of ${count(genes, 'surface gene', 'surface genes')} in ${count(patients, 'patient', 'patients')}, one dot each.`,
    caption: ({ from, to, genes, hasCells }) =>
      `The first of ${count(genes, 'ranked gene', 'ranked genes')} of surface proteins, ${to} against ${from}, and every marker asked for by name. Colour is the log₂ change of each patient.${hasCells ? ' The area of a dot is the share of persister cells positive at a common depth; squares are patients without called cells.' : ' No cells were read, so all marks have one size.'} “Mean” weighs each patient the same; “worst rank” is the rank without the patient that costs the gene most. RNA is not protein at the surface.`,
    mean: 'Mean',
    worst: 'Worst rank',
    worstRank: (rank, without) => `${rank} without ${without}`,
    hidden: (n) => `${count(n, 'gene', 'genes')} not shown`,
    colour: 'log₂ fold change in the patient',
    size: 'Positive persister cells',
    noCells: 'no called cells',
    shared: 'shared by the patients',
    lowered: 'shared, but lowered',
    notShared: 'not shared',
    named: 'asked for by name',
  },
  markerGates: {
    description: (sizes, patients) =>
      `Sensitivity against 1 − specificity of gates of ${count(sizes, 'size', 'sizes')} in ${count(patients, 'left-out patient', 'left-out patients')}.`,
    caption: ({ named }) =>
      `How well a gate of one, two or three markers keeps persister cells (up) and leaves out untreated tumour cells (left). Grey: the best gate on the patients it was chosen on, which is too good. Green: the whole choice made anew without each patient and tried on that patient (dots), and its mean over patients with 95 % intervals: the number to expect in the next patient. The arrow is the optimism. Youden: sensitivity + specificity − 1, against untreated or normal cells, whichever is worse.${named === null ? '' : ` Named: the ${integer(named)} patients in whom it does worst.`}`,
    panel: (size) => count(size, 'marker', 'markers'),
    x: '1 − specificity',
    y: 'Sensitivity',
    patient: 'patient left out',
    nested: 'mean over patients left out',
    apparent: 'on the patients it was chosen on',
    chance: 'chance',
    youden: (apparent, nested) => `Youden ${apparent} apparent, ${nested} left out`,
    keeps: (sensitivity) => `left out, it keeps ${sensitivity} of persister cells`,
    excludes: (untreated, normal) => `excludes: untreated ${untreated}${normal === null ? '' : `, normal ${normal}`}`,
    chosen: (same, asked) => `chosen again without ${integer(same)} of ${count(asked, 'patient', 'patients')}`,
    p: (value) => `P ${value} against shuffled labels`,
  },
  antigens: {
    description: (measured, all) =>
      `Level and positive cells of ${integer(measured)} of ${count(all, 'antigen', 'antigens')}.`,
    caption: ({ from, to, hasCells }) =>
      `Antigens that an antibody–drug conjugate binds, and genes asked for by name, highest first. Level: place among all genes in ${to} samples, from the patient with least to the patient with most, with the mean.${hasCells ? ' Positive cells: share with the gene at a common depth, mean over patients (bar: 95 % interval for persister cells). A good antigen lies far right in persister cells and far left in normal cells.' : ''} Change: mean log₂ fold change against ${from} and patients raised; an antigen that does not rise can still be bound. Drug status as the cited source writes it, for some tumour; no indication is meant. RNA is not protein at the surface.`,
    gene: 'Antigen',
    level: 'Level in the patients',
    levelAxis: 'Place among all genes',
    positive: 'Positive cells',
    positiveAxis: 'Share of cells',
    change: 'Change',
    drugs: 'Conjugate and status',
    up: (up, asked) => `up in ${integer(up)} of ${integer(asked)}`,
    range: 'lowest to highest patient, mean',
    persister: 'persister cells',
    untreated: 'untreated tumour cells',
    normal: 'normal cells',
    named: 'asked for by name',
    noDrug: 'none listed',
    drugStatus: (name) => name,
    more: (n) => `and ${integer(n)} more`,
    notMeasured: (genes) => `Not measured: ${genes.join(', ')}.`,
  },
  weaknessAxes: {
    description: (tested, untested) =>
      `Signed mean change of ${count(tested, 'axis', 'axes')} with interval and patients; ${integer(untested)} could not be tested.`,
    caption: ({ from, to }) =>
      `Mean log₂ change of the genes of each axis, ${to} against ${from}, genes that speak against it counted with opposite sign and genes of the programme taken out. Diamonds: mean over patients with its 95 % interval; dots: patients, coloured where the patient alone shows a shift. Right of zero: more of what the axis is named for, which for a defence is no weakness. Raised or lowered: adjusted P over patients, beyond random genes, and in three quarters of the patients. RNA ranks these hypotheses; it confirms none.`,
    axis: ({ from, to }) => `Signed mean log₂ change, ${to} against ${from}`,
    header: 'Axis',
    effect: 'Mean [95% interval]',
    verdictHeader: 'Over patients',
    group: {
      iron: 'Iron',
      lipid: 'Lipids and ferroptosis defence',
      death: 'Modes of death',
      immune: 'Immune system',
      state: 'State',
      metabolism: 'Metabolism',
    },
    ahr: (compartment) => `AhR targets, ${compartment}`,
    verdict: { raised: 'raised', lowered: 'lowered', 'not shared': 'not shared', 'not testable': 'not testable' },
    patientRaised: 'patient raised',
    patientLowered: 'patient lowered',
    patientUnclear: 'no shift shown',
    pooled: 'mean over patients',
    reason: (phrase) => phrase,
  },
  ironPattern: {
    description: (patients, inPattern) =>
      `CD44 against TFRC in ${count(patients, 'patient', 'patients')}; ${integer(inPattern)} with CD44 up, TFRC down and mesenchymal genes up.`,
    caption: ({ from, to }) =>
      `Change of CD44 and of TFRC in each patient, ${to} against ${from}, with 95 % intervals. Shaded: where cells that take up iron by CD44 and close the transferrin route would lie; the pattern also asks for mesenchymal genes up (upright triangles). Inverted: all three the other way. Hollow: the interval of the mesenchymal genes spans zero. RNA cannot measure labile iron.`,
    axis: (gene) => `${gene}, log₂ fold change`,
    quadrant: 'CD44 up, TFRC down',
    heading: 'Mesenchymal genes',
    up: 'up',
    down: 'down',
    unclear: 'hollow: interval spans zero',
    unknown: 'not scored',
    signs: 'Signs of the three',
    counts: {
      pattern: (n) => `${count(n, 'patient', 'patients')}: the pattern`,
      inverted: (n) => `${count(n, 'patient', 'patients')}: inverted`,
      mixed: (n) => `${count(n, 'patient', 'patients')}: mixed`,
    },
    notDrawn: (patients) => `CD44 or TFRC not measured: ${patients.join(', ')}.`,
  },
  deathModes: {
    description: (rows, patients) =>
      `Whether the executors of each mode of death are expressed in ${count(rows, 'kind of cells', 'kinds of cells')} of ${count(patients, 'patient', 'patients')}.`,
    caption: ({ limit, isShort }) =>
      `A mode of death is open where each of its steps has an expressed executor, blocked where a step has none (named), and cannot be told where an executor was not measured, belongs to the programme or has too few counts (named).${limit === null ? '' : ` Expressed: lower 95 % Poisson limit above ${limit} counts per million; missing: upper limit below it.`}${isShort ? ' Only the compared stages are drawn; the table has the others.' : ''} RNA of executors is competence, not death.`,
    state: (name) => states[name] ?? name,
    cells: (n) => `${n} cells`,
    open: 'open',
    blocked: 'blocked: the missing executor',
    cannotTell: 'cannot tell: what is unclear',
    missing: (genes) => `no ${genes}`,
    untold: (genes) => `${genes}: unclear`,
    unmeasured: (genes) => `not measured: ${genes}`,
    more: (n) => `${count(n, 'more row', 'more rows')} in the table.`,
  },
  targetMatrix: {
    description: (shown, all) =>
      `Five lines of evidence on the first ${integer(shown)} of ${count(all, 'candidate target', 'candidate targets')}.`,
    caption: ({ from, to, shown, all }) =>
      `${shown < all ? `The first ${integer(shown)} of ${integer(all)} candidates` : `All ${integer(all)} candidates`}, ordered by lines that support them, then by lines that contradict them, then by |t| over patients; there is no score. A dash is a line that does not apply: a gene that is no regulator is neither helped nor harmed by it. Effect: mean log₂ change over patients, ${to} against ${from}. “Against”: how many things the table lists against the gene, each in words there. A target is a hypothesis; the table names the experiment that would settle it.`,
    line: {
      shared: 'shared',
      surface: 'surface',
      regulator: 'regulator',
      weakness: 'weakness',
      drug: 'drug',
    },
    standing: {
      supported: 'supported',
      'not supported': 'not supported',
      contradicted: 'contradicted',
      'not testable': 'not testable',
      'does not apply': 'does not apply',
    },
    effect: 'log₂ change',
    patients: 'Patients',
    against: 'Against',
    drugs: 'Drugs',
  },
};
