import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  antigenView,
  createExpressionMatrix,
  curatedAntibodyDrugs,
  fixedEffectModel,
  type MarkerStudy,
  namedMarkers,
  normalizeInput,
  type NormalizedInput,
  patientEffects,
  patientMetaAnalysis,
  programmeTasks,
  rankTargets,
  secretedMarkers,
  surfaceMarkers,
} from '@remnant/engine';
import { parseSurfaceome, readTextTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { sharedResources } from '../host/shared.js';
import { inlineContext } from '../support/inline-context.js';
import { readReferenceSamples, referenceStudyFolder, withoutReferenceStudy } from '../support/reference-study.js';

/** Surface and secreted markers and antigens on the eight-patient study. */
const absent = withoutReferenceStudy('markers of the reference study');
const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const context = inlineContext(programmeTasks);

function readTable(name: string, folder: string): ReturnType<typeof readTextTable> {
  const bytes = readFileSync(join(folder, name));
  return readTextTable(name.endsWith('.gz') ? gunzipSync(bytes) : bytes, name);
}

function surfaceList(): { readonly pack: string; readonly genes: ReadonlySet<string> } {
  const file = 'surfy_surfaceome_human.csv.gz';
  return { pack: 'surfaceome', genes: parseSurfaceome(readFileSync(join(sharedResources, 'targets', file)), file) };
}

/** The published table of 14,989 genes, which has no effects per patient. */
function publishedStudy(): MarkerStudy {
  const { columns, rows } = readTable('differential_persister_vs_naive.csv.gz', referenceStudyFolder);
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[columns.indexOf(name)]));
  const [logFoldChange, pAdjusted] = [column('logFC'), column('adj.P.Val')];
  return {
    fixedEffect: {
      table: {
        gene: rows.map((row) => row[columns.indexOf('Symbol')] ?? ''),
        logFoldChange,
        t: column('t'),
        pAdjusted,
      },
      direction: Int8Array.from(logFoldChange, (change, g) =>
        Math.abs(change) > 0.5 && (pAdjusted[g] ?? 1) < 1e-4 ? Math.sign(change) : 0,
      ),
    },
    perPatient: null,
  };
}

function ownInput(): NormalizedInput {
  const { columns, rows } = readTable('common_rawcounts_8pdx.csv.gz', referenceStudyFolder);
  const samples = readReferenceSamples();
  return normalizeInput({
    counts: createExpressionMatrix(
      rows.map((row) => row[0] ?? ''),
      columns.slice(1),
      Float64Array.from(rows.flatMap((row) => row.slice(1).map(Number))),
    ),
    patient: samples.map(({ patient }) => patient),
    stage: samples.map(({ stage }) => stage),
    treatment: samples.map(({ treatment }) => treatment),
    technology: samples.map(({ technology }) => technology),
  });
}

describe.skipIf(absent)('markers of the reference study', () => {
  const surface = absent ? { pack: '', genes: new Set<string>() } : surfaceList();
  const input = absent ? null : ownInput();
  const own = input === null ? null : ownStudy(input);

  it('published calls: 147 surface genes up; ABCA1, ULBP1, ANTXR2, BTC and TLR2 in the first ten', () => {
    const ranking = surfaceMarkers(publishedStudy(), surface, {}, context);
    const first = ranking.rows.slice(0, 10).map(({ gene }) => gene);
    console.info('published: first ten surface genes', first.join(' '), ranking.nMeasured);
    expect([ranking.rankedBy, ranking.status]).toEqual(['fixed-effect', 'not testable']);
    expect(ranking.nMeasured).toBe(1940);
    expect(ranking.nCalledUp).toBe(147);
    for (const gene of ['ABCA1', 'ULBP1', 'ANTXR2', 'BTC', 'TLR2']) expect(first).toContain(gene);
  });

  it('own numbers, patient by patient: three of the five in the first ten, one not measured, one at rank 36', () => {
    if (own === null) return;
    const ranking = surfaceMarkers(own, surface, {}, context);
    expect([ranking.status, ranking.rankedBy, ranking.nMeasured]).toEqual(['ok', 'patient-level', 763]);
    const rankOf = (gene: string): number | null => ranking.rows.find((row) => row.gene === gene)?.rank ?? null;
    const first = ranking.rows.slice(0, 10);
    console.info(
      'own numbers, first ten surface genes: gene, agree, worst rank without a patient, family-wise P\n',
      first
        .map((r) =>
          [
            r.gene,
            `${String(r.agree)}/${String(r.asked)}`,
            r.stability?.worst,
            r.pFamilyWise?.toFixed(3),
            r.verdict,
          ].join(' '),
        )
        .join('\n '),
    );
    expect(first.map(({ gene }) => gene)).toEqual([
      'CDH2',
      'ANTXR2',
      'ABCA1',
      'NEGR1',
      'TMEM182',
      'BTC',
      'MR1',
      'LAMP2',
      'TLR3',
      'TMEM154',
    ]);
    expect(['ABCA1', 'ULBP1', 'ANTXR2', 'BTC', 'TLR2'].map(rankOf)).toEqual([3, null, 2, 6, 36]);
    expect([ranking.nCalledUp, ranking.nCalledDown, ranking.nShared]).toEqual([60, 23, 4]);
    expect(ranking.null).toMatchObject({ nDraws: 256, exact: true });
    expect(ranking.rows.filter(({ pFamilyWise }) => (pFamilyWise ?? 1) <= 0.05).map(({ gene }) => gene)).toEqual([
      'CDH2',
      'ANTXR2',
    ]);
  });

  it('CD44 and ERBB3 are not shared, with the effect of every patient', () => {
    if (own?.perPatient == null) return;
    const { effects, meta } = own.perPatient;
    const markers = namedMarkers({ fixedEffect: own.fixedEffect.table, effects, meta }, { genes: ['CD44', 'ERBB3'] });
    for (const { gene, verdict, patients } of markers) {
      console.info(gene, verdict, patients.map(({ patient, effect }) => `${patient} ${effect.toFixed(2)}`).join(', '));
      expect(verdict, gene).toBe('not shared');
      expect(patients.length).toBe(8);
    }
    expect(markers[0]?.patients.find(({ patient }) => patient === 'HBCx10')?.effect).toBeCloseTo(1.77, 2);
  });

  it('secreted proteins: six raised and shared', () => {
    if (own === null) return;
    const { rows } = secretedMarkers(own, {}, context);
    const shared = rows.filter(({ verdict, direction }) => verdict === 'shared' && direction > 0);
    console.info(
      'secreted, shared',
      shared.map((r) => `${r.gene} ${r.pooled.value?.toFixed(2) ?? ''}`).join(', '),
      'of',
      rows.length,
    );
    expect(shared.map(({ gene }) => gene)).toEqual(['TNFRSF11B', 'KLK6', 'INHBA', 'SLPI', 'LCN2', 'IGFBP7']);
  });

  it('antigens: ERBB3 is not shared; its level differs widely between patients', () => {
    if (own === null || input === null) return;
    const view = antigenView({ ...own, input, contrast }, null, { drugs: [], markers: ['CD44'] }, context);
    const say = view.antigens.map(
      ({ gene, marker, percentileRange }) =>
        `${gene} ${marker?.verdict ?? 'not measured'} ${marker?.pooled.value?.toFixed(2) ?? ''} percentile ${percentileRange?.map((p) => p.toFixed(2)).join('–') ?? ''}`,
    );
    console.info(say.join('\n'));
    const erbb3 = view.antigens.find(({ gene }) => gene === 'ERBB3');
    expect(erbb3?.marker).toMatchObject({ verdict: 'not shared', positive: 5, negative: 3 });
    expect(erbb3?.levels.length).toBe(8);
    expect(erbb3?.drugs[0]?.source).toBe('doi:10.1038/s41591-025-03885-3');
  });

  it('targets: surface genes the patients share and drugs that reach them, without packs for more', () => {
    if (own === null) return;
    const found = rankTargets(
      {
        study: own,
        surface,
        cells: null,
        regulators: null,
        regulons: null,
        axes: null,
        drugs: null,
        antibodyDrugs: curatedAntibodyDrugs,
        essential: null,
      },
      {},
      context,
    );
    console.info(
      'targets of',
      found.nCandidates,
      found.targets
        .slice(0, 10)
        .map(
          (t) =>
            `${t.gene} (${String(t.nSupported)}) ${String(t.shared.agree)}/8; ${t.against.map(({ text }) => text.en).join(', ')}`,
        )
        .join('\n'),
    );
    expect(found.linesAtHand).toEqual(['shared', 'surface', 'drug']);
    expect(found.targets.every(({ lines }) => lines.shared === 'supported')).toBe(true);
    expect(found.targets.map(({ gene }) => gene)).not.toContain('CD44');
    expect(found.targets.map(({ gene }) => gene)).not.toContain('ERBB3');
  });
});

function ownStudy(input: NormalizedInput): MarkerStudy {
  const fixedEffect = fixedEffectModel(input, { contrast, pAdjustedMax: 1e-4, logFoldChangeMin: 0.5 });
  const effects = patientEffects(input, { contrast });
  return { fixedEffect, perPatient: { effects, meta: patientMetaAnalysis(effects, { fdr: 0.05 }) } };
}
