import { describe, expect, it } from 'vitest';
import { simulateStudy } from './simulate-study.js';

const study = simulateStudy({ seed: 4, genes: 1000, cells: 300 });
const column = (name: string): readonly (string | null)[] =>
  study.lineages.columns.find((one) => one.name === name)!.values as readonly (string | null)[];
const rows = column('sample').map((sample, i) => ({ sample, cell: column('cell')[i], barcode: column('barcode')[i] }));
const truthOf = (sample: string): NonNullable<(typeof study.truth.cells)[string]> => study.truth.cells[sample]!;

describe('simulateLineages', () => {
  it('reads a barcode in half of the tumour cells and in no normal cell', () => {
    const withBarcode = new Set(rows.map(({ sample, cell }) => `${String(sample)}/${String(cell)}`));
    let [tumour, read] = [0, 0];
    for (const sample of Object.keys(study.truth.cells)) {
      const truth = truthOf(sample);
      truth.barcodes.forEach((cell, i) => {
        const has = withBarcode.has(`${sample}/${cell}`);
        if (truth.state[i] === 'normal' && truth.partner[i] === null) expect(has).toBe(false);
        if (truth.state[i] === 'normal' || truth.partner[i] !== null) return;
        tumour++;
        if (has) read++;
      });
    }
    expect(read / tumour).toBeGreaterThan(0.47);
    expect(read / tumour).toBeLessThan(0.53);
  });

  it('gives all cells of the resistant clone one barcode, which no other cell has', () => {
    const barcode = study.truth.resistantClones['P03'];
    expect(Object.keys(study.truth.resistantClones)).toEqual(['P03']);
    for (const { sample, cell, barcode: own } of rows.filter((row) => row.sample!.startsWith('P03'))) {
      const truth = truthOf(sample!);
      const place = truth.barcodes.indexOf(cell!);
      if (truth.partner[place] !== null) continue;
      expect(own === barcode).toBe(truth.state[place] === 'resistant');
    }
  });

  it('keeps the clones of a patient over its stages, and shares none between patients', () => {
    const of = (prefix: string): Set<string> =>
      new Set(rows.filter(({ sample }) => sample!.startsWith(prefix)).map(({ barcode }) => barcode!));
    const [before, under] = [of('P01_untreated'), of('P01_residual')];
    expect([...under].filter((clone) => before.has(clone)).length).toBeGreaterThan(0.3 * under.size);
    expect([...of('P01')].filter((clone) => of('P07').has(clone))).toEqual([]);
  });

  it('does not change what else is drawn', () => {
    const other = simulateStudy({ seed: 4, genes: 1000, cells: 300, parameters: { barcodedFraction: 0.1 } });
    expect(other.samples[0]!.cells!.X).toEqual(study.samples[0]!.cells!.X);
    expect(other.lineages.nRows).toBeLessThan(study.lineages.nRows / 3);
  });
});
