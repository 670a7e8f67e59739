import { loadGeneTable } from '@remnant/formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { currentSymbol } from '../../data/gene-table.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { simulateStudy } from '../../simulate/simulate-study.js';
import { type CellCounts, createCellCounts } from '../cell-counts.js';
import { selectColumns } from '../quality/sample-cell-counts.js';
import { cellScoreTasks } from '../scores/score-tasks.js';
import { labelTumourCells, type TumourLabels } from './label-tumour-cells.js';
import { markerPanel } from './marker-panel.js';

const context = inlineContext(cellScoreTasks);

interface Planted {
  readonly cells: CellCounts;
  readonly kind: readonly string[];
  readonly lineage: readonly (string | null)[];
}

/** The samples of P01 and P04, which hold normal cells, and of P03, which does not; without damaged cells and doublets. */
function planted(seed: number): Planted {
  const study = simulateStudy({
    seed,
    genes: 2000,
    cells: 200,
    patients: 5,
    troubles: { doublets: false, lowQuality: false },
  });
  const samples = study.samples.filter((s) => s.cells !== null);
  const matrices = samples.map((s) => s.cells!.X as CsrMatrix);
  const truth = samples.map((s) => study.truth.cells[s.sample]!);
  return {
    cells: createCellCounts({
      counts: stack(matrices),
      genes: samples[0]!.cells!.varNames,
      barcodes: samples.flatMap((s) => s.cells!.obsNames),
      sampleOf: Uint32Array.from(matrices.flatMap((m, s) => new Array<number>(m.shape[0]).fill(s))),
      samples,
    }),
    kind: truth.flatMap((t) => t.kind),
    lineage: truth.flatMap((t) => t.lineage),
  };
}

function stack(matrices: readonly CsrMatrix[]): CsrMatrix {
  const indptr = [0];
  for (const { indptr: rows } of matrices) {
    const before = indptr.at(-1)!;
    for (let i = 1; i < rows.length; i++) indptr.push(before + rows[i]!);
  }
  return {
    kind: 'csr',
    shape: [indptr.length - 1, matrices[0]!.shape[1]],
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(matrices.flatMap((m) => [...m.indices])),
    data: Float32Array.from(matrices.flatMap((m) => [...m.data])),
  };
}

const panelName: Readonly<Record<string, string>> = {
  'T cell': 'T/NK cell',
  macrophage: 'myeloid cell',
  fibroblast: 'fibroblast/pericyte',
  'endothelial cell': 'endothelial cell',
};

describe('the marker panel', () => {
  it('has current symbols, each once per lineage, with a reason and a citation', async () => {
    const table = await loadGeneTable('human');
    expect(markerPanel.filter(({ gene }) => currentSymbol(table, gene) !== gene).map(({ gene }) => gene)).toEqual([]);
    expect(new Set(markerPanel.map(({ lineage, gene }) => `${lineage} ${gene}`)).size).toBe(markerPanel.length);
    for (const { gene, reason, doi } of markerPanel) {
      expect(reason, gene).not.toBe('');
      expect(doi.length, gene).toBeGreaterThan(0);
    }
  });
});

describe.each([1, 2, 3])('labelTumourCells on a planted study, seed %d', (seed) => {
  let study: Planted;
  let found: TumourLabels;
  beforeAll(async () => {
    study = planted(seed);
    found = await labelTumourCells(study.cells, {}, context);
  });

  it('finds the normal cells with their lineage', () => {
    const normal = study.lineage.flatMap((lineage, i) =>
      lineage === null ? [] : [[lineage, found.cells[i]!] as const],
    );
    const right = normal.filter(([lineage, cell]) => cell.call === 'normal' && cell.lineage === panelName[lineage]);
    expect(normal.length).toBeGreaterThan(40);
    expect(right.length / normal.length).toBeGreaterThan(0.95);
  });

  it('leaves tumour cells unresolved and never calls one tumour', () => {
    const tumour = found.cells.filter((_, i) => study.lineage[i] === null);
    expect(tumour.filter(({ call }) => call === 'normal').length / tumour.length).toBeLessThan(0.005);
    expect(found.cells.some(({ call }) => call === 'tumour')).toBe(false);
    expect(found.status).toBe('ok');
  });

  it('counts the labels of each sample', () => {
    expect(found.samples.map(({ sample }) => sample)).toEqual(study.cells.samples.map(({ sample }) => sample));
    for (const { nCells, nTumour, nUnresolved, normal } of found.samples) {
      expect(nTumour + nUnresolved + normal.reduce((sum, { nCells: n }) => sum + n, 0)).toBe(nCells);
    }
  });
});

describe('labelTumourCells', () => {
  const study = planted(1);
  const nCells = study.kind.length;
  const of = (found: TumourLabels, lineage: string | null): TumourLabels['cells'] =>
    found.cells.filter((_, i) => study.lineage[i] === lineage);

  it('lets the labels of the user win', async () => {
    const ownLabels = study.lineage.map((lineage, i) =>
      i % 2 === 0 ? 'Malignant' : lineage === null ? null : 'Stroma',
    );
    const { cells, labels, tumour, samples } = await labelTumourCells(study.cells, { ownLabels }, context);
    expect(
      cells.filter((_, i) => i % 2 === 0).every(({ call, evidence }) => call === 'tumour' && evidence === 'own label'),
    ).toBe(true);
    expect(
      labels.filter((_, i) => i % 2 === 1 && study.lineage[i] !== null).every((label) => label === 'normal: Stroma'),
    ).toBe(true);
    expect(tumour.every((flag, i) => flag === (labels[i]!.startsWith('normal') ? 0 : 1))).toBe(true);
    expect(samples.reduce((sum, s) => sum + s.nTumour, 0)).toBe(Math.ceil(nCells / 2));
  });

  it('takes copy number as second evidence, and reports where the two disagree', async () => {
    const copyNumber = study.lineage.map(() => 'aneuploid' as const);
    const found = await labelTumourCells(study.cells, { copyNumber }, context);
    expect(of(found, null).filter(({ call }) => call === 'tumour').length).toBeGreaterThan(
      0.99 * of(found, null).length,
    );
    const tCells = of(found, 'T cell');
    expect(tCells.every(({ call }) => call !== 'normal')).toBe(true);
    expect(tCells.filter(({ conflict }) => conflict).length).toBeGreaterThan(0.9 * tCells.length);
    const diploid = await labelTumourCells(study.cells, { copyNumber: study.lineage.map(() => 'diploid') }, context);
    expect(of(diploid, null).every(({ call }) => call !== 'tumour')).toBe(true);
  });

  it('keeps the cells a tumour may be made of', async () => {
    const sarcoma = await labelTumourCells(study.cells, { tumourLineage: 'mesenchymal' }, context);
    expect(of(sarcoma, 'fibroblast').every(({ call }) => call === 'tumour or unresolved')).toBe(true);
    expect(of(sarcoma, 'T cell').some(({ call }) => call === 'normal')).toBe(true);
    const leukaemia = await labelTumourCells(study.cells, { tumourLineage: 'haematological' }, context);
    expect(of(leukaemia, 'T cell').every(({ call }) => call === 'tumour or unresolved')).toBe(true);
    expect(of(leukaemia, 'macrophage').every(({ call }) => call === 'tumour or unresolved')).toBe(true);
    expect(of(leukaemia, 'fibroblast').some(({ call }) => call === 'normal')).toBe(true);
  });

  it('lets a cluster speak for its cells', async () => {
    const single = await labelTumourCells(study.cells, {}, context);
    const clusters = study.lineage.map((lineage) =>
      ['T cell', 'macrophage', 'fibroblast', 'endothelial cell'].indexOf(lineage ?? ''),
    );
    const together = await labelTumourCells(study.cells, { clusters }, context);
    const right = (found: TumourLabels): number =>
      study.lineage.filter((lineage, i) =>
        lineage === null ? found.cells[i]!.call !== 'normal' : found.cells[i]!.lineage === panelName[lineage],
      ).length;
    expect(right(together)).toBeGreaterThanOrEqual(right(single));
    expect(right(together)).toBe(nCells);
  });

  it('says so when the markers are not measured', async () => {
    const plain = study.cells.genes.flatMap((gene, g) => (gene.startsWith('SIM') ? [g] : [])).slice(0, 300);
    const cells = {
      ...study.cells,
      counts: selectColumns(study.cells.counts, Uint32Array.from(plain)),
      genes: plain.map((g) => study.cells.genes[g]!),
    };
    const found = await labelTumourCells(cells, {}, context);
    expect(found.status).toBe('not-testable');
    expect(found.reasons[0]).toMatch(/three measured markers/);
    expect(found.warnings.map(({ code }) => code)).toEqual(['cell-labels-not-measured']);
    expect(found.labels.every((label) => label === 'tumour or unresolved')).toBe(true);
  });

  it('gives the same labels again', async () => {
    const [first, second] = [
      await labelTumourCells(study.cells, {}, context),
      await labelTumourCells(study.cells, {}, context),
    ];
    expect(second.labels).toEqual(first.labels);
    expect(second.lineages.map(({ threshold }) => threshold)).toEqual(first.lineages.map(({ threshold }) => threshold));
  });

  it('refuses per-cell options that do not fit', async () => {
    await expect(labelTumourCells(study.cells, { ownLabels: ['tumour'] }, context)).rejects.toThrow(/ownLabels/);
    await expect(labelTumourCells(study.cells, { clusters: [1, 2] }, context)).rejects.toThrow(/clusters/);
  });
});
