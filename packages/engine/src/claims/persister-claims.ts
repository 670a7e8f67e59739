import type { Estimate } from '../core/method.js';
import type { PersisterCalls, PersisterPatient } from '../persisters/types.js';
import type { Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber, minimumPatients, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

const verdicts: Readonly<Record<PersisterPatient['verdict'], Verdict>> = {
  present: 'supported',
  none: 'contradicted',
  inconclusive: 'not supported',
  'not testable': 'not testable',
};

/** Shuffled labels may not call more than this share of the cells in any caller on average. */
const shuffleLimit = 0.01;

/** Everything said about single cells in the persister state; nothing without calls. */
export function persisterClaims(calls: PersisterCalls | null): readonly Claim[] {
  return calls === null ? [] : [whichCellsClaim(calls), beforeTreatmentClaim(calls), arrestClaim(calls)];
}

/** Which cells are in the persister state, in whom, how many? */
function whichCellsClaim(calls: PersisterCalls): Claim {
  const { patients, shuffleControl, calibration, fdr, contrast } = calls;
  const named = (verdict: PersisterPatient['verdict']): string[] =>
    patients.filter((p) => p.verdict === verdict).map((p) => p.patient);
  const [present, none, unclear] = [named('present'), named('none'), named('inconclusive')];
  const asked = patients.length - named('not testable').length;
  const shuffled =
    shuffleControl === null || shuffleControl.nCells === 0 ? null : shuffleControl.nCalled / shuffleControl.nCells;
  return {
    id: 'persisters.calls',
    step: 'persisters',
    question: both((w) =>
      w.pick(
        'Which cells are in the persister state, in whom, how many?',
        'Quelles cellules sont persistantes, chez qui, combien ?',
      ),
    ),
    sentence: both((w) => whichCellsSentence(w, { calls, present, none, unclear, asked })),
    verdict: whichCellsVerdict({ asked, present: present.length, none: none.length, shuffled }),
    numbers: [
      ...patients.flatMap((p) => fractionNumbers(p, contrast.to)),
      plainNumber(
        'Cells called by callers from shuffled labels',
        'Cellules retenues par des appels aux étiquettes permutées',
        shuffled,
      ),
      plainNumber(
        'Calibration error of the probabilities',
        'Erreur de calibration des probabilités',
        calibration.calibrationError,
      ),
    ],
    patients: asked === 0 ? null : { agree: present.length, asked },
    control: both((w) => whichCellsControl(w, { calls, shuffled })),
    needed: both((w) =>
      w.pick(
        `A call from RNA at a false-discovery rate of ${w.given(fdr)} says “in the state the other patients show under treatment”. That such a cell survives a lethal dose and goes back off drug needs sorted cells, a dose and a drug holiday.`,
        `Un appel par l’ARN, à un taux de fausses découvertes de ${w.given(fdr)}, signifie « dans l’état que montrent les autres patients sous traitement ». Que la cellule survive à une dose létale et revienne sans traitement demande des cellules triées, une dose et un arrêt du traitement.`,
      ),
    ),
    lines: patients.map((patient) => patientLine(patient, calls)),
    tables: [
      'persister_samples',
      'persister_patients',
      'persister_stages',
      'persister_confounders',
      'persister_calibration',
      'persister_genes',
      'cells',
    ],
    figures: ['persister-fractions', 'persister-scores', 'cell-map-calls'],
  };
}

function whichCellsVerdict(found: {
  readonly asked: number;
  readonly present: number;
  readonly none: number;
  readonly shuffled: number | null;
}): Verdict {
  if (found.asked === 0) return 'not testable';
  if (found.shuffled !== null && found.shuffled > shuffleLimit) return 'not supported';
  if (found.present > 0) return 'supported';
  return found.none === found.asked ? 'contradicted' : 'not supported';
}

function whichCellsSentence(
  w: Words,
  found: {
    readonly calls: PersisterCalls;
    readonly present: readonly string[];
    readonly none: readonly string[];
    readonly unclear: readonly string[];
    readonly asked: number;
  },
): string {
  const { calls, present, none, unclear, asked } = found;
  if (asked === 0) {
    const why = [...new Set(calls.patients.flatMap((p) => p.reasons))];
    return w.pick(
      `No patient could be called: ${why.join('; ')}.`,
      `Aucun patient n’a pu être évalué (${String(calls.patients.length)}) ; la raison est donnée pour chacun.`,
    );
  }
  const called = calls.samples.reduce((sum, s) => sum + (s.stage === calls.contrast.to ? s.nCalled : 0), 0);
  const parts = [
    present.length > 0
      ? w.pick(
          `in the state the other patients share in ${w.list(present)} (${w.count(called, ['cell', 'cells'], ['cellule', 'cellules'])})`,
          `dans l’état commun aux autres patients chez ${w.list(present)} (${w.count(called, ['cell', 'cells'], ['cellule', 'cellules'])})`,
        )
      : null,
    none.length > 0
      ? w.pick(
          `not told from untreated cells in ${w.list(none)}`,
          `indiscernables des cellules non traitées chez ${w.list(none)}`,
        )
      : null,
    unclear.length > 0 ? w.pick(`undecided in ${w.list(unclear)}`, `indécises chez ${w.list(unclear)}`) : null,
  ].filter((part) => part !== null);
  return w.pick(
    `Cells under treatment are ${parts.join('; ')}.`,
    `Les cellules sous traitement sont ${parts.join(' ; ')}.`,
  );
}

function whichCellsControl(
  w: Words,
  { calls, shuffled }: { readonly calls: PersisterCalls; readonly shuffled: number | null },
): string {
  const { shuffleControl } = calls;
  const shuffle =
    shuffleControl === null || shuffled === null
      ? w.pick('No label shuffle could be run.', 'Aucune permutation d’étiquettes n’a pu être faite.')
      : w.pick(
          `Callers learned from stage labels shuffled within patients called ${w.number(100 * shuffled, 2)} % of the cells they were shown (a caller could be learned in ${String(shuffleControl.learned)} of ${String(shuffleControl.draws)} draws).`,
          `Des appels appris sur des stades permutés au sein des patients ont retenu ${w.number(100 * shuffled, 2)} % des cellules montrées (un appel a pu être appris dans ${String(shuffleControl.learned)} tirages sur ${String(shuffleControl.draws)}).`,
        );
  return w.pick(
    `Every patient is called with what the others teach, against its own untreated cells. ${shuffle} Cell cycle, dissociation, stress and mitochondrial genes take no part in a call, and a state that goes away when scores are adjusted for them is not called.`,
    `Chaque patient est évalué avec ce qu’enseignent les autres, contre ses propres cellules non traitées. ${shuffle} Les gènes du cycle, de la dissociation, du stress et de la mitochondrie ne participent à aucun appel, et un état qui disparaît quand les scores sont ajustés pour eux n’est pas retenu.`,
  );
}

function fractionNumbers(patient: PersisterPatient, stage: string): Claim['numbers'] {
  const found = patient.stages.find((s) => s.stage === stage);
  if (found === undefined || found.fraction.value === null) return [];
  return [
    estimatedNumber(
      `Persister fraction under treatment, ${patient.patient}`,
      `Fraction de persistantes sous traitement, ${patient.patient}`,
      found.fraction,
    ),
  ];
}

function patientLine(patient: PersisterPatient, { contrast, samples }: PersisterCalls): ClaimLine {
  const at = (stage: string): Estimate | null => patient.stages.find((s) => s.stage === stage)?.fraction ?? null;
  const called = samples.reduce(
    (sum, s) => sum + (s.patient === patient.patient && s.stage === contrast.to ? s.nCalled : 0),
    0,
  );
  return {
    id: patient.patient,
    label: { en: patient.patient, fr: patient.patient },
    verdict: verdicts[patient.verdict],
    sentence: both((w) => {
      const before = at(contrast.from);
      const under = at(contrast.to);
      if (patient.verdict === 'not testable' || under === null) {
        return w.pick(
          `${sentenceCase(patient.reasons.join('; '))}.`,
          `Non testable : ${notTestableInFrench(patient)}.`,
        );
      }
      const numbers = w.pick(
        `${percent(w, under)} under treatment${before === null ? '' : `, ${percent(w, before)} before it`}; ${w.count(called, ['cell', 'cells'], ['cellule', 'cellules'])} called.`,
        `${percent(w, under)} sous traitement${before === null ? '' : `, ${percent(w, before)} avant`} ; ${w.count(called, ['cell', 'cells'], ['cellule retenue', 'cellules retenues'])}.`,
      );
      return patient.explainedBy === null
        ? numbers
        : `${numbers} ${w.pick(`Most of it goes away when scores are adjusted for ${patient.explainedBy}.`, `L’essentiel disparaît quand les scores sont ajustés (${patient.explainedBy}).`)}`;
    }),
  };
}

/** A fraction in percent with its interval; "none shown, at most x" where no persister could be shown. */
function percent(w: Words, { value, low, high, status }: Estimate): string {
  const shown = (part: number | null): string => w.number(100 * (part ?? NaN), (part ?? 0) < 0.1 ? 1 : 0);
  if (status === 'censored-low')
    return w.pick(`none shown, at most ${shown(high)} %`, `aucune montrée, au plus ${shown(high)} %`);
  if (value === null) return w.pick('no estimate', 'pas d’estimation');
  return `${shown(value)} % [${shown(low)}–${shown(high)}]`;
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Reasons are written in English by the method; what they come to is said here. */
function notTestableInFrench({ trainingPatients }: PersisterPatient): string {
  return trainingPatients.length < 2
    ? 'trop peu d’autres patients pour apprendre l’état'
    : 'il manque des cellules avant ou sous traitement, ou les stades ne sont pas comparables';
}

/** Are there persister-like cells before any treatment? */
function beforeTreatmentClaim({ patients, contrast, stages }: PersisterCalls): Claim {
  const asked = patients.flatMap((patient) => {
    const before = patient.stages.find((s) => s.stage === contrast.from);
    return patient.verdict === 'not testable' || before === undefined
      ? []
      : [{ patient: patient.patient, fraction: before.fraction }];
  });
  const seen = asked.filter(({ fraction }) => fraction.status === 'ok' && (fraction.low ?? 0) > 0);
  const pooled = stages.find((s) => s.stage === contrast.from)?.fraction ?? null;
  return {
    id: 'persisters.before-treatment',
    step: 'persisters',
    question: both((w) =>
      w.pick(
        'Are some cells in that state before treatment?',
        'Des cellules sont-elles dans cet état avant traitement ?',
      ),
    ),
    sentence: both((w) => {
      if (asked.length === 0) return w.pick('No patient could be asked.', 'Aucun patient n’a pu être interrogé.');
      const who = asked.map(({ patient, fraction }) => `${patient} ${percent(w, fraction)}`);
      return w.pick(
        `Persister-like cells are shown before treatment in ${String(seen.length)} of ${w.count(asked.length, ['patient', 'patients'], ['patient', 'patients'])}: ${who.join('; ')}.`,
        `Des cellules semblables aux persistantes sont montrées avant traitement chez ${String(seen.length)} patients sur ${String(asked.length)} : ${who.join(' ; ')}.`,
      );
    }),
    verdict: asked.length === 0 ? 'not testable' : 2 * seen.length > asked.length ? 'supported' : 'not supported',
    numbers:
      pooled === null
        ? []
        : [
            estimatedNumber(
              'Fraction before treatment, over patients',
              'Fraction avant traitement, sur les patients',
              pooled,
            ),
          ],
    patients: asked.length === 0 ? null : { agree: seen.length, asked: asked.length },
    control: both((w) =>
      w.pick(
        'Untreated cells anchor the null of their own patient, so a state all untreated cells share cannot count; an interval that reaches zero is printed as “none shown”.',
        'Les cellules non traitées fixent l’hypothèse nulle de leur propre patient : un état commun à toutes ne peut pas compter ; un intervalle qui touche zéro est donné comme « aucune montrée ».',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Lineage barcodes before and after treatment, to tell cells that were in the state from cells that entered it.',
        'Des codes-barres de lignée avant et après traitement, pour distinguer les cellules déjà dans cet état de celles qui y sont entrées.',
      ),
    ),
    lines: [],
    tables: ['persister_stages', 'persister_samples'],
    figures: ['persister-fractions'],
  };
}

/** Are persister cells arrested? */
function arrestClaim({ samples, patients, contrast }: PersisterCalls): Claim {
  const present = new Set(patients.filter((p) => p.verdict === 'present').map((p) => p.patient));
  const rows = samples.filter(
    (s) =>
      s.stage === contrast.to &&
      present.has(s.patient) &&
      s.cyclingCalled.value !== null &&
      s.cyclingCalled.status === 'ok',
  );
  const byPatient = new Map(rows.map((row) => [row.patient, row]));
  const cycling = [...byPatient.values()].filter((row) => (row.cyclingCalled.low ?? 0) > 0.01);
  return {
    id: 'persisters.arrested',
    step: 'persisters',
    question: both((w) =>
      w.pick('Are the persister cells arrested?', 'Les cellules persistantes sont-elles arrêtées ?'),
    ),
    sentence: both((w) =>
      byPatient.size === 0
        ? w.pick(
            'No patient with called cells could be asked.',
            'Aucun patient avec des cellules retenues n’a pu être interrogé.',
          )
        : w.pick(
            `Some called cells cycle in ${String(cycling.length)} of ${w.count(byPatient.size, ['patient', 'patients'], ['patient', 'patients'])}: ${cyclingList(w, [...byPatient.values()])}.`,
            `Des cellules retenues se divisent chez ${String(cycling.length)} patients sur ${String(byPatient.size)} : ${cyclingList(w, [...byPatient.values()])}.`,
          ),
    ),
    verdict:
      byPatient.size < minimumPatients
        ? 'not testable'
        : cycling.length === 0
          ? 'supported'
          : 2 * cycling.length > byPatient.size
            ? 'contradicted'
            : 'not supported',
    numbers: [...byPatient.values()].map((row) =>
      estimatedNumber(
        `Cycling among called cells, ${row.patient}`,
        `En cycle parmi les cellules retenues, ${row.patient}`,
        row.cyclingCalled,
      ),
    ),
    patients: byPatient.size === 0 ? null : { agree: byPatient.size - cycling.length, asked: byPatient.size },
    control: both((w) =>
      w.pick(
        'Cell-cycle genes take no part in the call, so arrest is neither assumed nor excluded by it; the other cells of the same samples stand beside.',
        'Les gènes du cycle ne participent pas à l’appel : l’arrêt n’est ni supposé ni exclu ; les autres cellules des mêmes échantillons sont données à côté.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'A division reporter or EdU under the drug: RNA shows a phase, not a division.',
        'Un rapporteur de division ou l’EdU sous traitement : l’ARN montre une phase, pas une division.',
      ),
    ),
    lines: [],
    tables: ['persister_samples'],
    figures: ['persister-cycling'],
  };
}

function cyclingList(
  w: Words,
  rows: readonly { readonly patient: string; readonly cyclingCalled: Estimate; readonly cyclingOthers: Estimate }[],
): string {
  return rows
    .map((row) =>
      row.cyclingOthers.value === null
        ? `${row.patient} ${percent(w, row.cyclingCalled)}`
        : w.pick(
            `${row.patient} ${percent(w, row.cyclingCalled)}, others ${percent(w, row.cyclingOthers)}`,
            `${row.patient} ${percent(w, row.cyclingCalled)}, autres ${percent(w, row.cyclingOthers)}`,
          ),
    )
    .join('; ');
}
