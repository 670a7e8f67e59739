import { createTable, type Table } from '../../data/table.js';
import type { KnockOutResult } from '../../regulators/knock-out/knock-out.js';
import type { RankedLine } from '../../regulators/ranking/evidence-ranks.js';
import type { RegulatorEvidence } from '../../regulators/ranking/regulator-evidence.js';
import type { SwitchFindings } from '../../regulators/switch/analyse-switch.js';
import type { Hysteresis } from '../../regulators/switch/hysteresis.js';
import type { PatientResponse } from '../../regulators/switch/switch-response.js';
import type { PatientShape, SampleShape, SwitchShape } from '../../regulators/switch/judge-patients.js';
import { columnsOf } from './column.js';

/** Regulators whose rank without each patient is listed run by run. */
const listedRegulators = 50;

/** Tables about the switch; those of questions that could not be asked are left out. */
export function switchTables(found: SwitchFindings): readonly Table[] {
  return [
    ...(found.evidence === null ? [] : [regulatorsTable(found.evidence), stabilityTable(found.evidence)]),
    ...(found.knockOut === null ? [] : [knockOutTable(found.knockOut), knockOutPatientsTable(found.knockOut)]),
    ...(found.shape === null ? [] : [shapeTable(found.shape), shapeSamplesTable(found.shape)]),
    ...(found.responses.length === 0 ? [] : [responseTable(found.responses), responseFitTable(found.responses)]),
    ...(found.hysteresis.patients.length === 0 ? [] : [hysteresisTable(found.hysteresis)]),
  ];
}

function regulatorsTable({ rows, top }: RegulatorEvidence): Table {
  const { text, number } = columnsOf(rows);
  const rankOn = (name: string, line: RankedLine, what: string): ReturnType<typeof number> =>
    number(
      name,
      `Rank over all regulators by ${what}, above 0 to 1; missing where there is none`,
      (r) => r.lines[line],
    );
  return createTable(
    'switch_regulators',
    'Regulators by all lines of evidence, each rank beside the number it is read from',
    [
      text('regulator', 'Regulator', (r) => r.regulator),
      number('rank', 'Rank by robust rank aggregation, 1 = best', (r) => r.rank),
      text('verdict', 'supported, not supported, contradicted or not testable', (r) => r.verdict),
      text('reason', 'Why', (r) => r.reasons.map((reason) => reason.text.en).join('; ')),
      text('family', 'Best-ranked regulator of nearly the same targets', (r) => r.family),
      text('direction', 'more active or less active in the state compared', (r) => r.direction),
      number('n_targets', 'Measured targets', (r) => r.nTargets),
      number('activity_z', 'Weighted sum of its targets against permuted genes, z', (r) => r.z),
      number('activity_p_family', 'Family-wise permutation P of the activity', (r) => r.pFamilyWise),
      rankOn('activity_rank', 'activity', 'activity'),
      number('patients_agree', 'Patients in whom its regulon moves that way', (r) => r.patients?.agree),
      number('patients_asked', 'Patients in whom its regulon could be read', (r) => r.patients?.asked),
      number('patient_mean', 'Mean slope over patients, log2 per unit of weight', (r) => r.patientMean),
      number('patient_low', 'Lower end of its 95 % interval', (r) => r.patientLow),
      number('patient_high', 'Upper end of its 95 % interval', (r) => r.patientHigh),
      rankOn('patients_rank', 'patients', 'agreement of the patients'),
      number('expression_log2_fold_change', 'Change of its own RNA, log2', (r) => r.logFoldChange),
      number('expression_p_adjusted', 'Adjusted P of its own RNA', (r) => r.expressionPAdjusted),
      text('expression_counts', 'no for immediate-early genes, whose RNA dissociation raises', (r) =>
        r.expressionCounts ? 'yes' : 'no',
      ),
      rankOn('expression_rank', 'expression', 'change of its own RNA'),
      number('programme_targets', 'Programme genes among its targets that move its way', (r) => r.position.nAgreeing),
      number('programme_expected', 'What its size leads to expect', (r) => r.position.expected),
      number(
        'programme_opposing',
        'Programme genes among its targets that move against it',
        (r) => r.position.nOpposing,
      ),
      number('programme_share', 'Share of the programme it explains, 0 to 1', (r) => r.position.share),
      number('programme_p_value', 'Upper tail of the programme targets', (r) => r.position.pValue),
      rankOn('position_rank', 'position', 'place in the programme'),
      rankOn('motif_rank', 'motif', 'motif enrichment'),
      number('perturbation_p_value', 'P that perturbing it moves the programme', (r) => r.lines.perturbation),
      number('rho', 'Score of robust rank aggregation', (r) => r.rho),
      number('rho_p_value', 'Bound of its P value for independent lists; too small here', (r) => r.aggregatePValue),
      number('n_lines', 'Lines that were ranked', (r) => r.nLists),
      number('rank_low', 'Best rank without one patient', (r) => r.stability?.low),
      number('rank_high', 'Worst rank without one patient', (r) => r.stability?.high),
      number(
        'top_share',
        `Share of the runs without one patient in the first ${String(top)}`,
        (r) => r.stability?.share,
      ),
    ],
  );
}

function stabilityTable({ rows, leftOut }: RegulatorEvidence): Table {
  const runs = rows
    .slice(0, listedRegulators)
    .flatMap((row) => leftOut.map((patient, i) => ({ row, patient, rank: row.stability?.ranks[i] })));
  const { text, number } = columnsOf(runs);
  const what = `Rank of the first ${String(listedRegulators)} regulators without each patient`;
  return createTable('regulator_stability', what, [
    text('regulator', 'Regulator', ({ row }) => row.regulator),
    text('left_out', 'Patient left out', ({ patient }) => patient),
    number('rank', 'Rank without that patient', ({ rank }) => rank),
    number('rank_all', 'Rank with all patients', ({ row }) => row.rank),
  ]);
}

function knockOutTable({ regulators, draws }: KnockOutResult): Table {
  const { text, number } = columnsOf(regulators);
  return createTable('knock_out', 'Contribution of a regulator taken away from residual tumours, over patients', [
    text('regulator', 'Regulator', (k) => k.regulator),
    text('status', 'ok or not-testable', (k) => k.status),
    text('reason', 'Why not', (k) => k.reason),
    text('direction', 'more active or less active in the state compared', (k) => k.direction),
    number('n_targets', 'Measured targets', (k) => k.nTargets),
    number('n_activated', 'Targets it activates', (k) => k.nActivated),
    number('n_patients', 'Patients', (k) => k.patients.length),
    number('knock_out', 'Share of the distance from untreated taken away, mean over patients', (k) => k.knockOut.value),
    number('low', 'Lower end of its 95 % interval', (k) => k.knockOut.low),
    number('high', 'Upper end of its 95 % interval', (k) => k.knockOut.high),
    number(
      'every_patient',
      'The same with the patients who hardly move along the programme',
      (k) => k.everyPatient.value,
    ),
    number('every_patient_low', 'Lower end of its 95 % interval', (k) => k.everyPatient.low),
    number('every_patient_high', 'Upper end of its 95 % interval', (k) => k.everyPatient.high),
    number(
      'activation',
      'Share of the distance untreated tumours move when it is switched on',
      (k) => k.activation.value,
    ),
    number('activation_low', 'Lower end of its 95 % interval', (k) => k.activation.low),
    number('activation_high', 'Upper end of its 95 % interval', (k) => k.activation.high),
    number(
      'null_mean',
      `Mean of ${String(draws)} random regulons of the same size, signs and expression`,
      (k) => k.nullMean,
    ),
    number('null_95', '95 % quantile of the random regulons', (k) => k.null95),
    number('percentile', 'Share of the random regulons that move tumours less, 0 to 1', (k) => k.percentile),
    number('activation_percentile', 'The same for activation', (k) => k.activationPercentile),
    number('p_value', 'One-sided P against the random regulons', (k) => k.pValue),
  ]);
}

function knockOutPatientsTable({ regulators }: KnockOutResult): Table {
  const rows = regulators.flatMap(({ regulator, patients }) => patients.map((patient) => ({ regulator, patient })));
  const { text, number } = columnsOf(rows);
  return createTable('knock_out_patients', 'Contribution of a regulator taken away, patient by patient', [
    text('regulator', 'Regulator', (r) => r.regulator),
    text('patient', 'Patient', (r) => r.patient.patient),
    number(
      'distance',
      'Distance from untreated along the programme of the other patients, log2',
      (r) => r.patient.distance,
    ),
    number('slope', 'Regulator activity: slope on the signed weights, log2 per unit of weight', (r) => r.patient.slope),
    number('knock_out', 'Share of the distance taken away', (r) => r.patient.knockOut.value),
    number('low', 'Lower end of its 95 % interval, jackknife over targets', (r) => r.patient.knockOut.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.patient.knockOut.high),
    number(
      'activation',
      'Share of the distance an untreated tumour moves when it is switched on',
      (r) => r.patient.activation,
    ),
    number('percentile', 'Share of the random regulons that move this patient less', (r) => r.patient.percentile),
  ]);
}

function shapeTable({ patients }: SwitchShape): Table {
  const { text, number } = columnsOf(patients);
  const control = (p: PatientShape, variant: string): string | null =>
    p.controls.find((entry) => entry.variant === variant)?.verdict ?? null;
  return createTable('switch_shape', 'On–off, graded or a mixture along the programme, patient by patient', [
    text('patient', 'Patient', (p) => p.patient),
    text('verdict', 'two-state, graded, mixture, cannot tell or not testable', (p) => p.verdict),
    text('reason', 'Why nothing more can be said', (p) => p.reasons.join('; ')),
    number('n_samples', 'Samples under treatment', (p) => p.samples.length),
    number('n_cells', 'Cells', (p) => p.nCells),
    number(
      'two_over_graded',
      'Held-out log likelihood per cell, two-state less graded',
      (p) => p.advantages?.twoOverGraded.perCell,
    ),
    number('two_over_graded_se', 'Its standard error', (p) => p.advantages?.twoOverGraded.standardError),
    number('mixture_over_graded', 'The same, mixture less graded', (p) => p.advantages?.mixtureOverGraded.perCell),
    number('mixture_over_graded_se', 'Its standard error', (p) => p.advantages?.mixtureOverGraded.standardError),
    number('mixture_over_two', 'The same, mixture less two-state', (p) => p.advantages?.mixtureOverTwo.perCell),
    number('mixture_over_two_se', 'Its standard error', (p) => p.advantages?.mixtureOverTwo.standardError),
    number('separation', 'Ashman’s D of the two-state fit; 2 is a clean separation', (p) => p.separation),
    number('dip_p_value', 'Dip test of one mode, smallest P of its samples times their number', (p) => p.dipPValue),
    number('spread', 'Spread of the graded fit beyond counting noise; 1 is the full programme', (p) => p.spread),
    number('shift', 'Mean activity under treatment less that of untreated cells', (p) => p.shift),
    text('half_depth', 'Verdict with half of the counts', (p) => control(p, 'half-depth')),
    text('deep_cells', 'Verdict of the deeper half of the cells', (p) => control(p, 'deep-cells')),
    text('shallow_cells', 'Verdict of the shallower half of the cells', (p) => control(p, 'shallow-cells')),
    text('without_doublets', 'Verdict without the tenth of highest doublet score', (p) =>
      control(p, 'without-doublets'),
    ),
  ]);
}

function shapeSamplesTable({ patients }: SwitchShape): Table {
  const rows = patients.flatMap(({ samples }) =>
    samples.flatMap((sample) => {
      const fits = sample.comparisons.all?.fits;
      return fits === undefined
        ? []
        : (['two-state', 'graded', 'mixture'] as const).flatMap((shape) =>
            fits[shape].states.map((state, i) => ({ sample, shape, state, i, heldOut: fits[shape].heldOut })),
          );
    }),
  );
  const { text, number } = columnsOf(rows);
  const of = (pick: (sample: SampleShape) => number) => (r: (typeof rows)[number]) => pick(r.sample);
  return createTable('switch_states', 'States of every shape fitted to every sample under treatment', [
    text('sample', 'Sample', (r) => r.sample.sample),
    text('patient', 'Patient', (r) => r.sample.patient),
    number(
      'n_cells',
      'Cells',
      of((s) => s.nCells),
    ),
    number(
      'median_standard_error',
      'Median counting error of the activity of a cell',
      of((s) => s.medianStandardError),
    ),
    number(
      'dip',
      'Dip of the activities',
      of((s) => s.dip.dip),
    ),
    number(
      'dip_p_value',
      'Its P value',
      of((s) => s.dip.pValue),
    ),
    text('shape', 'Shape fitted', (r) => r.shape),
    number('held_out', 'Mean log likelihood of held-out cells', (r) => r.heldOut),
    number('state', 'State, from the lowest activity', (r) => r.i + 1),
    number('share', 'Share of the cells', (r) => r.state.share),
    number('mean', 'Mean activity; 0 untreated, 1 the full programme', (r) => r.state.mean),
    number('spread', 'Spread between its cells beyond counting noise', (r) => r.state.spread),
  ]);
}

function responseTable(responses: readonly PatientResponse[]): Table {
  const rows = responses.flatMap((response) => response.bins.map((bin, i) => ({ response, bin, i })));
  const { text, number } = columnsOf(rows);
  return createTable('switch_response', 'Programme against regulator level, cells in bins of the level', [
    text('regulator', 'Regulator', (r) => r.response.regulator),
    text('patient', 'Patient', (r) => r.response.patient),
    number('bin', 'Bin, from the lowest level', (r) => r.i + 1),
    number('n_cells', 'Cells', (r) => r.bin.nCells),
    number('level', 'Mean level of its targets outside the programme; 1 in untreated cells', (r) => r.bin.level),
    number('programme', 'Mean programme activity; 0 untreated, 1 the full programme', (r) => r.bin.programme),
    number('standard_error', 'Its standard error', (r) => r.bin.standardError),
  ]);
}

function responseFitTable(responses: readonly PatientResponse[]): Table {
  const { text, number } = columnsOf(responses);
  return createTable('switch_steepness', 'How steeply the programme follows each regulator', [
    text('regulator', 'Regulator', (r) => r.regulator),
    text('patient', 'Patient', (r) => r.patient),
    text('verdict', 'ultrasensitive, not steeper or cannot tell', (r) => r.verdict),
    text('reason', 'Why it could not be read', (r) => r.reasons.join('; ')),
    number('n_targets', 'Activated targets outside the programme', (r) => r.nTargets),
    number('hill', 'Effective Hill coefficient', (r) => r.hill),
    number('low', 'Lower end of its 95 % bootstrap interval', (r) => r.hillLow),
    number('high', 'Upper end of its 95 % bootstrap interval', (r) => r.hillHigh),
    number('half_level', 'Level at half of the response', (r) => r.halfLevel),
    number('residual_ratio', 'Residual of the Hill curve over that of a straight line', (r) => r.residualRatio),
  ]);
}

function hysteresisTable({ patients }: Hysteresis): Table {
  const rows = patients.flatMap((patient) =>
    (patient.levels.length === 0 ? [null] : patient.levels).map((level) => ({ patient, level })),
  );
  const { text, number } = columnsOf(rows);
  return createTable('hysteresis', 'The programme at the same dose going up and coming down', [
    text('patient', 'Patient', (r) => r.patient.patient),
    text('status', 'ok or not-testable', (r) => r.patient.status),
    text('reason', 'Why not', (r) => r.patient.reason),
    number('n_up', 'Levels on the way up', (r) => r.patient.nUp),
    number('n_down', 'Levels on the way down', (r) => r.patient.nDown),
    number('level', 'Dose or regulator level', (r) => r.level?.level),
    number('up', 'Programme going up, as a share of its rise', (r) => r.level?.up),
    number('down', 'Programme coming down, as a share of its rise', (r) => r.level?.down),
    number('difference', 'Down less up', (r) => r.level?.difference),
    number('mean_difference', 'Mean over the levels of the patient', (r) => r.patient.difference.value),
    number('low', 'Lower end of its 95 % interval', (r) => r.patient.difference.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.patient.difference.high),
  ]);
}
