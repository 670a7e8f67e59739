import { inlineExecutor } from '@remnant/host';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { AbortedError } from '../../core/errors.js';
import { createGeneTable } from '../../data/gene-table.js';
import { cellMetrics } from './cell-metrics.js';
import { csrFromRows } from './planted-cells.test-helper.js';
import { findQualityGenes } from './quality-genes.js';
import { qualityTasks } from './quality-tasks.js';

const genes = ['MT-ND1', 'RPL3', 'HBB', 'CD44', 'RPS6KA1', 'MTOR'];
const counts = csrFromRows([
  [2, 3, 0, 5, 0, 0],
  [0, 0, 4, 1, 3, 2],
  [0, 0, 0, 0, 0, 0],
]);
const none = { geneTable: null };
const context = inlineContext(qualityTasks);

describe('cellMetrics', () => {
  it('counts, detects and takes shares, cell by cell', async () => {
    const metrics = await cellMetrics({ counts, genes }, { ...none, topGenes: 2 }, context);
    expect(Array.from(metrics.totalCounts)).toEqual([10, 10, 0]);
    expect(Array.from(metrics.detectedGenes)).toEqual([3, 4, 0]);
    expect(Array.from(metrics.topGenesFraction)).toEqual([0.8, 0.7, NaN]);
    expect(Array.from(metrics.mitochondrialFraction!)).toEqual([0.2, 0, NaN]);
    expect(Array.from(metrics.ribosomalFraction!)).toEqual([0.3, 0, NaN]);
    expect(Array.from(metrics.haemoglobinFraction!)).toEqual([0, 0.4, NaN]);
    expect(metrics.warnings).toEqual([]);
  });

  it('does not take a stored zero for a detected gene', async () => {
    const stored = { ...counts, data: counts.data.map((value) => (value === 5 ? 0 : value)) };
    expect((await cellMetrics({ counts: stored, genes }, none, context)).detectedGenes[0]).toBe(2);
  });

  it('says so when the list has no mitochondrial gene', async () => {
    const ids = genes.map((_, g) => `ENSG0000000000${String(g)}`);
    const metrics = await cellMetrics({ counts, genes: ids }, none, context);
    expect(metrics.mitochondrialFraction).toBeNull();
    expect(metrics.warnings[0]).toMatchObject({ code: 'no-mitochondrial-genes' });
    expect(metrics.warnings[0]!.message).toContain('Ensembl ids the gene table does not know');
  });

  it('refuses genes that do not fit and a foolish number of top genes', async () => {
    await expect(cellMetrics({ counts, genes: ['A'] }, none, context)).rejects.toThrow(/Expected 6 names. Found 1/);
    await expect(cellMetrics({ counts, genes }, { ...none, topGenes: 0 }, context)).rejects.toThrow(/topGenes/);
  });

  it('stops on request and reports how far it is', async () => {
    const stopped = { ...context, signal: { aborted: true } as AbortSignal };
    await expect(cellMetrics({ counts, genes }, none, stopped)).rejects.toThrow(AbortedError);
    const seen: number[] = [];
    const executor = inlineExecutor(qualityTasks);
    await cellMetrics({ counts, genes }, none, { seed: 1, executor, onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([1]);
  });
});

describe('findQualityGenes', () => {
  const named = (list: readonly string[]): readonly string[] => findQualityGenes(list, none).mitochondrial.genes;

  it('reads prefixes, of mouse and behind a genome prefix too', () => {
    expect(named(['mt-Nd1', 'GRCh38_MT-CO1', 'MT1X', 'MTND1P23', 'Mtor'])).toEqual(['mt-Nd1', 'GRCh38_MT-CO1']);
  });

  it('reads the unprefixed symbols only when most of the genome is there', () => {
    const all = ['ND1', 'ND2', 'ND3', 'ND4', 'ND4L', 'ND5', 'ND6', 'COX1', 'COX2', 'COX3', 'ATP6', 'ATP8', 'CYTB'];
    expect(named([...all, 'CD44'])).toEqual(all);
    expect(named(['COX1', 'COX2', 'ATP6', 'CD44'])).toEqual([]);
  });

  it('reads Ensembl ids with a gene table', () => {
    const geneTable = createGeneTable({
      organism: 'human',
      source: 'test',
      symbols: ['MT-ND1', 'RPL3'],
      ensemblIds: ['ENSG00000198888', 'ENSG00000100316'],
      chromosomes: ['MT', '22'],
      starts: new Uint32Array(2),
      lengths: new Uint32Array(2),
      synonyms: [[], []],
    });
    const found = findQualityGenes(['ENSG00000198888.2', 'ENSG00000100316'], { geneTable });
    expect(found.mitochondrial.genes).toEqual(['ENSG00000198888.2']);
    expect(found.ribosomal.genes).toEqual(['ENSG00000100316']);
  });

  it('takes ribosomal proteins without kinases, pseudogenes and read-throughs', () => {
    const yes = ['RPS4Y1', 'RPL36AL', 'RPL22L1', 'RPLP0', 'RPSA', 'Rps27l', 'RPL10A'];
    const no = ['RPS6KA1', 'RPL13AP5', 'RPS10-NUDT3', 'RPN1', 'RPS19BP1', 'Rpl9-ps1'];
    expect(findQualityGenes([...yes, ...no], none).ribosomal.genes).toEqual(yes);
  });
});
