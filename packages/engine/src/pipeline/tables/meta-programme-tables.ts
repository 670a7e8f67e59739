import { createTable, type Table } from '../../data/table.js';
import type { MetaProgrammes } from '../../metaprogrammes/meta-programmes.js';
import { columnsOf } from './column.js';

/** Tables of the programmes found without labels; none where they were not looked for. */
export function metaProgrammeTables(found: MetaProgrammes | null): readonly Table[] {
  if (found === null) return [];
  return [
    metaProgrammesTable(found),
    metaProgrammeGenesTable(found),
    metaProgrammePatientsTable(found),
    keptProgrammesTable(found),
    overlapsTable(found),
    numberTable(found),
    samplesTable(found),
  ];
}

function metaProgrammesTable({ metaProgrammes }: MetaProgrammes): Table {
  const { text, number } = columnsOf(metaProgrammes);
  return createTable('meta_programmes', 'Programmes found without labels that recur across patients', [
    text('meta_programme', 'Name', (m) => m.name),
    number('n_programmes', 'Programmes of samples in it', (m) => m.members.length),
    number('n_samples', 'Samples it was found in', (m) => m.samples.length),
    number('n_patients', 'Patients it was found in', (m) => m.patients.length),
    text('patients', 'Which', (m) => m.patients.join(' ')),
    text('supported', 'Whether left-out patients support so many: yes, no, or empty where not testable', (m) =>
      m.supported === null ? null : m.supported ? 'yes' : 'no',
    ),
    text('published', 'Published set it overlaps most with', (m) => m.annotations?.[0]?.set ?? null),
    number('published_overlap', 'Genes shared with it', (m) => m.annotations?.[0]?.overlap),
    number('published_p_adjusted', 'Adjusted P of the overlap', (m) => m.annotations?.[0]?.pAdjusted),
    text('flags', 'Curated sets it may be mistaken by', (m) =>
      (m.confounders ?? [])
        .filter(({ flagged }) => flagged)
        .map(({ set }) => set)
        .join('; '),
    ),
    number(
      'difference',
      'Under treatment against untreated, natural log, mean over patients',
      (m) => m.test.pooled.estimate,
    ),
    number('low', 'Lower end of its 95 % interval', (m) => m.test.pooled.low),
    number('high', 'Upper end of its 95 % interval', (m) => m.test.pooled.high),
    number('p_value', 'P value over patients', (m) => m.test.pooled.pValue),
    number('p_adjusted', 'Benjamini–Hochberg over meta-programmes', (m) => m.test.pAdjusted),
    number('sign_flip_p', 'Sign-flip permutation P', (m) => m.test.permutationP),
    number('n_raised', 'Patients in which it is higher under treatment', (m) => m.test.nRaised),
    number('n_lowered', 'Patients in which it is lower', (m) => m.test.nLowered),
  ]);
}

function metaProgrammeGenesTable({ metaProgrammes }: MetaProgrammes): Table {
  const rows = metaProgrammes.flatMap(({ name, genes, frequency, members }) =>
    genes.map((gene, i) => ({ name, gene, frequency: frequency[i] as number, members: members.length })),
  );
  const { text, number } = columnsOf(rows);
  return createTable('meta_programme_genes', 'Genes of each meta-programme', [
    text('meta_programme', 'Name', (r) => r.name),
    text('gene', 'Gene', (r) => r.gene),
    number('frequency', 'Programmes that list it', (r) => r.frequency),
    number('n_programmes', 'Programmes in the meta-programme', (r) => r.members),
  ]);
}

function metaProgrammePatientsTable({ metaProgrammes }: MetaProgrammes): Table {
  const rows = metaProgrammes.flatMap(({ name, test }) => test.patients.map((patient) => ({ name, ...patient })));
  const { text, number } = columnsOf(rows);
  return createTable(
    'meta_programme_patients',
    'Meta-programmes under treatment against untreated, patient by patient',
    [
      text('meta_programme', 'Name', (r) => r.name),
      text('patient', 'Patient', (r) => r.patient),
      number('n_from', 'Samples before treatment', (r) => r.nFrom),
      number('n_to', 'Samples under treatment', (r) => r.nTo),
      number('difference', 'Natural log', (r) => r.difference),
    ],
  );
}

/** The kept programmes in the order of the heat map. */
function keptProgrammesTable({ kept, memberOf, metaProgrammes }: MetaProgrammes): Table {
  const { text, number } = columnsOf(kept);
  return createTable('sample_programmes', 'Programmes of samples that passed the rules, in the order of the heat map', [
    number('place', 'Place in the heat map', (_, i) => i + 1),
    text('sample', 'Sample', (p) => p.sample),
    text('patient', 'Patient', (p) => p.patient),
    number('rank', 'Number of programmes it was found among', (p) => p.rank),
    number('index', 'Its place among them', (p) => p.index),
    number('usage', 'Mean share of a cell', (p) => p.usageShare),
    text(
      'meta_programme',
      'Meta-programme; empty for none',
      (_, i) => metaProgrammes[memberOf[i] as number]?.name ?? null,
    ),
    text('genes', 'Its genes, by falling weight', (p) => p.genes.join(' ')),
  ]);
}

function overlapsTable({ kept, overlaps }: MetaProgrammes): Table {
  const n = kept.length;
  const pairs = Array.from({ length: n }, (_, i) => Array.from({ length: i + 1 }, (__, j) => [i, j] as const)).flat();
  const { number } = columnsOf(pairs);
  return createTable('programme_overlaps', 'Genes shared by each pair of kept programmes', [
    number('a', 'Place of one', ([i]) => i + 1),
    number('b', 'Place of the other', ([, j]) => j + 1),
    number('shared', 'Genes both list', ([i, j]) => overlaps[i * n + j]),
  ]);
}

function numberTable({ number: found }: MetaProgrammes): Table {
  const { text, number } = columnsOf(found.curve);
  return createTable('programme_number', 'How many meta-programmes left-out patients support', [
    number('number', 'Meta-programmes', (l) => l.number),
    number('overlap', 'Share of its genes a left-out programme has in its best meta-programme', (l) => l.overlap),
    number('shuffled_overlap', 'The same with gene labels shuffled', (l) => l.nullOverlap),
    number('gap', 'Overlap beyond shuffled', (l) => l.gap),
    number('standard_error', 'Standard error of the gap lost against the best number', (l) => l.standardError),
    number('p_value', 'P value of the overlap', (l) => l.pValue),
    text('chosen', 'yes for the number chosen', (l) => (l.number === found.chosen ? 'yes' : 'no')),
  ]);
}

function samplesTable({ samples }: MetaProgrammes): Table {
  const rows = samples.flatMap(({ sample, patient, status, chosenRank, ranks, reasons, nCellsUsed }) =>
    (ranks.length === 0 ? [null] : ranks).map((rank) => ({
      sample,
      patient,
      status,
      chosenRank,
      rank,
      reasons,
      nCellsUsed,
    })),
  );
  const { text, number } = columnsOf(rows);
  return createTable('factorisations', 'Consensus factorisation of every sample, rank by rank', [
    text('sample', 'Sample', (r) => r.sample),
    text('patient', 'Patient', (r) => r.patient),
    text('status', 'ok, unstable or not-testable', (r) => r.status),
    number('n_cells', 'Cells factorised', (r) => r.nCellsUsed),
    number('rank', 'Number of programmes', (r) => r.rank?.rank),
    number('stability', 'Mean silhouette of the spectra of all starts', (r) => r.rank?.stability),
    number('error', 'Squared error over the squared norm', (r) => r.rank?.error),
    text('chosen', 'yes for the rank preferred', (r) =>
      r.rank !== null && r.rank.rank === r.chosenRank ? 'yes' : 'no',
    ),
    text('reason', 'Why', (r) => r.reasons.join('; ')),
  ]);
}
