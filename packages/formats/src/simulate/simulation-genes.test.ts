import { describe, expect, it } from 'vitest';
import { simulateStudy } from '@remnant/engine';
import { simulationGenes } from './simulation-genes.js';

describe('simulationGenes', () => {
  it('names real genes on their real arms, enough for copy number in the demo', async () => {
    const { geneNames, geneArms } = await simulationGenes();
    expect(geneNames.length).toBeGreaterThan(1500);
    expect(geneArms?.['MYC']).toBe('8q');
    expect(geneNames).not.toContain('CD44');
    const { truth } = simulateStudy({ seed: 1, cells: 20, geneNames, geneArms });
    expect(truth.arm.arm).toBe('8q');
    expect(truth.arm.genes.length).toBeGreaterThan(30);
  });
});
