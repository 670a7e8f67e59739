import { curatedAxes, type Table } from '@remnant/engine';
import { type Cell, table } from './table-from-rows.test-helper.js';

/** A repeatable number between −1 and 1 for two whole numbers. */
function wobble(a: number, b: number): number {
  const mixed = ((a + 1) * 7919 + (b + 1) * 104_729) % 1009;
  return (2 * mixed) / 1009 - 1;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const agreeing = (values: readonly number[]): number =>
  values.filter((value) => Math.sign(value) === Math.sign(mean(values))).length;

const names = (patients: number): readonly string[] =>
  Array.from({ length: patients }, (_, i) => ['HBCx10', 'HBCx33', 'HBCx14'][i] ?? `HBCx${String(150 + 11 * i)}`);

/** Whether cells of the patient were read: every third has a table of counts alone. */
const hasCells = (p: number): boolean => p % 3 !== 2;

/** Tables of markers, weaknesses and targets in the form the pipeline writes them. */
export function targetTables(patients = 8): readonly Table[] {
  const all = names(patients);
  return [
    ...surfaceMarkers(all),
    namedMarkers(all),
    ...markerGates(all),
    antigens(all),
    ...weaknessAxes(all),
    ironPattern(all),
    deathModes(all),
    targets(all),
  ];
}

const surfaceGenes =
  'ABCA1 ULBP1 ANTXR2 BTC TLR2 IL1R1 PLAUR LAMP3 ITGB6 CD274 EPHA2 TNFRSF10B ICAM1 SLC7A11 NRP1 F3 L1CAM PROM2 AREG CEACAM6 MUC16 CD55 ERBB3 EPCAM'.split(
    ' ',
  );

const effectOf = (g: number, p: number): number => 2.6 - 0.09 * g + (0.7 + 0.05 * g) * wobble(g, p);
const cd44Of = (p: number): number => [1.77, 0.42, -0.35, 0.12, -1.52, -0.21, 0.33, -0.4][p] ?? wobble(3, p);
const tfrcOf = (p: number): number => [-0.9, -0.31, -0.22, -0.6, 0.44, -0.12, -1.1, -0.4][p] ?? wobble(7, p) - 0.4;

function surfaceMarkers(all: readonly string[]): readonly Table[] {
  const ranked = [
    ...surfaceGenes.map((gene, g) => ({ gene, rank: g + 1, effects: all.map((_, p) => effectOf(g, p)) })),
    { gene: 'CD44', rank: 1187, effects: all.map((_, p) => cd44Of(p)) },
  ];
  return [
    table(
      'surface_markers',
      [
        ...['rank', 'gene', 'verdict', 'log2_fold_change', 'patients_agree', 'patients'],
        ...['rank_worst_without_one', 'worst_without'],
      ],
      ranked.map(({ gene, rank, effects }) => [
        rank,
        gene,
        rank <= 16 ? 'shared' : 'not shared',
        mean(effects),
        agreeing(effects),
        all.length,
        3 * rank + 2,
        all[rank % all.length] ?? null,
      ]),
    ),
    table(
      'marker_patients',
      ['list', 'gene', 'rank', 'patient', 'log2_fold_change', 'positive_persister'],
      ranked.flatMap(({ gene, rank, effects }, g) =>
        effects.map((effect, p): readonly Cell[] => [
          'surface',
          gene,
          rank,
          all[p] ?? null,
          effect,
          hasCells(p) ? Math.abs(wobble(g + 4, p)) : NaN,
        ]),
      ),
    ),
  ];
}

function namedMarkers(all: readonly string[]): Table {
  const rows = all.map((patient, p): readonly Cell[] => ['CD44', patient, cd44Of(p)]);
  return table('named_markers', ['gene', 'patient', 'log2_fold_change'], [...rows, ['CD44', 'all', 0.02]]);
}

const gates = ['ABCA1+', 'ABCA1+ KRT8−', 'ABCA1+ ULBP1+ KRT8−'];

function markerGates(all: readonly string[]): readonly Table[] {
  const rows = gates.flatMap((gate, g): readonly (readonly Cell[])[] => {
    const row = (rank: number | null, name: string | null, measured: string, loss: number): readonly Cell[] => {
      const [sensitivity, specificity] = [0.72 + 0.05 * g - loss, 0.78 + 0.06 * g - 0.6 * loss];
      return [
        g + 1,
        rank,
        name,
        measured,
        sensitivity,
        sensitivity - 0.14,
        sensitivity + 0.14,
        specificity,
        specificity - 0.1,
        specificity + 0.1,
        specificity + 0.06,
        sensitivity + specificity - 1,
        measured === 'nested' ? 0.02 : NaN,
      ];
    };
    return [
      row(1, gate, 'cross-patient', 0.03),
      row(1, gate, 'apparent', 0),
      row(2, 'ULBP1+', 'apparent', 0.3),
      row(null, null, 'nested', 0.05 + 0.05 * g),
    ];
  });
  const patients = gates.flatMap((gate, g) =>
    all
      .filter((_, p) => hasCells(p))
      .map((patient, p): readonly Cell[] => [
        g + 1,
        patient,
        p % 4 === 3 ? 'ULBP1+' : gate,
        0.66 + 0.22 * wobble(g, p),
        0.76 + 0.16 * wobble(p, g),
      ]),
  );
  return [
    table(
      'marker_gates',
      [
        ...['size', 'rank', 'gate', 'measured', 'sensitivity', 'sensitivity_low', 'sensitivity_high'],
        ...['specificity', 'specificity_low', 'specificity_high', 'specificity_normal', 'youden', 'p_shuffled'],
      ],
      rows,
    ),
    table('marker_gate_patients', ['size', 'patient', 'gate', 'sensitivity', 'specificity'], patients),
  ];
}

const conjugates: readonly (readonly [string, string, number])[] = [
  ['ERBB2', 'trastuzumab deruxtecan (approved); trastuzumab emtansine (approved)', 0.62],
  ['TACSTD2', 'sacituzumab govitecan (approved); datopotamab deruxtecan (approved)', 0.97],
  ['ERBB3', 'patritumab deruxtecan (in trials)', 0.55],
  ['NECTIN4', 'enfortumab vedotin (approved)', 0.41],
  ['GPNMB', 'glembatumumab vedotin (stopped)', 0.33],
  ['CD44', '', 0.74],
];

function antigens(all: readonly string[]): Table {
  const rows = conjugates.map(([gene, drugs, level], a): readonly Cell[] => {
    const change = gene === 'TACSTD2' ? 0.62 : 0.8 * wobble(a, 2);
    const positive = Math.abs(wobble(a, 5));
    return [
      gene,
      drugs,
      gene === 'CD44' ? 'yes' : 'no',
      gene === 'TACSTD2' ? 'shared' : 'not shared',
      change,
      Math.round((all.length * (1 + change)) / 2),
      all.length,
      level,
      Math.max(0, level - 0.25),
      Math.min(1, level + 0.18),
      positive,
      Math.max(0, positive - 0.15),
      Math.min(1, positive + 0.15),
      0.7 * positive,
      0.3 * Math.abs(wobble(a, 9)),
    ];
  });
  const unmeasured: readonly Cell[] = ['FOLR1', 'mirvetuximab soravtansine (approved)', 'no', 'not measured'];
  return table(
    'antigens',
    [
      ...['gene', 'drugs', 'named', 'verdict', 'log2_fold_change', 'patients_up', 'patients', 'level'],
      ...['level_lowest_patient', 'level_highest_patient', 'positive_persister', 'positive_persister_low'],
      ...['positive_persister_high', 'positive_untreated', 'positive_normal'],
    ],
    [...rows, unmeasured],
  );
}

const few = 'genes that can be scored: 1 of 5 (1 belong to the programme), and an axis needs 3';
const noExecutors = 'fewer than half of its 7 executors were measured';
const noPatients = 'patients that can be compared: 0, and sharing needs 3';

function weaknessAxes(all: readonly string[]): readonly Table[] {
  const stages = 'residual against untreated';
  const own = curatedAxes.filter(({ group }) => group !== 'host');
  const dots = own.map((_, a) => all.map((__, p) => (a % 4 === 1 ? 0.6 : a % 9 === 2 ? -0.5 : 0) + 0.4 * wobble(a, p)));
  const isTested = (id: string): boolean => id !== 'iron-uptake-cd44' && id !== 'apoptosis';
  const rows = own.map(({ id }, a): readonly Cell[] => {
    if (!isTested(id)) {
      const reason = id === 'apoptosis' ? `${few}; ${noExecutors}` : few;
      return [stages, id, 'not testable', reason, NaN, NaN, NaN, 0, 0];
    }
    const effects = dots[a] as readonly number[];
    const verdict = a % 4 === 1 ? 'raised' : a % 9 === 2 ? 'lowered' : 'not shared';
    return [
      stages,
      id,
      verdict,
      null,
      mean(effects),
      mean(effects) - 0.21,
      mean(effects) + 0.21,
      agreeing(effects),
      all.length,
    ];
  });
  const again = rows.map(([, ...rest]): readonly Cell[] => [
    'residual: called persisters against other cells',
    ...rest,
  ]);
  const host = ['CD8 T cells', 'NK cells', 'myeloid cells'].map((cells): readonly Cell[] => [
    `${cells}: ${stages}`,
    'ahr-targets',
    'not testable',
    noPatients,
    NaN,
    NaN,
    NaN,
    0,
    0,
  ]);
  const patients = own.flatMap(({ id }, a) =>
    isTested(id)
      ? (dots[a] as readonly number[]).map((effect, p): readonly Cell[] => [
          stages,
          id,
          all[p] ?? null,
          effect > 0.5 ? 'raised' : effect < -0.5 ? 'lowered' : 'no shift shown',
          effect,
        ])
      : [],
  );
  return [
    table(
      'weakness_axes',
      ['comparison', 'axis', 'verdict', 'reason', 'effect', 'low', 'high', 'agree', 'asked'],
      [...rows, ...again, ...host],
    ),
    table('weakness_patients', ['comparison', 'axis', 'patient', 'verdict', 'effect'], patients),
  ];
}

function ironPattern(all: readonly string[]): Table {
  return table(
    'iron_pattern',
    [
      ...['patient', 'signs', 'cd44', 'cd44_low', 'cd44_high', 'tfrc', 'tfrc_low', 'tfrc_high'],
      ...['mesenchymal', 'mesenchymal_low', 'mesenchymal_high'],
    ],
    all.map((patient, p) => {
      const [cd44, tfrc, mesenchymal] = [cd44Of(p), tfrcOf(p), 0.4 * wobble(p, 3)];
      const isPattern = cd44 > 0 && tfrc < 0 && mesenchymal > 0;
      const isInverted = cd44 < 0 && tfrc > 0 && mesenchymal < 0;
      return [
        patient,
        isPattern ? 'pattern' : isInverted ? 'inverted' : 'mixed',
        cd44,
        cd44 - 0.4,
        cd44 + 0.4,
        tfrc,
        tfrc - 0.35,
        tfrc + 0.35,
        mesenchymal,
        mesenchymal - 0.2,
        mesenchymal + 0.2,
      ];
    }),
  );
}

/** Steps of each mode, with the executors that can stand in for one another. */
const modes: readonly (readonly [string, readonly (readonly [string, readonly string[]])[]])[] = [
  [
    'apoptosis',
    [
      ['mitochondrial pore', ['BAX', 'BAK1']],
      ['executioner caspase', ['CASP3', 'CASP7']],
    ],
  ],
  [
    'necroptosis',
    [
      ['kinase', ['RIPK3']],
      ['membrane executor', ['MLKL']],
    ],
  ],
  ['pyroptosis', [['gasdermin pore', ['GSDMD', 'GSDME']]]],
  ['ferroptosis', [['peroxidisable membrane', ['ACSL4']]]],
];

function deathModes(all: readonly string[]): Table {
  const units = all.flatMap((patient, p) =>
    ['untreated', 'residual', 'relapse'].flatMap((stage) =>
      (hasCells(p) ? ['persister', 'other'] : ['all']).map((state) => ({ patient, p, stage, state })),
    ),
  );
  const rows = modes.flatMap(([axis, steps], m) =>
    units.flatMap(({ patient, p, stage, state }) => {
      const isBlocked = axis === 'necroptosis' && p % 2 === 0 && stage !== 'relapse';
      const isUntold = axis === 'pyroptosis' && p % 4 === 1;
      const verdict = isBlocked ? 'blocked' : isUntold ? 'cannot tell' : 'open';
      return steps.flatMap(([step, genes], s) => {
        const isLost = isBlocked && s === steps.length - 1;
        const stepState = isLost ? 'missing' : isUntold ? 'cannot tell' : 'expressed';
        return genes.map((gene, g): readonly Cell[] => [
          axis,
          patient,
          stage,
          state,
          state === 'all' ? NaN : 40 + 90 * p + 10 * m,
          verdict,
          step,
          stepState,
          gene,
          g === 0 ? stepState : 'cannot tell',
          2,
        ]);
      });
    }),
  );
  return table(
    'death_modes',
    [
      ...['axis', 'patient', 'stage', 'state', 'n_cells', 'verdict', 'step', 'step_state', 'gene', 'gene_state'],
      'limit',
    ],
    rows,
  );
}

function targets(all: readonly string[]): Table {
  const standings = ['supported', 'not supported', 'contradicted', 'not testable', 'does not apply'];
  const genes = ['CTNNB1', ...surfaceGenes];
  return table(
    'targets',
    [
      ...['rank', 'gene', 'line_shared', 'line_surface', 'line_regulator', 'line_weakness', 'line_drug'],
      ...['log2_fold_change', 'patients_agree', 'patients', 'against', 'drugs'],
    ],
    genes.map((gene, t): readonly Cell[] => [
      t + 1,
      gene,
      ...Array.from({ length: 5 }, (_, i) => (i === 0 ? 'supported' : (standings[(t + 2 * i) % 5] ?? null))),
      t % 6 === 4 ? -0.7 : 2.1 - 0.05 * t,
      Math.max(1, all.length - (t % 3)),
      all.length,
      t % 3 === 0
        ? ''
        : `${String(t % 3)} of ${String(all.length)} patients do not go along${t % 2 === 0 ? '; its RNA helped to call the cells' : ''}`,
      t % 5 === 2 ? 'drug A; drug B' : '',
    ]),
  );
}
