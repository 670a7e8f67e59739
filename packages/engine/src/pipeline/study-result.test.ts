import { renderFigures } from '@remnant/report';
import { describe, expect, it } from 'vitest';
import { alike, analysePlanted } from '../../../../tests/support/planted-analysis.js';
import { numbersOf, rowsOf, textsOf } from '../../../../tests/support/read-table.js';
import { resultsDocumentSchema, toResultsDocument } from '../claims/results-document.js';
import type { StudyResult } from '../claims/results.js';
import type { Table } from '../data/table.js';

const full = { untreated: 3, residual: 3, relapse: 3 };

function tableIn(result: StudyResult, name: string): Table {
  const found = result.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`There is no table ${name}.`);
  return found;
}

describe('studyResult', () => {
  it('without packs: no gene sets, no regulators, and every claim says so', async () => {
    const { result } = await analysePlanted(alike(4, full), { run: { regulators: ['G0040'] } });
    const names = result.tables.map((table) => table.name);
    for (const absent of ['gene_sets', 'programme_overlap', 'regulators', 'named_regulators'])
      expect(names).not.toContain(absent);
    const verdicts = Object.fromEntries(result.claims.map((claim) => [claim.id, claim.verdict]));
    expect(verdicts).toMatchObject({
      'programme.shared': 'supported',
      'programme.meaning': 'not testable',
      'regulators.ranking': 'not testable',
      'regulator.G0040': 'not testable',
    });
    expect(result.methods.map((method) => method.id)).not.toContain('regulators');
    expect(result.methods.map((method) => method.id)).not.toContain('gene-sets');
    expect(result.provenance.packs).toEqual([]);
    expect(result.truth).toBeNull();
  });

  it('claims name only tables that were written', async () => {
    for (const patients of [alike(4, full), alike(1, full), alike(1, { untreated: 1, residual: 1 })]) {
      const { result } = await analysePlanted(patients, { run: { markers: ['G0000', 'NOPE'] } });
      const names = new Set(result.tables.map((table) => table.name));
      for (const claim of result.claims)
        for (const name of claim.tables) expect(names, `${claim.id}: ${name}`).toContain(name);
      for (const table of result.tables) expect(table.nRows, table.name).toBeGreaterThan(0);
    }
  });

  it('follows its own schema whatever could not be computed', async () => {
    for (const patients of [
      alike(4, full),
      alike(1, full),
      alike(1, { untreated: 1, residual: 1 }),
      [
        { patient: 'A', untreated: 3, residual: 0 },
        { patient: 'B', untreated: 0, residual: 3 },
      ],
    ]) {
      const { result } = await analysePlanted(patients, { run: { markers: ['G0000'], regulators: ['G0040'] } });
      const document: unknown = JSON.parse(JSON.stringify(toResultsDocument(result, () => new Uint8Array(3))));
      expect(resultsDocumentSchema.safeParse(document).error).toBeUndefined();
      for (const lang of ['en', 'fr'] as const) expect(() => renderFigures(result, { lang })).not.toThrow();
    }
  });

  it('counts samples, patients and stages', async () => {
    const { result } = await analysePlanted([...alike(3, full), { patient: 'X', untreated: 1, residual: 0 }]);
    expect(result.summary).toEqual({
      nPatients: 4,
      nSamples: 28,
      nCells: 0,
      nGenes: 300,
      samplesPerStage: { untreated: 10, residual: 9, relapse: 9 },
      technologies: ['bulk'],
      treatments: ['none', 'drug'],
      contrast: { from: 'untreated', to: 'residual', back: 'relapse' },
    });
  });

  it('tables say what the analysis holds', async () => {
    const { analysis, result } = await analysePlanted(alike(4, full), { run: { markers: ['G0000'] } });
    const genes = tableIn(result, 'programme_genes');
    expect(textsOf(genes, 'gene')).toEqual(analysis.fixedEffect.table.gene);
    expect(numbersOf(genes, 'log2_fold_change')).toEqual(analysis.fixedEffect.table.logFoldChange);
    expect(numbersOf(genes, 'meta_p_adjusted')).toEqual(analysis.meta.pAdjusted);
    const effects = tableIn(result, 'patient_effects');
    expect(effects.columns.map((column) => column.name)).toEqual(['gene', ...analysis.effects.patients]);
    expect(numbersOf(effects, 'P2')[5]).toBe(analysis.effects.effects[5 * 4 + 1]);
    const reversal = rowsOf(tableIn(result, 'reversal'));
    expect(reversal.map((row) => row['index'])).toEqual(analysis.reversal.patients.map((p) => p.index?.plain.value));
    expect(reversal.map((row) => row['verdict'])).toEqual(analysis.reversal.patients.map((p) => p.verdict));
    const samples = rowsOf(tableIn(result, 'samples'));
    const residual = samples
      .filter((row) => row['stage'] === 'residual')
      .map((row) => row['signature_score'] as number);
    const untreated = samples
      .filter((row) => row['stage'] === 'untreated')
      .map((row) => row['signature_score'] as number);
    expect(Math.min(...residual)).toBeGreaterThan(Math.max(...untreated));
    expect(rowsOf(tableIn(result, 'named_markers')).at(-1)).toMatchObject({ gene: 'G0000', patient: 'all' });
  });
});
