import { agreementNeeded, type EvidenceLine } from '../regulators/evidence.js';
import type { NamedRegulator } from '../regulators/named-regulator.js';
import type { RegulatorRow } from '../regulators/rank-regulators.js';
import type { Analysis } from './analysis.js';
import type { Bilingual, Claim, ClaimLine } from './claim.js';
import { asSentence, finite, joined, minimumPatients, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** Which regulators drive the programme? */
export function regulatorRankingClaim({ regulators, effects, options }: Analysis): Claim {
  const few = effects.patients.length < minimumPatients;
  const rows = regulators?.rows ?? [];
  const calledUp = rows.filter((row) => row.pAdjusted <= options.fdr && row.z > 0);
  const calledDown = rows.filter((row) => row.pAdjusted <= options.fdr && row.z < 0);
  const consistent = [...calledUp, ...calledDown].filter(patientsAgree).length;
  const top = rows.slice(0, 5).map((row) => row.regulator);
  const bottom = rows
    .slice(-5)
    .reverse()
    .map((row) => row.regulator);
  const verdict = regulators === null || few ? 'not testable' : consistent > 0 ? 'supported' : 'not supported';
  return {
    id: 'regulators.ranking',
    step: 'regulators',
    question: both((w) => w.pick('Which regulators drive it?', 'Quels régulateurs le gouvernent ?')),
    sentence: both((w) =>
      regulators === null
        ? w.pick(
            'No regulon pack is installed, or no programme could be estimated.',
            'Aucun paquet de régulons n’est installé, ou aucun programme n’a pu être estimé.',
          )
        : w.pick(
            `${few ? tooFewPatients(w, effects.patients.length) : ''}By the activity of their targets, ${w.list(top)} lead ${String(rows.length)} regulators; ${w.list(bottom)} are the least active. ${w.count(calledUp.length, ['regulator is', 'regulators are'], ['', ''])} more and ${String(calledDown.length)} less active than permuted labels allow, ${String(consistent)} of them alike in three quarters of the patients.`,
            `${few ? tooFewPatients(w, effects.patients.length) : ''}Par l’activité de leurs cibles, ${w.list(top)} sont en tête de ${String(rows.length)} régulateurs ; ${w.list(bottom)} sont les moins actifs. ${w.count(calledUp.length, ['', ''], ['régulateur est plus actif', 'régulateurs sont plus actifs'])} et ${String(calledDown.length)} moins que ne le permettent des étiquettes permutées, dont ${String(consistent)} de même sens chez trois quarts des patients.`,
          ),
    ),
    verdict,
    numbers:
      regulators === null
        ? []
        : [
            plainNumber('Regulators tested', 'Régulateurs testés', rows.length),
            plainNumber('More active than the null', 'Plus actifs que le hasard', calledUp.length),
            plainNumber('Less active than the null', 'Moins actifs que le hasard', calledDown.length),
          ],
    patients: null,
    control: both((w) =>
      w.pick(
        'Gene labels permuted among genes of like expression, for all regulons together, which keeps their sizes and overlaps. Regulons share targets: the flags say which cannot be told apart.',
        'Étiquettes des gènes permutées entre gènes d’expression semblable, pour tous les régulons ensemble, ce qui garde leurs tailles et recouvrements. Des régulons partagent des cibles : les mentions disent lesquels ne se distinguent pas.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Target activity is an inference from RNA. Chromatin (motifs in opened peaks) and perturbation (gain or loss of the regulator) settle causality.',
        'L’activité des cibles est une inférence depuis l’ARN. La chromatine (motifs des pics ouverts) et la perturbation (gain ou perte du régulateur) tranchent la causalité.',
      ),
    ),
    lines: [],
    tables: regulators === null ? [] : ['regulators'],
    figures: regulators === null ? [] : ['regulator-ranking'],
  };
}

/** Is one named regulator the switch? Every line of evidence is graded apart. */
export function namedRegulatorClaim(named: NamedRegulator, { regulators, effects }: Analysis): Claim {
  const few = effects.patients.length < minimumPatients;
  const { row, regulator } = named;
  const patients = named.lines.find((line) => line.id === 'patients')?.patients ?? null;
  const total = regulators?.rows.length ?? 0;
  return {
    id: `regulator.${regulator}`,
    step: 'regulators',
    question: both((w) => w.pick(`Is ${regulator} the switch?`, `${regulator} est-il l’interrupteur ?`)),
    sentence: joined(
      few ? both((w) => tooFewPatients(w, effects.patients.length).trim()) : null,
      rankSentence(regulator, row, total),
      ...named.reasons.map((reason) => asSentence(reason.text)),
    ),
    verdict: few ? 'not testable' : named.verdict,
    numbers:
      row === null
        ? []
        : [
            plainNumber('Rank of its regulon', 'Rang de son régulon', row.rank),
            plainNumber('Regulators ranked', 'Régulateurs classés', total),
            plainNumber('Consensus activity', 'Activité consensus', finite(row.consensus)),
            plainNumber('Its P value', 'Son P', finite(row.consensusPValue)),
            plainNumber('Change of its own RNA', 'Variation de son propre ARN', finite(row.logFoldChange), 'log₂'),
            plainNumber('Adjusted P of its own RNA', 'P ajusté de son propre ARN', finite(row.expressionPAdjusted)),
          ],
    patients,
    control: both((w) =>
      w.pick(
        'Permuted labels for the regulon; gene-label shuffles for the perturbation; immediate-early genes, which dissociation itself switches on, set apart from the other targets.',
        'Étiquettes permutées pour le régulon ; permutations des gènes pour la perturbation ; gènes précoces immédiats, que la dissociation suffit à allumer, mis à part des autres cibles.',
      ),
    ),
    needed: neededFor(named),
    lines: named.lines.map(lineOf),
    tables: ['named_regulators', 'regulator_evidence', 'regulator_patients'],
    figures: ['named-regulator'],
  };
}

/** A regulator asked for by name in a run that could rank none. */
export function unrankedRegulatorClaim(regulator: string): Claim {
  return {
    id: `regulator.${regulator}`,
    step: 'regulators',
    question: both((w) => w.pick(`Is ${regulator} the switch?`, `${regulator} est-il l’interrupteur ?`)),
    sentence: both((w) =>
      w.pick(
        'Not testable without a regulon pack and an estimate of the programme.',
        'Non testable sans paquet de régulons ni estimation du programme.',
      ),
    ),
    verdict: 'not testable',
    numbers: [],
    patients: null,
    control: both((w) => w.pick('None could be run.', 'Aucun n’a pu être fait.')),
    needed: both((w) =>
      w.pick('Install one: remnant resources add collectri.', 'En installer un : remnant resources add collectri.'),
    ),
    lines: [],
    tables: [],
    figures: [],
  };
}

/** What to say before describing a regulator in fewer patients than a statement about patients needs. */
function tooFewPatients(w: Words, asked: number): string {
  return w.pick(
    `${w.count(asked, ['patient', 'patients'], ['', ''])} cannot speak for patients in general (at least ${String(minimumPatients)}); what follows describes these samples. `,
    `${w.count(asked, ['', ''], ['patient ne permet', 'patients ne permettent'])} pas de parler des patients en général (il en faut ${String(minimumPatients)}) ; ce qui suit décrit ces échantillons. `,
  );
}

function patientsAgree({ agreement, z }: RegulatorRow): boolean {
  if (agreement === null || agreement.asked < minimumPatients) return false;
  return (z > 0 ? agreement.positive : agreement.negative) >= agreementNeeded(agreement.asked);
}

function rankSentence(regulator: string, row: RegulatorRow | null, total: number): Bilingual {
  if (row === null) {
    return both((w) => w.pick(`${regulator} has no measured regulon.`, `${regulator} n’a pas de régulon mesuré.`));
  }
  return both((w) => {
    const rna = ownRna(row, w);
    return w.pick(
      `Its regulon ranks ${ordinal(row.rank, w)} of ${String(total)} (activity ${w.signed(row.consensus)}, P = ${w.pValue(row.consensusPValue)}); ${rna}.`,
      `Son régulon est ${ordinal(row.rank, w)} sur ${String(total)} (activité ${w.signed(row.consensus)}, P = ${w.pValue(row.consensusPValue)}) ; ${rna}.`,
    );
  });
}

function ownRna({ logFoldChange, expressionPAdjusted }: RegulatorRow, w: Words): string {
  if (!Number.isFinite(logFoldChange))
    return w.pick('its own RNA was not measured', 'son propre ARN n’a pas été mesuré');
  const flat = !(expressionPAdjusted <= 0.05);
  return w.pick(
    `its own RNA ${flat ? 'is flat' : 'changes'} (${w.signed(logFoldChange)} log₂, adjusted P = ${w.pValue(expressionPAdjusted)})`,
    `son propre ARN ${flat ? 'ne varie pas' : 'varie'} (${w.signed(logFoldChange)} log₂, P ajusté = ${w.pValue(expressionPAdjusted)})`,
  );
}

function ordinal(rank: number, w: Words): string {
  if (w.language === 'fr') return rank === 1 ? '1er' : `${String(rank)}e`;
  const tens = rank % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${String(rank)}${ending}`;
}

const lineLabels: Readonly<Record<EvidenceLine['id'], Bilingual>> = {
  expression: { en: 'Its own RNA', fr: 'Son propre ARN' },
  regulon: { en: 'Activity of its targets', fr: 'Activité de ses cibles' },
  patients: { en: 'Patient by patient', fr: 'Patient par patient' },
  chromatin: { en: 'Chromatin', fr: 'Chromatine' },
  perturbation: { en: 'Gain or loss of function', fr: 'Gain ou perte de fonction' },
  dissociation: { en: 'Not an effect of dissociation', fr: 'Pas un effet de la dissociation' },
};

function lineOf(line: EvidenceLine): ClaimLine {
  return {
    id: line.id,
    label: lineLabels[line.id],
    verdict: line.verdict,
    sentence: joined(...line.reasons.map((r) => asSentence(r.text))),
  };
}

function neededFor({ lines, regulator }: NamedRegulator): Bilingual {
  const open = lines.filter((line) => line.verdict === 'not testable').map((line) => line.id);
  return both((w) => {
    const wanted = [
      open.includes('chromatin')
        ? w.pick(
            'a motif or peak table of residual against untreated tumours',
            'une table de motifs ou de pics, tumeurs résiduelles contre non traitées',
          )
        : null,
      open.includes('perturbation')
        ? w.pick(
            `a gain- or loss-of-function table of ${regulator}`,
            `une table de gain ou de perte de fonction de ${regulator}`,
          )
        : null,
    ].filter((item) => item !== null);
    if (wanted.length === 0) return w.pick('Replication in other patients.', 'Une réplication chez d’autres patients.');
    return w.pick(`To settle it: ${w.list(wanted)}.`, `Pour trancher : ${w.list(wanted)}.`);
  });
}
