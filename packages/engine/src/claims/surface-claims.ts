import type { Antigen, AntigenView } from '../markers/antigens.js';
import type { MarkerCells, MarkerGeneCells } from '../markers/marker-cells.js';
import type { MarkerRanking, RankedMarker } from '../markers/rank-markers.js';
import type { Claim, ClaimLine, Verdict } from './claim.js';
import { minimumPatients, plainNumber } from './claim-parts.js';
import { patientsOf } from './marker-words.js';
import { both, type Words } from './words.js';

/** Genes named in a sentence, and drawn as lines. */
const named = 5;
const lines = 10;

/** Which surface markers would show these cells? */
export function surfaceClaim(ranking: MarkerRanking, cells: MarkerCells | null): Claim {
  return {
    id: 'markers.surface',
    step: 'markers',
    question: both((w) =>
      w.pick('Which surface markers would show these cells?', 'Quels marqueurs de surface les montreraient ?'),
    ),
    sentence: both((w) => rankingSentence(w, ranking, w.pick('surface genes', 'gènes de surface'))),
    ...rankingEvidence(ranking),
    needed: both((w) =>
      w.pick(
        'RNA is not surface protein: flow cytometry on dissociated residual and untreated tumours of the same patients, with an isotype control.',
        'L’ARN n’est pas la protéine de surface : cytométrie sur tumeurs résiduelles et non traitées des mêmes patients, avec contrôle isotypique.',
      ),
    ),
    lines: ranking.rows.slice(0, lines).map((row) => markerLine(row, cells, ranking)),
    tables: ['surface_markers', 'marker_patients'],
    figures: ['surface-markers'],
  };
}

/** Which secreted proteins could be looked for in blood? */
export function secretedClaim(ranking: MarkerRanking, cells: MarkerCells | null): Claim {
  return {
    id: 'markers.secreted',
    step: 'markers',
    question: both((w) =>
      w.pick(
        'Which secreted proteins could a blood test look for?',
        'Quelles protéines sécrétées chercher dans le sang ?',
      ),
    ),
    sentence: both((w) =>
      rankingSentence(w, ranking, w.pick('genes of secreted proteins', 'gènes de protéines sécrétées')),
    ),
    ...rankingEvidence(ranking),
    needed: both((w) =>
      w.pick(
        'A candidate, not a test: RNA is not protein, and blood also holds what other tissues secrete. Paired plasma before and under treatment, and plasma of xenograft hosts with a human-specific assay.',
        'Un candidat, pas un test : l’ARN n’est pas la protéine, et le sang contient aussi ce que sécrètent les autres tissus. Plasmas appariés avant et sous traitement, et plasma d’hôtes de xénogreffes avec un dosage spécifique de l’humain.',
      ),
    ),
    lines: ranking.rows
      .filter(({ verdict, direction }) => verdict === 'shared' && direction > 0)
      .slice(0, lines)
      .map((row) => markerLine(row, cells, ranking)),
    tables: ['secreted_markers', 'marker_patients'],
    figures: [],
  };
}

/** What a claim about a ranked list rests on. */
function rankingEvidence(ranking: MarkerRanking): Pick<Claim, 'verdict' | 'numbers' | 'patients' | 'control'> {
  const best = ranking.rows[0];
  return {
    verdict: rankingVerdict(ranking),
    numbers: rankingNumbers(ranking),
    patients: ranking.status === 'ok' && best !== undefined ? { agree: best.positive, asked: best.asked } : null,
    control: both((w) => rankingControl(w, ranking)),
  };
}

/** Do these cells carry an antigen that a conjugate can reach? */
export function antigenClaim(view: AntigenView): Claim {
  const measured = view.antigens.filter(({ marker }) => marker !== null);
  const shared = measured.filter(({ marker }) => marker?.verdict === 'shared' && marker.direction > 0);
  const testable = view.status === 'ok' && measured.length > 0;
  return {
    id: 'markers.antigens',
    step: 'markers',
    question: both((w) =>
      w.pick(
        'Do these cells carry an antigen that an antibody–drug conjugate reaches?',
        'Ces cellules portent-elles un antigène accessible à un anticorps conjugué ?',
      ),
    ),
    sentence: both((w) => antigenSentence(w, { measured, shared, testable })),
    verdict: testable ? (shared.length > 0 ? 'supported' : 'not supported') : 'not testable',
    numbers: [
      plainNumber('Antigens measured', 'Antigènes mesurés', measured.length),
      plainNumber('Shared and raised', 'Partagés et en hausse', shared.length),
    ],
    patients: null,
    control: both((w) =>
      w.pick(
        'An antigen has to pass the same three conditions as any named marker, corrected for the antigens looked at. One that does not rise can still be bound: its level and the share of cells that carry it are in the table, normal cells beside.',
        'Un antigène doit remplir les trois mêmes conditions que tout marqueur nommé, corrigées pour les antigènes examinés. Celui qui n’augmente pas peut encore être lié : son niveau et la part de cellules qui le portent sont dans le tableau, à côté des cellules normales.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Surface protein per cell on residual tumours, its internalisation, and normal tissue. Drug status is as the cited source writes it, for some tumour, and not an indication.',
        'La protéine de surface par cellule sur tumeurs résiduelles, son internalisation, et le tissu normal. Le statut des médicaments est celui de la source citée, pour une tumeur donnée, et non une indication.',
      ),
    ),
    lines: measured.map(antigenLine),
    tables: ['antigens'],
    figures: ['antigens'],
  };
}

function rankingVerdict({ status, nShared }: MarkerRanking): Verdict {
  if (status !== 'ok') return 'not testable';
  return nShared > 0 ? 'supported' : 'not supported';
}

function rankingSentence(w: Words, ranking: MarkerRanking, what: string): string {
  if (ranking.status !== 'ok') return notTestableSentence(w, ranking);
  const { rows, nShared, nMeasured, nCalledUp } = ranking;
  const first = rows
    .slice(0, named)
    .map(({ gene, positive, asked }) => `${gene} (${String(positive)}/${String(asked)})`);
  const sharedGenes = w.count(
    nShared,
    ['is raised and shared', 'are raised and shared'],
    ['est en hausse et partagé', 'sont en hausse et partagés'],
  );
  return w.pick(
    `Of ${String(nMeasured)} ${what}, ${sharedGenes} by the patients; ${w.list(first)} come first (patients raised). The model of all samples calls ${String(nCalledUp)} raised.`,
    `Sur ${String(nMeasured)} ${what}, ${sharedGenes} par les patients ; ${w.list(first)} viennent en tête (patients en hausse). Le modèle de tous les échantillons en retient ${String(nCalledUp)} en hausse.`,
  );
}

function notTestableSentence(w: Words, { patients, source, nMeasured, kind }: MarkerRanking): string {
  if (source === '') {
    return w.pick(
      'No pack of surface proteins is installed (surfaceome).',
      'Aucun paquet de protéines de surface n’est installé (surfaceome).',
    );
  }
  if (nMeasured === 0) {
    return kind === 'surface'
      ? w.pick('No surface gene of the pack was measured.', 'Aucun gène de surface du paquet n’a été mesuré.')
      : w.pick(
          'No secreted protein of the list was measured.',
          'Aucune protéine sécrétée de la liste n’a été mesurée.',
        );
  }
  return tooFewPatients(w, patients.length);
}

function tooFewPatients(w: Words, n: number): string {
  return w.pick(
    `${w.count(n, ['patient', 'patients'], ['', ''])} can be compared with themselves; at least ${String(minimumPatients)} are needed.`,
    `${w.count(n, ['', ''], ['patient est comparable', 'patients sont comparables'])} à eux-mêmes ; il en faut au moins ${String(minimumPatients)}.`,
  );
}

function rankingNumbers({
  nListed,
  nMeasured,
  nShared,
  nCalledUp,
  nCalledDown,
  null: flips,
}: MarkerRanking): Claim['numbers'] {
  return [
    plainNumber('Genes on the list', 'Gènes de la liste', nListed),
    plainNumber('Measured', 'Mesurés', nMeasured),
    plainNumber('Raised and shared', 'En hausse et partagés', nShared),
    plainNumber('Called raised, model of all samples', 'Retenus en hausse, modèle de tous les échantillons', nCalledUp),
    plainNumber(
      'Called lowered, model of all samples',
      'Retenus en baisse, modèle de tous les échantillons',
      nCalledDown,
    ),
    plainNumber(
      'Best t with stages exchanged, 95 %',
      'Meilleur t après échange des stades, 95 %',
      flips?.highestT ?? null,
    ),
  ];
}

function rankingControl(w: Words, { rows, null: flips, top }: MarkerRanking): string {
  if (flips === null || flips.nDraws === 0) {
    return w.pick(
      'Stages could not be exchanged within patients.',
      'Les stades n’ont pas pu être échangés au sein des patients.',
    );
  }
  const passing = rows.filter(({ pFamilyWise }) => pFamilyWise !== null && pFamilyWise <= 0.05).length;
  const stable = rows
    .slice(0, top)
    .filter(({ stability }) => stability !== null && stability.kept === stability.asked).length;
  return w.pick(
    `With stages exchanged within patients (${flips.exact ? 'all ' : ''}${String(flips.nDraws)} labellings) the best gene of the list reaches t ${w.number(flips.highestT)} in one of twenty; ${w.count(passing, ['gene does', 'genes do'], ['', ''])} better than chance allows. Of the first ${String(Math.min(top, rows.length))}, ${String(stable)} stay there whichever patient is left out.`,
    `Après échange des stades au sein des patients (${String(flips.nDraws)} étiquetages) le meilleur gène de la liste atteint t ${w.number(flips.highestT)} une fois sur vingt ; ${w.count(passing, ['', ''], ['gène dépasse', 'gènes dépassent'])} ce que permet le hasard. Des ${String(Math.min(top, rows.length))} premiers, ${String(stable)} y restent quel que soit le patient écarté.`,
  );
}

const verdictOf: Readonly<Record<RankedMarker['verdict'], Verdict>> = {
  shared: 'supported',
  'not shared': 'not supported',
  'not measured': 'not testable',
  'not testable': 'not testable',
};

function markerLine(row: RankedMarker, cells: MarkerCells | null, { nMeasured }: MarkerRanking): ClaimLine {
  const onCells = cells?.genes.find(({ gene }) => gene === row.gene) ?? null;
  return {
    id: row.gene,
    label: { en: row.gene, fr: row.gene },
    verdict: row.direction < 0 && row.verdict === 'shared' ? 'contradicted' : verdictOf[row.verdict],
    sentence: both((w) => {
      const { value, low, high } = row.pooled;
      const to = w.pick(' to ', ' à ');
      const effect = `${w.signed(value ?? NaN)} [${w.signed(low ?? NaN)}${to}${w.signed(high ?? NaN)}]`;
      const stability =
        row.stability === null
          ? ''
          : w.pick(
              `; rank at worst ${String(row.stability.worst)} of ${String(nMeasured)}, without ${row.stability.worstWithout}`,
              ` ; rang au pire ${String(row.stability.worst)} sur ${String(nMeasured)}, sans ${row.stability.worstWithout}`,
            );
      const head = w.pick(
        `log2 ${effect}, raised in ${patientsOf(w, row.positive, row.asked)}${stability}`,
        `log2 ${effect}, en hausse chez ${patientsOf(w, row.positive, row.asked)}${stability}`,
      );
      return `${head}${onCells === null ? '' : cellsPart(w, onCells)}.`;
    }),
  };
}

function cellsPart(w: Words, { positive, inCaller }: MarkerGeneCells): string {
  const share = (value: number | null): string => (value === null ? '–' : `${w.number(100 * value, 0)} %`);
  const [persister, untreated, normal] = [positive.persister.value, positive.untreated.value, positive.normal.value];
  if (persister === null && untreated === null) return '';
  const circular = inCaller.length === 0 ? '' : w.pick(' (it helped to call them)', ' (il a servi à les appeler)');
  return w.pick(
    `; found on ${share(persister)} of persister${circular}, ${share(untreated)} of untreated and ${share(normal)} of normal cells`,
    ` ; trouvé sur ${share(persister)} des cellules persistantes${circular}, ${share(untreated)} des non traitées et ${share(normal)} des normales`,
  );
}

function antigenSentence(
  w: Words,
  {
    measured,
    shared,
    testable,
  }: { readonly measured: readonly Antigen[]; readonly shared: readonly Antigen[]; readonly testable: boolean },
): string {
  if (measured.length === 0) {
    return w.pick('None of the antigens was measured.', 'Aucun des antigènes n’a été mesuré.');
  }
  if (!testable) {
    return tooFewPatients(w, measured[0]?.marker?.asked ?? 0);
  }
  const others = measured.filter((antigen) => !shared.includes(antigen)).map(({ gene }) => gene);
  return w.pick(
    `Of ${String(measured.length)} antigens looked at, ${shared.length === 0 ? 'none is' : `${w.list(shared.map(({ gene }) => gene))} ${shared.length === 1 ? 'is' : 'are'}`} raised and shared by the patients${others.length === 0 ? '' : `; not shared: ${w.list(others)}`}.`,
    `Sur ${String(measured.length)} antigènes examinés, ${shared.length === 0 ? 'aucun n’est' : `${w.list(shared.map(({ gene }) => gene))} ${shared.length === 1 ? 'est' : 'sont'}`} en hausse et partagé${shared.length > 1 ? 's' : ''} par les patients${others.length === 0 ? '' : ` ; non partagés : ${w.list(others)}`}.`,
  );
}

function antigenLine({ gene, marker, percentileRange, cells, drugs }: Antigen): ClaimLine {
  const drugNames = [...new Set(drugs.map(({ drug, status }) => `${drug} (${status})`))];
  return {
    id: gene,
    label: { en: gene, fr: gene },
    verdict:
      marker === null
        ? 'not testable'
        : marker.direction < 0 && marker.verdict === 'shared'
          ? 'contradicted'
          : verdictOf[marker.verdict],
    sentence: both((w) => {
      const range = percentileRange ?? [NaN, NaN];
      const level = w.pick(
        `percentile ${w.number(100 * range[0], 0)} to ${w.number(100 * range[1], 0)} of all genes, depending on the patient`,
        `percentile ${w.number(100 * range[0], 0)} à ${w.number(100 * range[1], 0)} de tous les gènes, selon le patient`,
      );
      const change = w.pick(
        `log2 ${w.signed(marker?.pooled.value ?? NaN)}, raised in ${patientsOf(w, marker?.positive ?? 0, marker?.asked ?? 0)}`,
        `log2 ${w.signed(marker?.pooled.value ?? NaN)}, en hausse chez ${patientsOf(w, marker?.positive ?? 0, marker?.asked ?? 0)}`,
      );
      const reached = drugNames.length === 0 ? '' : `${w.pick('; ', ' ; ')}${drugNames.join(', ')}`;
      return `${change}${w.pick('; ', ' ; ')}${level}${cells === null ? '' : cellsPart(w, cells)}${reached}.`;
    }),
  };
}
