import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  antigenView,
  createExpressionMatrix,
  fixedEffectModel,
  type MarkerStudy,
  namedMarkers,
  normalizeInput,
  type NormalizedInput,
  patientEffects,
  patientMetaAnalysis,
  programmeTasks,
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
      table: { gene: rows.map((row) => row[columns.indexOf('Symbol')] ?? ''), logFoldChange, t: column('t'), pAdjusted },
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

  it('own numbers, patient by patient', () => {
    if (own === null) return;
    const start = performance.now();
    const ranking = surfaceMarkers(own, surface, {}, context);
    console.info('seconds', ((performance.now() - start) / 1000).toFixed(2));
    console.info(
      'own: first fifteen surface genes of',
      ranking.nMeasured,
      ranking.rows
        .slice(0, 15)
        .map((r) => `${r.gene} t ${r.t.toFixed(2)} ${String(r.agree)}/${String(r.asked)} votes ${String(r.votes)} ${r.verdict} pAdj ${String(r.pAdjustedNamed?.toFixed(3))} fw ${String(r.pFamilyWise)} worst ${String(r.stability?.worst)} without ${String(r.stability?.worstWithout)} fixed ${String(r.fixedEffect?.rank)}`)
        .join('\n'),
    );
    console.info('called up, down, shared', ranking.nCalledUp, ranking.nCalledDown, ranking.nShared, ranking.null);
    const place = (gene: string): string => {
      const row = ranking.rows.find((r) => r.gene === gene);
      return row === undefined ? `${gene}: not measured` : `${gene}: rank ${String(row.rank)} t ${row.t.toFixed(2)} ${String(row.agree)}/${String(row.asked)} ${row.verdict} fixed ${String(row.fixedEffect?.rank)}`;
    };
    console.info(['ABCA1', 'ULBP1', 'ANTXR2', 'BTC', 'TLR2', 'CD44', 'ERBB3', 'ULBP2', 'CDH2'].map(place).join('\n'));
    const byFixed = surfaceMarkers({ ...own, perPatient: null }, surface, {}, context);
    console.info('own, model of all samples', byFixed.rows.slice(0, 12).map(({ gene }) => gene).join(' '));
    const secreted = secretedMarkers(own, {}, context);
    console.info(secreted.rows.map((r) => `${r.gene} ${r.t.toFixed(2)} ${String(r.agree)}/${String(r.asked)} ${r.verdict} ${r.pooled.value?.toFixed(2) ?? ''}`).join('\n'));
  });
});

function ownStudy(input: NormalizedInput): MarkerStudy {
  const fixedEffect = fixedEffectModel(input, { contrast, pAdjustedMax: 1e-4, logFoldChangeMin: 0.5 });
  const effects = patientEffects(input, { contrast });
  return { fixedEffect, perPatient: { effects, meta: patientMetaAnalysis(effects, { fdr: 0.05 }) } };
}
