import type { Estimate } from '../core/method.js';
import type {
  CellReversal,
  CellReversalVerdict,
  NotTestableReason,
  PatientCellReversal,
  ReversalArm,
  StageDistances,
} from '../origin/cell-reversal/index.js';
import type { Bilingual, Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

const verdicts: Readonly<Record<CellReversalVerdict, Verdict>> = {
  returned: 'supported',
  'partly returned': 'not supported',
  'not returned': 'contradicted',
  'cannot tell': 'not supported',
  'not testable': 'not testable',
};

/** Patients by verdict. */
type Named = Readonly<Record<CellReversalVerdict, readonly string[]>>;

/** Are the relapse cells back where the untreated ones were? Null where it was not looked at. */
export function cellReversalClaim(found: CellReversal | null): Claim | null {
  if (found === null) return null;
  const { patients, contrast } = found;
  const named = namesByVerdict(patients);
  const asked = patients.filter(({ verdict }) => verdict !== 'not testable');
  return {
    id: 'origin.cell-reversal',
    step: 'origin',
    question: both((w) =>
      w.pick(
        'Are the relapse cells back where the untreated cells were?',
        'Les cellules de la rechute sont-elles revenues là où étaient les cellules non traitées ?',
      ),
    ),
    sentence: both((w) => sentence(w, found, named)),
    verdict: overall(named, asked.length),
    numbers: [
      ...asked.flatMap(({ arms }) => arms.flatMap(indexNumbers)),
      ...(found.pooled.status === 'ok'
        ? [
            estimatedNumber(
              'Cell index over patients (90 %)',
              'Indice cellulaire sur les patients (90 %)',
              found.pooled,
            ),
          ]
        : []),
      ...found.fractions
        .filter(({ stage }) => stage === contrast.back)
        .map(({ fraction }) =>
          estimatedNumber(
            'Cells still in the persister state at relapse, over patients',
            'Cellules encore persistantes à la rechute, sur les patients',
            fraction,
          ),
        ),
    ],
    patients: asked.length === 0 ? null : { agree: named.returned.length, asked: asked.length },
    control: both((w) => control(w, found)),
    needed: both((w) =>
      asked.length === 0
        ? w.pick(
            'Single cells of untreated, residual and regrown tumours of the same patients, at least two samples per stage.',
            'Des cellules uniques de tumeurs non traitées, résiduelles et repoussées des mêmes patients, au moins deux échantillons par stade.',
          )
        : w.pick(
            'Replicate samples at every stage, and lineage barcodes: cells that came back look like cells that never left.',
            'Des échantillons répétés à chaque stade, et des codes-barres de lignée : des cellules revenues ressemblent à des cellules jamais parties.',
          ),
    ),
    lines: patients.map(patientLine),
    tables: ['cell_reversal', 'cell_reversal_null', 'cell_reversal_positions'],
    figures: ['cell-reversal'],
  };
}

function namesByVerdict(patients: readonly PatientCellReversal[]): Named {
  const of = (verdict: CellReversalVerdict): readonly string[] =>
    patients.filter((p) => p.verdict === verdict).map(({ patient }) => patient);
  return {
    returned: of('returned'),
    'partly returned': of('partly returned'),
    'not returned': of('not returned'),
    'cannot tell': of('cannot tell'),
    'not testable': of('not testable'),
  };
}

function overall(named: Named, asked: number): Verdict {
  if (asked === 0) return 'not testable';
  if (named.returned.length === asked) return 'supported';
  return named['not returned'].length > 0 && named.returned.length === 0 ? 'contradicted' : 'not supported';
}

function sentence(w: Words, { patients }: CellReversal, named: Named): string {
  const parts = [
    named.returned.length > 0
      ? w.pick(
          `back among the untreated cells in ${w.list(named.returned)}`,
          `revenues parmi les cellules non traitées chez ${w.list(named.returned)}`,
        )
      : null,
    named['partly returned'].length > 0
      ? w.pick(
          `partly back in ${w.list(named['partly returned'])}`,
          `revenues en partie chez ${w.list(named['partly returned'])}`,
        )
      : null,
    named['not returned'].length > 0
      ? w.pick(`not back in ${w.list(named['not returned'])}`, `pas revenues chez ${w.list(named['not returned'])}`)
      : null,
    named['cannot tell'].length > 0
      ? w.pick(`undecided in ${w.list(named['cannot tell'])}`, `indécises chez ${w.list(named['cannot tell'])}`)
      : null,
  ].filter((part) => part !== null);
  const untestable = named['not testable'];
  const rest =
    untestable.length === 0
      ? ''
      : w.pick(` Not testable: ${w.list(untestable)}.`, ` Non testable : ${w.list(untestable)}.`);
  if (parts.length === 0) {
    return w.pick(
      'No patient has enough single cells of all three stages that could show it.',
      'Aucun patient n’a assez de cellules uniques aux trois stades pour le montrer.',
    );
  }
  const cells = w.pick(
    `Relapse cells are ${parts.join('; ')}.`,
    `Les cellules de la rechute sont ${parts.join(' ; ')}.`,
  );
  return `${cells}${minoritySentence(w, patients)}${technicalSentence(w, patients)}${rest}`;
}

function minoritySentence(w: Words, patients: readonly PatientCellReversal[]): string {
  const stay = patients.filter(({ subpopulation }) => subpopulation === true).map(({ patient }) => patient);
  if (stay.length === 0) return '';
  return w.pick(
    ` In ${w.list(stay)} most cells went back while a minority stays in the persister state.`,
    ` Chez ${w.list(stay)}, la plupart des cellules sont revenues mais une minorité reste dans l’état persistant.`,
  );
}

/** Names the patients whose interval knows the sampling of cells and nothing else. */
function technicalSentence(w: Words, patients: readonly PatientCellReversal[]): string {
  const technical = patients
    .filter(
      ({ verdict, arms }) =>
        verdict !== 'not testable' && arms.some(({ measure }) => measure?.basis === 'technical only'),
    )
    .map(({ patient }) => patient);
  if (technical.length === 0) return '';
  return w.pick(
    ` In ${w.list(technical)} a stage has one sample: the interval holds the sampling of cells, not the difference between two biopsies.`,
    ` Chez ${w.list(technical)}, un stade n’a qu’un échantillon : l’intervalle contient l’échantillonnage des cellules, pas la différence entre deux biopsies.`,
  );
}

function control(w: Words, { patients, margin }: CellReversal): string {
  const measured = patients.flatMap(({ arms }) =>
    arms.flatMap((arm) =>
      (arm.measure?.distances ?? []).filter(({ space }) => space === 'transcriptome axis').map((d) => ({ arm, d })),
    ),
  );
  const apart = measured.filter(({ d }) => d.separable);
  const results = apart.map(({ arm, d }) => `${armName(arm)} ${w.number(nullOver(d))}`);
  const shown =
    results.length === 0
      ? w.pick('no patient passed it', 'aucun patient ne l’a passé')
      : w.pick(
          `distance within a stage over that from untreated to residual: ${results.join(', ')}`,
          `distance au sein d’un stade rapportée à celle du non traité au résiduel : ${results.join(', ')}`,
        );
  return w.pick(
    `Every distance stands beside that of two halves of one stage, cut by samples where there are replicates, with as many cells; where untreated and residual lie no further apart than that, nothing is said (${shown}). No cell has a part in the axis it is placed on, depth is thinned to one distribution, and “back” means the whole 90 % interval within ${w.given(margin)} of one.`,
    `Chaque distance est donnée à côté de celle de deux moitiés d’un même stade, séparées par échantillons s’il y a des réplicats, à nombre de cellules égal ; si le non traité et le résiduel ne sont pas plus éloignés, rien n’est dit (${shown}). Aucune cellule ne participe à l’axe sur lequel elle est placée, la profondeur est ramenée à une même distribution, et « revenu » signifie tout l’intervalle à 90 % à moins de ${w.given(margin)} de un.`,
  );
}

/** The largest within-stage distance of untreated and residual over the distance between them. */
function nullOver({ nulls, residualUntreated }: StageDistances): number {
  return Math.max(...nulls.filter(({ part }) => part !== 'back').map(({ mean }) => mean)) / residualUntreated.mean;
}

function armName({ patient, arm }: ReversalArm): string {
  return arm === '' ? patient : `${patient} (${arm})`;
}

function indexNumbers(arm: ReversalArm): Claim['numbers'] {
  if (arm.measure === null || arm.notTestable !== null) return [];
  return [
    estimatedNumber(
      `Cell index, ${armName(arm)} (90 %)`,
      `Indice cellulaire, ${armName(arm)} (90 %)`,
      arm.measure.index,
    ),
  ];
}

function patientLine(patient: PatientCellReversal): ClaimLine {
  return {
    id: patient.patient,
    label: { en: patient.patient, fr: patient.patient },
    verdict: verdicts[patient.verdict],
    sentence: lineSentence(patient),
  };
}

function lineSentence(patient: PatientCellReversal): Bilingual {
  return both((w) => {
    const { arms, agrees, sampleLevel } = patient;
    if (arms.length === 0) return w.pick('Not testable: no single cells.', 'Non testable : pas de cellules uniques.');
    const several = arms.length > 1;
    const told = arms.map((arm) => `${several ? `${arm.arm}${w.pick(':', ' :')} ` : ''}${armSentence(w, arm)}`);
    const beside =
      agrees === null || sampleLevel === null
        ? ''
        : agrees
          ? w.pick(' The samples say the same.', ' Les échantillons disent la même chose.')
          : w.pick(' The samples say otherwise.', ' Les échantillons disent autre chose.');
    return `${capital(told.join(w.pick('; ', ' ; ')))}.${beside}`;
  });
}

function armSentence(w: Words, arm: ReversalArm): string {
  const { measure, notTestable, fractions, verdict } = arm;
  if (notTestable !== null || measure === null) {
    return `${w.pick('not testable: ', 'non testable : ')}${whyNot(w, notTestable ?? 'no-cells', arm)}`;
  }
  const word = {
    returned: w.pick('returned', 'revenues'),
    'partly returned': w.pick('partly returned', 'revenues en partie'),
    'not returned': w.pick('not returned', 'pas revenues'),
    'cannot tell': w.pick('undecided', 'indécises'),
    'not testable': w.pick('not testable', 'non testable'),
  }[verdict];
  const parts = [
    `${word}${w.pick(':', ' :')} ${w.pick('index', 'indice')} ${withInterval(w, measure.index)}`,
    measure.programmeIndex?.value == null
      ? null
      : w.pick(
          `programme ${withInterval(w, measure.programmeIndex)}`,
          `programme ${withInterval(w, measure.programmeIndex)}`,
        ),
    fractions.back?.value == null
      ? null
      : w.pick(
          `${percent(w, fractions.back)} of the cells still in the state`,
          `${percent(w, fractions.back)} des cellules encore dans l’état`,
        ),
    arm.subpopulation === true ? w.pick('the other cells are back', 'les autres cellules sont revenues') : null,
    arm.offTheLine === true
      ? w.pick(
          'the cells lie off the line between untreated and residual',
          'les cellules sont hors de la ligne entre non traité et résiduel',
        )
      : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function whyNot(w: Words, reason: NotTestableReason, { nCells }: ReversalArm): string {
  const counts = w.pick(
    `${String(nCells.from)} untreated, ${String(nCells.to)} residual and ${String(nCells.back)} relapse cells`,
    `${String(nCells.from)} cellules non traitées, ${String(nCells.to)} résiduelles et ${String(nCells.back)} de rechute`,
  );
  return {
    'no-cells': w.pick('no single cells', 'pas de cellules uniques'),
    'missing-stage': counts,
    'too-few-cells': counts,
    technology: w.pick(
      'its stages come from different technologies',
      'ses stades viennent de technologies différentes',
    ),
    'no-programme': w.pick('no persister cells to come back from', 'pas de cellules persistantes dont revenir'),
    'not-separable': w.pick(
      'untreated and residual cells lie no further apart than two halves of one stage',
      'cellules non traitées et résiduelles ne sont pas plus éloignées que deux moitiés d’un même stade',
    ),
  }[reason];
}

function withInterval(w: Words, { value, low, high }: Estimate): string {
  if (value === null) return w.pick('not computed', 'non calculé');
  if (low === null || high === null) return w.number(value);
  return `${w.number(value)} (${w.number(low)} ${w.pick('to', 'à')} ${w.number(high)})`;
}

/** A fraction in percent with its interval; "at most x" where no persister could be shown. */
function percent(w: Words, { value, low, high, status }: Estimate): string {
  const shown = (part: number | null): string => w.number(100 * (part ?? NaN), (part ?? 0) < 0.1 ? 1 : 0);
  if (status === 'censored-low') return w.pick(`at most ${shown(high)} %`, `au plus ${shown(high)} %`);
  return `${shown(value)} % [${shown(low)}–${shown(high)}]`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
