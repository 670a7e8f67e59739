import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng } from '../../core/rng.js';
import { plantSwitch } from '../ranking/planted-switch.test-helper.js';
import { prepareNetwork } from '../regulon-network.js';
import { knockOut, type KnockOut, type KnockOutInput } from './knock-out.js';

const context = inlineContext({});

function plantedInput(seed: number, shift: number): KnockOutInput {
  const { study, edges } = plantSwitch(createRng(seed, 'knock-out'), shift);
  if (study.patients === null) throw new Error('planted without patients');
  return {
    effects: study.patients,
    averageExpression: study.averageExpression,
    network: prepareNetwork(edges, study.genes),
  };
}

async function remove(input: KnockOutInput, regulator: string, steps: 1 | 2 = 1): Promise<KnockOut> {
  const options = { regulators: [regulator], draws: 200, programmeSize: 40, steps };
  return (await knockOut(input, options, context)).regulators[0] as KnockOut;
}

const seeds = Array.from({ length: 50 }, (_, seed) => seed);

describe('knockOut', () => {
  let planted: readonly KnockOut[] = [];
  beforeAll(async () => {
    planted = await Promise.all(seeds.map((seed) => remove(plantedInput(seed, 0.8), 'SWITCH')));
  }, 60_000);

  it('the planted regulator moves tumours more than 95 % of its nulls, in 48 of 50 studies at least', () => {
    const beyond = planted.filter(({ percentile }) => percentile > 0.95);
    console.info(`Planted regulator beyond 95 % of equal-sized nulls: ${String(beyond.length)} of 50.`);
    expect(beyond.length).toBeGreaterThanOrEqual(48);
    expect(planted.filter(({ activationPercentile }) => activationPercentile > 0.95).length).toBeGreaterThanOrEqual(48);
  });

  it('takes away most of the distance where the programme is the regulon, and patients agree', () => {
    const mean = planted.reduce((sum, { knockOut: { value } }) => sum + (value ?? NaN), 0) / planted.length;
    expect(mean).toBeGreaterThan(0.5);
    expect(mean).toBeLessThan(1);
    for (const { knockOut: pooled } of planted) expect(pooled.low ?? NaN).toBeGreaterThan(0);
    expect(planted[0]?.patients).toHaveLength(6);
  });

  it('a decoy does so in one study of twenty', async () => {
    const decoys = await Promise.all(seeds.map((seed) => remove(plantedInput(seed, 0.8), 'D05')));
    // 50 draws at 5 %: 2.5 expected, 7 is beyond 99 %.
    const beyond = decoys.filter(({ percentile }) => percentile > 0.95);
    console.info(`Decoy beyond 95 % of its nulls: ${String(beyond.length)} of 50.`);
    expect(beyond.length).toBeLessThanOrEqual(7);
    for (const { pValue } of decoys) expect(pValue).toBeGreaterThanOrEqual(1 / 201);
  }, 60_000);

  it('says why it cannot be asked', async () => {
    const input = plantedInput(1, 0.8);
    expect(await remove(input, 'NONE')).toMatchObject({ status: 'not-testable', patients: [] });
    const lone = {
      ...input,
      effects: { ...input.effects, patients: ['p1'], effects: input.effects.effects.filter((_, i) => i % 6 === 0) },
    };
    expect((await remove(lone, 'SWITCH')).reason).toMatch(/fewer than two patients/);
    await expect(knockOut(input, { regulators: ['SWITCH'], draws: 0 }, context)).rejects.toThrow(/draws/);
  });

  it('prints its limits', async () => {
    const { limits } = await knockOut(plantedInput(1, 0.8), { regulators: [], draws: 10 }, context);
    expect(limits.map(({ en }) => en).join(' ')).toMatch(/no feedback.*no chromatin.*RNA only.*curated network/);
  });

  it('a second step reaches the targets of a regulator that follows', async () => {
    const input = plantedInput(2, 0);
    const nPatients = input.effects.patients.length;
    const genes = input.network.genes;
    const moved = new Set(genes.slice(300, 340));
    const effects = input.effects.effects.map((value, i) => {
      const gene = genes[Math.floor(i / nPatients)] as string;
      return 0.2 * value + (moved.has(gene) || gene === 'D00' ? 1 : 0) + (gene >= 'G0400' && gene < 'G0410' ? 1 : 0);
    });
    const edges = [
      ...[...moved].map((target) => ({ source: 'D00', target, weight: 1 })),
      ...genes
        .filter((gene) => gene >= 'G0400' && gene < 'G0410')
        .map((target) => ({ source: 'TOP', target, weight: 1 })),
      { source: 'TOP', target: 'D00', weight: 1 },
    ];
    const chain = { ...input, effects: { ...input.effects, effects }, network: prepareNetwork(edges, genes) };
    const one = await remove(chain, 'TOP', 1);
    const two = await remove(chain, 'TOP', 2);
    expect(one.knockOut.value).toBeLessThan(0.4);
    expect(two.knockOut.value).toBeGreaterThan(0.8);
    expect(two.knockOut.value).toBeLessThan(1.1);
  });
});
