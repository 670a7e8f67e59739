import type { GeneticSource, PatientAlarm, SourceAlarm } from '../origin/genetic-alarm/types.js';
import type { LineageStudy, PatientLineages } from '../origin/lineages/lineage-study.js';
import type { OriginVerdict } from '../origin/lineages/lineage-verdict.js';
import type { Analysis, OriginAnalysis } from './analysis.js';
import type { Claim, ClaimLine, ClaimNumber, Verdict } from './claim.js';
import { estimatedNumber, minimumPatients } from './claim-parts.js';
import { copyNumberClaim } from './copy-number-claim.js';
import { both, type Words } from './words.js';

/** Claims on where the persister state comes from; none without a genetic source. */
export function originClaims({ origin }: Pick<Analysis, 'origin'>): readonly Claim[] {
  const { alarm, copyNumber, lineages } = origin;
  return [
    ...(alarm === null ? [] : [cloneClaim(origin, alarm.patients)]),
    ...(lineages?.patients.some(({ sisterFate }) => sisterFate !== null) === true ? [sisterClaim(lineages)] : []),
    ...(copyNumber === null ? [] : [copyNumberClaim(copyNumber.patients)]),
  ];
}

const lineVerdicts: Readonly<Record<OriginVerdict, Verdict>> = {
  adaptation: 'supported',
  selection: 'contradicted',
  mixed: 'not supported',
  'cannot tell': 'not testable',
};

/** Is the persister state an adaptation, rather than a clone that was selected? */
function cloneClaim({ lineages }: OriginAnalysis, patients: readonly PatientAlarm[]): Claim {
  const named = (verdict: OriginVerdict): string[] =>
    patients.filter((p) => p.verdict === verdict).map((p) => p.patient);
  const [adaptation, selection, mixed] = [named('adaptation'), named('selection'), named('mixed')];
  const unknown = named('cannot tell');
  const told = patients.length - unknown.length;
  const alarms = patients.filter(({ alarm }) => alarm).map(({ patient }) => patient);
  const verdict = ((): Verdict => {
    if (told === 0) return 'not testable';
    if (selection.length === told) return 'contradicted';
    return adaptation.length === told && told >= minimumPatients ? 'supported' : 'not supported';
  })();
  return {
    id: 'origin.clones',
    step: 'origin',
    question: both((w) =>
      w.pick(
        'Is the persister state an adaptation, rather than a clone that was selected?',
        'L’état persistant est-il une adaptation plutôt qu’un clone sélectionné ?',
      ),
    ),
    sentence: both((w) => {
      const parts = [
        found(w, adaptation, 'adaptation in', 'adaptation chez'),
        found(w, selection, 'a selected clone in', 'un clone sélectionné chez'),
        found(w, mixed, 'both in part in', 'les deux en partie chez'),
      ].filter((part) => part !== null);
      const rest = unknown.length === 0 ? '' : ` ${cannotTell(w, unknown)}`;
      if (parts.length === 0) {
        return w.pick(
          'The genetic data at hand cannot tell a selected clone from an adaptation in any patient.',
          'Les données génétiques disponibles ne distinguent chez aucun patient un clone sélectionné d’une adaptation.',
        );
      }
      const few =
        adaptation.length === told && told < minimumPatients
          ? w.pick(
              ` ${String(told)} of the ${String(minimumPatients)} patients a statement about patients needs.`,
              ` ${String(told)} des ${String(minimumPatients)} patients nécessaires pour conclure sur les patients.`,
            )
          : '';
      const alarm =
        alarms.length === 0
          ? w.pick(' No genetic alarm.', ' Aucune alerte génétique.')
          : w.pick(` Genetic alarm in ${w.list(alarms)}.`, ` Alerte génétique chez ${w.list(alarms)}.`);
      return `${capital(parts.join(w.pick('; ', ' ; ')))}.${alarm}${few}${rest}`;
    }),
    verdict,
    numbers: [...keptNumbers(lineages), ...overlapNumbers(patients)],
    patients: told === 0 ? null : { agree: adaptation.length, asked: told },
    control: both((w) =>
      w.pick(
        'States dealt out again among the cells of each sample (permutations): a state that is private to a clone, an arm or a variant would have shown; so would clones lost between the stages, brought down to the same number of cells. A source with too few cells is not read as "no tie".',
        'États redistribués entre les cellules de chaque échantillon (permutations) : un état propre à un clone, un bras ou un variant serait apparu, de même que des clones perdus entre les stades, ramenés au même nombre de cellules. Une source qui a trop peu de cellules n’est pas lue comme « aucun lien ».',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Lineage barcodes in at least 50 cells per stage, or copy number or mutations of single cells, in three patients or more, before and under treatment. Epigenetic heredity within a clone looks like a tie: barcodes with known mutations tell them apart.',
        'Des codes-barres de lignage dans au moins 50 cellules par stade, ou le nombre de copies ou les mutations de cellules uniques, chez trois patients ou plus, avant et sous traitement. Une hérédité épigénétique au sein d’un clone ressemble à un lien : des codes-barres avec des mutations connues les départagent.',
      ),
    ),
    lines: patients.map(patientLine),
    tables: [
      ...['genetic_alarm', 'genetic_states', 'genetic_labels', 'lineage_samples', 'lineage_stages', 'lineage_patients'],
      ...['lineage_states', 'lineage_clones', 'lineage_libraries', 'lineage_library_shifts'],
      ...['mutations', 'mutation_changes'],
    ],
    figures: ['lineage-clones', 'lineage-diversity', 'genetic-states'],
  };
}

function found(w: Words, patients: readonly string[], en: string, fr: string): string | null {
  return patients.length === 0 ? null : `${w.pick(en, fr)} ${w.list(patients)}`;
}

function cannotTell(w: Words, patients: readonly string[]): string {
  return w.pick(`Cannot be told in ${w.list(patients)}.`, `Indéterminé chez ${w.list(patients)}.`);
}

function keptNumbers(lineages: LineageStudy | null): readonly ClaimNumber[] {
  return (lineages?.stages ?? [])
    .filter(({ sample }) => sample === null)
    .map(({ patient, fromStage, toStage, shift }) =>
      estimatedNumber(
        `Clones kept, ${patient}, ${fromStage} to ${toStage} (95 %)`,
        `Clones conservés, ${patient}, ${stageFr[fromStage]} → ${stageFr[toStage]} (95 %)`,
        shift.diversityKept,
      ),
    );
}

const stageFr = { untreated: 'non traité', residual: 'résiduel', relapse: 'rechute' } as const;

function overlapNumbers(patients: readonly PatientAlarm[]): readonly ClaimNumber[] {
  return patients.flatMap(({ patient, sources }) =>
    sources.flatMap(({ source, clones }) =>
      source === 'barcode' || clones.overlap === null
        ? []
        : [
            estimatedNumber(
              `Overlap of ${patient}’s clones, ${source} (95 %)`,
              `Recouvrement des clones de ${patient}, ${sourceFr[source]} (95 %)`,
              clones.overlap.morisita,
            ),
          ],
    ),
  );
}

const sourceFr: Readonly<Record<GeneticSource, string>> = {
  barcode: 'codes-barres',
  'copy-number': 'nombre de copies',
  mutation: 'mutations',
};
const sourceEn: Readonly<Record<GeneticSource, string>> = {
  barcode: 'barcodes',
  'copy-number': 'copy number',
  mutation: 'mutations',
};
const verdictFr: Readonly<Record<OriginVerdict, string>> = {
  adaptation: 'adaptation',
  selection: 'sélection',
  mixed: 'mixte',
  'cannot tell': 'indéterminé',
};

function patientLine({ patient, verdict, sources }: PatientAlarm): ClaimLine {
  return {
    id: patient,
    label: { en: patient, fr: patient },
    verdict: lineVerdicts[verdict],
    sentence: both((w) => {
      const each = sources.map((source) => sourceSentence(w, source)).join(w.pick('; ', ' ; '));
      return `${capital(w.pick(verdict, verdictFr[verdict]))}${w.pick(':', ' :')} ${each}.`;
    }),
  };
}

function sourceSentence(w: Words, source: SourceAlarm): string {
  const name = w.pick(sourceEn[source.source], sourceFr[source.source]);
  const tie = {
    tied: w.pick('state tied', 'état lié'),
    'not tied': w.pick('state tied to none', 'état lié à aucun'),
    'cannot tell': w.pick('tie not testable', 'lien non testable'),
  }[source.tie];
  const to =
    source.tie === 'tied' && source.mostTied !== null
      ? w.pick(` to ${tiedTo(source.mostTied)}`, ` à ${tiedTo(source.mostTied)}`)
      : '';
  const p = Number.isFinite(source.pValue) ? ` (P ${w.pValue(source.pValue)})` : '';
  const clones = {
    kept: w.pick('clones kept', 'clones conservés'),
    'partly kept': w.pick('clones partly kept', 'clones conservés en partie'),
    lost: w.pick('most clones lost', 'la plupart des clones perdus'),
    'cannot tell': w.pick('fate of the clones not known', 'devenir des clones inconnu'),
  }[source.clones.fate];
  const cells = w.count(source.nCells, ['cell', 'cells'], ['cellule', 'cellules']);
  return `${name}, ${cells}${w.pick(':', ' :')} ${tie}${to}${p}, ${clones}`;
}

function tiedTo({ label, value }: NonNullable<SourceAlarm['mostTied']>): string {
  return label === 'clone' ? value : `${label} ${value}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

interface AskedSisters {
  readonly patient: string;
  readonly sisterFate: NonNullable<PatientLineages['sisterFate']>;
}

function isMeasured({ sisterFate }: AskedSisters): boolean {
  return sisterFate.excessExpansion.value !== null;
}

/** Were the survivors' sisters in the state before treatment? */
function sisterClaim({ patients }: LineageStudy): Claim {
  const asked = patients.flatMap(({ patient, sisterFate }) => (sisterFate === null ? [] : [{ patient, sisterFate }]));
  const named = (verdict: NonNullable<PatientLineages['sisterFate']>['verdict']): string[] =>
    asked.filter((p) => p.sisterFate.verdict === verdict).map((p) => p.patient);
  const [before, induced, unknown] = [named('pre-existing'), named('induced'), named('cannot tell')];
  const told = before.length + induced.length;
  return {
    id: 'origin.sisters',
    step: 'origin',
    question: both((w) =>
      w.pick(
        'Were the clones that survive in the persister state before treatment?',
        'Les clones qui survivent étaient-ils dans l’état persistant avant le traitement ?',
      ),
    ),
    sentence: both((w) => {
      const parts = [
        found(w, before, 'already before treatment in', 'déjà avant traitement chez'),
        found(w, induced, 'induced under treatment in', 'induit sous traitement chez'),
        found(w, unknown, 'cannot be told in', 'indéterminé chez'),
      ].filter((part) => part !== null);
      return `${capital(parts.join(w.pick('; ', ' ; ')))}.`;
    }),
    verdict:
      told === 0
        ? 'not testable'
        : induced.length === told
          ? 'contradicted'
          : before.length === told && told >= minimumPatients
            ? 'supported'
            : 'not supported',
    numbers: asked
      .filter(isMeasured)
      .map(({ patient, sisterFate }) =>
        estimatedNumber(
          `Excess expansion of clones in the state before, ${patient} (95 %)`,
          `Excès d’expansion des clones déjà dans l’état, ${patient} (95 %)`,
          sisterFate.excessExpansion,
        ),
      ),
    patients: told === 0 ? null : { agree: before.length, asked: told },
    control: both((w) =>
      w.pick(
        'States dealt out again among the untreated cells: chance alone gives an expansion of zero. Clones seen in untreated cells only by luck weigh nothing.',
        'États redistribués entre les cellules non traitées : le hasard seul donne une expansion nulle. Les clones vus par chance ne pèsent rien.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'More barcoded untreated cells in the state (ten at least), and sister clones split before treatment.',
        'Davantage de cellules non traitées à code-barres dans l’état (dix au moins), et des clones sœurs séparés avant traitement.',
      ),
    ),
    lines: [],
    tables: ['lineage_patients'],
    figures: [],
  };
}
