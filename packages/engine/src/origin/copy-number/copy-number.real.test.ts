import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { loadGeneTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import type { CellCounts } from '../../cells/cell-counts.js';
import { areaUnderCurve } from '../../stats/auc.js';
import { type AlleleSite, createAlleleCounts } from './allele-counts.js';
import { callSpan, spanEffect } from './call-span.js';
import { chromosomeArm } from './centromeres.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import { findSegments } from './find-segments.js';
import { geneRatios } from './gene-ratios.js';
import { genePositions, withArms } from './gene-positions.js';
import { layOutGenome } from './genome-layout.js';
import { spanNoise } from './span-noise.js';
import type { ArmCall } from './types.js';

/** Copy number of real tumours; figures are printed for docs/methods. */
const shared = new URL('../../../../../../shared/data/singlecell/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('Skipped: ../shared is not beside this checkout.');
const context = inlineContext(copyNumberTasks);
const lines = (path: string): string[] =>
  gunzipSync(readFileSync(new URL(path, shared)))
    .toString('utf8')
    .trim()
    .split('\n');
const fields = (path: string): string[][] => lines(path).map((line) => line.replaceAll('"', '').split(','));
const altered = (arms: readonly ArmCall[]): readonly string[] =>
  arms.filter(({ call }) => call === 'loss' || call === 'gain').map(({ arm, call }) => `${arm} ${call}`);

type Column = [gene: number, value: number][];

/** Cells of several patients, one sample each, sorted by patient. */
function cellCounts(
  genes: readonly string[],
  cells: readonly { barcode: string; patient: string; column: Column }[],
): CellCounts {
  const patients = [...new Set(cells.map(({ patient }) => patient))];
  const indptr = new Uint32Array(cells.length + 1);
  cells.forEach(({ column }, i) => (indptr[i + 1] = indptr[i]! + column.length));
  return {
    counts: {
      kind: 'csr',
      shape: [cells.length, genes.length],
      indptr,
      indices: Uint32Array.from(cells.flatMap(({ column }) => column.map(([gene]) => gene))),
      data: Float32Array.from(cells.flatMap(({ column }) => column.map(([, value]) => value))),
    },
    genes,
    barcodes: cells.map(({ barcode }) => barcode),
    sampleOf: Uint32Array.from(cells, ({ patient }) => patients.indexOf(patient)),
    samples: patients.map((patient) => ({
      sample: patient,
      patient,
      stage: 'untreated',
      treatment: 'none',
      technology: 'x',
    })),
  };
}

describe.runIf(present)('oligodendroglioma (Smart-seq2, TPM)', () => {
  const folder = 'oligodendroglioma_infercnv/';

  function load(patientOf: (label: string) => string): { cells: CellCounts; labels: string[] } {
    const [head = '', ...rows] = lines(`${folder}counts.matrix.gz`);
    const barcodes = head.split('\t');
    const columns: Column[] = barcodes.map(() => []);
    rows.forEach((row, gene) => {
      row
        .split('\t')
        .slice(1)
        .forEach((text, i) => {
          if (Number(text) > 0) columns[i]!.push([gene, Number(text)]);
        });
    });
    const annotations = readFileSync(new URL(`${folder}annotations.txt`, shared), 'utf8')
      .trim()
      .split('\n');
    const labelOf = new Map(annotations.map((line) => line.split('\t') as [string, string]));
    const cells = barcodes
      .map((barcode, i) => ({ barcode, label: labelOf.get(barcode)!, column: columns[i]! }))
      .map((cell) => ({ ...cell, patient: patientOf(cell.label) }))
      .sort((a, b) => (a.patient < b.patient ? -1 : a.patient > b.patient ? 1 : 0));
    return {
      cells: cellCounts(
        rows.map((row) => row.slice(0, row.indexOf('\t'))),
        cells,
      ),
      labels: cells.map(({ label }) => label),
    };
  }
  const isTumour = (label: string): boolean => label.startsWith('malignant');
  const positions = (): ReturnType<typeof withArms> =>
    withArms(
      lines(`${folder}gene_order.txt.gz`).map((line) => {
        const [gene = '', chromosome = '', start] = line.split('\t');
        return { gene, chromosome, start: Number(start) };
      }),
      'GRCh37',
    );

  it('each patient has lost 1p and 19q', async () => {
    const { cells, labels } = load((label) => (isTumour(label) ? label : 'normal'));
    const types = labels.map((label) => (isTumour(label) ? null : label));
    const { patients } = await copyNumber(cells, positions(), { reference: { kind: 'cells', types } }, context);
    for (const patient of patients) {
      const [sample] = patient.samples;
      console.info(
        patient.patient,
        patient.status,
        sample!.nAltered,
        'of',
        sample!.nCells,
        altered(sample!.arms).join(', '),
      );
      if (patient.patient === 'normal') continue;
      expect(altered(sample!.arms)).toEqual(expect.arrayContaining(['1p loss', '19q loss']));
      expect(sample!.nAltered / sample!.nCells).toBeGreaterThan(0.95);
    }
    expect(patients.find(({ patient }) => patient === 'normal')).toMatchObject({ status: 'cannot-tell' });
  });

  it('tumour and normal cells are told apart, also normal cells that were not the reference', async () => {
    const { cells, labels } = load(() => 'all');
    const everySecond = [...labels.keys()].filter((i) => !isTumour(labels[i]!)).filter((_, k) => k % 2 === 0);
    const types = labels.map((label, i) => (everySecond.includes(i) ? label : null));
    const { patients } = await copyNumber(cells, positions(), { reference: { kind: 'cells', types } }, context);
    const { row, alteredProbability } = patients[0]!.cells;
    const of = (holds: (cell: number) => boolean): number[] =>
      [...row.keys()].filter((i) => holds(row[i]!)).map((i) => alteredProbability[i]!);
    const tumour = of((cell) => isTumour(labels[cell]!));
    const heldOut = of((cell) => !isTumour(labels[cell]!) && !everySecond.includes(cell));
    const auc = areaUnderCurve(tumour, heldOut);
    const { alteredFraction } = patients[0]!.samples[0]!;
    console.info(
      `AUROC ${String(auc)}, ${String(tumour.length)} tumour, ${String(heldOut.length)} normal cells; fraction`,
      alteredFraction,
    );
    expect(auc).toBeGreaterThanOrEqual(0.95);
    expect(alteredFraction.low!).toBeLessThan(142 / 163);
    expect(alteredFraction.high!).toBeGreaterThan(142 / 163);
  });
});

describe.runIf(present)('anaplastic thyroid cancer ATC2 (10x)', () => {
  const folder = 'thyroid_atc2_numbat/';

  it('has a tumour fraction with an interval, T cells left unaltered, and allelic imbalance of 5q in tumour clones only', async () => {
    const genes = lines(`${folder}features.tsv.gz`).map((line) => line.split('\t')[1]!);
    const barcodes = lines(`${folder}barcodes.tsv.gz`);
    const columns: Column[] = barcodes.map(() => []);
    for (const line of lines(`${folder}matrix.mtx.gz`)
      .filter((text) => !text.startsWith('%'))
      .slice(1)) {
      const [gene = 0, cell = 0, value = 0] = line.split(' ').map(Number);
      columns[cell - 1]!.push([gene - 1, value]);
    }
    const cells = cellCounts(
      genes,
      barcodes.map((barcode, i) => ({ barcode, patient: 'ATC2', column: columns[i]!.sort((a, b) => a[0] - b[0]) })),
    );
    const [head = [], ...rows] = fields(`${folder}ref_hca_counts.csv.gz`);
    const profile = {
      genes: rows.map((row) => row[0]!),
      groups: head.slice(1),
      counts: Float64Array.from(rows.flatMap((row) => row.slice(1).map(Number))),
    };
    const positions = genePositions(await loadGeneTable('human'));
    const options = { reference: { kind: 'profile', profile }, alleles: alleles(barcodes) } as const;
    const { patients } = await copyNumber(cells, positions, options, context);
    const patient = patients[0]!;
    const [sample] = patient.samples;
    console.info('tumour fraction', sample!.alteredFraction, sample!.abstained);
    const ptprc = genes.indexOf('PTPRC');
    const krt18 = genes.indexOf('KRT18');
    const share = (clone: number, gene: number): number => {
      const members = [...patient.cells.row].filter((_, i) => patient.cells.clone[i] === clone);
      return members.filter((row) => columns[row]!.some(([g]) => g === gene)).length / members.length;
    };
    for (const { clone, altered: isAltered, nCells, arms } of patient.clones) {
      const evidence = patient.alleles.filter((allele) => allele.clone === clone);
      console.info(
        `clone ${String(clone)}: ${String(nCells)} cells, PTPRC ${share(clone, ptprc).toFixed(2)}, KRT18 ${share(clone, krt18).toFixed(2)}, ${altered(arms).join(', ')};`,
        evidence
          .map(
            ({ arm, call, majorShare, pValue }) => `${arm} ${call} ${majorShare.toFixed(2)} (P ${pValue.toFixed(4)})`,
          )
          .join(', '),
      );
      if (isAltered) expect(share(clone, krt18)).toBeGreaterThan(0.5);
      if (!(share(clone, ptprc) >= 0.9)) continue;
      expect(isAltered).toBe(false);
      expect(evidence.every(({ call }) => call === 'no-evidence')).toBe(true);
    }
    const called = (gene: number, other: number): number[] =>
      [...patient.cells.row]
        .map((row, i) => ({ shown: new Set(columns[row]!.map(([g]) => g)), p: patient.cells.alteredProbability[i]! }))
        .filter(({ shown }) => shown.has(gene) && !shown.has(other))
        .map(({ p }) => p);
    const [epithelial, immune] = [called(krt18, ptprc), called(ptprc, krt18)];
    console.info(
      `AUROC of KRT18+ PTPRC− against PTPRC+ KRT18− cells: ${areaUnderCurve(epithelial, immune).toFixed(3)}`,
    );
    expect(areaUnderCurve(epithelial, immune)).toBeGreaterThan(0.8);
    expect(patient.alleles.some(({ clone, arm, call }) => clone > 0 && arm === '5q' && call === 'imbalance')).toBe(
      true,
    );
    const { value, low, high } = sample!.alteredFraction;
    expect(low!).toBeLessThan(value!);
    expect(high!).toBeGreaterThan(value!);
    expect(value!).toBeCloseTo(123 / 173, 1);
  });

  it('normal cell types compared with each other have arms called in at most 5 % of 132 comparisons', async () => {
    const [head = [], ...rows] = fields(`${folder}ref_hca_counts.csv.gz`);
    const types = head.slice(1);
    const totals = types.map((_, t) => rows.reduce((sum, row) => sum + Number(row[t + 1]), 0));
    const layout = layOutGenome(
      rows.map((row) => row[0]!),
      genePositions(await loadGeneTable('human')),
      {
        binGenes: 10,
        excludeGenes: [],
        isExpressed: (column) =>
          types.reduce((sum, _, t) => sum + Number(rows[column]![t + 1]) / totals[t]!, 0) > 3.6e-5,
      },
    );
    const counts = types.map((_, t) => Float64Array.from(layout.columns, (column) => Number(rows[column]![t + 1])));
    const used = counts.map((count) => count.reduce((sum, value) => sum + value, 0));
    const sizes = new Float64Array(layout.genes.length).fill(1);
    const options = { posterior: 0.95, nCells: 100, neutralSpread: 0.05 };
    let [withArmCalls, withSegments] = [0, 0];
    types.forEach((_, a) => {
      types.forEach((__, b) => {
        if (a === b) return;
        const expected = counts[b]!.map((count) => (count * used[a]!) / used[b]!);
        const expectedVariance = counts[b]!.map((count) => (count > 0 ? 1 / count : Infinity));
        const noise = spanNoise(layout, geneRatios(sizes, { observed: counts[a]!, expected, expectedVariance }));
        const calls = layout.arms.map(({ firstGene, endGene }) =>
          callSpan(spanEffect(noise, firstGene, endGene), options),
        );
        if (calls.some(({ call }) => call === 'loss' || call === 'gain')) withArmCalls++;
        if (findSegments(layout, noise, options).length > 0) withSegments++;
      });
    });
    console.info(
      `132 comparisons of normal cell types: arms called in ${String(withArmCalls)}, segments in ${String(withSegments)}`,
    );
    expect(withArmCalls / 132).toBeLessThanOrEqual(0.05);
    expect(withSegments / 132).toBeLessThanOrEqual(0.05);
  });

  function alleles(barcodes: readonly string[]): ReturnType<typeof createAlleleCounts> {
    const rowOf = new Map(barcodes.map((barcode, row) => [barcode, row]));
    const sites: AlleleSite[] = [];
    const siteOf = new Map<string, number>();
    const entries = fields(`${folder}allele_counts_subset.csv.gz`).slice(1);
    const site = Uint32Array.from(entries, ([, id = '', chromosome = '', position, , , , , , genotype, gene]) => {
      const known = siteOf.get(id);
      if (known !== undefined) return known;
      siteOf.set(id, sites.length);
      const phase = genotype === '1|0' || genotype === '0|1' ? genotype : null;
      const arm = chromosomeArm(chromosome, Number(position), 'GRCh38')!;
      return sites.push({ chromosome, position: Number(position), arm, gene: gene || null, genotype: phase }) - 1;
    });
    return createAlleleCounts({
      sites,
      site,
      cell: Uint32Array.from(entries, ([barcode = '']) => rowOf.get(barcode)!),
      alternative: entries.map((entry) => Number(entry[7])),
      total: entries.map((entry) => Number(entry[8])),
    });
  }
});
