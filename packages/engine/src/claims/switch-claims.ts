import type { RegulatorEvidence, RegulatorEvidenceRow } from '../regulators/ranking/regulator-evidence.js';
import type { SwitchFindings } from '../regulators/switch/analyse-switch.js';
import type { Claim, ClaimLine, ClaimNumber } from './claim.js';
import { asSentence, finite, joined, plainNumber } from './claim-parts.js';
import { knockOutClaim } from './knock-out-claim.js';
import { hysteresisClaim, shapeClaim } from './switch-shape-claims.js';
import { both, type Words } from './words.js';

/** Families named in the sentence and graded as lines. */
const namedFamilies = 5;

/** What is said about the switch: what switches it, what removing that does, on–off or graded, and memory. */
export function switchClaims(found: SwitchFindings): readonly Claim[] {
  const leader = found.evidence?.rows.find((row) => row.regulator === row.family)?.regulator ?? null;
  const removed = [...new Set([...(leader === null ? [] : [leader]), ...found.named])];
  return [
    regulatorClaim(found.evidence, found.named),
    ...(removed.length === 0
      ? [knockOutClaim(null, null)]
      : removed.map((name) => knockOutClaim(name, found.knockOut))),
    shapeClaim(found.shape, found.responses),
    hysteresisClaim(found.hysteresis),
  ];
}

/** What switches the programme? */
function regulatorClaim(evidence: RegulatorEvidence | null, named: readonly string[]): Claim {
  const rows = evidence?.rows ?? [];
  const leaders = rows.filter((row) => row.regulator === row.family).slice(0, namedFamilies);
  const asked = rows.filter((row) => named.includes(row.regulator) && !leaders.includes(row));
  const supported = rows.filter((row) => row.verdict === 'supported');
  const testable = rows.some((row) => row.verdict !== 'not testable');
  const first = supported[0] ?? null;
  return {
    id: 'switch.regulator',
    step: 'switch',
    question: both((w) => w.pick('What switches the programme?', 'Qu’est-ce qui commande le programme ?')),
    sentence: both((w) => regulatorSentence(w, { evidence, leaders, asked, supported, testable })),
    verdict: !testable ? 'not testable' : first === null ? 'not supported' : 'supported',
    numbers: [
      ...(rows.length === 0
        ? []
        : [
            plainNumber('Regulators ranked', 'Régulateurs classés', rows.length),
            plainNumber('Regulators supported', 'Régulateurs appuyés', supported.length),
          ]),
      ...[...leaders.slice(0, 3), ...asked].flatMap(rowNumbers),
    ],
    patients: first?.patients ?? leaders[0]?.patients ?? null,
    control: both((w) => regulatorControl(w, evidence, supported.length)),
    needed: both((w) =>
      w.pick(
        'RNA shows which targets move, not what moves them. Motifs in opened chromatin and a loss-of-function experiment under drug would settle it.',
        'L’ARN montre quelles cibles bougent, non ce qui les fait bouger. Les motifs de la chromatine ouverte et une perte de fonction sous traitement trancheraient.',
      ),
    ),
    lines: [...leaders, ...asked].map((row) => familyLine(row, rows)),
    tables: evidence === null ? [] : ['switch_regulators', 'regulator_stability'],
    figures: evidence === null ? [] : ['switch-regulators'],
  };
}

function regulatorControl(w: Words, evidence: RegulatorEvidence | null, nSupported: number): string {
  if (evidence === null || evidence.rows.length === 0) {
    return w.pick('None could be run.', 'Aucun n’a pu être fait.');
  }
  const { rows, alpha, leftOut } = evidence;
  const beyond = rows.filter((row) => row.pFamilyWise <= alpha).length;
  const n = String(rows.length);
  return w.pick(
    `Permuted genes of like expression, the most extreme of ${n} regulons each time: ${w.count(beyond, ['regulator stands', 'regulators stand'], ['', ''])} beyond it at ${w.given(alpha)}, and ${String(nSupported)} of these also ${nSupported === 1 ? 'moves' : 'move'} alike patient by patient and ${nSupported === 1 ? 'keeps its' : 'keep their'} rank without any one patient (${w.count(leftOut.length, ['run', 'runs'], ['', ''])}). Own RNA is one line: it can neither make nor sink a regulator.`,
    `Gènes d’expression semblable permutés, le plus extrême des ${n} régulons à chaque fois : ${w.count(beyond, ['', ''], ['régulateur le dépasse', 'régulateurs le dépassent'])} à ${w.given(alpha)}, dont ${String(nSupported)} ${nSupported < 2 ? 'bouge' : 'bougent'} aussi de même chez chaque patient et ${nSupported < 2 ? 'garde son' : 'gardent leur'} rang sans l’un quelconque d’entre eux (${w.count(leftOut.length, ['', ''], ['essai', 'essais'])}). Leur propre ARN n’est qu’une ligne : il ne peut ni faire ni perdre un régulateur.`,
  );
}

function regulatorSentence(
  w: Words,
  found: {
    readonly evidence: RegulatorEvidence | null;
    readonly leaders: readonly RegulatorEvidenceRow[];
    readonly asked: readonly RegulatorEvidenceRow[];
    readonly supported: readonly RegulatorEvidenceRow[];
    readonly testable: boolean;
  },
): string {
  const { evidence, leaders, asked, supported, testable } = found;
  if (evidence === null || leaders.length === 0) {
    return w.pick(
      'No regulon pack is installed, or no programme could be estimated.',
      'Aucun paquet de régulons n’est installé, ou aucun programme n’a pu être estimé.',
    );
  }
  const order = w.pick(
    `By all lines of evidence ${w.list(leaders.map((row) => withDirection(w, row)))} come first.`,
    `Toutes lignes de preuve confondues, ${w.list(leaders.map((row) => withDirection(w, row)))} viennent en tête.`,
  );
  const named = asked.map((row) =>
    w.pick(
      `${row.regulator} ranks ${String(row.rank)} of ${String(evidence.rows.length)}.`,
      `${row.regulator} est au rang ${String(row.rank)} sur ${String(evidence.rows.length)}.`,
    ),
  );
  if (!testable) {
    return [order, w.pick('Too few patients to test any.', 'Trop peu de patients pour en tester.'), ...named].join(' ');
  }
  const stands =
    supported.length === 0
      ? w.pick(
          'None stands beyond random regulons, in the patients one by one and without any one of them at once.',
          'Aucun ne dépasse les régulons aléatoires à la fois sur l’ensemble, chez les patients un par un et sans l’un quelconque d’entre eux.',
        )
      : w.pick(
          `${w.list(supported.map((row) => row.regulator))} ${supported.length === 1 ? 'stands' : 'stand'} beyond random regulons, in the patients one by one and without any one of them.`,
          `${w.list(supported.map((row) => row.regulator))} ${supported.length === 1 ? 'dépasse' : 'dépassent'} les régulons aléatoires, chez les patients un par un et sans l’un quelconque d’entre eux.`,
        );
  return [order, stands, ...named].join(' ');
}

function withDirection(w: Words, { regulator, direction }: RegulatorEvidenceRow): string {
  return direction === 'more active'
    ? w.pick(`${regulator} (more active)`, `${regulator} (plus actif)`)
    : w.pick(`${regulator} (less active)`, `${regulator} (moins actif)`);
}

function rowNumbers(row: RegulatorEvidenceRow): ClaimNumber[] {
  const { regulator } = row;
  return [
    plainNumber(`Rank, ${regulator}`, `Rang, ${regulator}`, row.rank),
    plainNumber(`Activity, ${regulator}`, `Activité, ${regulator}`, finite(row.z), 'z'),
    {
      label: { en: `Slope over patients, ${regulator}`, fr: `Pente sur les patients, ${regulator}` },
      value: finite(row.patientMean),
      low: finite(row.patientLow),
      high: finite(row.patientHigh),
      unit: 'log₂',
    },
  ];
}

/** One family with its lines of evidence in words. */
function familyLine(row: RegulatorEvidenceRow, rows: readonly RegulatorEvidenceRow[]): ClaimLine {
  const relatives = rows.filter((other) => other.family === row.regulator && other !== row).map((o) => o.regulator);
  const label =
    relatives.length === 0
      ? row.regulator
      : `${row.regulator} (${relatives.slice(0, 4).join(', ')}${relatives.length > 4 ? ', …' : ''})`;
  return {
    id: row.regulator,
    label: { en: label, fr: label },
    verdict: row.verdict,
    sentence: joined(
      both((w) => evidenceWords(w, row)),
      ...row.reasons.map((reason) => asSentence(reason.text)),
    ),
  };
}

function evidenceWords(w: Words, row: RegulatorEvidenceRow): string {
  const { position, stability, patients } = row;
  const parts = [
    w.pick(
      `Targets: activity ${w.signed(row.z, 1)} (family-wise P = ${w.pValue(row.pFamilyWise)})`,
      `Cibles : activité ${w.signed(row.z, 1)} (P de famille = ${w.pValue(row.pFamilyWise)})`,
    ),
    patients === null
      ? null
      : w.pick(
          `${String(patients.agree)} of ${String(patients.asked)} patients that way`,
          `${w.count(patients.agree, ['', ''], ['patient', 'patients'])} sur ${String(patients.asked)} dans ce sens`,
        ),
    Number.isFinite(row.logFoldChange)
      ? w.pick(
          `own RNA ${w.signed(row.logFoldChange)} log₂${row.expressionCounts ? '' : ' (immediate-early, not counted)'}`,
          `son ARN ${w.signed(row.logFoldChange)} log₂${row.expressionCounts ? '' : ' (précoce immédiat, non compté)'}`,
        )
      : w.pick('own RNA not measured', 'son ARN n’est pas mesuré'),
    w.pick(
      `${w.count(position.nAgreeing, ['programme gene', 'programme genes'], ['', ''])} among its targets where ${w.number(position.expected, 1)} are expected`,
      `${w.count(position.nAgreeing, ['', ''], ['gène du programme', 'gènes du programme'])} parmi ses cibles, pour ${w.number(position.expected, 1)} attendus`,
    ),
    stability === null
      ? null
      : w.pick(
          `rank ${String(stability.low)} to ${String(stability.high)} without one patient`,
          `rang ${String(stability.low)} à ${String(stability.high)} sans un patient`,
        ),
  ].filter((part) => part !== null);
  return `${parts.join(w.pick('; ', ' ; '))}.`;
}
