import { describe, expect, it } from 'vitest';
import type { CsrMatrix } from '../data/matrix.js';
import { mitochondrialGenes } from './gene-symbols.js';
import { resolveSimulationOptions } from './options.js';
import { simulationParameters } from './parameters.js';
import { type SimulatedStudy, simulateStudy } from './simulate-study.js';
import { noTroubles, simulatedTroubles } from './troubles.js';

const sizes = { genes: 1000, cells: 600, seed: 3, patients: 5 };
const study = simulateStudy(sizes);
const plain = simulateStudy({ ...sizes, cells: 100, troubles: false });

interface Barcode {
  readonly sample: string;
  readonly kind: string;
  readonly state: string;
  readonly lineage: string | null;
  readonly cycling: boolean;
  readonly phase: string;
  readonly partner: { readonly state: string } | null;
  /** Count of each gene. */
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

function barcodes({ samples, truth }: SimulatedStudy): readonly Barcode[] {
  return samples.flatMap(({ sample, cells }) => {
    const known = truth.cells[sample];
    if (cells === null || known === undefined) return [];
    const { indptr, indices, data } = cells.X as CsrMatrix;
    return cells.obsNames.map((_, i): Barcode => {
      const [start, end] = [indptr[i]!, indptr[i + 1]!];
      const counts = Array.from(indices.subarray(start, end), (g, k): [string, number] => [
        cells.varNames[g]!,
        data[start + k]!,
      ]);
      const total = counts.reduce((sum, [, count]) => sum + count, 0);
      const of = <T>(list: readonly T[]): T => list[i]!;
      const { kind, state, lineage, cycling, phase, partner } = known;
      return {
        sample,
        kind: of(kind),
        state: of(state),
        lineage: of(lineage),
        cycling: of(cycling),
        phase: of(phase),
        partner: of(partner),
        counts: new Map(counts),
        total,
      };
    });
  });
}

const all = barcodes(study);
const good = all.filter(({ kind }) => kind === 'good');
const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const fraction = (cells: readonly Barcode[], is: (cell: Barcode) => boolean): number =>
  cells.filter(is).length / cells.length;
const share = (genes: readonly string[]) => (cell: Barcode) =>
  genes.reduce((sum, gene) => sum + (cell.counts.get(gene) ?? 0), 0) / cell.total;
const mitochondria = share(mitochondrialGenes);

describe('the troubles of a simulated study', () => {
  it('plants about 4 % doublets, sums of two cells whose states are recorded', () => {
    const doublets = all.filter(({ kind }) => kind === 'doublet');
    expect(fraction(all, ({ kind }) => kind === 'doublet')).toBeCloseTo(0.04, 1.9);
    expect(doublets.every(({ partner }) => partner !== null)).toBe(true);
    expect(doublets.some(({ state, partner }) => state !== partner?.state)).toBe(true);
    expect(all.every(({ kind, partner }) => kind === 'doublet' || partner === null)).toBe(true);
    expect(average(doublets.map((c) => c.total)) / average(good.map((c) => c.total))).toBeCloseTo(1.95, 0.8);
  });

  it('plants about 3 % damaged cells: few counts, many of them mitochondrial', () => {
    const damaged = all.filter(({ kind }) => kind === 'low-quality');
    expect(fraction(all, ({ kind }) => kind === 'low-quality')).toBeCloseTo(0.03, 1.9);
    expect(average(damaged.map((c) => c.total))).toBeLessThan(0.35 * average(good.map((c) => c.total)));
    expect(average(damaged.map(mitochondria))).toBeGreaterThan(0.3);
  });

  it('gives good cells 5 to 10 % mitochondrial counts', () => {
    for (const { sample, mitochondrialShare } of study.truth.samples) {
      const cells = good.filter((cell) => cell.sample === sample);
      if (cells.length === 0) continue;
      const found = average(cells.map(mitochondria));
      expect(found).toBeGreaterThan(0.045);
      expect(found).toBeLessThan(0.115);
      expect(found / (mitochondrialShare ?? NaN)).toBeCloseTo(1, 0.7);
    }
  });

  it('plants normal cells with their markers in some single-cell patients', () => {
    const normal = all.filter(({ kind }) => kind === 'host');
    expect(new Set(normal.map(({ sample }) => sample.slice(0, 3)))).toEqual(new Set(['P01', 'P04']));
    for (const { sample, normalFraction } of study.truth.samples) {
      expect(normalFraction === 0 || (normalFraction > 0.05 && normalFraction < 0.08), sample).toBe(true);
    }
    const level = (gene: string, lineage: string | null): number =>
      average(all.filter((c) => c.lineage === lineage && c.kind !== 'doublet').map(share([gene])));
    for (const [gene, lineage] of [
      ['CD3E', 'T cell'],
      ['CD68', 'macrophage'],
      ['COL1A1', 'fibroblast'],
      ['PECAM1', 'endothelial cell'],
    ] as const) {
      expect(level(gene, lineage)).toBeGreaterThan(10 * level(gene, null));
    }
    expect(level('EPCAM', null)).toBeGreaterThan(5 * level('EPCAM', 'T cell'));
  });

  it('mixes 3 to 8 % of the sample into every droplet', () => {
    const tumour = good.filter(({ sample }) => sample === 'P01_residual').map(share(['CD3E', 'CD68', 'COL1A1']));
    const without = simulateStudy({ ...sizes, troubles: { ambient: false } });
    const clean = barcodes(without).filter(({ kind, sample }) => kind === 'good' && sample === 'P01_residual');
    expect(average(tumour)).toBeGreaterThan(average(clean.map(share(['CD3E', 'CD68', 'COL1A1']))));
    for (const { ambientShare } of study.truth.samples) {
      if (ambientShare !== null) expect(ambientShare > 0.03 && ambientShare < 0.08).toBe(true);
    }
    expect(without.truth.samples.every(({ ambientShare }) => ambientShare === null)).toBe(true);
  });

  it('has cycling and non-cycling cells among persisters and others', () => {
    const cycling = (state: string): number =>
      fraction(
        good.filter((c) => c.state === state),
        (c) => c.cycling,
      );
    expect(Math.abs(cycling('sensitive') - 0.35)).toBeLessThan(0.05);
    expect(Math.abs(cycling('persister') - 0.2)).toBeLessThan(0.05);
    const g2m = study.truth.cellCycle.g2m.map(({ gene }) => gene);
    const level = (phase: string): number =>
      average(good.filter((c) => c.state === 'persister' && c.phase === phase).map(share(g2m)));
    expect(level('G2M')).toBeGreaterThan(2 * level('G1'));
  });

  it('can be switched off, together or one by one', () => {
    expect(plain.truth.troubles).toEqual(noTroubles);
    const cells = barcodes(plain);
    expect(cells.every(({ kind, cycling, lineage }) => kind === 'good' && !cycling && lineage === null)).toBe(true);
    expect(resolveSimulationOptions({ troubles: { doublets: false } }).troubles).toEqual({
      ...simulatedTroubles,
      doublets: false,
    });
    expect(() => resolveSimulationOptions({ troubles: { dublets: true } })).toThrow(/troubles/);
  });

  it('counts persisters among the good cells apart', () => {
    const residual = study.truth.samples.find(({ sample }) => sample === 'P01_residual')?.cells;
    const cells = good.filter(({ sample }) => sample === 'P01_residual');
    expect(residual?.good).toEqual({
      total: cells.length,
      persister: cells.filter(({ state }) => state === 'persister').length,
      resistant: 0,
    });
  });
});

describe('mouse cells', () => {
  const mixed = simulateStudy({ ...sizes, cells: 200, troubles: { mouseCells: true } });

  it('are in the first single-cell patient, with the genes of a mixed genome', () => {
    const genes = (patient: string): readonly string[] =>
      mixed.samples.find((s) => s.patient === patient)?.cells?.varNames ?? [];
    expect(genes('P01')).toHaveLength(2000);
    expect(genes('P01')).toContain('GRCh38_KRT14');
    expect(genes('P01')).toContain('mm10___Krt14');
    expect(genes('P01')).toContain('mm10___mt-Nd1');
    expect(genes('P03')).toHaveLength(1000);
  });

  it('have mouse counts, and tumour cells human ones', () => {
    const human = ({ counts, total }: Barcode): number =>
      [...counts].reduce((sum, [gene, count]) => sum + (gene.startsWith('GRCh38_') ? count : 0), 0) / total;
    const cells = barcodes(mixed).filter(({ sample }) => sample.startsWith('P01'));
    const mouse = cells.filter(({ lineage, kind }) => lineage === 'mouse' && kind === 'host');
    expect(mouse.length / cells.length).toBeGreaterThan(0.05);
    expect(Math.max(...mouse.map(human))).toBeLessThan(0.3);
    expect(Math.min(...cells.filter(({ kind }) => kind === 'good').map(human))).toBeGreaterThan(0.9);
  });
});

describe('what a test can change', () => {
  it('takes roles, one technology for all, and any constant of the model', () => {
    const changed = simulateStudy({
      ...sizes,
      cells: 40,
      roles: ['reversible', 'artefact-only', 'reversible'],
      technology: '10x-v3',
      parameters: { persisterFractionUntreated: 0.2 },
    });
    expect(changed.samples.every(({ technology }) => technology === '10x-v3')).toBe(true);
    expect(changed.truth.patients.map(({ role }) => role)).toEqual([
      'reversible',
      'artefact-only',
      'reversible',
      'null',
      'artefact',
    ]);
    expect(changed.truth.patients[1]).toMatchObject({ programme: 'none', reversal: 'nothing to reverse' });
    expect(changed.truth.dissociation.patient).toBe('P02');
    expect(changed.truth.arm.patient).toBeNull();
    expect(changed.truth.parameters).toEqual({ ...simulationParameters, persisterFractionUntreated: 0.2 });
    const untreated = changed.truth.samples.find(({ sample }) => sample === 'P01_untreated');
    expect(untreated?.persisterFraction).toBe(0.2);
  });

  it.each([
    { parameters: { patientSpraed: 1 } },
    { parameters: { patientSpread: -1 } },
    { parameters: { programmeEffect: 2 } },
    { roles: ['hero'] },
    { technology: 'microarray' },
  ])('refuses %j', (options) => {
    expect(() => resolveSimulationOptions(options)).toThrow(/Simulation option/);
  });
});
