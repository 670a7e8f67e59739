import type { Table } from '@remnant/engine';
import { type Cell, table, wobble } from './table-from-rows.test-helper.js';

const names = (patients: number): readonly string[] =>
  Array.from({ length: patients }, (_, i) => (i === 0 ? 'MM468' : `HBCx${String(10 + 7 * i)}`));

/** Regulators in the order of their rank: a family of three, one alone, and many without evidence. */
const regulators: readonly string[] = [
  ...['FOSL1', 'JUNB', 'KLF5', 'FOSL2', 'AHR'],
  ...Array.from({ length: 45 }, (_, i) => `ZNF${String(100 + i)}`),
];
/** Removed and followed in cells. */
const leaders = ['FOSL1', 'KLF5', 'AHR'];

/** Tables of the switch in the form the pipeline writes them, one patient of which cannot be tested. */
export function switchTables(patients = 2): readonly Table[] {
  const all = names(patients);
  return [evidence(patients), stability(all), ...knockOut(all), ...shape(all), ...response(all)];
}

function evidence(patients: number): Table {
  const share = (rank: number): number => rank / regulators.length;
  return table(
    'switch_regulators',
    [
      ...['regulator', 'rank', 'verdict', 'family', 'direction', 'activity_z', 'activity_rank'],
      ...['patients_agree', 'patients_asked', 'patients_rank', 'expression_log2_fold_change', 'expression_counts'],
      ...['expression_rank', 'programme_targets', 'programme_expected', 'position_rank', 'motif_rank'],
      ...['perturbation_p_value', 'rank_low', 'rank_high'],
    ],
    regulators.map((regulator, i): readonly Cell[] => {
      const rank = i + 1;
      const other = 1 + Math.floor(wobble(i, 3) * regulators.length);
      return [
        ...[regulator, rank, i < 4 ? 'supported' : i % 7 === 0 ? 'not testable' : 'not supported'],
        ...[['JUNB', 'FOSL2'].includes(regulator) ? 'FOSL1' : regulator, i % 5 === 4 ? 'less active' : 'more active'],
        ...[(i % 5 === 4 ? -1 : 1) * (15.2 / rank), share(rank), patients, patients, share(rank)],
        ...[i === 0 ? -0.02 : 0.2, regulator === 'JUNB' ? 'no' : 'yes', regulator === 'JUNB' ? null : share(other)],
        ...[Math.max(0, 29 - 3 * i), 1.6, share(rank), null],
        ...[i === 0 ? 0.000999 : null, Math.max(1, rank - 2), Math.min(regulators.length, rank + (i % 4) * 3)],
      ];
    }),
  );
}

function stability(all: readonly string[]): Table {
  return table(
    'regulator_stability',
    ['regulator', 'left_out', 'rank', 'rank_all'],
    regulators
      .slice(0, 20)
      .flatMap((regulator, i) =>
        all.map((patient, p): readonly Cell[] => [regulator, patient, Math.max(1, i + 1 + ((p + i) % 3) - 1), i + 1]),
      ),
  );
}

function knockOut(all: readonly string[]): readonly Table[] {
  const shares: Readonly<Record<string, number>> = { FOSL1: 0.226, KLF5: 0.011 };
  return [
    table(
      'knock_out',
      [
        ...['regulator', 'status', 'reason', 'direction', 'n_targets', 'knock_out', 'low', 'high', 'activation'],
        ...['null_mean', 'null_95', 'percentile', 'p_value'],
      ],
      leaders.map((regulator): readonly Cell[] => {
        const share = shares[regulator];
        if (share === undefined) {
          return [regulator, 'not-testable', 'its regulon has too few measured targets', null, 3];
        }
        return [
          ...[regulator, 'ok', null, 'more active', 40, share, share - 0.016, share + 0.016, share + 0.004],
          ...[0.004, 0.021, regulator === 'FOSL1' ? 1 : 0.81, regulator === 'FOSL1' ? 0.000999 : 0.19],
        ];
      }),
    ),
    table(
      'knock_out_patients',
      ['regulator', 'patient', 'distance', 'slope', 'knock_out', 'low', 'high', 'activation', 'percentile'],
      Object.entries(shares).flatMap(([regulator, share], r) =>
        all.map((patient, p): readonly Cell[] => {
          const own = share + 0.04 * (wobble(p, r) - 0.5);
          return [regulator, patient, 9.1, 0.8, own, own - 0.1, own + 0.1, own, 1];
        }),
      ),
    ),
  ];
}

const verdicts = ['two-state', 'graded', 'cannot tell', 'mixture'];
const untestable = 'persister cells were not shown (none): cells under treatment are not told from untreated ones';

/** Cells of the first patient lie in two states, of the second in one; the last of several cannot be tested. */
function shape(all: readonly string[]): readonly Table[] {
  const isTested = (p: number): boolean => all.length < 3 || p < all.length - 1;
  const tested = all.filter((_, p) => isTested(p));
  return [
    table(
      'switch_shape',
      [
        ...['patient', 'verdict', 'reason', 'n_cells', 'two_over_graded', 'two_over_graded_se', 'separation'],
        ...['dip_p_value', 'half_depth', 'deep_cells', 'shallow_cells', 'without_doublets'],
      ],
      all.map((patient, p): readonly Cell[] => {
        const verdict = verdicts[p % verdicts.length] ?? '';
        if (!isTested(p)) return [patient, 'not testable', untestable, 0];
        const reason = verdict === 'cannot tell' ? 'the shapes predict held-out cells about equally well' : null;
        const advantage = verdict === 'two-state' ? 0.238 : -0.031;
        return [...[patient, verdict, reason, 619, advantage, 0.02, 5.2, 0.001, verdict, verdict, 'mixture', verdict]];
      }),
    ),
    table(
      'switch_states',
      ['sample', 'patient', 'n_cells', 'median_standard_error', 'shape', 'state', 'share', 'mean', 'spread'],
      tested.flatMap((patient): readonly (readonly Cell[])[] => {
        const sample = [`${patient}_residual`, patient, 619, 0.13] as const;
        return [
          [...sample, 'two-state', 1, 0.3, 0.01, 0.0001],
          [...sample, 'two-state', 2, 0.7, 1.44, 0.29],
          [...sample, 'graded', 1, 1, 0.95, 0.66],
          [...sample, 'mixture', 1, 0.3, 0.02, 0.01],
          [...sample, 'mixture', 2, 0.7, 1.44, 0.29],
        ];
      }),
    ),
  ];
}

/** What the figures of the switch read from tables of other questions: cells with their activity, a regulator named. */
export function switchSideTables(patients = 2): readonly Table[] {
  const cells = names(patients).flatMap((patient, p) =>
    Array.from({ length: 160 }, (_, c): readonly Cell[] => {
      const stage = c % 2 === 0 ? 'untreated' : 'residual';
      const isOn = stage === 'residual' && c % 10 > 2;
      return [`${patient}_${stage}`, patient, stage, (isOn ? 1.44 : 0) + 0.6 * (wobble(c, p) - 0.5)];
    }),
  );
  return [
    table('cells', ['sample', 'patient', 'stage', 'persister_activity'], cells),
    table('named_regulators', ['regulator', 'line', 'verdict'], [['ZNF130', 'regulon', 'not supported']]),
  ];
}

function response(all: readonly string[]): readonly Table[] {
  const pairs = leaders.flatMap((regulator, r) => all.map((patient, p) => ({ regulator, patient, r, p })));
  return [
    table(
      'switch_response',
      ['regulator', 'patient', 'bin', 'n_cells', 'level', 'programme', 'standard_error'],
      pairs
        .filter(({ r }) => r < 2)
        .flatMap(({ regulator, patient, r, p }) =>
          Array.from({ length: 15 }, (_, bin): readonly Cell[] => {
            const level = 0.5 + 0.1 * bin;
            return [regulator, patient, bin + 1, 113, level, level > 1.2 ? 1 + 0.1 * wobble(bin, r + p) : 0.1, 0.05];
          }),
        ),
    ),
    table(
      'switch_steepness',
      ['regulator', 'patient', 'verdict', 'reason', 'n_targets', 'hill', 'low', 'high', 'half_level'],
      pairs.map(({ regulator, patient, r }): readonly Cell[] => {
        if (r === 2) {
          return [regulator, patient, 'cannot tell', 'fewer than five activated targets outside the programme', 4];
        }
        const isStep = r === 0;
        return [
          ...[regulator, patient, isStep ? 'ultrasensitive' : 'cannot tell'],
          ...[isStep ? 'the response is a step; the coefficient is at least the value given' : null, 14],
          ...[isStep ? 32 : 2.3, isStep ? 4.1 : 0.125, isStep ? 32 : 25.7, 1.2],
        ];
      }),
    ),
  ];
}
