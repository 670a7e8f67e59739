import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { sentenceFaults } from '../../../../tests/support/sentence-faults.js';
import { geneticAlarm, geneticAlarmTasks } from '../origin/genetic-alarm/index.js';
import { plantedEvidence } from '../origin/genetic-alarm/planted-evidence.test-helper.js';
import type { GeneticEvidence } from '../origin/genetic-alarm/types.js';
import type { OriginAnalysis } from './analysis.js';
import type { Claim } from './claim.js';
import { originClaims } from './origin-claims.js';

const context = inlineContext(geneticAlarmTasks);
const none: OriginAnalysis = { lineages: null, copyNumber: null, variants: [], evidence: [], alarm: null };

async function claimOf(evidence: readonly GeneticEvidence[]): Promise<Claim> {
  const alarm = await geneticAlarm(evidence, {}, context);
  const [claim] = originClaims({ origin: { ...none, evidence, alarm } });
  return claim!;
}

const clean = (seed: number): GeneticEvidence =>
  plantedEvidence({ seed, nResistant: 0, otherChance: 0.9, nResidual: 400 });
const clonal = (seed: number): GeneticEvidence =>
  plantedEvidence({ seed, nResistant: 280, resistantChance: 0.95, otherChance: 0.02 });

describe('originClaims', () => {
  it('are not made without a genetic source', () => {
    expect(originClaims({ origin: none })).toEqual([]);
  });

  it('three patients that adapt support it', async () => {
    const claim = await claimOf([clean(1), clean(2), clean(3)]);
    expect(claim).toMatchObject({ verdict: 'supported', patients: { agree: 3, asked: 3 } });
    expect(claim.sentence.en).toBe('Adaptation in P1, P2 and P3. No genetic alarm.');
    expect(claim.lines.map(({ verdict }) => verdict)).toEqual(['supported', 'supported', 'supported']);
  });

  it('two are too few to speak of patients', async () => {
    const claim = await claimOf([clean(1), clean(2)]);
    expect(claim.verdict).toBe('not supported');
    expect(claim.sentence.en).toContain('2 of the 3 patients a statement about patients needs');
  });

  it('selected clones contradict it, and raise the alarm', async () => {
    const claim = await claimOf([clonal(1), clonal(2), clonal(3)]);
    expect(claim).toMatchObject({ verdict: 'contradicted', patients: { agree: 0, asked: 3 } });
    expect(claim.sentence.en).toContain('Genetic alarm in P1, P2 and P3.');
    expect(claim.lines[0]!.sentence.en).toMatch(/state tied to/);
  });

  it('one selected clone among adaptations is named, not averaged away', async () => {
    const claim = await claimOf([clean(1), clean(2), clean(3), clonal(4)]);
    expect(claim).toMatchObject({ verdict: 'not supported', patients: { agree: 3, asked: 4 } });
    expect(claim.sentence.fr).toContain('un clone sélectionné chez P4');
  });

  it('sources that abstain make it not testable', async () => {
    const silent = { ...clean(1), abstained: 'copy number cannot be told: quiet-genome', labels: [] };
    const claim = await claimOf([silent]);
    expect(claim).toMatchObject({ verdict: 'not testable', patients: null });
    expect(claim.sentence.en).toMatch(/^The genetic data at hand cannot tell/);
  });

  it('are well-formed sentences in both languages', async () => {
    const claim = await claimOf([clean(1), clonal(2), { ...clean(3), abstained: 'quiet', labels: [] }]);
    expect(sentenceFaults(claim)).toEqual([]);
  });
});
