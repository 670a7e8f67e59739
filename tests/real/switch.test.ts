import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  fixedEffectModel,
  hysteresis,
  type KnockOut,
  knockOut,
  normalizeInput,
  patientEffects,
  rankRegulators,
  type RegulatorEvidence,
  regulatorEvidence,
  type RegulatorEvidenceRow,
  regulatorRefits,
  regulatorTasks,
  type RegulonEdge,
  type Stage,
} from '@remnant/engine';
import { inlineContext } from '../support/inline-context.js';

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const study = `${shared}data/bulk/tnbc_pdx_ap1_baudre/`;
const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');
const present = required || existsSync(study);
if (!present) console.warn('Skipped: the eight-patient study is not beside this checkout (../shared/data).');

type Rows = Record<string, string>[];

function readCsv(path: string): Rows {
  const text = gunzipSync(readFileSync(path)).toString('utf8').trim();
  const [header = [], ...lines] = text.split('\n').map((line) => line.split(',').map((cell) => cell.replace(/"/g, '')));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}

function readStudy(): ReturnType<typeof normalizeInput> {
  const rows = readCsv(`${study}common_rawcounts_8pdx.csv.gz`);
  const samples = Object.keys(rows[0] ?? {}).filter((column) => column !== 'Symbol');
  const stageOf = (sample: string): Stage =>
    sample.includes('chemonaive') ? 'untreated' : sample.includes('Relapse') ? 'relapse' : 'residual';
  return normalizeInput({
    counts: {
      genes: rows.map((row) => row['Symbol'] ?? ''),
      samples,
      values: Float64Array.from(rows.flatMap((row) => samples.map((s) => Number(row[s])))),
    },
    patient: samples.map((sample) => sample.split('_')[0] ?? ''),
    stage: samples.map(stageOf),
    treatment: samples.map((sample) => (sample.split('_')[1] ?? '').replace(/\d+$/, '')),
    technology: samples.map(() => 'mixed'),
  });
}

const context = inlineContext(regulatorTasks);
const contrast = { from: 'untreated', to: 'residual' } as const;
const asked = ['FOSL1', 'JUN', 'NFKB1', 'STAT1', 'MYC'];

describe.skipIf(!present)('the switch of the eight-patient study', () => {
  let evidence: RegulatorEvidence;
  let removed: readonly KnockOut[] = [];
  const rowOf = (regulator: string): RegulatorEvidenceRow =>
    evidence.rows.find((row) => row.regulator === regulator) as RegulatorEvidenceRow;

  beforeAll(async () => {
    const edges: RegulonEdge[] = readCsv(`${shared}resources/genesets/collectri_human_TF_target.csv.gz`).map((row) => ({
      source: row['source'] ?? '',
      target: row['target'] ?? '',
      weight: Number(row['mor']),
    }));
    const input = readStudy();
    const effects = patientEffects(input, { contrast });
    const { table } = fixedEffectModel(input, { contrast, pAdjustedMax: 1e-4, logFoldChangeMin: 0.5 });
    const ranking = await rankRegulators(
      {
        genes: input.counts.genes,
        statistic: table.t,
        logFoldChange: table.logFoldChange,
        pAdjusted: table.pAdjusted,
        averageExpression: table.averageExpression,
        patients: effects,
      },
      edges,
      { permutations: 1000, minimumSize: 5 },
      context,
    );
    const refits = await regulatorRefits(input, contrast, context);
    evidence = await regulatorEvidence({ ranking, refits, chromatin: null, perturbations: [] }, {}, context);
    if (ranking.study.patients === null) return;
    const model = { effects: ranking.study.patients, averageExpression: ranking.study.averageExpression };
    const named = [...asked, evidence.rows[0]?.regulator ?? ''];
    const result = await knockOut({ ...model, network: ranking.network }, { regulators: named, draws: 500 }, context);
    removed = result.regulators;
  }, 120_000);

  it('ranks', () => {
    for (const row of [...evidence.rows.slice(0, 25), ...asked.map(rowOf)]) {
      console.info(row.regulator, row.rank, row.family, row.direction, 'z', row.z.toFixed(1), 'pF', row.pFamilyWise.toFixed(3), row.patients?.agree, '/', row.patients?.asked, row.patientLow.toFixed(2), row.patientHigh.toFixed(2), 'rna', row.logFoldChange.toFixed(2), 'pos', row.position.nAgreeing, row.position.expected.toFixed(1), row.position.pValue.toExponential(1), JSON.stringify(Object.values(row.lines).map((x) => x === null || Number.isNaN(x) ? null : +x.toFixed(3))), 'rho', row.rho.toExponential(1), 'stab', row.stability?.low, row.stability?.high, row.stability?.share, row.verdict, row.reasons.map(r=>r.code).join());
    }
    for (const k of removed) console.info(k.regulator, k.nTargets, k.knockOut.value?.toFixed(3), k.knockOut.low?.toFixed(3), k.knockOut.high?.toFixed(3), 'null', k.nullMean.toFixed(3), k.null95.toFixed(3), 'pct', k.percentile, 'act', k.activation.value?.toFixed(3), k.activationPercentile, k.patients.map((p) => `${p.patient} ${p.knockOut.value?.toFixed(2)} ${p.percentile.toFixed(2)}`).join(' | '));
  });
});
