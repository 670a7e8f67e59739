import { beforeAll, describe, expect, it } from 'vitest';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import { areaUnderCurve } from '../stats/auc.js';
import { pearson } from '../stats/correlation.js';
import { studentTwoSided } from '../stats/distributions.js';
import { simulateStudy, type SimulatedStudy } from './simulate-study.js';

/**
 * What a plain analysis finds: pseudobulks, log counts per million, one median-centred mean difference per patient, and a
 * one-sample t test over patients. None of it is code of the analysis itself.
 */
interface PlainAnalysis {
  readonly genes: readonly string[];
  readonly patients: readonly string[];
  /** Residual against untreated, one row per patient. */
  readonly residual: readonly (readonly number[])[];
  /** Relapse against untreated; null without a relapse. */
  readonly relapse: readonly (readonly number[] | null)[];
  readonly t: readonly number[];
}

const seeds = [1, 2, 3];

function pseudobulk(study: SimulatedStudy): ExpressionMatrix {
  const genes = study.samples.find((s) => s.cells !== null)?.cells?.varNames ?? [];
  const values = new Float64Array(genes.length * study.samples.length);
  study.samples.forEach(({ sample, patient, cells }, s) => {
    const add = (g: number, count: number): void => {
      values[g * study.samples.length + s]! += count;
    };
    if (cells?.X.kind === 'csr')
      cells.X.indices.forEach((g, k) => {
        add(g, cells.X.data[k]!);
      });
    const table = study.tables[patient];
    if (table === undefined) return;
    const column = table.samples.indexOf(sample);
    genes.forEach((_, g) => {
      add(g, table.values[g * table.samples.length + column]!);
    });
  });
  return createExpressionMatrix(
    genes,
    study.samples.map((s) => s.sample),
    values,
  );
}

function meanLogCpm(counts: ExpressionMatrix, columns: readonly number[]): number[] {
  const n = counts.samples.length;
  const totals = columns.map((c) => counts.genes.reduce((sum, _, g) => sum + counts.values[g * n + c]!, 0));
  return counts.genes.map((_, g) => {
    const logs = columns.map((c, i) => Math.log2(((counts.values[g * n + c]! + 0.5) / (totals[i]! + 1)) * 1e6));
    return logs.reduce((sum, x) => sum + x, 0) / logs.length;
  });
}

function difference(a: readonly number[], b: readonly number[]): number[] {
  const change = a.map((x, i) => x - b[i]!);
  const median = [...change].sort((x, y) => x - y)[change.length >> 1]!;
  return change.map((x) => x - median);
}

function analyse(study: SimulatedStudy): PlainAnalysis {
  const counts = pseudobulk(study);
  const patients = study.truth.patients.map((p) => p.patient);
  const of = (patient: string, stage: string): number[] | null => {
    const columns = study.samples.flatMap((s, i) => (s.patient === patient && s.stage === stage ? [i] : []));
    return columns.length === 0 ? null : meanLogCpm(counts, columns);
  };
  const residual = patients.map((p) => difference(of(p, 'residual')!, of(p, 'untreated')!));
  const relapse = patients.map((p) => {
    const back = of(p, 'relapse');
    return back === null ? null : difference(back, of(p, 'untreated')!);
  });
  const t = counts.genes.map((_, g) => oneSampleT(residual.map((row) => row[g]!)));
  return { genes: counts.genes, patients, residual, relapse, t };
}

function oneSampleT(values: readonly number[]): number {
  const mean = average(values);
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return mean / Math.sqrt(variance / values.length);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(average(values.map((x) => x * x)));
}

/** 1 − ⟨R−U, P−U⟩ / |P−U|². */
function reversalIndex(relapse: readonly number[], residual: readonly number[]): number {
  const dot = relapse.reduce((sum, x, g) => sum + x * residual[g]!, 0);
  return 1 - dot / residual.reduce((sum, x) => sum + x * x, 0);
}

describe.each(seeds)('a plain analysis of the demo study, seed %d', (seed) => {
  let study: SimulatedStudy;
  let plain: PlainAnalysis;
  let signs: Map<string, number>;
  const rowOf = (role: string): number => study.truth.patients.findIndex((p) => p.role === role);

  beforeAll(() => {
    study = simulateStudy({ seed });
    plain = analyse(study);
    const { up, down } = study.truth.programme;
    signs = new Map([...up, ...down].map(({ gene, log2Effect }) => [gene, Math.sign(log2Effect)]));
  });

  it('recovers the programme well, but not perfectly', () => {
    const planted = plain.genes.flatMap((gene, g) => (signs.has(gene) ? [plain.t[g]! * signs.get(gene)!] : []));
    const others = plain.genes.flatMap((gene, g) => (signs.has(gene) ? [] : [Math.abs(plain.t[g]!)]));
    const auroc = areaUnderCurve(planted, others);
    expect(auroc).toBeGreaterThan(0.95);
    expect(auroc).toBeLessThan(0.9999);
  });

  it('sees state effects of different patients correlate at about 0.2', () => {
    const rows = plain.residual.filter((_, i) => study.truth.patients[i]?.programme === 'present');
    const pairs = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => pearson(a, b)));
    expect(average(pairs)).toBeGreaterThan(0.15);
    expect(average(pairs)).toBeLessThan(0.27);
  });

  it('sees patients differ more than states', () => {
    const counts = pseudobulk(study);
    const untreated = (patient: string): number[] =>
      meanLogCpm(counts, [study.samples.findIndex((s) => s.patient === patient && s.stage === 'untreated')]);
    const betweenPatients = rootMeanSquare(difference(untreated('P01'), untreated('P03')));
    expect(betweenPatients).toBeGreaterThan(1.3 * Math.max(...plain.residual.map(rootMeanSquare)));
  });

  it('finds nothing but noise in the null patient', () => {
    const row = rowOf('null');
    const residual = plain.residual[row]!;
    const relapse = plain.relapse[row]!;
    // Residual and relapse differ from untreated by the same noise.
    expect(rootMeanSquare(residual) / rootMeanSquare(relapse)).toBeGreaterThan(0.85);
    expect(rootMeanSquare(residual) / rootMeanSquare(relapse)).toBeLessThan(1.15);
    const programme = plain.genes.flatMap((gene, g) => (signs.has(gene) ? [residual[g]! * signs.get(gene)!] : []));
    const standardError = rootMeanSquare(residual) / Math.sqrt(programme.length);
    expect(Math.abs(average(programme))).toBeLessThan(3.5 * standardError);
    const reversible = plain.residual[rowOf('reversible')]!;
    expect(rootMeanSquare(reversible)).toBeGreaterThan(1.5 * rootMeanSquare(residual));
  });

  it('finds the RNA of the planted regulator flat', () => {
    const g = plain.genes.indexOf(study.truth.regulator.symbol);
    expect(Math.abs(average(plain.residual.map((row) => row[g]!)))).toBeLessThan(0.25);
    expect(studentTwoSided(plain.t[g]!, plain.patients.length - 1)).toBeGreaterThan(0.01);
  });

  it('finds the planted regulator first by its targets', () => {
    const index = new Map(plain.genes.map((gene, g) => [gene, g]));
    const activity = (source: string): number => {
      const weights = new Float64Array(plain.genes.length);
      for (const edge of study.regulons) if (edge.source === source) weights[index.get(edge.target)!] = edge.weight;
      const r = pearson(weights, plain.t);
      return r * Math.sqrt((plain.genes.length - 2) / (1 - r * r));
    };
    const sources = [...new Set(study.regulons.map((edge) => edge.source))];
    const ranked = sources.map((s) => ({ s, a: activity(s) })).sort((x, y) => y.a - x.a);
    expect(sources.length).toBeGreaterThan(150);
    expect(ranked[0]?.s).toBe(study.truth.regulator.symbol);
    expect(study.truth.regulator.related).toContain(ranked[1]?.s);
  });

  it('sees reversible patients come back and the clonal patient stay', () => {
    study.truth.patients.forEach(({ reversal }, i) => {
      const relapse = plain.relapse[i];
      if (relapse === null || relapse === undefined) return;
      const index = reversalIndex(relapse, plain.residual[i]!);
      if (reversal === 'returned') expect(index).toBeGreaterThan(0.8);
      if (reversal === 'not returned') expect(index).toBeLessThan(0.3);
    });
  });

  it('sees the immediate-early genes rise in the dissociated patient only', () => {
    const genes = new Set(study.truth.dissociation.genes.map((g) => g.gene));
    const rise = plain.residual.map((row) => average(row.filter((_, g) => genes.has(plain.genes[g]!))));
    const dissociated = rowOf('artefact');
    expect(rise[dissociated]).toBeGreaterThan(1.2);
    rise.forEach((value, i) => {
      if (i !== dissociated) expect(Math.abs(value)).toBeLessThan(0.5);
    });
  });

  it('sees the gained arm in the clonal patient', () => {
    const arm = new Set(study.truth.arm.genes);
    const row = plain.relapse[rowOf('clonal-resistance')]!;
    const gained = row.filter((_, g) => arm.has(plain.genes[g]!)).sort((a, b) => a - b);
    expect(gained[gained.length >> 1]).toBeGreaterThan(0.3);
  });

  it('sees the perturbation correlate with the programme, and not when shuffled', () => {
    const mean = plain.genes.map((_, g) => average(plain.residual.map((row) => row[g]!)));
    const change = study.perturbation.columns.find((c) => c.name === 'log2FoldChange');
    if (change?.kind !== 'number') throw new Error('the perturbation table has no fold change');
    expect(pearson(change.values, mean)).toBeGreaterThan(0.5);
    const shifted = change.values.map((_, g) => change.values[(g + 997) % change.values.length]!);
    expect(Math.abs(pearson(shifted, mean))).toBeLessThan(0.1);
  });

  it('sees the counts of cells vary as planted', () => {
    const first = study.samples.find((s) => s.sample === 'P01_untreated')?.cells;
    if (first?.X.kind !== 'csr') throw new Error('P01_untreated has no cells');
    const genes = first.X.shape[1];
    const good = (study.truth.cells['P01_untreated']?.kind ?? []).flatMap((kind, i) => (kind === 'good' ? [i] : []));
    const totals = good.map((i) => {
      const { indptr, data } = first.X as { indptr: Uint32Array; data: Float32Array };
      return data.subarray(indptr[i], indptr[i + 1]).reduce((sum, x) => sum + x, 0);
    });
    const mean = average(totals);
    const spread = Math.sqrt(average(totals.map((x) => (Math.log(x) - average(totals.map(Math.log))) ** 2)));
    expect(mean / genes).toBeCloseTo(study.truth.parameters.cellCountsPerGene, 0.5);
    expect(spread).toBeGreaterThan(0.3);
    expect(spread).toBeLessThan(0.4);
  });
});
