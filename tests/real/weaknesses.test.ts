import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  createExpressionMatrix,
  fixedEffectModel,
  leaveOnePatientOut,
  logCpm,
  normalizeInput,
  patientEffects,
  patientMetaAnalysis,
  type ProgrammeInput,
  programmeGenes,
  programmeTasks,
  weaknessAxes,
} from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../support/inline-context.js';
import { readReferenceSamples, referenceStudyFolder, withoutReferenceStudy } from '../support/reference-study.js';

/** The weaknesses of the eight-patient study: iron pattern not shared, immune genes up, no gene of the programme in an axis. */
const skip = withoutReferenceStudy('weaknesses of the reference study');
const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const context = inlineContext(programmeTasks);

function readStudy(): ProgrammeInput {
  const [, ...rows] = gunzipSync(readFileSync(join(referenceStudyFolder, 'common_rawcounts_8pdx.csv.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().replaceAll('"', '').split(','));
  const samples = readReferenceSamples();
  return {
    counts: createExpressionMatrix(
      rows.map((row) => row[0] as string),
      samples.map((s) => s.sample),
      Float64Array.from(rows.flatMap((row) => row.slice(1).map(Number))),
    ),
    patient: samples.map((s) => s.patient),
    stage: samples.map((s) => s.stage),
    treatment: samples.map((s) => s.treatment),
    technology: samples.map((s) => s.technology),
  };
}

function analyse() {
  const input = normalizeInput(readStudy());
  const effects = patientEffects(input, { contrast });
  const meta = patientMetaAnalysis(effects, { fdr: 0.05 });
  const fixed = fixedEffectModel(input, { contrast, pAdjustedMax: 1e-4, logFoldChangeMin: 0.5 });
  const left = leaveOnePatientOut(input, effects, { contrast, signatureSize: 100, permutations: 20 }, context);
  const programme = programmeGenes({
    leaveOneOut: left.patientLevel,
    overPatients: meta,
    allSamples: { genes: fixed.table.gene, direction: fixed.direction },
    vote: null,
    persisters: null,
  });
  const study = { input, effects, programmeGenes: programme, cells: null, allSamples: fixed.table };
  return { programme, found: weaknessAxes(study, {}, context) };
}

/** Numbers worth reading in the log of a run, misses included. */
function say(what: string, value: unknown): void {
  console.info(`${what}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

describe.skipIf(skip)('weaknesses of eight patients', () => {
  // The body of a skipped suite still runs.
  if (skip) return;
  const { programme, found } = analyse();
  const row = (axis: string, gene: string) => found.genes.find((one) => one.axis === axis && one.gene === gene);

  it('takes the genes of the programme out of every axis, and lists them', () => {
    const names = new Set(programme.map(({ gene }) => gene));
    say('genes of the programme', names.size);
    for (const { axis, used, excluded } of found.axes) {
      expect(
        used.filter((gene) => names.has(gene)),
        axis,
      ).toEqual([]);
      expect(
        excluded.every((gene) => names.has(gene)),
        axis,
      ).toBe(true);
    }
    expect(found.axes.find(({ axis }) => axis === 'peroxidisable-lipid')?.excluded).toContain('SCD');
    expect(found.axes.find(({ axis }) => axis === 'antigen-presentation')?.excluded).toContain('B2M');
  });

  it('iron: TFRC below zero in seven of eight, CD44 split, pattern not shared', () => {
    const { verdict, patients, parts, agree } = found.ironPattern;
    for (const p of patients) {
      const [cd44, tfrc, mesenchymal] = [p.cd44, p.tfrc, p.mesenchymal].map(({ effect }) => effect?.toFixed(2));
      say(p.patient, `CD44 ${String(cd44)}, TFRC ${String(tfrc)}, mesenchymal ${String(mesenchymal)}, ${p.signs}`);
    }
    const counts = parts.map(({ part, up, down }) => [part, up, down]);
    say('up and down', counts);
    // Without TMM CD44 is up in four and down in four; with it three small effects cross zero.
    expect(counts.slice(0, 2)).toEqual([
      ['CD44', 2, 6],
      ['TFRC', 1, 7],
    ]);
    expect(verdict).toBe('not shared');
    expect(agree).toBe(1);
    expect(patients.find(({ signs }) => signs === 'pattern')?.patient).toBe('HBCx14');
    expect(found.ironDirection.verdict).toBe('neither');
    expect(found.ironPattern.programmeGenes).toEqual(['TFRC']);
  });

  it('iron without TMM, as published: TFRC below zero in seven, one of them −0.01, CD44 four to four', () => {
    const { counts, patient, stage } = readStudy();
    const logged = logCpm(counts);
    const differences = (gene: string): number[] =>
      [...new Set(patient)].sort().map((one) => {
        const mean = (wanted: string): number => {
          const columns = patient.flatMap((p, s) => (p === one && stage[s] === wanted ? [s] : []));
          const row = counts.genes.indexOf(gene) * patient.length;
          return columns.reduce((sum, s) => sum + (logged.values[row + s] as number), 0) / columns.length;
        };
        return mean('residual') - mean('untreated');
      });
    const [cd44, tfrc] = [differences('CD44'), differences('TFRC')];
    say(
      'CD44 and TFRC without TMM',
      [cd44, tfrc].map((values) => values.map((value) => value.toFixed(2)).join(' ')),
    );
    expect(tfrc.filter((value) => value < 0).length).toBe(7);
    expect(Math.max(...tfrc.filter((value) => value < 0))).toBeCloseTo(-0.01, 2);
    expect(cd44.filter((value) => value > 0).length).toBe(4);
  });

  it('immune visibility: ULBP1, ULBP2, B2M, PSMB8 and STAT1 up, gene by gene', () => {
    const shown = [
      row('nk-ligands', 'ULBP2'),
      row('antigen-presentation', 'B2M'),
      row('antigen-presentation', 'PSMB8'),
      row('interferon', 'STAT1'),
    ];
    for (const one of shown) {
      say(
        String(one?.gene),
        `${String(one?.status)}, over patients ${String(one?.effect?.toFixed(2))} (up in ${String(one?.up)} of 8), all samples ${String(one?.effectAllSamples?.toFixed(2))}, adjusted P ${String(one?.pAdjustedAllSamples?.toExponential(1))}`,
      );
      expect(one?.effect).toBeGreaterThan(0);
      expect(one?.effectAllSamples).toBeGreaterThan(0.5);
      expect(one?.pAdjustedAllSamples).toBeLessThan(0.05);
    }
    // ULBP1 is not among the 9,394 genes all technologies share; the published table of 14,989 has it.
    expect(row('nk-ligands', 'ULBP1')?.status).toBe('not measured');
    const published = gunzipSync(readFileSync(join(referenceStudyFolder, 'differential_persister_vs_naive.csv.gz')))
      .toString('utf8')
      .split('\n')
      .map((line) => line.trim().replaceAll('"', '').split(','));
    const [header = [], ...rows] = published;
    const ulbp1 = rows.find((cells) => cells[header.indexOf('Symbol')] === 'ULBP1');
    expect(Number(ulbp1?.[header.indexOf('logFC')])).toBeGreaterThan(0.5);
    expect(Number(ulbp1?.[header.indexOf('adj.P.Val')])).toBeLessThan(1e-4);
  });

  it('no axis is shared by the eight patients once the programme is out', () => {
    for (const { axis, verdict, pooled, agree, asked, pAdjusted, pMatched, used, excluded } of found.axes) {
      const interval = [pooled.estimate, pooled.low, pooled.high].map((x) => x?.toFixed(2) ?? 'none').join(' / ');
      say(
        axis,
        `${verdict}, ${interval}, ${String(agree)} of ${String(asked)}, adjusted P ${String(pAdjusted?.toFixed(3))}, random genes ${String(pMatched?.toFixed(3))}, ${String(used.length)} genes, out: ${excluded.join(' ')}`,
      );
    }
    const verdicts = found.axes.map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'raised' || verdict === 'lowered')).toEqual([]);
    const notTestable = found.axes.filter(({ verdict }) => verdict === 'not testable').map(({ axis }) => axis);
    expect(notTestable).toEqual(['iron-uptake-cd44', 'iron-export', 'nk-ligands']);
  });

  it('says which arms cannot be told, and flags class I in one patient', () => {
    const under = found.deathModes.summaries.filter(({ stage }) => stage === 'residual');
    say(
      'death modes',
      under.map(({ axis, open, blocked, cannotTell, verdict }) => [axis, open, blocked, cannotTell, verdict]),
    );
    // RIPK3 is not among the genes all technologies share, and two patients are arrays.
    expect(under.find(({ axis }) => axis === 'necroptosis')?.verdict).toBe('cannot tell');
    for (const { cannotTell } of under) expect(cannotTell).toBeGreaterThanOrEqual(2);
    const flagged = found.mhcLoss.filter(({ flagged: yes }) => yes);
    say('class I', flagged);
    expect(flagged.map(({ patient }) => patient)).toEqual(['HBCx95']);
    expect(found.ahr.verdict).toBe('not testable');
  });
});
