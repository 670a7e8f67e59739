import { createTable, type Table } from '../../data/table.js';
import type { AxisScore, WeaknessAxes } from '../../weaknesses/types.js';
import { columnsOf } from './column.js';

/** Tables of the weaknesses; none where they were not looked for. */
export function weaknessTables(found: WeaknessAxes | null): readonly Table[] {
  if (found === null) return [];
  const cells = found.states.rows.length > 0;
  return [
    axesTable(found),
    patientsTable(found),
    genesTable(found),
    deathModesTable(found),
    ironPatternTable(found),
    mhcLossTable(found),
    ...(cells ? [statesTable(found)] : []),
  ];
}

interface ComparedAxis {
  readonly comparison: string;
  readonly score: AxisScore;
}

/** Every comparison an axis was scored in: stages, kinds of cells, immune cells. */
function comparedAxes({ axes, states, ahr, contrast }: WeaknessAxes): readonly ComparedAxis[] {
  const { from, to } = contrast;
  const names = {
    'persister-other-to': `${to}: called persisters against other cells`,
    'persister-to-other-from': `called persisters at ${to} against other cells at ${from}`,
    'persister-other-from': `${from}: called persisters against other cells`,
  };
  return [
    ...axes.map((score) => ({ comparison: `${to} against ${from}`, score })),
    ...states.contrasts.flatMap(({ id, axes: scored }) => scored.map((score) => ({ comparison: names[id], score }))),
    ...ahr.compartments.map(({ compartment, score }) => ({
      comparison: `${compartment}: ${to} against ${from}`,
      score,
    })),
  ];
}

function axesTable(found: WeaknessAxes): Table {
  const { text, number } = columnsOf(comparedAxes(found));
  return createTable('weakness_axes', 'Signed axes of weakness over patients, without the genes of the programme', [
    text('comparison', 'What is compared', (r) => r.comparison),
    text('axis', 'Axis', (r) => r.score.axis),
    text('verdict', 'raised, lowered, not shared or not testable', (r) => r.score.verdict),
    text('reason', 'Why it is not testable', (r) => r.score.reasons.map(({ en }) => en).join('; ')),
    number('effect', 'Signed mean log2 change of its genes, mean over patients', (r) => r.score.pooled.estimate),
    number('low', 'Lower end of its 95 % Hartung–Knapp interval', (r) => r.score.pooled.low),
    number('high', 'Upper end of its 95 % Hartung–Knapp interval', (r) => r.score.pooled.high),
    number('p', 'P value over patients', (r) => r.score.pooled.pValue),
    number('p_adjusted', 'Adjusted over the axes of the comparison (Benjamini–Hochberg)', (r) => r.score.pAdjusted),
    number('i2', 'Share of the variance that lies between patients, 0 to 1', (r) => r.score.pooled.i2),
    number('random_mean', 'Mean of random genes of like expression with the same signs', (r) => r.score.randomMean),
    number('p_random_genes', 'Two-sided P value against those', (r) => r.score.pMatched),
    number('agree', 'Patients with the sign of the mean', (r) => r.score.agree),
    number('asked', 'Patients compared', (r) => r.score.asked),
    number('n_genes', 'Genes scored', (r) => r.score.used.length),
    text('excluded', 'Genes of the programme, taken out', (r) => r.score.excluded.join(' ')),
    text('not_measured', 'Genes that were not measured', (r) => r.score.notMeasured.join(' ')),
    text('not_detected', 'Genes without a count', (r) => r.score.notDetected.join(' ')),
  ]);
}

function patientsTable(found: WeaknessAxes): Table {
  const rows = comparedAxes(found).flatMap(({ comparison, score }) =>
    score.patients.map((patient) => ({ comparison, axis: score.axis, ...patient })),
  );
  const { text, number } = columnsOf(rows);
  return createTable('weakness_patients', 'Signed axes of weakness patient by patient', [
    text('comparison', 'What is compared', (r) => r.comparison),
    text('axis', 'Axis', (r) => r.axis),
    text('patient', 'Patient', (r) => r.patient),
    text('verdict', 'raised, lowered or no shift shown', (r) => r.verdict),
    number('effect', 'Signed mean log2 change of its genes', (r) => r.effect),
    number('standard_error', 'Sampling standard error', (r) => r.standardError),
    number('low', 'Lower end of its 95 % interval', (r) => r.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.high),
    text(
      'basis',
      'Where the error comes from: own-replicates, borrowed-replicates, cell-blocks or none',
      (r) => r.basis,
    ),
    number('random_mean', 'Mean of random genes of like expression with the same signs', (r) => r.randomMean),
    number('p_random_genes', 'Two-sided P value against those', (r) => r.pMatched),
  ]);
}

function genesTable({ genes }: WeaknessAxes): Table {
  const { text, number } = columnsOf(genes);
  return createTable(
    'weakness_genes',
    'Curated genes of every axis: role, sign, reason, citation, and what they do here',
    [
      text('axis', 'Axis', (g) => g.axis),
      text('gene', 'Current symbol', (g) => g.gene),
      text('measured_as', 'Name in the data', (g) => g.measuredAs),
      text('role', 'What it does on the axis', (g) => g.role),
      number('sign', '1: more of it speaks for the axis; −1: against', (g) => g.sign),
      text('executor', 'Step of a death mode that needs it', (g) => g.executor),
      text('status', 'used, programme gene (taken out), not detected or not measured', (g) => g.status),
      text('programme_source', 'Why it belongs to the programme', (g) => g.sources.join('; ')),
      number('effect', 'Mean log2 change over patients', (g) => g.effect),
      number('low', 'Lower end of its 95 % interval', (g) => g.low),
      number('high', 'Upper end of its 95 % interval', (g) => g.high),
      number('p', 'Moderated P value over patients', (g) => g.pValue),
      number('p_adjusted', 'Adjusted over the curated genes (Benjamini–Hochberg)', (g) => g.pAdjusted),
      number('patients_up', 'Patients in which it is up', (g) => g.up),
      number('patients_down', 'Patients in which it is down', (g) => g.down),
      number('effect_all_samples', 'log2 change in the model of all samples', (g) => g.effectAllSamples),
      number('p_adjusted_all_samples', 'Its P value adjusted over all genes', (g) => g.pAdjustedAllSamples),
      text('evidence', 'towards or against the axis, or unclear', (g) => g.evidence),
      text('reason', 'Why it is on the axis', (g) => g.reason),
      text('doi', 'Works that show it', (g) => g.doi.join(' ')),
    ],
  );
}

function deathModesTable({ deathModes }: WeaknessAxes): Table {
  const rows = deathModes.rows.flatMap(({ steps, ...row }) =>
    steps.flatMap(({ step, state: stepState, genes }) => genes.map((gene) => ({ row, step, stepState, gene }))),
  );
  const { text, number } = columnsOf(rows);
  return createTable('death_modes', 'Executors of each death mode by patient and kind of cells', [
    text('axis', 'Death mode', (r) => r.row.axis),
    text('patient', 'Patient', (r) => r.row.patient),
    text('stage', 'Stage', (r) => r.row.stage),
    text('state', 'persister, other, or all where no call was made', (r) => r.row.state),
    number('n_cells', 'Cells; empty for a table of counts', (r) => r.row.nCells),
    text('verdict', 'open, blocked (a step is missing) or cannot tell', (r) => r.row.verdict),
    text('step', 'Step that needs one of its genes', (r) => r.step),
    text('step_state', 'expressed, missing or cannot tell', (r) => r.stepState),
    text('gene', 'Executor', (r) => r.gene.gene),
    text('gene_status', 'measured, programme gene (not counted) or not measured', (r) => r.gene.status),
    text('gene_state', 'expressed, missing or cannot tell', (r) => r.gene.state),
    number('cpm', 'Counts per million', (r) => r.gene.cpm),
    number('low', 'Lower 95 % Poisson limit', (r) => r.gene.low),
    number('high', 'Upper 95 % Poisson limit', (r) => r.gene.high),
    number('limit', 'Counts per million from which a gene counts as expressed', () => deathModes.expressedCpm),
    number('detected', 'Share of cells with a count, 0 to 1', (r) => r.gene.detected),
  ]);
}

function ironPatternTable({ ironPattern, ironDirection }: WeaknessAxes): Table {
  const difference = new Map(ironDirection.patients.map((p) => [p.patient, p.difference]));
  const { text, number } = columnsOf(ironPattern.patients);
  return createTable('iron_pattern', 'Iron feedback patient by patient: CD44 up, TFRC down, mesenchymal genes up', [
    text('patient', 'Patient', (p) => p.patient),
    text('signs', 'pattern, inverted or mixed', (p) => p.signs),
    number('cd44', 'log2 change of CD44', (p) => p.cd44.effect),
    number('cd44_low', 'Lower end of its 95 % interval', (p) => p.cd44.low),
    number('cd44_high', 'Upper end of its 95 % interval', (p) => p.cd44.high),
    number('tfrc', 'log2 change of TFRC', (p) => p.tfrc.effect),
    number('tfrc_low', 'Lower end of its 95 % interval', (p) => p.tfrc.low),
    number('tfrc_high', 'Upper end of its 95 % interval', (p) => p.tfrc.high),
    number('mesenchymal', 'Signed mean log2 change of mesenchymal genes', (p) => p.mesenchymal.effect),
    number('mesenchymal_low', 'Lower end of its 95 % interval', (p) => p.mesenchymal.low),
    number('mesenchymal_high', 'Upper end of its 95 % interval', (p) => p.mesenchymal.high),
    number('overload_less_starvation', 'Overload axis less starvation axis', (p) => difference.get(p.patient)),
  ]);
}

function mhcLossTable({ mhcLoss }: WeaknessAxes): Table {
  const { text, number } = columnsOf(mhcLoss);
  return createTable('mhc_loss', 'Loss of MHC class I patient by patient, genes of the programme included', [
    text('patient', 'Patient', (m) => m.patient),
    text('compared', 'What is compared', (m) => m.compared),
    text('flagged', 'yes or no', (m) => (m.flagged ? 'yes' : 'no')),
    text('reason', 'What was lost', (m) => m.reasons.map(({ en }) => en).join('; ')),
    number('effect', 'Mean log2 change of the genes of class I presentation', (m) => m.effect),
    number('low', 'Lower end of its 95 % interval', (m) => m.low),
    number('high', 'Upper end of its 95 % interval', (m) => m.high),
    number('p_random_genes', 'Two-sided P value against random genes of like expression', (m) => m.pMatched),
    number('b2m', 'log2 change of B2M', (m) => m.b2m),
  ]);
}

function statesTable({ states, contrast }: WeaknessAxes): Table {
  const { text, number } = columnsOf(states.rows);
  return createTable(
    'weakness_states',
    `Signed axes by kind of tumour cells, above cells not called at ${contrast.from}`,
    [
      text('axis', 'Axis', (r) => r.axis),
      text('patient', 'Patient', (r) => r.patient),
      text('stage', 'Stage', (r) => r.stage),
      text('state', 'persister, other, or all where no call was made', (r) => r.state),
      number('n_cells', 'Cells', (r) => r.nCells),
      number('difference', 'Signed mean log2 expression above the patient’s reference cells', (r) => r.difference),
      number('low', 'Lower end of its 95 % interval, sampling of cells only', (r) => r.low),
      number('high', 'Upper end of its 95 % interval, sampling of cells only', (r) => r.high),
    ],
  );
}
