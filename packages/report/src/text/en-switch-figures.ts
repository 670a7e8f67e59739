import { numberFormat } from '../format/number-format.js';
import type { SwitchFigureText } from './switch-figure-text.js';

const { integer } = numberFormat('en');

const count = (n: number, one: string, many: string): string => `${integer(n)} ${n === 1 ? one : many}`;

const shapes: Readonly<Record<string, string>> = { 'two-state': 'on–off (two states)', mixture: 'narrow and graded' };

/** Words of the figures on the switch, in English. */
export const englishSwitchFigures: SwitchFigureText = {
  moreActive: 'more active',
  lessActive: 'less active',
  reason: (phrase) => phrase,
  regulators: {
    description: (shown, all, lines) =>
      `Ranks of ${integer(shown)} of ${integer(all)} regulators on ${count(lines, 'line', 'lines')} of evidence, with the spread of the rank without single patients.`,
    caption: (first, all) =>
      `The first ${integer(first)} of ${integer(all)} regulators by all lines of evidence, regulators of nearly the same targets under the best of them, and those asked for by name at the rank they hold. Each square: the rank on that line, the darker the nearer to the first; under it, the number it is read from. Lines are ranked in the direction of the regulator’s own activity. Own RNA is one line of several: a regulator can lead with flat RNA. Where its square is empty over a number, it is an immediate-early gene whose RNA dissociation raises; it does not count. Right: rank over all lines, with the best and the worst rank when one patient is left out.`,
    rank: 'Rank',
    regulator: 'Regulator',
    lines: {
      activity: 'Activity',
      patients: 'Patients alike',
      expression: 'Own RNA',
      position: 'Targets',
      motif: 'Chromatin',
    },
    perturbation: 'Experiment',
    units: { activity: 'z', patients: 'agree / asked', expression: 'log₂', position: 'found / exp.', motif: 'motifs' },
    perturbationUnit: 'P',
    stability: 'Without one patient',
    axis: 'Rank (log scale)',
    hidden: (n) => `${count(n, 'regulator', 'regulators')} not shown`,
    noData: (lines) => `No data for: ${lines.join(', ')}.`,
    asked: 'asked for by name',
    run: 'one patient left out',
    colour: 'darker: nearer to the first rank',
  },
  knockOut: {
    description: (regulators, untested) =>
      `Predicted way back of residual tumours for ${count(regulators, 'regulator', 'regulators')}; ${integer(untested)} could not be tested.`,
    caption: ({ from, to }) =>
      `Predicted share of the way from ${to} back to ${from}, along the programme of the other patients, when the contribution of one regulator is taken away (of a less active one: given back). Mean over patients with its 95 % interval; dots under it are single patients. Grey: random regulons of the same size, signs and expression; 95 % of them take back less than its end. The tick is the reverse: how far ${from} tumours go when the regulator is switched on. A linear prediction from RNA; only an experiment shows what a knock-out does.`,
    axis: ({ from, to }) => `Share of the way from ${to} back to ${from} (%)`,
    regulator: 'Regulator',
    targets: (n) => count(n, 'target', 'targets'),
    share: 'Way back [interval]',
    patients: 'Towards it',
    random: 'P, random',
    beyond: 'interval beyond random regulons',
    notBeyond: 'not beyond',
    point: 'one patient',
    activation: 'switched on: share of the way there',
    band: 'random regulons, up to 95 % of them',
    notTestable: (regulators, reason) =>
      `Not testable: ${regulators.join(', ')}${reason === '' ? '' : ` (${reason})`}.`,
    more: (n) => `${count(n, 'regulator', 'regulators')} more in the table knock_out.`,
  },
  shape: {
    description: (patients, untested) =>
      `Programme activity of single cells in ${count(patients, 'patient', 'patients')} with the fitted states; ${integer(untested)} could not be tested.`,
    caption: ({ from, to }, hasCells) =>
      [
        hasCells
          ? `Programme activity of single cells, ${from} and ${to}, as shares per unit of activity; ${from} cells are scaled to the height of the panel.`
          : '',
        `Curves: what was fitted to the ${to} cells, two narrow states against one graded state, drawn as normal curves of their mean, spread and counting noise. Two states can be seen only where they lie further apart than the noise. The verdict is read from cells that took no part in the fit: log likelihood per cell, two states less graded, ± standard error. D: separation of the two states (Ashman; 2 is clean). Dip: test of a single mode. Controls: the verdict with half of the counts, in deeper and in shallower cells, and without likely doublets.`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    axis: ({ from }) => `Programme activity: 0 is ${from}, 1 the full programme`,
    verdict: (name) => shapes[name] ?? name,
    cells: (n) => count(n, 'cell', 'cells'),
    advantage: (value, standardError) => `two − graded ${value} ± ${standardError}`,
    dip: (p) => `dip P ${p}`,
    controls: (alike, all) => `controls: ${integer(alike)} of ${integer(all)} the same`,
    fits: { 'two-state': 'two states, fitted', graded: 'one graded state, fitted', mixture: 'mixture, fitted' },
    notTestable: (patients, reason) => `Not testable: ${patients.join(', ')}${reason === '' ? '' : ` (${reason})`}.`,
  },
  response: {
    description: (panels, pairs) =>
      `Programme activity against regulator level in ${integer(panels)} of ${count(pairs, 'pair', 'pairs')} of regulator and patient.`,
    caption: ([least, most]) =>
      `Cells of one patient in bins of equal number by the level of a regulator, read from its activated targets outside the programme; the counts that choose the bin are not those that give its level. Bars: one standard error. Curve: the fitted Hill curve; its coefficient with a 95 % bootstrap interval, looked for between ${least} and ${most}. An interval above 1 is steeper than saturable binding (ultrasensitive). A falling curve, or one within the bars, says that the programme does not follow that regulator from cell to cell. A low coefficient is no proof of a graded switch: cells differ in more than one regulator.`,
    x: 'Regulator level (1 in untreated cells)',
    y: 'Programme activity',
    verdict: (name) => name,
    hill: (value, interval) => `Hill ${value}${interval === '' ? '' : ` [${interval}]`}`,
    atLeast: (value) => `at least ${value}`,
    bin: 'cells in bins, ± standard error',
    curve: 'Hill curve',
    notRead: (pairs, reason) => `Not read${reason === '' ? '' : ` (${reason})`}: ${pairs.join('; ')}.`,
    more: (n) => `${count(n, 'more pair', 'more pairs')} in the tables switch_response and switch_steepness.`,
  },
};
