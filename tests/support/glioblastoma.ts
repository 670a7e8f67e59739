import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type CellCounts, type CellSample, createCellCounts, type CsrMatrix, selectRows } from '@remnant/engine';
import { readCells } from '@remnant/formats';
import { nodeSource } from '@remnant/host/node';

/** Slices of five glioblastomas, each kept with vehicle and with panobinostat: 500 cells and 300 variable genes of each. */
const folder = new URL('../../../shared/data/singlecell/gbm_panobinostat_zhao', import.meta.url);
const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');

/** Whether the slices are beside this checkout. */
export const glioblastomaIsPresent: boolean = required || existsSync(folder);
if (!glioblastomaIsPresent) console.warn('Skipped: the glioblastoma slices are not in ../shared beside this checkout.');

/** The cells, one sample per patient and arm; vehicle counts as untreated, the drug as residual. */
export async function readGlioblastoma(): Promise<CellCounts> {
  const { X, varNames, obsNames } = await readCells(
    nodeSource(fileURLToPath(new URL('.', folder))),
    'gbm_panobinostat_zhao',
    {
      memoryGib: 1,
    },
  );
  const arms = armOfCell();
  const keys = [...new Set(arms.values())].sort();
  const samples = keys.map((key): CellSample => {
    const [patient = '', arm = ''] = key.split(' ');
    const stage = arm === 'ctrl' ? 'untreated' : 'residual';
    return { sample: key, patient, stage, treatment: arm, technology: 'microwell' };
  });
  const sampleOf = obsNames.map((cell) => keys.indexOf(arms.get(cell) ?? ''));
  const order = obsNames.map((_, i) => i).sort((a, b) => sampleOf[a]! - sampleOf[b]! || a - b);
  return createCellCounts({
    counts: selectRows(X as CsrMatrix, order),
    genes: varNames,
    barcodes: order.map((i) => obsNames[i]!),
    sampleOf: Uint32Array.from(order, (i) => sampleOf[i]!),
    samples,
  });
}

/** Patient and arm of each cell. Fields hold commas within quotes. */
function armOfCell(): ReadonlyMap<string, string> {
  const text = gunzipSync(readFileSync(new URL('gbm_panobinostat_zhao/obs.csv.gz', folder)))
    .toString('utf8')
    .trim();
  const [header = [], ...rows] = text
    .split('\n')
    .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map((m) => m[1] ?? m[2] ?? ''));
  const at = (name: string): number => header.indexOf(name);
  return new Map(rows.map((row) => [row[at('cell')]!, `${row[at('patient_id')]!} ${row[at('condition')]!}`]));
}
