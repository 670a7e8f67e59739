import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cloneTreatment, type CloneTreatment, treatmentArm, type TreatmentLibrary } from '@remnant/engine';
import { readTextTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';

/** Breast-cancer xenografts passaged with and without cisplatin, with copy-number clones (Kabeer et al. 2024). */
const folder = fileURLToPath(new URL('../../../shared/data/singlecell/tnbc_pdx_platinum_kabeer/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn('Skipped: clones under treatment: ../shared is not beside this checkout.');

type Row = Readonly<Record<string, string>>;

function read(file: string): readonly Row[] {
  const { columns, rows } = readTextTable(readFileSync(`${folder}${file}`), file);
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? ''])));
}

function cellsByMouse(): ReadonlyMap<string, Map<string, number>> {
  const mice = new Map<string, Map<string, number>>();
  for (const { id, unique_clone: clone } of read('clonealign_labels.csv.gz')) {
    if (id === undefined || clone === undefined || clone === 'unassigned') continue;
    const cells = mice.get(id) ?? new Map<string, number>();
    mice.set(id, cells.set(clone, (cells.get(clone) ?? 0) + 1));
  }
  return mice;
}

/** One library per mouse that has clone labels; the passage is that of the mouse's name (one row of SA609 disagrees with it). */
function readLibraries(): readonly TreatmentLibrary[] {
  const mice = cellsByMouse();
  return ['SA535', 'SA609', 'SA1035'].flatMap((patient) => {
    const rows = new Map(read(`${patient}_libraries.csv.gz`).map((row) => [row['mouse_id'] ?? '', row]));
    return [...rows].flatMap(([mouse, row]) => {
      const cells = mice.get(mouse);
      const arm = treatmentArm(row['treatment_st'] ?? row['treatmentSt'] ?? '');
      const passage = /X\d+(?=X)/.exec(mouse)?.[0];
      if (cells === undefined || arm === null || passage === undefined) return [];
      return [{ library: mouse, patient, passage, arm, cells }];
    });
  });
}

describe.skipIf(!present)('clones of xenografts under cisplatin', () => {
  const libraries = present ? readLibraries() : [];
  const found = cloneTreatment(libraries);
  const test = (patient: string, clone: string, from: CloneTreatment = found): CloneTreatment['tests'][number] =>
    from.tests.find((one) => one.patient === patient && one.clone === clone) as CloneTreatment['tests'][number];
  const byPassage = (patient: string, clone: string): string[] =>
    found.passages
      .filter((row) => row.patient === patient && row.clone === clone)
      .map(({ passage, difference }) => `${passage} ${(difference.value as number).toFixed(3)}`);

  it('has libraries of three patients, treated, withdrawn and untreated', () => {
    const counts = libraries.map(({ patient, arm }) => `${patient} ${arm}`);
    expect(
      Object.fromEntries([...new Set(counts)].sort().map((key) => [key, counts.filter((k) => k === key).length])),
    ).toEqual({
      'SA1035 treated': 4,
      'SA1035 untreated': 5,
      'SA535 treated': 5,
      'SA535 untreated': 5,
      'SA535 withdrawn': 4,
      'SA609 treated': 6,
      'SA609 untreated': 5,
      'SA609 withdrawn': 4,
    });
  });

  it('clone R of SA609 takes over under cisplatin and is never seen without it', () => {
    expect(byPassage('SA609', 'R')).toEqual(['X4 0.128', 'X5 0.984', 'X6 1.000', 'X7 0.684']);
    const untreated = found.shares.filter(
      ({ patient, arm, clone }) => patient === 'SA609' && arm === 'untreated' && clone === 'R',
    );
    expect(untreated).toEqual([]);
    const { meanDifference, pValue, pAdjusted, nPassages, nHigher } = test('SA609', 'R');
    expect([nPassages, nHigher]).toEqual([4, 4]);
    expect(meanDifference.value as number).toBeCloseTo(0.699, 3);
    expect(meanDifference.low as number).toBeCloseTo(0.051, 3);
    expect([pValue, pAdjusted].map((p) => p.toFixed(2))).toEqual(['0.04', '0.15']);
  });

  it('SA535 loses G and gains A, E and J; SA1035 gains G', () => {
    expect(byPassage('SA535', 'G')).toEqual(['X6 -0.177', 'X7 -0.248', 'X8 -0.589', 'X9 -0.958']);
    expect(['A', 'E', 'J'].map((clone) => test('SA535', clone).meanDifference.value?.toFixed(3))).toEqual([
      '0.314',
      '0.187',
      '0.198',
    ]);
    expect(['A', 'E', 'J'].map((clone) => test('SA535', clone).pAdjusted.toFixed(3))).toEqual([
      '0.069',
      '0.069',
      '0.069',
    ]);
    expect(byPassage('SA1035', 'G')).toEqual(['X5 0.137', 'X6 0.192', 'X7 0.327', 'X8 0.322']);
    expect(test('SA1035', 'G').pAdjusted.toFixed(3)).toBe('0.128');
  });

  it('no clone passes 5 % over passages, and the limits say why', () => {
    expect(found.tests.filter(({ pAdjusted }) => pAdjusted <= 0.05)).toEqual([]);
    expect(found.limits[0]).toMatch(/^12 of 12 passages have one library in an arm/);
    expect(found.limits[1]).toMatch(/^Passages of one patient descend from one another/);
  });

  it('after withdrawal SA609 keeps R from the third cycle on', () => {
    const withdrawn = cloneTreatment(libraries, { control: 'withdrawn' });
    const shares = withdrawn.shares.filter(
      ({ patient, arm, clone }) => patient === 'SA609' && arm === 'withdrawn' && clone === 'R',
    );
    expect(shares.map(({ library, share }) => `${library} ${(share.value as number).toFixed(2)}`).sort()).toEqual([
      'SA609X5XB03231 0.12',
      'SA609X5XB03235 0.01',
      'SA609X6XB03401 1.00',
      'SA609X7XB03510 1.00',
    ]);
    expect(test('SA535', 'A', withdrawn).meanDifference.value as number).toBeCloseTo(0.144, 3);
  });
});
