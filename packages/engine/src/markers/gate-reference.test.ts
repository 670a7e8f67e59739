import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { persisterCalls } from '../persisters/persister-calls.js';
import { simulatedCellStudy } from '../persisters/simulated-cells.test-helper.js';
import { persisterTasks } from '../persisters/tasks.js';
import { patientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import { gateReference } from './gate-reference.js';
import { markerCells } from './marker-cells.js';
import { markerGates } from './marker-gates.js';
import { surfaceMarkers } from './surface-ranking.js';

/** A simulated study from counts to gates: the planted surface gene, with cells called without it. */
describe('markers of a simulated study', () => {
  const context = inlineContext(persisterTasks);
  const simulated = simulatedCellStudy({ seed: 41, patients: 8, genes: 1500, cells: 200 });
  const { effects, cells, persister, study } = simulated;
  const { shared, notShared } = study.truth.marker;
  const meta = patientMetaAnalysis(effects, { fdr: 0.05 });
  const table = { gene: effects.genes, logFoldChange: meta.effect, t: meta.t, pAdjusted: meta.pAdjusted };
  const markerStudy = { fixedEffect: { table, direction: meta.direction }, perPatient: { effects, meta } };
  const listed = new Set([shared, notShared, ...effects.genes.filter((_, g) => g % 8 === 0)]);
  const ranking = surfaceMarkers(markerStudy, { pack: 'planted', genes: listed }, {}, context);
  const candidates = ranking.rows.slice(0, 12).map(({ gene }) => gene);

  it('has the planted surface gene among its first three, and not the one that patients disagree on', () => {
    const rankOf = (gene: string): number => ranking.rows.find((row) => row.gene === gene)?.rank ?? NaN;
    console.info(
      'planted',
      shared,
      'rank',
      rankOf(shared),
      'not shared',
      notShared,
      'rank',
      rankOf(notShared),
      'of',
      ranking.nMeasured,
    );
    expect(rankOf(shared)).toBeLessThanOrEqual(3);
    expect(ranking.rows.find(({ gene }) => gene === notShared)?.verdict).toBe('not shared');
  });

  it('holds gates against cells called without the candidates', async () => {
    const calls = await persisterCalls(cells, effects, { controls: 0 }, context);
    const everyone = Uint32Array.from(cells.barcodes.keys());
    const input = { cells, tumour: new Uint8Array(everyone.length).fill(1), tumourCells: everyone, persisters: calls };
    const reference = await gateReference(input, effects, { candidates }, context);
    expect(reference.basis).toBe('calls-without-candidates');
    const labelled = reference.patients.flatMap((own) => [...own.persister]);
    const right = labelled.filter((cell) => persister[cell] === 1).length / labelled.length;
    expect(right).toBeGreaterThan(0.95);
    const gates = await markerGates(cells, reference, { candidates, shuffles: 19 }, context);
    console.info(
      gates.sizes.map(({ size, gates: found, nested, pValue }) =>
        [
          size,
          found[0]?.markers.map(({ gene, sign }) => gene + sign).join(' '),
          found[0]?.apparent.youden.value,
          nested.youden.value,
          pValue,
        ].join(' | '),
      ),
    );
    for (const { nested, gates: found } of gates.sizes) {
      expect(nested.youden.value ?? 1).toBeLessThanOrEqual(found[0]?.apparent.youden.value ?? 0);
    }
    const read = await markerCells(input, { genes: [shared] }, context);
    expect(read.genes[0]?.inCaller.length).toBeGreaterThan(0);
    expect(read.genes[0]?.residualAgainstUntreated.value).toBeGreaterThan(0.55);
  });

  it('falls back to the stage where nobody is called, and says so', async () => {
    const flat = { ...effects, effects: effects.effects.map((_, i) => ((i * 7919) % 101) / 100 - 0.5) };
    const calls = await persisterCalls(cells, flat, { controls: 0 }, context);
    const everyone = Uint32Array.from(cells.barcodes.keys());
    const input = { cells, tumour: new Uint8Array(everyone.length).fill(1), tumourCells: everyone, persisters: calls };
    const reference = await gateReference(input, flat, { candidates }, context);
    expect(reference.basis).toBe('stage');
    expect(reference.reasons[0]).toContain('held against the stage');
    expect(reference.patients.length).toBeGreaterThanOrEqual(3);
    const gates = await markerGates(cells, reference, { candidates, sizes: [1], shuffles: 0 }, context);
    expect(gates.warnings.map(({ code }) => code)).toEqual(['gates-on-stage']);
  });
});
