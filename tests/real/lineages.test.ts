import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  cloneDiversity,
  cloneOverlap,
  cloneSizes,
  cloneStateTest,
  type LineageSample,
  lineageShift,
  mergeBarcodes,
  type OriginVerdict,
} from '@remnant/engine';
import { readTextTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../support/inline-context.js';

/** Lineage barcodes of MDA-MB-468 under 5-FU (science.md 1.4) and of idling SKMEL5 cells. */
const folder = fileURLToPath(new URL('../../../shared/data/singlecell/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn('Skipped: lineage barcodes: ../shared is not beside this checkout.');

interface Sample {
  readonly clone: readonly (string | null)[];
  readonly state: readonly (string | null)[];
}

function readMm468(): Map<string, Sample> {
  const path = `${folder}tnbc_mm468_5fu_marsolier/cells_metadata_umap.csv.gz`;
  const { columns, rows } = readTextTable(readFileSync(path), path);
  const at = (name: string): number => columns.indexOf(name);
  const cells = new Map<string, { clone: (string | null)[]; state: (string | null)[] }>();
  for (const row of rows) {
    const name = (row[at('sample_id')] as string).replace(/^MM468_(5FU\d_)?/, '');
    const sample = cells.get(name) ?? { clone: [], state: [] };
    const barcode = row[at('cons_BC_lenti')];
    sample.clone.push(barcode === undefined || barcode === '' || barcode === 'NA' ? null : barcode);
    sample.state.push(row[at('louvain_partition')] ?? null);
    cells.set(name, sample);
  }
  return cells;
}

function countsOf(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe.skipIf(!present)('MDA-MB-468 under 5-FU', () => {
  const samples = present ? readMm468() : new Map<string, Sample>();
  const sample = (name: string): Sample => samples.get(name) as Sample;
  const shiftTo = (name: string): ReturnType<typeof lineageShift> => {
    const lineage = ({ clone, state }: Sample): LineageSample => ({
      clones: cloneSizes(clone),
      states: countsOf(state),
    });
    return lineageShift([lineage(sample('chemonaive')), lineage(sample(name))]);
  };

  it.each([
    ['chemonaive', 2845, 197, 144, '0.73', '4.6', '118.7', '114.9'],
    ['day33', 5823, 395, 245, '0.62', '3.0', '186.2', '114.7'],
    ['day50', 4877, 346, 84, '0.24', '38', '21.6', '51.4'],
    ['day67', 1932, 197, 40, '0.20', '30', '14.6', '34.7'],
    ['day77', 7824, 297, 54, '0.18', '47', '12.3', '36.9'],
    ['day202', 3849, 326, 5, '0.015', '92', '1.4', '3.8'],
    ['day214', 4945, 235, 4, '0.017', '99', '1.1', '2.9'],
  ])('%s: %i cells, %i barcoded, %i clones', (name, cells, barcoded, clones, perCell, top, effective, rarefied) => {
    const found = cloneDiversity(cloneSizes(sample(name).clone));
    const digits = (text: string): number => text.split('.')[1]?.length ?? 0;
    expect(sample(name).clone.length).toBe(cells);
    expect([found.nBarcoded, found.nClones]).toEqual([barcoded, clones]);
    expect(found.clonesPerCell.toFixed(digits(perCell))).toBe(perCell);
    expect((100 * (found.topShare.value as number)).toFixed(digits(top))).toBe(top);
    expect((found.effectiveClones.value as number).toFixed(1)).toBe(effective);
    expect((found.rarefiedClones.value as number).toFixed(1)).toBe(rarefied);
    expect(found.sufficient).toBe(true);
    for (const { low, value, high } of [found.topShare, found.effectiveClones, found.rarefiedClones]) {
      expect(low as number).toBeLessThanOrEqual(value as number);
      expect(high as number).toBeGreaterThanOrEqual(value as number);
    }
  });

  it('day 171 is insufficient', () => {
    const found = cloneDiversity(cloneSizes(sample('day171').clone));
    expect(found.sufficient).toBe(false);
    expect([found.topShare.value, found.effectiveClones.value, found.rarefiedClones.value]).toEqual([null, null, null]);
    expect(shiftTo('day171').verdict).toBe('cannot tell');
    expect(shiftTo('day171').reasons[0]).toMatch(/^insufficient: 1 barcoded cells/);
  });

  it('entry into persistence is adaptation, resistance is selection', () => {
    const verdicts = Object.fromEntries(
      ['day33', 'day50', 'day67', 'day77', 'day202', 'day214'].map((name) => [name, shiftTo(name).verdict]),
    );
    expect(verdicts).toEqual({
      day33: 'adaptation',
      day50: 'mixed',
      day67: 'selection',
      day77: 'selection',
      day202: 'selection',
      day214: 'selection',
    } satisfies Record<string, OriginVerdict>);
    expect(shiftTo('day33').stateChange as number).toBeGreaterThanOrEqual(0.98);
    const { value, low, high } = shiftTo('day33').diversityKept;
    expect(value).toBeCloseTo(1, 2);
    // The verdict's own limit: at most a quarter of the clones lost.
    expect(low as number).toBeGreaterThan(0.75);
    expect(high as number).toBeLessThan(1.25);
  });

  it('99 % of day 33 cells left the partition of untreated cells', () => {
    const counts = countsOf(sample('day33').state);
    const untreated = [...countsOf(sample('chemonaive').state)].sort((a, b) => b[1] - a[1])[0]?.[0];
    expect(untreated).toBe('C10');
    expect(1 - (counts.get('C10') ?? 0) / sample('day33').state.length).toBeGreaterThanOrEqual(0.99);
  });

  it('within day 50, diversity splits by state, and clone and state go together', () => {
    const { clone, state } = sample('day50');
    const within = (name: string): number =>
      cloneDiversity(cloneSizes(clone.filter((_, i) => state[i] === name))).clonesPerCell;
    expect(within('C2').toFixed(3)).toBe('0.456');
    expect(within('C4').toFixed(3)).toBe('0.098');
    const test = cloneStateTest({ clone, state }, { label: 'day50' }, inlineContext({}));
    expect(test.pValue).toBeLessThan(0.01);
    expect(test.heritability.low as number).toBeGreaterThan(0);
  });

  it('clones of day 202 and day 33 overlap less than those of day 50 and day 77', () => {
    const overlap = (a: string, b: string): number =>
      cloneOverlap([cloneSizes(sample(a).clone), cloneSizes(sample(b).clone)]).morisita.value as number;
    expect(overlap('day50', 'day77')).toBeGreaterThan(overlap('day33', 'day202'));
  });
});

describe.skipIf(!present)('idling SKMEL5 cells', () => {
  const read = (file: string): (string | null)[] => {
    const path = `${folder}skmel5_idling_barcodes_hayford/${file}_LineageBC_cellBC.csv.gz`;
    const { rows } = readTextTable(readFileSync(path), path);
    return (rows[0] as readonly string[]).slice(1).map((barcode) => (barcode === '' ? null : barcode));
  };

  it('diversity and overlap come with intervals', () => {
    const [untreated, idling] = ['Untreated', 'Treated'].map((file) => cloneSizes(read(file))) as [
      ReturnType<typeof cloneSizes>,
      ReturnType<typeof cloneSizes>,
    ];
    const before = cloneDiversity(untreated, { depth: 1000 });
    const after = cloneDiversity(idling, { depth: 1000 });
    const shift = lineageShift(
      [
        { clones: untreated, states: new Map([['growing', 1]]) },
        { clones: idling, states: new Map([['idling', 1]]) },
      ],
      { depth: 1000 },
    );
    const overlap = cloneOverlap([untreated, idling]);
    for (const estimate of [before.effectiveClones, after.rarefiedClones, shift.diversityKept, overlap.morisita]) {
      expect(estimate.status).toBe('ok');
      expect(estimate.low as number).toBeLessThan(estimate.high as number);
    }
  });

  it('merging reading errors changes few cells', () => {
    const counts = countsOf(read('Treated'));
    const merged = mergeBarcodes(counts);
    expect(merged.length).toBeLessThan(counts.size / 2);
  });
});
