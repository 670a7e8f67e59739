import type { CellAnalysis, OriginAnalysis } from '../../claims/analysis.js';
import { createTable, numberColumn, type Table } from '../../data/table.js';
import type { ArmCall, CopyNumberClone, PatientCopyNumber, SampleCopyNumber } from '../../origin/copy-number/types.js';
import { columnsOf } from './column.js';
import { estimateColumns } from './estimate-columns.js';

/** Tables of copy number; none where it was not computed. */
export function copyNumberTables({ copyNumber }: OriginAnalysis, cells: CellAnalysis | null): readonly Table[] {
  if (copyNumber === null || cells === null) return [];
  const { patients } = copyNumber;
  return [
    copyNumberPatientsTable(patients),
    copyNumberSamplesTable(patients),
    copyNumberArmsTable(patients),
    copyNumberSegmentsTable(patients),
    copyNumberAllelesTable(patients),
    copyNumberProfilesTable(patients),
    copyNumberHeatmapTable(patients, cells),
  ];
}

function copyNumberPatientsTable(patients: readonly PatientCopyNumber[]): Table {
  const { text, number } = columnsOf(patients);
  return createTable('copy_number_patients', 'Copy number from expression: what could be told of every patient', [
    text('patient', 'Patient', (p) => p.patient),
    text('status', 'called when at least one alteration is, or cannot-tell', (p) => p.status),
    text('reason', 'Why nothing can be told', (p) => p.reasons.join('; ')),
    text('compared_with', 'normal cells, or the tumour before treatment (untreated)', (p) => p.reference.comparedWith),
    text('reference', 'Reference cells by group', (p) =>
      p.reference.groups.map(({ name, nCells }) => `${name} ${String(nCells)}`).join('; '),
    ),
    number('n_genes', 'Genes in use', (p) => p.nGenes),
    number('n_clones', 'Clones', (p) => p.clones.length),
    number('n_altered_clones', 'Clones with an alteration', (p) => p.clones.filter(({ altered }) => altered).length),
    text('altered_arms', 'Arms called in some clone', (p) => alteredArms(p.clones.flatMap(({ arms }) => arms))),
    text('warnings', 'What to know', (p) => p.warnings.map(({ message }) => message).join(' ')),
  ]);
}

function alteredArms(arms: readonly ArmCall[]): string {
  const signs = { gain: '+', loss: '−' };
  const calls = arms.flatMap(({ arm, call }) => (call === 'gain' || call === 'loss' ? [`${signs[call]}${arm}`] : []));
  return [...new Set(calls)].join(' ');
}

function copyNumberSamplesTable(patients: readonly PatientCopyNumber[]): Table {
  const rows = patients.flatMap((patient) => patient.samples.map((sample) => ({ patient, sample })));
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return createTable('copy_number_samples', 'Copy number from expression: altered cells of every sample', [
    text('patient', 'Patient', (r) => r.patient.patient),
    text('sample', 'Sample', (r) => r.sample.sample),
    text('status', 'called or cannot-tell', (r) => r.sample.status),
    text(
      'compared_with',
      'normal cells, or the tumour before treatment (untreated)',
      (r) => r.patient.reference.comparedWith,
    ),
    number('n_cells', 'Cells that are not reference', (r) => r.sample.nCells),
    number('n_altered', 'Cells with the alterations of a clone', (r) => r.sample.nAltered),
    number('n_unaltered', 'Cells without any', (r) => r.sample.nUnaltered),
    number('n_cannot_tell', 'Cells without a call', (r) => abstained(r.sample)),
    ...estimateColumns(
      columns,
      'altered_fraction',
      'Altered share of the cells with a call; the tumour fraction where the reference is normal',
      (r) => r.sample.alteredFraction,
    ),
    text('altered_arms', 'Arms called over all cells of the sample', (r) => alteredArms(r.sample.arms)),
    text('reason', 'Why nothing can be told', (r) => r.sample.reasons.join('; ')),
  ]);
}

function abstained({ abstained }: SampleCopyNumber): number {
  return Object.values(abstained).reduce((sum, n) => sum + n, 0);
}

function copyNumberArmsTable(patients: readonly PatientCopyNumber[]): Table {
  const rows = patients.flatMap(({ patient, clones }) =>
    clones.flatMap((clone) => clone.arms.map((arm) => ({ patient, clone, arm }))),
  );
  const { text, number } = columnsOf(rows);
  return createTable('copy_number_arms', 'Copy number from expression: every arm of every clone', [
    text('patient', 'Patient', (r) => r.patient),
    number('clone', 'Clone', (r) => r.clone.clone),
    number('n_cells', 'Cells of the clone', (r) => r.clone.nCells),
    text('arm', 'Chromosome arm', (r) => r.arm.arm),
    text('call', 'gain, neutral, loss or cannot-tell', (r) => r.arm.call),
    number('p_loss', 'Posterior probability of a loss', (r) => r.arm.posterior[0]),
    number('p_neutral', 'Posterior probability of no change', (r) => r.arm.posterior[1]),
    number('p_gain', 'Posterior probability of a gain', (r) => r.arm.posterior[2]),
    number('effect', 'Robust mean log2 ratio of its genes to the reference', (r) => r.arm.effect),
    number('standard_error', 'Its standard error', (r) => r.arm.standardError),
    number('n_genes', 'Genes', (r) => r.arm.nGenes),
    number('n_agreeing', 'Genes on the side of the effect', (r) => r.arm.nAgreeing),
    text('reason', 'Why it cannot be told', (r) => r.arm.reason),
  ]);
}

function copyNumberSegmentsTable(patients: readonly PatientCopyNumber[]): Table {
  const rows = patients.flatMap(({ patient, clones }) =>
    clones.flatMap((clone) => clone.segments.map((segment) => ({ patient, clone, segment }))),
  );
  const { text, number } = columnsOf(rows);
  return createTable('copy_number_segments', 'Copy number from expression: altered segments of every clone', [
    text('patient', 'Patient', (r) => r.patient),
    number('clone', 'Clone', (r) => r.clone.clone),
    text('arm', 'Chromosome arm', (r) => r.segment.arm),
    number('start', 'Start of its first gene, in bases', (r) => r.segment.start),
    number('end', 'Start of its last gene, in bases', (r) => r.segment.end),
    text('call', 'gain or loss', (r) => r.segment.call),
    number('effect', 'Robust mean log2 ratio of its genes to the reference', (r) => r.segment.effect),
    number('standard_error', 'Its standard error', (r) => r.segment.standardError),
    number('n_genes', 'Genes', (r) => r.segment.nGenes),
  ]);
}

function copyNumberAllelesTable(patients: readonly PatientCopyNumber[]): Table {
  const rows = patients.flatMap(({ patient, alleles }) => alleles.map((allele) => ({ patient, allele })));
  const { text, number } = columnsOf(rows);
  return createTable('copy_number_alleles', 'Allelic imbalance of every arm, beside copy number', [
    text('patient', 'Patient', (r) => r.patient),
    number('clone', 'Clone; 0 for all cells that are not reference', (r) => r.allele.clone),
    text('arm', 'Chromosome arm', (r) => r.allele.arm),
    text('basis', 'phased, or unphased: spread about one half against normal cells', (r) => r.allele.basis),
    text('call', 'imbalance, no-evidence or cannot-tell', (r) => r.allele.call),
    number('major_share', 'Share of the major haplotype, 0.5 to 1', (r) => r.allele.majorShare),
    number('p_value', 'P value of balance', (r) => r.allele.pValue),
    number('n_blocks', 'Genes or places with reads', (r) => r.allele.nBlocks),
    number('n_reads', 'Reads', (r) => r.allele.nReads),
    text('reason', 'Why it cannot be told', (r) => r.allele.reason),
  ]);
}

function copyNumberProfilesTable(patients: readonly PatientCopyNumber[]): Table {
  const rows = patients.flatMap((patient) =>
    patient.clones.flatMap((clone: CopyNumberClone) =>
      patient.bins.map((bin, b) => ({ patient, clone, bin, b, arm: patient.genomeArms[bin.arm]?.label ?? '' })),
    ),
  );
  const { text, number } = columnsOf(rows);
  return createTable('copy_number_profiles', 'Copy number from expression: profile of every clone along the genome', [
    text('patient', 'Patient', (r) => r.patient.patient),
    number('clone', 'Clone', (r) => r.clone.clone),
    text('arm', 'Chromosome arm', (r) => r.arm),
    number('start', 'Start of the first gene of the bin, in bases', (r) => r.bin.start),
    number('end', 'Start of its last gene', (r) => r.bin.end),
    number('n_genes', 'Genes of the bin', (r) => r.bin.endGene - r.bin.firstGene),
    number('log2_ratio', 'Smoothed log2 ratio to the reference', (r) => r.clone.profile[r.b]),
  ]);
}

/** Cells drawn per patient. */
const drawnCells = 150;

/** A few cells of each patient, by clone and state, arm by arm. */
function copyNumberHeatmapTable(patients: readonly PatientCopyNumber[], found: CellAnalysis): Table {
  const { cells, persisters, tumourCells } = found;
  const place = new Map(Array.from(tumourCells, (cell, i) => [cell, i]));
  const stateOf = (row: number): string | null => {
    const at = place.get(row);
    if (at === undefined || Number.isNaN(persisters.cells.activity[at])) return null;
    return persisters.cells.called[at] === 1 ? 'persister' : 'other';
  };
  const arms = [...new Set(patients.flatMap(({ genomeArms }) => genomeArms.map(({ label }) => label)))];
  const rows = patients.flatMap((patient) => {
    const { heatmap, bins, genomeArms } = patient;
    const step = Math.max(1, Math.ceil(heatmap.cells.length / drawnCells));
    return Array.from(heatmap.cells.keys())
      .filter((at) => at % step === 0)
      .map((at) => {
        const cell = heatmap.cells[at] as number;
        const row = patient.cells.row[cell] as number;
        const sample = cells.samples[cells.sampleOf[row] as number];
        const values = heatmap.values.subarray(at * bins.length, (at + 1) * bins.length);
        const byArm = new Map(
          genomeArms.map(({ label, firstBin, endBin }) => [label, meanOf(values.subarray(firstBin, endBin))]),
        );
        return {
          patient: patient.patient,
          sample,
          cell,
          row,
          clone: patient.cells.clone[cell] as number,
          byArm,
          of: patient,
        };
      });
  });
  const { text } = columnsOf(rows);
  return createTable('copy_number_heatmap', 'Copy number from expression: some cells of every patient, arm by arm', [
    text('patient', 'Patient', (r) => r.patient),
    text('sample', 'Sample', (r) => r.sample?.sample ?? null),
    text('stage', 'Stage', (r) => r.sample?.stage ?? null),
    text('cell', 'Barcode', (r) => cells.barcodes[r.row] as string),
    text('clone', 'Clone; reference for reference cells; empty where it cannot be told', (r) =>
      r.of.cells.isReference[r.cell] === 1 ? 'reference' : r.clone === 0 ? null : String(r.clone),
    ),
    text('state', 'persister, other, or empty where not testable', (r) => stateOf(r.row)),
    ...arms.map((arm) =>
      numberColumn(
        arm,
        `Mean smoothed log2 ratio on ${arm}`,
        rows.map((r) => r.byArm.get(arm) ?? NaN),
      ),
    ),
  ]);
}

function meanOf(values: Float32Array): number {
  let [sum, n] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    n += 1;
  }
  return n === 0 ? NaN : sum / n;
}
