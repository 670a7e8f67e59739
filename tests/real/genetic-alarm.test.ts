import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  geneticAlarm,
  type GeneticAlarm,
  geneticAlarmTasks,
  type GeneticEvidence,
  lineageTasks,
  type Stage,
  studyLineages,
  variantEvidence,
  variantFractions,
  variantsFromTable,
} from '@remnant/engine';
import { readTextTable, type TextTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../support/inline-context.js';

/** Melanoma under BRAF and MEK inhibitors (Rambow et al. 2018), MDA-MB-468 under 5-FU, bulk barcodes of idling SKMEL5. */
const folder = fileURLToPath(new URL('../../../shared/data/singlecell/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn('Skipped: genetic alarm: ../shared is not beside this checkout.');

const read = (file: string): TextTable => readTextTable(readFileSync(`${folder}${file}`), file);

describe.skipIf(!present)('mutations of melanoma MEL006', () => {
  const file = 'melanoma_pdx_mrd_rambow_mutations/mel006_cells_x_mutations.csv.gz';
  const variants = present ? variantsFromTable(read(file), { file }) : null;
  const stageOf = new Map<string, Stage>([
    ['T1_before_treatment', 'untreated'],
    ['T2_4_days_treatment', 'residual'],
    ['T3_28_days_treatment', 'residual'],
    ['T4_57_days_treatment', 'relapse'],
  ]);
  const cells = { patient: 'MEL006', stageOf };

  it('has 475 cells and six variants', () => {
    expect(variants?.cells.length).toBe(475);
    expect(variants?.variants.map((name) => name.split('_')[0])).toEqual([
      'ARPC2',
      'CCT8',
      'COL1A2',
      'HNRNPC',
      'PRAME',
      'RPL5',
    ]);
  });

  it('cells with mutated RPL5 all but vanish under treatment and come back', () => {
    const { fractions, changes } = variantFractions(variants as NonNullable<typeof variants>, cells);
    const rpl5 = fractions.filter(({ variant, sample }) => variant.startsWith('RPL5') && sample === null);
    expect(rpl5.map(({ stage, nMutated, nCovered }) => `${stage} ${String(nMutated)}/${String(nCovered)}`)).toEqual([
      'untreated 37/146',
      'residual 5/197',
      'relapse 36/127',
    ]);
    const found = changes.filter(({ pAdjusted }) => pAdjusted <= 0.05);
    expect(
      found.map(
        ({ variant, fromStage, toStage, difference }) =>
          `${variant.split('_')[0] as string} ${fromStage}-${toStage} ${(difference.value as number).toFixed(3)}`,
      ),
    ).toEqual(['PRAME residual-relapse -0.180', 'RPL5 untreated-residual -0.228', 'RPL5 residual-relapse 0.258']);
    const covered = changes.filter(
      ({ coverageDifference: { low, high } }) => (low as number) > 0 || (high as number) < 0,
    );
    expect(covered.length).toBe(7);
  });

  it('cannot tell as an alarm: no state per cell; RPL5 has changed against the sampling of cells only', async () => {
    const table = variants as NonNullable<typeof variants>;
    const unknown = table.cells.map(() => null);
    const run = (stages: ReadonlyMap<string, Stage>): Promise<GeneticAlarm> =>
      geneticAlarm(
        [variantEvidence(table, { ...cells, stageOf: stages }, unknown)],
        {},
        inlineContext(geneticAlarmTasks),
      );
    const pooled = await run(stageOf);
    expect(pooled.verdict).toBe('cannot tell');
    expect(pooled.patients[0]?.sources[0]?.clones.fate).toBe('cannot tell');
    // Residual disease at day 28 alone: one sample per stage.
    const single = await run(new Map([...stageOf].filter(([sample]) => !sample.startsWith('T2'))));
    const clones = single.patients[0]?.sources[0]?.clones;
    expect(clones?.fate).toBe('partly kept');
    expect(clones?.reasons[0]).toMatch(/^mutated share changed: RPL5/);
    expect(single.verdict).toBe('cannot tell');
    expect(single.warnings.map(({ code }) => code)).toEqual(['alarm-technical-only', 'alarm-variant-coverage']);
  });
});

describe.skipIf(!present)('barcodes of MDA-MB-468 as genetic evidence, state C2 as persister', () => {
  const table = present ? read('tnbc_mm468_5fu_marsolier/cells_metadata_umap.csv.gz') : null;
  const evidence = (day: string, stage: Stage): GeneticEvidence => {
    const { columns, rows } = table as TextTable;
    const text = (row: readonly string[], name: string): string => row[columns.indexOf(name)] ?? '';
    const dayOf = (row: readonly string[]): string => text(row, 'sample_id').replace(/^MM468_(5FU\d_)?/, '');
    const kept = rows.filter((row) => ['chemonaive', day].includes(dayOf(row)));
    const barcodes = kept.map((row) => text(row, 'cons_BC_lenti'));
    return {
      patient: 'MM468',
      source: 'barcode',
      abstained: null,
      sample: kept.map(dayOf),
      stage: kept.map((row) => (dayOf(row) === 'chemonaive' ? 'untreated' : stage)),
      persister: kept.map((row) => text(row, 'louvain_partition') === 'C2'),
      labels: [
        { name: 'clone', kind: 'clone', values: barcodes.map((one) => (one === '' || one === 'NA' ? null : one)) },
      ],
    };
  };
  const run = (day: string, to: Stage): Promise<GeneticAlarm> =>
    geneticAlarm([evidence(day, to)], { contrast: { from: 'untreated', to } }, inlineContext(geneticAlarmTasks));

  it('day 33 is adaptation without alarm: all but a few cells changed state and no clone was lost', async () => {
    const [patient] = (await run('day33', 'residual')).patients;
    expect([patient?.verdict, patient?.alarm]).toEqual(['adaptation', false]);
    expect(patient?.sources[0]?.tie).toBe('cannot tell');
    expect(patient?.sources[0]?.stateChange as number).toBeGreaterThan(0.98);
  });

  it('day 50 is mixed: some clones are back in another state', async () => {
    const [patient] = (await run('day50', 'residual')).patients;
    const source = patient?.sources[0];
    expect([patient?.verdict, patient?.alarm, source?.tie]).toEqual(['mixed', true, 'tied']);
    expect(source?.labels[0]?.heritability.value as number).toBeCloseTo(0.77, 2);
    expect(source?.mostTied?.value).toBe('CTTAGTATTTTGGGAATCAC');
    expect([source?.mostTied?.nCarriers, source?.mostTied?.nCarriersInState]).toEqual([132, 8]);
  });

  it('day 202 is selection', async () => {
    const [patient] = (await run('day202', 'relapse')).patients;
    expect([patient?.verdict, patient?.alarm]).toEqual(['selection', true]);
  });
});

describe.skipIf(!present)('bulk barcodes of idling SKMEL5', () => {
  it('keep their diversity, with intervals over two replicates', async () => {
    const { columns, rows } = read('skmel5_idling_barcodes_hayford/bulk_barcode_counts.csv.gz');
    const names = columns.slice(1);
    const counted = rows.flatMap(([barcode, ...counts]) =>
      names.flatMap((sample, i) => {
        const count = Number(counts[i]);
        return count > 0 ? [{ sample, cell: null, barcode: barcode as string, count }] : [];
      }),
    );
    const samples = names.map((sample) => ({
      sample,
      patient: 'SKMEL5',
      stage: sample.startsWith('U') ? ('untreated' as const) : ('residual' as const),
      replicate: sample.slice(0, 2),
    }));
    const { bulk } = await studyLineages({ rows: counted, samples }, {}, inlineContext(lineageTasks));
    expect(
      bulk.stages.map(({ nReplicates, effectiveClones }) => [nReplicates, effectiveClones.value?.toFixed(1)]),
    ).toEqual([
      [2, '125.0'],
      [2, '139.8'],
    ]);
    const [shift] = bulk.shifts;
    expect(shift?.diversityKept.value as number).toBeCloseTo(1.118, 3);
    expect(shift?.diversityKept.low as number).toBeGreaterThan(1);
  });
});
