import type { Table } from '@remnant/engine';
import { type Cell, table, wobble } from './table-from-rows.test-helper.js';

const stages = ['untreated', 'residual', 'relapse'];
const names = (patients: number): readonly string[] =>
  Array.from({ length: patients }, (_, i) => (i === 0 ? 'MM468' : `HBCx${String(10 + 7 * i)}`));

/** Tables of origin in the form the pipeline writes them: lineages, copy number, genetic alarm, reversal of cells. */
export function originTables(patients = 2): readonly Table[] {
  const all = names(patients);
  return [
    lineageClones(all),
    lineageSamples(all),
    lineageStages(all),
    table(
      'lineage_patients',
      ['patient', 'verdict'],
      all.map((patient, p) => [patient, p % 3 === 0 ? 'mixed' : p % 3 === 1 ? 'adaptation' : 'cannot tell']),
    ),
    geneticStates(all),
    geneticAlarm(all),
    ...copyNumber(all),
    ...cellReversal(all),
  ];
}

/** Cells per clone at each stage: the first patient relapses from one clone, the others keep their clones. */
const clonal: readonly (readonly [string, readonly number[]])[] = [
  ['GTCAACGGTTACCAGTGATC', [2, 4, 301]],
  ['TTGACCTTAACGGATCCATG', [9, 12, 18]],
  ['CAGGTTAACCTGATCGGATA', [7, 11, 5]],
  ['ACGTGGATCCTAAGCTTGCA', [6, 9, 2]],
  ['GGATCCATTACGCAAGTCCT', [5, 8, 0]],
];

function lineageClones(all: readonly string[]): Table {
  const rows = all.flatMap((patient, p) =>
    stages.flatMap((stage, s) => {
      if (p % 4 === 3 && s === 1) return [];
      const others = [112 - p, 201, p === 0 ? 0 : 96][s] as number;
      const named = clonal.map(([clone, sizes], c) => {
        const size = p === 0 ? (sizes[s] as number) : 4 + Math.round(14 * wobble(p + c, s));
        return { clone: p === 0 ? clone : `${patient}-${String(c + 1)}`, nClones: 1, size };
      });
      const listed =
        others === 0 ? named : [...named, { clone: 'other', nClones: Math.round(0.7 * others), size: others }];
      const total = listed.reduce((sum, { size }) => sum + size, 0);
      return listed.map(({ clone, nClones, size }): readonly Cell[] => [
        patient,
        stage,
        clone,
        nClones,
        size,
        size / total,
      ]);
    }),
  );
  return table('lineage_clones', ['patient', 'stage', 'clone', 'n_clones', 'n_cells', 'share'], rows);
}

/** The rows of the MM468 time course, then three samples for every other patient. */
function lineageSamples(all: readonly string[]): Table {
  const course: readonly (readonly Cell[])[] = [
    ['MM468_chemonaive', 'MM468', 'untreated', 2845, 197, 144, 0.046, 114.8, 110.1, 119.5, 150, 'ok'],
    ['MM468_5FU1_day33', 'MM468', 'residual', 5823, 395, 245, 0.03, 114.6, 109.9, 119.3, 150, 'ok'],
    ['MM468_5FU2_day50', 'MM468', 'residual', 4877, 346, 84, 0.38, 51.3, 46.6, 56, 150, 'ok'],
    ['MM468_5FU3_day171', 'MM468', 'relapse', 3020, 1, 1, 1, NaN, NaN, NaN, 150, 'insufficient'],
    ['MM468_5FU1_day202', 'MM468', 'relapse', 3849, 326, 5, 0.92, 3.8, 2.6, 5, 150, 'ok'],
    ['MM468_5FU2_day214', 'MM468', 'relapse', 4945, 235, 4, 0.99, 2.9, 1.8, 4, 150, 'ok'],
  ];
  const others = all.slice(1).flatMap((patient, p) =>
    stages.map((stage, s): readonly Cell[] => {
      const clones = 90 + 20 * wobble(p, s);
      return [`${patient}-${stage}`, patient, stage, 900, 260, 160, 0.05, clones, clones - 6, clones + 6, 150, 'ok'];
    }),
  );
  return table(
    'lineage_samples',
    [
      ...['sample', 'patient', 'stage', 'n_cells', 'n_barcoded', 'n_clones', 'top_share'],
      ...['rarefied_clones', 'rarefied_clones_low', 'rarefied_clones_high', 'depth', 'status'],
    ],
    [...course, ...others],
  );
}

function lineageStages(all: readonly string[]): Table {
  return table(
    'lineage_stages',
    ['patient', 'from_stage', 'to_stage', 'sample', 'verdict'],
    [
      ['MM468', 'untreated', 'residual', null, 'mixed'],
      ['MM468', 'untreated', 'residual', 'MM468_5FU1_day33', 'adaptation'],
      ['MM468', 'untreated', 'residual', 'MM468_5FU2_day50', 'selection'],
      ['MM468', 'untreated', 'relapse', 'MM468_5FU3_day171', 'cannot tell'],
      ['MM468', 'untreated', 'relapse', 'MM468_5FU1_day202', 'selection'],
      ['MM468', 'untreated', 'relapse', 'MM468_5FU2_day214', 'selection'],
      ['MM468', 'residual', 'relapse', 'MM468_5FU2_day214', 'selection'],
      ...all.slice(1).map((patient): readonly Cell[] => [patient, 'untreated', 'residual', null, 'adaptation']),
    ],
  );
}

function geneticStates(all: readonly string[]): Table {
  const rows = all.flatMap((patient, p) => {
    const clone = (value: string, c: number): readonly (readonly Cell[])[] =>
      stages.map((stage, s) => {
        const n = 3 + Math.round(60 * wobble(p + 3 * c, s));
        const share = [0.02, p === 1 && c === 0 ? 0.96 : 0.31, 0.04][s] as number;
        return [patient, 'copy-number', 'clone', value, stage, Math.round(share * n), n - Math.round(share * n)];
      });
    const arm = (name: string, call: string): readonly (readonly Cell[])[] =>
      stages.map((stage, s) => [patient, 'copy-number', name, call, stage, s === 1 ? 38 : 1, 40]);
    return [
      ...clone('clone 1', 0),
      ...clone('clone 2', 1),
      ...(p === 0 ? [] : clone('clone 3', 2)),
      ...arm('8q', 'gain'),
      ...arm('8q', 'neutral'),
      ...arm('13q', 'loss'),
    ];
  });
  const barcodes = Array.from({ length: 13 }, (_, c) =>
    stages.map((stage, s): readonly Cell[] => {
      const value = c === 12 ? 'other' : (clonal[c % 5] as (typeof clonal)[number])[0].slice(c);
      return ['MM468', 'barcode', 'clone', value, stage, s === 1 ? 10 : 0, c === 4 && s === 2 ? 0 : 2 + c];
    }),
  ).flat();
  const mutations = stages.slice(0, 2).flatMap((stage, s): readonly (readonly Cell[])[] => [
    ['MM468', 'mutation', 'TP53 p.R273H', 'mutated', stage, 20 * s, 41],
    ['MM468', 'mutation', 'TP53 p.R273H', 'wild type', stage, 11 * s, 19],
  ]);
  return table(
    'genetic_states',
    ['patient', 'source', 'label', 'value', 'stage', 'n_persister', 'n_other'],
    [...rows, ...barcodes, ...mutations],
  );
}

function geneticAlarm(all: readonly string[]): Table {
  return table(
    'genetic_alarm',
    ['patient', 'source', 'tie', 'p_value', 'most_tied', 'most_tied_value'],
    [
      ...all.map((patient, p): readonly Cell[] => [
        patient,
        'copy-number',
        p === 1 ? 'tied' : 'not tied',
        p === 1 ? 0.0005 : 0.41,
        p === 0 ? '8q' : 'clone',
        p === 0 ? 'gain' : 'clone 1',
      ]),
      ['MM468', 'barcode', 'not tied', 0.62, 'clone', (clonal[1] as (typeof clonal)[number])[0].slice(1)],
      ['MM468', 'mutation', 'cannot tell', NaN, null, null],
    ],
  );
}

const lengths = [
  ...[248, 242, 198, 190, 181, 170, 159, 145, 138, 133, 135, 133, 114, 107, 102, 90, 83, 80, 58, 64, 46, 50],
];
const borders = [...[123, 94, 91, 50, 49, 60, 60, 45, 43, 40, 53, 36, 18, 17, 19, 37, 25, 19, 26, 28, 12, 15]];
const acrocentric = [13, 14, 15, 21, 22];

interface Bin {
  readonly arm: string;
  readonly start: number;
  readonly end: number;
}

function binsOf(): readonly Bin[] {
  return lengths.flatMap((length, c) => {
    const border = borders[c] as number;
    const spans = acrocentric.includes(c + 1)
      ? ([['q', border, length]] as const)
      : ([
          ['p', 1, border],
          ['q', border + 3, length],
        ] as const);
    return spans.flatMap(([arm, from, to]) => {
      const n = Math.max(2, Math.round((to - from) / 9));
      const step = (to - from) / n;
      return Array.from({ length: n }, (_, i) => ({
        arm: `${String(c + 1)}${arm}`,
        start: Math.round(1e6 * (from + i * step)),
        end: Math.round(1e6 * (from + (i + 0.9) * step)),
      }));
    });
  });
}

interface Clone {
  readonly clone: number;
  readonly nCells: number;
  readonly gains: readonly string[];
  readonly losses: readonly string[];
}

function clonesOf(p: number): readonly Clone[] {
  const trunk = { gains: ['1q', '8q', '20q'], losses: ['13q', '17p'] };
  if (p % 5 === 4) return [{ clone: 1, nCells: 312, gains: [], losses: [] }];
  return [
    { clone: 1, nCells: 1204, gains: trunk.gains, losses: [...trunk.losses, '5q'] },
    { clone: 2, nCells: 388, gains: [...trunk.gains, '7p', '7q', '12p', '19q'], losses: trunk.losses },
    ...(p === 0
      ? [
          { clone: 3, nCells: 97, gains: [...trunk.gains, '7p'], losses: trunk.losses },
          { clone: 4, nCells: 41, gains: [], losses: [] },
        ]
      : []),
  ];
}

/** What a clone carries on an arm, log2. */
function shiftOf({ gains, losses }: Clone, arm: string): number {
  return gains.includes(arm) ? 0.3 : losses.includes(arm) ? -0.26 : 0;
}

function copyNumber(all: readonly string[]): readonly Table[] {
  const bins = binsOf();
  const arms = [...new Set(bins.map(({ arm }) => arm))];
  const clones = all.flatMap((patient, p) => clonesOf(p).map((clone) => ({ patient, clone, p })));
  return [
    table(
      'copy_number_patients',
      ['patient', 'status', 'reason', 'compared_with'],
      [
        ...all.map((patient, p): readonly Cell[] => [
          patient,
          p % 5 === 4 ? 'cannot-tell' : 'called',
          p % 5 === 4 ? 'quiet-genome' : '',
          p % 2 === 0 ? 'untreated' : 'normal',
        ]),
        ['HBCx218', 'cannot-tell', 'no-reference; few-cells', null],
      ],
    ),
    table(
      'copy_number_arms',
      ['patient', 'clone', 'n_cells', 'arm', 'call', 'n_genes'],
      clones.flatMap(({ patient, clone, p }) =>
        arms.map((arm, a): readonly Cell[] => {
          const shift = shiftOf(clone, arm);
          const call =
            shift > 0 ? 'gain' : shift < 0 ? 'loss' : arm === '18p' || p % 5 === 4 ? 'cannot-tell' : 'neutral';
          return [patient, clone.clone, clone.nCells, arm, call, 40 + Math.round(240 * wobble(a, 1))];
        }),
      ),
    ),
    table(
      'copy_number_segments',
      ['patient', 'clone', 'arm', 'start', 'end', 'call'],
      clones.flatMap(({ patient, clone }) => [
        ...arms
          .filter((arm) => shiftOf(clone, arm) !== 0)
          .map((arm): readonly Cell[] => {
            const mine = bins.filter((bin) => bin.arm === arm);
            const [start, end] = [mine[0]?.start ?? 0, mine[mine.length - 1]?.end ?? 0];
            return [patient, clone.clone, arm, start, end, shiftOf(clone, arm) > 0 ? 'gain' : 'loss'];
          }),
        ...(clone.clone === 2 ? [[patient, 2, '3p', 1e6, 31e6, 'loss']] : []),
      ]),
    ),
    table(
      'copy_number_profiles',
      ['patient', 'clone', 'arm', 'start', 'end', 'n_genes', 'log2_ratio'],
      clones.flatMap(({ patient, clone, p }) =>
        bins.map(({ arm, start, end }, b): readonly Cell[] => {
          const noise = 0.07 * (wobble(b, p + clone.clone) + wobble(b + 1, p + clone.clone) - 1);
          const focal = clone.clone === 2 && arm === '3p' && start < 31e6 ? -0.25 : 0;
          const ratio = arm === '21q' && b % 3 === 0 ? NaN : shiftOf(clone, arm) + focal + noise;
          return [patient, clone.clone, arm, start, end, 10, ratio];
        }),
      ),
    ),
    heatmap(all, arms),
  ];
}

function heatmap(all: readonly string[], arms: readonly string[]): Table {
  const rows = all.flatMap((patient, p) => {
    const clones = clonesOf(p);
    return Array.from({ length: 150 }, (_, i): readonly Cell[] => {
      const place = wobble(i, p) * (clones.length + 1.2);
      const clone = clones[Math.floor(place)] ?? null;
      const isReference = clone === null && place < clones.length + 1;
      const stage = stages[Math.floor(3 * wobble(i, 5 + p))] as string;
      const state = stage === 'residual' && wobble(i, 9) < 0.6 ? 'persister' : wobble(i, 9) > 0.96 ? null : 'other';
      const values = arms.map((arm, a) => {
        const noise = 0.12 * (wobble(i * 41 + a, p) + wobble(i * 17 + a, p + 3) - 1);
        return arm === '18p' && p === 1 ? NaN : (clone === null ? 0 : shiftOf(clone, arm)) + noise;
      });
      const name = isReference ? 'reference' : clone === null ? null : String(clone.clone);
      return [patient, `${patient}-${stage}`, stage, `cell-${String(i)}`, name, state, ...values];
    });
  });
  return table('copy_number_heatmap', ['patient', 'sample', 'stage', 'cell', 'clone', 'state', ...arms], rows);
}

/** Arms after drug holidays: back, half-way, still there, and two that cannot be asked. */
function cellReversal(all: readonly string[]): readonly Table[] {
  const arms = all.flatMap((patient, p) =>
    (p === 0 ? ['drug holiday', 'cisplatin again', 'capecitabine'] : ['cisplatin']).map((arm, a) => ({
      patient,
      arm,
      index: [0.96, 0.42, 0.05][(p + a) % 3] as number,
      verdict: ['returned', 'partly returned', 'not returned'][(p + a) % 3] as string,
      basis: p === 1 ? 'technical only' : 'replicates',
    })),
  );
  const untested: readonly (readonly Cell[])[] = [
    ['HBCx218', '', 'not testable', 'no relapse sample with single cells', NaN, NaN, NaN, null, NaN, NaN, NaN, 0, NaN],
    [
      ...['HBCx95', 'AC', 'not testable', '12 untreated cells and 7 relapse cells; 30 are needed'],
      ...[NaN, NaN, NaN, null, NaN, NaN, NaN, 7, NaN],
    ],
  ];
  return [
    table(
      'cell_reversal',
      [
        ...['patient', 'arm', 'verdict', 'reason', 'index', 'index_low', 'index_high', 'interval_basis'],
        ...['fraction_relapse', 'fraction_relapse_low', 'fraction_relapse_high', 'n_relapse', 'sample_index'],
      ],
      [
        ...arms.map(({ patient, arm, index, verdict, basis }): readonly Cell[] => [
          ...[patient, arm, verdict, '', index, index - 0.08, index + 0.07, basis],
          ...[0.9 * (1 - index), 0.85 * (1 - index), Math.min(1, 0.95 * (1 - index) + 0.02), 1840, index + 0.03],
        ]),
        ...untested,
      ],
    ),
    table(
      'cell_reversal_positions',
      ['patient', 'arm', 'axis', 'stage', 'q05', 'q25', 'q75', 'q95'],
      arms.map(({ patient, arm, index }): readonly Cell[] => [
        ...[patient, arm, 'transcriptome axis', 'relapse'],
        ...[0.6 - index, 0.85 - index, 1.15 - index, 1.45 - index],
      ]),
    ),
    table(
      'cell_reversal_null',
      ['patient', 'arm', 'space', 'first', 'second', 'distance', 'high'],
      arms.flatMap(({ patient, arm }): readonly (readonly Cell[])[] => [
        [patient, arm, 'transcriptome axis', 'residual', 'untreated', 1.02, 1.1],
        [patient, arm, 'transcriptome axis', 'untreated', 'untreated', 0.06, 0.09],
        [patient, arm, 'transcriptome axis', 'residual', 'residual', 0.08, 0.12],
      ]),
    ),
  ];
}
