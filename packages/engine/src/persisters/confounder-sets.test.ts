import { describe, expect, it } from 'vitest';
import { confounderSets } from './confounder-sets.js';

const genesOf = (genes: readonly string[], kind: string): readonly string[] =>
  confounderSets(genes).find((set) => set.kind === kind)?.genes ?? [];

describe('confounder genes', () => {
  it('are found by list and by name', () => {
    const genes = [
      'MKI67',
      'PCNA',
      'FOS',
      'HSPA1A',
      'ASNS',
      'MT-CO1',
      'RPL13A',
      'RPLP0',
      'RPS4X',
      'HBA1',
      'HBB',
      'KRT14',
    ];
    expect(genesOf(genes, 's-phase')).toEqual(['PCNA']);
    expect(genesOf(genes, 'g2m-phase')).toEqual(['MKI67']);
    expect(genesOf(genes, 'dissociation')).toEqual(['FOS', 'HSPA1A']);
    expect(genesOf(genes, 'stress')).toEqual(['ASNS']);
    expect(genesOf(genes, 'mitochondrial')).toEqual(['MT-CO1']);
    expect(genesOf(genes, 'ribosomal')).toEqual(['RPL13A', 'RPLP0', 'RPS4X']);
    expect(genesOf(genes, 'haemoglobin')).toEqual(['HBA1', 'HBB']);
    expect(confounderSets(genes).flatMap((set) => set.genes)).not.toContain('KRT14');
  });

  it('are found in mouse symbols', () => {
    expect(genesOf(['Fos', 'mt-Nd1', 'Rps6', 'Hbb-bs', 'Krt14'], 'dissociation')).toEqual(['Fos']);
    expect(genesOf(['mt-Nd1'], 'mitochondrial')).toEqual(['mt-Nd1']);
    expect(genesOf(['Hbb-bs'], 'haemoglobin')).toEqual(['Hbb-bs']);
  });

  it('leave genes alone that only look like them', () => {
    const genes = ['RPS6KA1', 'MTOR', 'HBEGF', 'RPLX'];
    expect(confounderSets(genes).flatMap((set) => set.genes)).toEqual([]);
  });
});
