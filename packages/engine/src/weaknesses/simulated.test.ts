import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { createExpressionMatrix } from '../data/expression.js';
import { normalizeInput, type ProgrammeInput } from '../programme/input.js';
import { patientEffects } from '../programme/patient-effects.js';
import { programmeDownGenes, programmeUpGenes } from '../simulate/gene-symbols.js';
import { type SimulatedStudy, simulateStudy } from '../simulate/simulate-study.js';
import { asProgramme } from './planted.test-helper.js';
import { weaknessAxes } from './weakness-axes.js';

const context = inlineContext({});
const contrast = { from: 'untreated', to: 'residual' } as const;

/** The bulk samples of a simulated study. */
function bulkInput({ samples, tables }: SimulatedStudy): ProgrammeInput {
  const columns = samples.map((sample) => {
    const table = tables[sample.patient];
    if (table === undefined) throw new Error('every patient is bulk here');
    const at = table.samples.indexOf(sample.sample);
    return { sample, at, table };
  });
  const genes = columns[0]?.table.genes ?? [];
  const value = (g: number) => columns.map(({ at, table }) => table.values[g * table.samples.length + at] as number);
  return {
    counts: createExpressionMatrix(
      genes,
      columns.map(({ sample }) => sample.sample),
      Float64Array.from(genes.flatMap((_, g) => value(g))),
    ),
    patient: columns.map(({ sample }) => sample.patient),
    stage: columns.map(({ sample }) => sample.stage),
    treatment: columns.map(({ sample }) => sample.treatment),
    technology: columns.map(() => 'bulk RNA-seq'),
  };
}

describe('weaknessAxes on the simulator', () => {
  it.each([1, 2, 3])('finds overload in the patient that has it and starvation in the other, seed %i', (seed) => {
    const study = simulateStudy({ seed, genes: 1500, technology: 'bulk-rnaseq', cells: 20 }, context);
    const input = normalizeInput(bulkInput(study));
    const effects = patientEffects(input, { contrast });
    const programme = asProgramme([...programmeUpGenes, ...programmeDownGenes]);
    const data = { input, effects, cells: null, allSamples: null, programmeGenes: programme };
    const found = weaknessAxes(data, { permutations: 300 }, context);
    const patientsWith = (axis: string, verdict: string): readonly string[] =>
      found.axes
        .find((score) => score.axis === axis)
        ?.patients.filter((row) => row.verdict === verdict && Math.abs(row.effect) > 0.5)
        .map(({ patient }) => patient) ?? [];
    const truly = (direction: string): readonly string[] =>
      study.truth.iron.filter((one) => one.direction === direction).map(({ patient }) => patient);
    expect(truly('overload').length).toBe(1);
    expect(patientsWith('iron-overload', 'raised')).toEqual(truly('overload'));
    expect(patientsWith('iron-starvation', 'raised')).toEqual(truly('starvation'));
    expect(patientsWith('iron-overload', 'lowered')).toEqual(truly('starvation'));
    expect(patientsWith('iron-starvation', 'lowered')).toEqual(truly('overload'));
    // One patient of eight each: nothing the patients share.
    expect(found.ironDirection.verdict).toBe('neither');
    expect(
      found.axes.map(({ axis, verdict }) => [axis, verdict]).filter(([, v]) => v === 'raised' || v === 'lowered'),
    ).toEqual([]);
  });
});
