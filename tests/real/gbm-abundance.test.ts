import {
  blockTasks,
  type CellCounts,
  type CellSample,
  composition,
  type ComputedEmbedding,
  countLabels,
  createRng,
  differentialAbundance,
  embedCells,
} from '@remnant/engine';
import { nodeKernels } from '@remnant/host/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { glioblastomaIsPresent, readGlioblastoma } from '../support/glioblastoma.js';
import { inlineContext } from '../support/inline-context.js';

/** Where and in which clusters the drug moves cells of five glioblastomas, and that nothing moves within an arm. */
const contrast = { from: 'untreated', to: 'residual' } as const;
const context = inlineContext(blockTasks);

describe.skipIf(!glioblastomaIsPresent)('abundance in the glioblastoma slices', () => {
  let cells: CellCounts;
  let embedding: ComputedEmbedding;

  beforeAll(async () => {
    cells = await readGlioblastoma();
    const options = { correctPatients: true, neighbours: 50, umapEpochs: 10 };
    const found = await embedCells(cells, options, context, nodeKernels(2));
    if (found.status !== 'ok') throw new Error(found.reasons.join(' '));
    embedding = found;
  });

  const neighbourhoodsOf = (of: Pick<CellCounts, 'sampleOf' | 'samples'>) => {
    const space = { graph: embedding.neighbours, embedding: embedding.corrected ?? embedding.components };
    return differentialAbundance(of, space, { contrast }, context);
  };

  it('the drug changes neighbourhoods, in the same patients', () => {
    const found = neighbourhoodsOf(cells);
    const nTested = found.pValue.filter((p) => !Number.isNaN(p)).length;
    console.log(
      `drug: ${String(found.nGained)} neighbourhoods gained and ${String(found.nLost)} lost of ${String(nTested)} tested, spatial false discovery 10 %`,
    );
    expect(found.status).toBe('ok');
    expect(found.nGained + found.nLost).toBeGreaterThan(0.1 * nTested);
  });

  it('halves of each sample called two arms change next to none', () => {
    const nSeeds = 10;
    let [runsWithCalls, nominal, tested] = [0, 0, 0];
    for (const arm of ['untreated', 'residual'] as const) {
      for (let seed = 1; seed <= nSeeds; seed++) {
        const { nGained, nLost, pValue } = neighbourhoodsOf(fakeArms(cells, arm, seed));
        if (nGained + nLost > 0) runsWithCalls++;
        nominal += pValue.filter((p) => p <= 0.05).length;
        tested += pValue.filter((p) => !Number.isNaN(p)).length;
      }
    }
    console.log(
      `within arms: calls in ${String(runsWithCalls)} of ${String(2 * nSeeds)} splits; P at 5 %: ${((100 * nominal) / tested).toFixed(1)} %`,
    );
    expect(runsWithCalls / (2 * nSeeds)).toBeLessThanOrEqual(0.1 + 2 * Math.sqrt((0.1 * 0.9) / (2 * nSeeds)));
    expect(nominal / tested).toBeLessThanOrEqual(0.07);
  });

  it('the fractions of clusters change with the drug', () => {
    const names = Array.from({ length: embedding.nClusters }, (_, c) => `cluster ${String(c)}`);
    const found = composition(countLabels(cells, { names, labelOf: embedding.clusters }), { contrast });
    const called = found.tests.filter(({ direction }) => direction !== 0);
    console.log(
      found.tests
        .map(
          (t) =>
            `${t.label}: ${t.meanFrom.toFixed(3)} to ${t.meanTo.toFixed(3)}, adjusted P ${t.pAdjusted.toPrecision(2)}`,
        )
        .join('\n'),
    );
    expect(found.design).toBe('paired');
    expect(called.length).toBeGreaterThan(0);
  });
});

/** The cells of one arm, each sample's halves at random called untreated and residual; cells of the other arm take no part. */
function fakeArms(
  { sampleOf, samples }: CellCounts,
  arm: CellSample['stage'],
  seed: number,
): Pick<CellCounts, 'sampleOf' | 'samples'> {
  const rng = createRng(seed, 'fake arms');
  const halves = samples.map(
    (sample): CellSample => ({ ...sample, stage: sample.stage === arm ? 'untreated' : 'relapse' }),
  );
  const others = samples.map(
    (sample): CellSample => ({ ...sample, stage: sample.stage === arm ? 'residual' : 'relapse' }),
  );
  return {
    samples: [...halves, ...others],
    sampleOf: sampleOf.map((s) => (rng.uniform() < 0.5 ? s : s + samples.length)),
  };
}
