import { createDataset, type Dataset, pow, type ProgrammeInput } from '@remnant/engine';
import { loadGeneTable, tenxFolder, writeH5ad } from '@remnant/formats';
import { type PlantedPatient, plantedStudy } from './planted-study.js';

/** Files of a study by path, and what stands in them. */
export interface MixedStudy {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The planted counts by current symbol, genes × samples. */
  readonly input: ProgrammeInput;
  readonly ensemblIds: readonly string[];
}

const cellsPerSample = 10;
const arms = { untreated: 2, residual: 2, relapse: 2 };
const patients: readonly PlantedPatient[] = ['T1', 'T2', 'C1', 'C2'].map((patient) => ({ patient, ...arms }));

/**
 * One planted study in four formats: T1 is a table of counts by symbol, T2 a table by Ensembl id, C1 one 10x folder per
 * sample, C2 one .h5ad per sample.
 */
export async function mixedStudy(): Promise<MixedStudy> {
  const planted = plantedStudy(patients, { genes: 200 });
  const { symbols, ensemblIds } = await realGenes(200);
  const input: ProgrammeInput = { ...planted.input, counts: { ...planted.input.counts, genes: symbols } };
  const files: Record<string, Uint8Array> = {
    'study.yaml': encode('remnant: 1\ntitle: Mixed inputs\norganism: human\nsamples: samples.csv\n'),
    'samples.csv': encode(sampleSheet(input)),
    'T1.csv': countsTable(input, 'T1', symbols),
    'T2.tsv': countsTable(input, 'T2', ensemblIds, '\t'),
  };
  for (const [s, sample] of input.counts.samples.entries()) {
    const cells = cellsOf(input, s);
    if (input.patient[s] === 'C1') {
      for (const [name, bytes] of Object.entries(tenxFolder(cells, 'v3'))) files[`cells/${sample}/${name}`] = bytes;
    }
    if (input.patient[s] === 'C2') files[`cells/${sample}.h5ad`] = await writeH5ad(cells);
  }
  return { files, input, ensemblIds };
}

/** A table of one patient's columns. */
export function countsTable(
  { counts, patient }: ProgrammeInput,
  only: string,
  names: readonly string[],
  separator = ',',
  write: (value: number) => string = String,
): Uint8Array {
  const n = counts.samples.length;
  const columns = counts.samples.flatMap((_, s) => (patient[s] === only ? [s] : []));
  const header = ['gene', ...columns.map((s) => counts.samples[s] as string)];
  const rows = names.map((name, g) => [name, ...columns.map((s) => write(counts.values[g * n + s] as number))]);
  return encode(`${[header, ...rows].map((row) => row.join(separator)).join('\n')}\n`);
}

/** A value as log2 with enough digits to be taken back. */
export function asLog2(value: number): string {
  return Math.log2(value + 1).toFixed(12);
}

/** What reading a value written by `asLog2` gives. */
export function backFromLog2(value: number): number {
  return pow(2, Number(asLog2(value)));
}

/** Text as bytes. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Genes of the built-in table with one symbol and one id each. */
async function realGenes(n: number): Promise<{ readonly symbols: string[]; readonly ensemblIds: string[] }> {
  const table = await loadGeneTable('human');
  const rows = table.symbols
    .map((_, row) => row)
    .filter((row) => table.rowBySymbol.get(table.symbols[row] as string) === row && table.ensemblIds[row] !== '')
    .filter((row) => table.rowByEnsemblId.get(table.ensemblIds[row] as string) === row)
    .slice(1000, 1000 + n);
  return {
    symbols: rows.map((row) => table.symbols[row] as string),
    ensemblIds: rows.map((row) => table.ensemblIds[row] as string),
  };
}

function sampleSheet({ counts, patient, stage, treatment }: ProgrammeInput): string {
  const rows = counts.samples.map((sample, s) => {
    const own = patient[s] as string;
    const data = { T1: ['', 'T1.csv', sample], T2: ['', 'T2.tsv', sample], C1: [`cells/${sample}`, '', ''] }[own];
    const technology = own.startsWith('T') ? 'bulk' : '10x';
    return [sample, own, stage[s], treatment[s], technology, ...(data ?? [`cells/${sample}.h5ad`, '', ''])].join(',');
  });
  return `${['sample,patient,stage,treatment,technology,counts,expression,column', ...rows].join('\n')}\n`;
}

/** The counts of one sample dealt out to cells, one at a time where they do not divide. */
function cellsOf({ counts }: ProgrammeInput, s: number): Dataset {
  const n = counts.samples.length;
  const totals = counts.genes.map((_, g) => counts.values[g * n + s] as number);
  const share = (total: number, cell: number): number =>
    Math.floor(total / cellsPerSample) + (cell < total % cellsPerSample ? 1 : 0);
  const rows = Array.from({ length: cellsPerSample }, (_, cell) =>
    totals.flatMap((total, g) => (share(total, cell) > 0 ? [[g, share(total, cell)] as const] : [])),
  );
  const indptr = new Uint32Array(cellsPerSample + 1);
  rows.forEach((row, cell) => {
    indptr[cell + 1] = (indptr[cell] as number) + row.length;
  });
  return createDataset({
    X: {
      kind: 'csr',
      shape: [cellsPerSample, counts.genes.length],
      indptr,
      indices: Uint32Array.from(rows.flat(), ([g]) => g),
      data: Float64Array.from(rows.flat(), ([, value]) => value),
    },
    obsNames: rows.map((_, cell) => `CELL${String(cell)}-1`),
    varNames: counts.genes,
    obs: [],
    var: [],
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
  });
}
