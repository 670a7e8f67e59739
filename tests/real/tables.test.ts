import { existsSync, readFileSync } from 'node:fs';
import { reconcileGenes } from '@remnant/engine';
import {
  type ExpressionTable,
  loadGeneTable,
  parseGeneClasses,
  parseGmt,
  parseRegulons,
  parseSurfaceome,
  readExpressionTable,
} from '@remnant/formats';
import { describe, expect, it } from 'vitest';

/** Tables and packs on real files, against pandas (reference/formats/make_reference.py). */
const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(new URL('data/bulk', shared));
if (!present) console.warn('Skipped: ../shared is not beside this checkout.');
interface ExpressionReference {
  readonly genes: number;
  readonly samples: string[];
  readonly sum: number;
  readonly columnSums: number[];
  readonly lastGene: string;
  readonly last: number;
}

const reference = JSON.parse(
  readFileSync(new URL('../../reference/formats/reference.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>;
const bytesOf = (path: string): Uint8Array => readFileSync(new URL(path, shared));
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

describe.skipIf(!present)('tables of the eight-patient study', () => {
  const table = (name: string): ExpressionTable => {
    const file = `data/bulk/tnbc_pdx_ap1_baudre/${name}.csv.gz`;
    return readExpressionTable(bytesOf(file), file);
  };

  it.each([
    ['common', 'common_rawcounts_8pdx', 'Symbol'],
    ['HBCx14', 'HBCx14_AC_rawmat', 'Symbol'],
    ['HBCx33', 'HBCx33_Cisplatin_rawmat', 'Symbol'],
  ])('%s holds what pandas reads, wherever its gene column is', (name, file, geneColumn) => {
    const expected = reference[name] as ExpressionReference;
    const found = table(file);
    const n = found.samples.length;
    expect([found.genes.length, found.samples, found.scale]).toEqual([expected.genes, expected.samples, 'counts']);
    expect(found.report.geneColumn).toBe(geneColumn);
    expect(found.genes.at(-1)).toBe(expected.lastGene);
    expect(found.values.at(-1)).toBe(expected.last);
    expect(sum(found.values)).toBe(expected.sum);
    expect(found.samples.map((_, s) => sum(found.values.filter((_v, i) => i % n === s)))).toEqual(expected.columnSums);
  });

  it('keeps the 9,394 genes of the merged table as they are', async () => {
    const { genes } = table('common_rawcounts_8pdx');
    const result = reconcileGenes([{ label: 'common', genes }], await loadGeneTable('human'), { organism: 'human' });
    expect(result.genes).toEqual(genes);
    expect(result.report[0]!.fractionKnown).toBeGreaterThan(0.99);
  });

  it('brings three technologies together: more genes than by name alone, spoiled symbols left out', async () => {
    const names = ['HBCx10_AC_rawmat', 'HBCx14_AC_rawmat', 'HBCx33_Cisplatin_rawmat'];
    const lists = names.map((name) => ({ label: name, genes: table(name).genes }));
    const result = reconcileGenes(lists, await loadGeneTable('human'), { organism: 'human' });
    const sets = lists.map((list) => new Set(list.genes));
    const alike = lists[0]!.genes.filter((gene) => sets.every((set) => set.has(gene)));
    expect(result.genes).toEqual(expect.arrayContaining(alike));
    expect(result.genes.length).toBeGreaterThan(alike.length + 500);
    expect(result.report.map((report) => report.excelDates.length)).toEqual([0, 0, 12]);
  });

  it('is refused as a mouse study', async () => {
    const lists = [{ label: 'HBCx14_AC_rawmat.csv.gz', genes: table('HBCx14_AC_rawmat').genes }];
    const mouse = await loadGeneTable('mouse');
    expect(() => reconcileGenes(lists, mouse, { organism: 'mouse' })).toThrow(
      /^HBCx14_AC_rawmat.csv.gz: These genes are written like human genes, but the study says mouse\./,
    );
  });
});

describe.skipIf(!present)('resource packs', () => {
  const pack = (path: string): Uint8Array => bytesOf(`resources/${path}`);

  it('are read whole', () => {
    const collectri = parseRegulons(pack('genesets/collectri_human_TF_target.csv.gz'), 'collectri');
    expect([collectri.edges.length, new Set(collectri.edges.map((edge) => edge.source)).size]).toEqual([43_056, 1186]);
    const trrust = parseRegulons(pack('genesets/trrust_v2_human.tsv.gz'), 'trrust');
    expect(trrust.report).toEqual({ nRows: 9398, nUnknown: 4325, nRepeated: 207, nContradictory: 207 });
    expect(parseGmt(pack('genesets/msigdb_hallmark_v7.0_human.gmt'), 'hallmark.gmt').sets).toHaveLength(50);
    expect(parseGmt(pack('genesets/gavish_3ca_metaprograms/Cancer.gmt'), 'Cancer.gmt').sets).toHaveLength(41);
    const ferrdb = parseGeneClasses(pack('genesets/ferrdb_v2_human.csv'), 'ferrdb.csv').sets;
    expect(ferrdb.map(({ name, genes }) => [name, genes.length])).toEqual([
      ['driver', 415],
      ['suppressor', 466],
    ]);
    const surface = parseSurfaceome(pack('targets/surfy_surfaceome_human.csv.gz'), 'surfy.csv.gz');
    expect(['CD44', 'EGFR', 'ULBP1', 'TP53'].map((gene) => surface.has(gene))).toEqual([true, true, true, false]);
  });
});
