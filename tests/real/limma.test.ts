import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  contrastDesign,
  contrastVector,
  createExpressionMatrix,
  type DesignMatrix,
  type ExpressionMatrix,
  fitContrasts,
  fitLinearModels,
  groupDesign,
  moderate,
  quantile,
  spearman,
  tmmFactors,
  topTable,
  voom,
} from '@remnant/engine';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * The eight-patient study against limma 3.54.1 and edgeR 3.40.2 run on the same file (the recipe is the R script beside the
 * reference tables). Tolerance 1e-6 relative: both sides use double precision, and the tables were written with 15 digits.
 */
const shared = new URL('../../../shared/', import.meta.url);
const counts = new URL('data/bulk/tnbc_pdx_ap1_baudre/common_rawcounts_8pdx.csv.gz', shared);
const published = new URL('data/bulk/tnbc_pdx_ap1_baudre/differential_persister_vs_naive.csv.gz', shared);
const reference = (name: string): URL => new URL(`reference/programme/${name}`, shared);

const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');
const present = required || (existsSync(counts) && existsSync(reference('limma_residual_vs_untreated.csv.gz')));
if (!present) console.warn('Skipped: the eight-patient study is not in ../shared beside this checkout.');

interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function readCsv(url: URL): CsvTable {
  const bytes = readFileSync(url);
  const text = (url.pathname.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim();
  const [header = [], ...rows] = text.split('\n').map((line) => line.replaceAll('"', '').split(','));
  return { header, rows };
}

function column(table: CsvTable, name: string): string[] {
  const index = table.header.indexOf(name);
  return table.rows.map((row) => row[index] as string);
}

function readCounts(): ExpressionMatrix {
  const { header, rows } = readCsv(counts);
  const values = Float64Array.from(rows.flatMap((row) => row.slice(1).map(Number)));
  return createExpressionMatrix(
    rows.map((row) => row[0] as string),
    header.slice(1),
    values,
  );
}

function stageOf(sample: string): string {
  const suffix = sample.slice(sample.indexOf('_') + 1);
  if (suffix.includes('chemonaive')) return 'untreated';
  return suffix.includes('Relapse') ? 'relapse' : 'residual';
}

function worstRelative(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = found.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < found.length; i++) {
    const e = expected[i] as number;
    const difference = Math.abs((found[i] as number) - e);
    if (difference > 0) worst = Math.max(worst, difference / Math.abs(e));
    if (Number.isNaN(difference)) return Infinity;
  }
  return worst;
}

describe.skipIf(!present)('limma on the eight-patient study', () => {
  let matrix: ExpressionMatrix;
  let design: DesignMatrix;
  let tmm: ReturnType<typeof tmmFactors>;
  let voomed: ReturnType<typeof voom>;

  beforeAll(() => {
    matrix = readCounts();
    design = groupDesign([
      { name: 'state', levels: matrix.samples.map(stageOf), order: ['untreated', 'residual', 'relapse'] },
      { name: 'model', levels: matrix.samples.map((sample) => sample.slice(0, sample.indexOf('_'))) },
    ]);
    tmm = tmmFactors(matrix);
    const librarySizes = tmm.librarySizes.map((size, s) => size * (tmm.factors[s] as number));
    voomed = voom(matrix, design, { librarySizes });
  });

  const compare = (to: string, from: string): ReturnType<typeof moderate> => {
    const weights = contrastVector(voomed.fit, { [`state${to}`]: 1, [`state${from}`]: -1 });
    return moderate(fitContrasts(voomed.fit, [{ name: to, weights }]));
  };

  it('has the library sizes and TMM factors of edgeR', () => {
    const table = readCsv(reference('tmm_factors.csv'));
    expect(Array.from(tmm.librarySizes)).toEqual(column(table, 'libSize').map(Number));
    const worst = worstRelative(tmm.factors, column(table, 'tmm').map(Number));
    console.info(`TMM factors: largest relative difference ${worst.toExponential(1)}`);
    expect(worst).toBeLessThan(1e-6);
  });

  it.each([
    ['residual', 'limma_residual_vs_untreated.csv.gz'],
    ['relapse', 'limma_relapse_vs_untreated.csv.gz'],
  ])('has the statistics of limma for %s against untreated', (to, file) => {
    const expected = readCsv(reference(file));
    const table = topTable(compare(to, 'untreated'));
    expect(table.gene).toEqual(column(expected, 'gene'));
    for (const [ours, theirs] of [
      ['logFoldChange', 'logFC'],
      ['averageExpression', 'AveExpr'],
      ['t', 't'],
      ['pValue', 'P.Value'],
      ['pAdjusted', 'adj.P.Val'],
      ['logOdds', 'B'],
    ] as const) {
      const worst = worstRelative(table[ours], column(expected, theirs).map(Number));
      console.info(`${to}, ${ours}: largest relative difference ${worst.toExponential(1)}`);
      expect(worst, ours).toBeLessThan(1e-6);
    }
  });

  it('calls 391 genes up and 299 down, with the prior of limma', () => {
    const summary = JSON.parse(readFileSync(reference('20_summary.json'), 'utf8')) as Record<string, number>;
    const moderated = compare('residual', 'untreated');
    const { pAdjusted, logFoldChange } = topTable(moderated);
    const called = Array.from(logFoldChange, (change, g) => ((pAdjusted[g] as number) < 1e-4 ? change : 0));
    expect(called.filter((change) => change > 0.5)).toHaveLength(391);
    expect(called.filter((change) => change < -0.5)).toHaveLength(299);
    expect(moderated.dfPrior).toBeCloseTo(3.77365, 5);
    expect(
      worstRelative([moderated.dfPrior, moderated.s2Prior], [summary['df_prior']!, summary['s2_prior']!]),
    ).toBeLessThan(1e-6);
  });

  it('shows how far the approximate standard errors of contrasts.fit are from the exact ones', () => {
    const weights = contrastVector(design, { stateresidual: 1, stateuntreated: -1 });
    const exactDesign = contrastDesign(design, [{ name: 'residual', weights }]);
    const exact = fitLinearModels(voomed.expression, exactDesign, { weights: voomed.weights });
    const approximate = fitContrasts(voomed.fit, [{ name: 'residual', weights }]);
    const p = exact.columns.length;
    const first = (table: Float64Array): Float64Array => table.filter((_, k) => k % p === 0);
    expect(worstRelative(first(exact.coefficients), approximate.coefficients)).toBeLessThan(1e-6);
    const exactErrors = first(exact.stdevUnscaled);
    const ratio = approximate.stdevUnscaled.map((error, g) => error / (exactErrors[g] as number));
    const shown = [0, 0.05, 0.5, 0.95, 1].map((share) => quantile(ratio, share).toFixed(2));
    const { pAdjusted, logFoldChange } = topTable(moderate(exact), 'residual');
    const called = Array.from(logFoldChange, (change, g) => ((pAdjusted[g] as number) < 1e-4 ? change : 0));
    const up = called.filter((change) => change > 0.5).length;
    const down = called.filter((change) => change < -0.5).length;
    console.info(
      `Approximate over exact standard error, 0/5/50/95/100 %: ${shown.join(' ')}; exact calls ${String(up)} up, ${String(down)} down`,
    );
    // limma itself gives these calls for contrastAsCoef(design, contrast) and for model.matrix(~state + model).
    expect([up, down]).toEqual([579, 403]);
    expect(shown).toEqual(['0.79', '0.99', '1.12', '1.71', '2.53']);
  });

  it('ranks genes like the published table', () => {
    const table = readCsv(published);
    const publishedT = new Map(column(table, 'Symbol').map((gene, i) => [gene, Number(column(table, 't')[i])]));
    const { gene, t } = topTable(compare('residual', 'untreated'));
    const shared = gene.flatMap((name, g) => (publishedT.has(name) ? [g] : []));
    const rho = spearman(
      shared.map((g) => t[g] as number),
      shared.map((g) => publishedT.get(gene[g] as string) as number),
    );
    console.info(`Spearman of t with the published table, ${String(shared.length)} genes: ${rho.toFixed(6)}`);
    expect(rho).toBeGreaterThanOrEqual(0.985);
  });
});
