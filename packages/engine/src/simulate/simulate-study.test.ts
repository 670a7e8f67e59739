import { beforeAll, describe, expect, it } from 'vitest';
import { AbortedError } from '../core/errors.js';
import { hashParts } from '../core/hash.js';
import type { Progress } from '../core/context.js';
import { createCompressed } from '../data/matrix.js';
import { resolveSimulationOptions } from './options.js';
import { simulateStudy, type SimulatedStudy } from './simulate-study.js';

const small = { genes: 1000, cells: 40, patients: 8, seed: 1 };

/** Hash of every number an analysis would see, and of the truth. */
function hashOf(study: SimulatedStudy): string {
  const cells = study.samples.flatMap(({ sample, cells }) => {
    if (cells?.X.kind !== 'csr') return [];
    return [sample, ...cells.obsNames, cells.X.indptr, cells.X.indices, cells.X.data];
  });
  const tables = Object.entries(study.tables).flatMap(([patient, table]) => [patient, table.values]);
  const side = [study.regulons, study.perturbation, study.volumes].map((part) =>
    JSON.stringify(part, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)),
  );
  return hashParts([...cells, ...tables, ...side, JSON.stringify(study.truth)]);
}

describe('simulateStudy', () => {
  let study: SimulatedStudy;
  beforeAll(() => {
    study = simulateStudy(small);
  });

  it('mirrors the reference study: five single-cell patients, three bulk ones, two without relapse', () => {
    const { patients } = study.truth;
    expect(
      patients
        .map((p) => p.role)
        .filter((role) => role !== 'reversible')
        .sort(),
    ).toEqual(['artefact', 'clonal-resistance', 'null']);
    expect(patients.filter((p) => p.technology === 'bulk-rnaseq')).toHaveLength(3);
    expect(patients.filter((p) => !p.stages.includes('relapse'))).toHaveLength(2);
    expect(new Set(patients.flatMap((p) => p.treatments)).size).toBe(3);
    expect(new Set(study.samples.map((s) => s.technology))).toEqual(new Set(['10x-v3', '10x-v2', 'bulk-rnaseq']));
    expect(new Set(study.samples.map((s) => s.sample)).size).toBe(study.samples.length);
  });

  it('gives one sample per stage to single-cell patients and three replicates to bulk ones', () => {
    const of = (patient: string, stage: string): number =>
      study.samples.filter((s) => s.patient === patient && s.stage === stage).length;
    expect([of('P01', 'untreated'), of('P01', 'residual'), of('P01', 'relapse')]).toEqual([1, 1, 1]);
    expect([of('P02', 'untreated'), of('P02', 'residual'), of('P02', 'relapse')]).toEqual([3, 3, 3]);
    expect([of('P06', 'untreated'), of('P06', 'residual'), of('P06', 'relapse')]).toEqual([3, 6, 6]);
    expect(of('P08', 'relapse')).toBe(0);
  });

  it('makes valid counts', () => {
    for (const { cells } of study.samples) {
      if (cells === null) continue;
      expect(cells.X.kind).toBe('csr');
      if (cells.X.kind === 'csr') createCompressed(cells.X);
      expect(cells.X.data.every((value) => Number.isInteger(value) && value > 0)).toBe(true);
      expect(cells.X.shape[0]).toBeGreaterThanOrEqual(20);
      expect(cells.X.shape[0]).toBeLessThanOrEqual(40);
    }
    for (const table of Object.values(study.tables)) {
      expect(table.values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    }
  });

  it('keeps the truth out of the data sets', () => {
    for (const { cells } of study.samples) {
      expect(cells?.obs ?? []).toEqual([]);
      expect(cells?.var ?? []).toEqual([]);
      expect(cells?.uns ?? {}).toEqual({});
    }
  });

  it('plants 60 genes up and 30 down, with the marker on top', () => {
    const { programme, marker } = study.truth;
    expect(programme.up).toHaveLength(60);
    expect(programme.down).toHaveLength(30);
    const strongest = [...programme.up].sort((a, b) => b.log2Effect - a.log2Effect)[0];
    expect(strongest?.gene).toBe(marker.shared);
    expect(programme.down.every((gene) => gene.log2Effect < 0)).toBe(true);
  });

  it('plants an arm gain, a dissociation artefact and an iron axis of each sign', () => {
    const { arm, dissociation, iron, treatments } = study.truth;
    expect(arm.patient).toBe('P03');
    expect(arm.genes.length).toBeGreaterThanOrEqual(10);
    expect(arm.genes).not.toContain(study.truth.regulator.symbol);
    expect(dissociation.patient).toBe('P05');
    expect(dissociation.genes.every((gene) => gene.log2Effect > 0)).toBe(true);
    expect(iron.map((axis) => axis.direction).sort()).toEqual(['overload', 'starvation']);
    const cd44 = iron.map((axis) => Math.sign(axis.genes.find((g) => g.gene === 'CD44')?.log2Effect ?? 0));
    expect(cd44.sort()).toEqual([-1, 1]);
    expect(treatments).toHaveLength(3);
    expect(new Set(treatments.flatMap((t) => t.genes.map((g) => g.gene))).size).toBe(90);
  });

  it('records the state of every cell, and no survivor in the null patient', () => {
    const { cellStates, samples } = study.truth;
    for (const sample of samples) {
      const states = cellStates[sample.sample];
      if (sample.cells === null) expect(states).toBeUndefined();
      else {
        expect(states).toHaveLength(sample.cells.total);
        expect(states?.filter((state) => state === 'persister')).toHaveLength(sample.cells.persister);
      }
      if (sample.patient === 'P04') expect(sample.cells).toMatchObject({ persister: 0, resistant: 0 });
    }
    expect(cellStates['P03_relapse']?.every((state) => state !== 'persister')).toBe(true);
  });

  it('has the planted fractions: 1 % before, 60–95 % during, 2 % after', () => {
    for (const sample of study.truth.samples) {
      if (sample.patient === 'P04' || sample.patient === 'P03') continue;
      const { stage, persisterFraction } = sample;
      if (stage === 'untreated') expect(persisterFraction).toBe(0.01);
      if (stage === 'relapse') expect(persisterFraction).toBe(0.02);
      if (stage === 'residual') {
        expect(persisterFraction).toBeGreaterThanOrEqual(0.6);
        expect(persisterFraction).toBeLessThanOrEqual(0.95);
      }
    }
  });

  it('gives the same numbers for the same options and others for another seed', () => {
    const again = simulateStudy(small);
    expect(hashOf(again)).toBe(hashOf(study));
    expect(hashOf(simulateStudy({ ...small, seed: 2 }))).not.toBe(hashOf(study));
  });

  it('gives the pinned numbers on every host', () => {
    expect(hashOf(study)).toBe('81929bb7e35004c403fe52f45696523e0d7de75c4a8693dccc34713995f1817c');
  });

  it('names the plain genes from the given list, each once, and numbers the rest', () => {
    const names = ['GENE-A', 'GENE-A', 'KRT14', ...Array.from({ length: 20 }, (_, i) => `NAME${String(i)}`)];
    const named = simulateStudy({ ...small, geneNames: names });
    const genes = named.samples.find((s) => s.cells !== null)?.cells?.varNames ?? [];
    expect(genes).toHaveLength(1000);
    expect(new Set(genes).size).toBe(1000);
    expect(genes.filter((gene) => gene.startsWith('NAME'))).toHaveLength(20);
    expect(genes).toContain('GENE-A');
    expect(genes).toContain('SIM00001');
  });

  it('puts the gain on the given arm of the genes', () => {
    const genes = study.samples.find((s) => s.cells !== null)?.cells?.varNames ?? [];
    const geneArms = Object.fromEntries(genes.map((gene, i) => [gene, i % 30 === 0 ? '8q' : '2p']));
    const { arm } = simulateStudy({ ...small, geneArms }).truth;
    expect(arm).toMatchObject({ arm: '8q', factor: 1.5 });
    expect(arm.genes).toEqual(genes.filter((_, i) => i % 30 === 0));
  });

  it('refuses gene arms that leave nothing to gain', () => {
    expect(() => simulateStudy({ ...small, geneArms: { KRT14: '17q' } })).toThrow(/too few simulated genes on 8q/);
  });

  it('plants another regulator on request, but none that has another role', () => {
    const { regulator } = simulateStudy({ ...small, regulator: 'ELF3' }).truth;
    expect(regulator.symbol).toBe('ELF3');
    expect(regulator.targets).toHaveLength(40);
    expect(() => simulateStudy({ ...small, regulator: 'JUN' })).toThrow(/JUN cannot be the planted regulator/);
  });

  it('makes every patient beyond the eighth reversible', () => {
    const { patients } = simulateStudy({ ...small, patients: 11 }).truth;
    expect(patients.slice(8).map((p) => p.role)).toEqual(['reversible', 'reversible', 'reversible']);
    expect(patients[10]).toMatchObject({ patient: 'P11', technology: '10x-v3', reversal: 'returned' });
  });

  it('reports each sample and stops on request', () => {
    const seen: Progress[] = [];
    simulateStudy(small, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map((p) => p.done)).toEqual(study.samples.map((_, i) => i + 1));
    const stop = new AbortController();
    stop.abort();
    expect(() => simulateStudy(small, { signal: stop.signal })).toThrow(AbortedError);
  });

  it.each([
    [{ patients: 4 }, /option patients/],
    [{ genes: 10 }, /option genes/],
    [{ seed: -1 }, /option seed/],
    [{ regulator: 'A B' }, /option regulator/],
    [{ colour: 'red' }, /colour/],
  ])('refuses the options %j', (options, message) => {
    expect(() => resolveSimulationOptions(options)).toThrow(message);
  });
});
