import { numberFormat } from '../format/number-format.js';
import type { OriginFigureText } from './origin-figure-text.js';

const { integer } = numberFormat('en');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n === 1 ? one : many}`;

const sources: Readonly<Record<string, string>> = {
  barcode: 'lineage barcodes',
  'copy-number': 'copy number',
  mutation: 'mutations',
};

const reasons: Readonly<Record<string, string>> = {
  'no-reference': 'no reference cells',
  'few-reference-cells': 'too few reference cells',
  'few-genes': 'too few genes',
  'few-arms': 'too few arms',
  'few-cells': 'too few cells',
  'low-depth': 'too few counts per cell',
  'quiet-genome': 'quiet genome',
  uncertain: 'uncertain',
  narrow: 'too narrow',
};

/** Words of the figures on origin, in English. */
export const englishOriginFigures: OriginFigureText = {
  verdict: (name) => name,
  source: (name) => sources[name] ?? name,
  cells: (n) => count(n, 'cell', 'cells'),
  lineageClones: {
    description: (patients, stages) =>
      `Share of the barcoded cells held by each clone, ${count(patients, 'patient', 'patients')}, ${count(stages, 'stage', 'stages')}.`,
    caption: (named) =>
      `Barcoded cells of each patient by clone, stage by stage. The bands follow a clone from one stage to the next: one that takes over widens, one that is lost runs out. At most ${integer(named)} clones per patient are named, the largest at any stage; grey holds all smaller ones. Colours start afresh in each patient. Under each bar: barcoded cells. Shares of few cells are rough; the intervals are in the next figure.`,
    verdict: (name) => `origin: ${name}`,
    others: (n) => count(n, 'other', 'others'),
  },
  lineageDiversity: {
    description: (samples, insufficient) =>
      `Clones among equally many barcoded cells in ${count(samples, 'sample', 'samples')}; ${integer(insufficient)} had too few cells.`,
    caption: (depth) =>
      `Clones expected among ${integer(depth)} barcoded cells, so that samples of different size can be compared, with 95 % intervals. Hollow: too few barcoded cells; the mark is the number of clones seen, which more cells could only raise. Top clone: share of the largest one. Origin: the verdict on the sample against the stage before treatment (or the earliest there is), from the table lineage_stages.`,
    axis: (depth) => `Clones among ${integer(depth)} barcoded cells`,
    sample: 'Sample',
    barcoded: 'Barcoded',
    clones: 'Clones [interval]',
    topClone: 'Top clone',
    verdict: 'Origin',
    insufficient: 'insufficient',
    notReached: 'too few to compare',
    hollow: 'too few cells: clones seen',
  },
  geneticStates: {
    description: (blocks) => `Persister share by clone and stage in ${count(blocks, 'table', 'tables')}.`,
    caption: (fewest) =>
      `Cells of each clone, altered arm or variant at each stage, and the share of them in the persister state. If the state were private to a clone, one row would be dark and the others pale. The framed row is the one that goes most with the state: solid where the tie holds, dashed where it was not shown. Under the name: the permutation P value, corrected for all labels looked at. Squares of fewer than ${integer(fewest)} cells are not coloured.`,
    value: (label, value) => {
      if (label === 'clone') return value === 'other' ? 'other clones' : value;
      return `${label} ${value}`;
    },
    tie: (name) => name,
    tieLine: (tie, p) => (p === null ? tie : `${tie}, P ${p}`),
    all: 'all cells',
    more: (n) => `${integer(n)} more in the table`,
    key: 'Share of persister cells (number of cells)',
    few: (fewest) => `fewer than ${integer(fewest)} cells`,
    tied: 'tied to the state',
    mostTied: 'nearest to a tie, not shown',
  },
  copyNumberClones: {
    description: (patients, clones) =>
      `Copy-number profiles of ${count(clones, 'clone', 'clones')} of ${count(patients, 'patient', 'patients')} along the genome.`,
    caption: (hasTree) =>
      [
        'Smoothed expression of each clone along the genome against its reference, log₂; coloured where an alteration is called, grey where not. Bars above (gain) or below (loss) a row mark arms called as a whole; arms on a grey ground cannot be told. Dashed: centromeres. Expression shows gains and losses, not numbers of copies.',
        hasTree
          ? 'Left: clones joined by the calls they share, from what the cells were compared with. The tree is by shared calls, not dated; an arm that cannot be told in a clone does not count as shared, and an arm on two branches does not fit nested sets.'
          : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    clone: (n) => `clone ${n}`,
    against: (compared) => (compared === 'untreated' ? 'against the tumour before treatment' : 'against normal cells'),
    cannotTell: (given) =>
      given.length === 0
        ? 'cannot tell'
        : `cannot tell: ${given.map((reason) => reasons[reason] ?? reason).join(', ')}`,
    gain: 'gain called',
    loss: 'loss called',
    uncalled: 'not called',
    arm: 'whole arm called (above: gain, below: loss)',
    untold: 'cannot be told',
    scale: (limit) => `Height of a row: log₂ ratio ±${limit}`,
    tree: 'Shared calls',
    more: (n) => `and ${count(n, 'arm', 'arms')}`,
    notDrawn: (patients) => `No profile: ${patients.join('; ')}.`,
    chromosome: 'Chromosome',
  },
  copyNumberCells: {
    description: (cells, patients) =>
      `Copy number of ${count(cells, 'cell', 'cells')} of ${count(patients, 'patient', 'patients')}, arm by arm.`,
    caption: (shown, all) =>
      `Mean smoothed expression of each arm against the reference, one row per cell, grouped by clone, then by state and stage; the more genes an arm has, the wider it is drawn. ${shown === all ? '' : `${integer(shown)} of the ${integer(all)} cells of the table, evenly taken. `}If the persister state were private to a clone, the state strip would follow the clone strip.`,
    noArms: 'the table has no column of a chromosome arm',
    clone: 'clone',
    state: 'state',
    reference: 'reference',
    untold: 'cannot be told',
    persister: 'persister',
    other: 'not called',
    notTestable: 'not testable',
    key: 'log₂ ratio',
  },
  cellReversal: {
    description: (tested, untested) =>
      `Where relapse cells lie between the stages in ${count(tested, 'arm', 'arms')}; ${integer(untested)} could not be tested.`,
    caption: ({ from, to, back }) =>
      `Mean position of the ${back} cells of each arm on the axis from ${from} (0) to ${to} (1), learned on one half of the cells and read on the other, with its 90 % interval. Behind it the cells themselves: the middle half, and 5 % to 95 %. Tinted bands at both ends: how far apart two halves of one stage lie (95 % of draws), in units of the distance between the stages; a mean inside a band is no further from that stage than its own halves are from each other. Still in the state: share of the ${back} cells called persister, 95 % interval. The verdict also looks at the programme’s own axis and off the line; see the table.`,
    axis: ({ from, to, back }) => `Position of the ${back} cells: 0 is ${from}, 1 is ${to}`,
    arm: 'Arm',
    position: 'Position [interval]',
    fraction: 'Still in the state',
    verdictHeader: 'Verdict',
    verdict: (name) => name,
    technical: 'interval from cells of single samples',
    sampleLevel: 'index over samples',
    band: (stage) => `within ${stage}`,
    quartiles: 'middle half of the cells',
    spread: '5 % to 95 %',
    noneTestable: 'no arm could be tested for where its relapse cells lie',
    notTestable: (arms, reason) => `Not testable: ${arms.join(', ')}${reason === '' ? '' : ` (${reason})`}.`,
    reason: (phrase) => phrase,
  },
};
