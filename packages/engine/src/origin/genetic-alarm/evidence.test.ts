import { describe, expect, it } from 'vitest';
import type { CellCounts } from '../../cells/cell-counts.js';
import type { ArmCall, CopyNumberClone, PatientCopyNumber } from '../copy-number/types.js';
import { barcodeEvidence } from './barcode-evidence.js';
import { copyNumberEvidence } from './copy-number-evidence.js';

const samples = [
  { sample: 'A0', patient: 'A', stage: 'untreated' as const },
  { sample: 'A1', patient: 'A', stage: 'residual' as const },
  { sample: 'B0', patient: 'B', stage: 'untreated' as const },
];
const states = new Map([
  ['A0', new Map([['c1', false]])],
  [
    'A1',
    new Map([
      ['c1', true],
      ['c2', false],
    ]),
  ],
]);

describe('barcodeEvidence', () => {
  const row = (sample: string, cell: string, barcode: string) => ({ sample, cell, barcode, count: 1 });
  const evidence = barcodeEvidence(
    [row('A0', 'c1', 'X'), row('A1', 'c1', 'X'), row('A1', 'c2', 'X'), row('A1', 'c2', 'Y'), row('A1', 'c3', 'Y')],
    samples,
    states,
  );

  it('joins clone, stage and state by sample and cell: the same cell name in two samples is two cells', () => {
    expect(evidence).toHaveLength(1);
    const [own] = evidence;
    expect(own).toMatchObject({ patient: 'A', source: 'barcode', abstained: null });
    expect(own!.cell).toEqual(['c1', 'c1', 'c2', 'c3']);
    expect(own!.stage).toEqual(['untreated', 'residual', 'residual', 'residual']);
    expect(own!.persister).toEqual([false, true, false, null]);
  });

  it('gives no clone to a cell with two barcodes', () => {
    expect(evidence[0]!.labels[0]!.values).toEqual(['X', 'X', null, 'Y']);
  });
});

const arm = (name: string, call: ArmCall['call']): ArmCall => ({
  ...{ arm: name, call, reason: null, posterior: [0, 1, 0], effect: 0, standardError: 1 },
  ...{ nGenes: 50, nAgreeing: 25, nCells: 10 },
});
const clone = (number: number, altered: boolean, arms: readonly ArmCall[]): CopyNumberClone => ({
  ...{ clone: number, altered, nCells: 2, cellsBySample: [], arms, segments: [], profile: new Float32Array(0) },
});
const cells: CellCounts = {
  counts: {
    kind: 'csr',
    shape: [4, 1],
    indptr: new Uint32Array(5),
    indices: new Uint32Array(0),
    data: new Float32Array(0),
  },
  genes: ['G'],
  barcodes: ['c1', 'c2', 'c1', 'c2'],
  sampleOf: Uint32Array.from([0, 0, 1, 1]),
  samples: samples.map((sample) => ({ ...sample, treatment: 'none', technology: '10x' })),
};

function found(
  comparedWith: 'normal' | 'untreated',
  status: PatientCopyNumber['status'] = 'called',
): PatientCopyNumber {
  return {
    ...{ patient: 'A', status, reasons: status === 'called' ? [] : ['quiet-genome'], nGenes: 100, bins: [] },
    reference: { kind: 'cells', groups: [], fromOtherPatients: false, comparedWith },
    genomeArms: ['1p', '8q', '9p'].map((label) => ({
      ...{ label, chromosome: label.slice(0, -1), arm: label.endsWith('p') ? 'p' : 'q' },
      ...{ firstGene: 0, endGene: 0, firstBin: 0, endBin: 0 },
    })),
    samples: [],
    clones: [
      clone(1, true, [arm('1p', 'neutral'), arm('8q', 'gain'), arm('9p', 'gain')]),
      clone(2, false, [arm('1p', 'neutral'), arm('8q', 'neutral'), arm('9p', 'gain')]),
    ],
    cells: {
      row: Uint32Array.from([0, 1, 2, 3]),
      isReference: Uint8Array.from([1, 0, 0, 0]),
      alteredProbability: new Float64Array(4),
      clone: Uint8Array.from([0, 2, 1, 0]),
      abstained: [null, null, null, 'uncertain'],
      armScores: new Float32Array(0),
    },
    heatmap: { cells: new Uint32Array(0), values: new Float32Array(0) },
    alleles: [],
    warnings: [],
  };
}

describe('copyNumberEvidence', () => {
  it('leaves normal reference cells out and names clones; arms are those that differ between clones', () => {
    const evidence = copyNumberEvidence(found('normal'), cells, states);
    expect(evidence.sample).toEqual(['A0', 'A1', 'A1']);
    expect(evidence.persister).toEqual([null, true, false]);
    expect(evidence.labels.map(({ name, values }) => [name, values])).toEqual([
      ['clone', ['clone 2', 'clone 1', null]],
      ['8q', ['neutral', 'gain', null]],
    ]);
  });

  it('takes untreated reference cells for what they are, and unaltered clones with them', () => {
    const evidence = copyNumberEvidence(found('untreated'), cells, states);
    expect(evidence.labels[0]!.values).toEqual(['as untreated', 'as untreated', 'clone 1', null]);
    expect(evidence.labels.map(({ name }) => name)).toEqual(['clone', '8q', '9p']);
    expect(evidence.labels[2]!.values).toEqual(['neutral', 'gain', 'gain', null]);
  });

  it('abstains with the reason where nothing is called', () => {
    const evidence = copyNumberEvidence(found('normal', 'cannot-tell'), cells, states);
    expect(evidence).toMatchObject({ abstained: 'copy number cannot be told: quiet-genome', labels: [] });
  });
});
