import { describe, expect, it } from 'vitest';
import { sentenceFaults } from '../../../../tests/support/sentence-faults.js';
import { antigenView } from '../markers/antigens.js';
import { markerCells } from '../markers/marker-cells.js';
import { markerGates } from '../markers/marker-gates.js';
import { plainContext, plantedMarkers } from '../markers/planted-markers.test-helper.js';
import { plantedMarkerStudy } from '../markers/planted-study.test-helper.js';
import { secretedMarkers } from '../markers/secreted-ranking.js';
import { surfaceMarkers } from '../markers/surface-ranking.js';
import { drugTables } from '../pipeline/tables/drug-tables.js';
import { gateTables } from '../pipeline/tables/gate-tables.js';
import {
  antigensTable,
  rankedMarkerPatientsTable,
  secretedMarkersTable,
  surfaceMarkersTable,
} from '../pipeline/tables/marker-tables.js';
import { targetsTable } from '../pipeline/tables/target-tables.js';
import type { NormalizedInput } from '../programme/input.js';
import { matchDrugs } from '../weaknesses/drugs/match-drugs.js';
import { rankTargets } from '../weaknesses/targets/rank-targets.js';
import type { Claim } from './claim.js';
import { drugClaim } from './drug-claims.js';
import { gateClaim } from './gate-claims.js';
import { antigenClaim, secretedClaim, surfaceClaim } from './surface-claims.js';
import { targetClaim } from './target-claims.js';

const context = plainContext();
const shared = { A: 2, B: 1.8, ERBB2: 1.6, GDF15: 2, REG: 1.7, LCN2: -2 };
const genes = ['A', 'B', 'ERBB2', 'GDF15', 'REST'];
const chances = {
  persister: [0.9, 0.6, 0.8, 0.5],
  untreated: [0.2, 0.2, 0.3, 0.1],
  normal: [0.1, 0.5, 0.6, 0.1],
};

function inputOf(patients: readonly string[], names: readonly string[]): NormalizedInput {
  const samples = patients.flatMap((p) => [`${p}-u`, `${p}-r`]);
  const values = Float64Array.from({ length: names.length * samples.length }, (_, i) => 1 + (i % 13));
  const table = { genes: names, samples, values };
  return {
    counts: table,
    logExpression: table,
    patient: patients.flatMap((p) => [p, p]),
    stage: patients.flatMap(() => ['untreated', 'residual'] as const),
    treatment: samples.map(() => 'drug'),
    technology: samples.map(() => '10x'),
  };
}

async function everything(
  patients: number,
): Promise<{ readonly claims: readonly Claim[]; readonly tables: readonly string[] }> {
  const study = plantedMarkerStudy({ shared, genes: 300, patients, seed: 1 });
  const names = study.perPatient?.effects.patients ?? [];
  const surface = { pack: 'surfaceome', genes: new Set(['A', 'B', 'ERBB2', 'G1', 'G2']) };
  const { input, reference } = plantedMarkers({ genes: genes.slice(0, 4), chances, patients, cells: 60, seed: 1 });
  const cells = await markerCells(input, { genes }, context);
  const ranking = surfaceMarkers(study, surface, {}, context);
  const secreted = secretedMarkers(study, {}, context);
  const gates = await markerGates(input.cells, reference, { candidates: ['A', 'B', 'ERBB2'], shuffles: 19 }, context);
  const contrast = { from: 'untreated', to: 'residual' };
  const antigens = antigenView(
    { ...study, input: inputOf(names, study.fixedEffect.table.gene), contrast },
    cells,
    { drugs: [], markers: ['A'] },
    context,
  );
  const drugGenes = [
    { drug: 'good', gene: 'A', action: 'inhibits', status: 'approved', source: 't' },
    { drug: 'bad', gene: 'B', action: 'activates', status: '', source: 't' },
  ] as const;
  const drugs = await matchDrugs(study, { drugGenes, signatures: null, essential: new Set(['A']) }, {}, context);
  const targets = rankTargets(
    {
      study,
      surface,
      cells,
      regulators: [{ regulator: 'REG', rank: 1, z: 6, pAdjusted: 0.001, agreement: null }],
      regulons: [{ source: 'REG', target: 'A', weight: 1 }],
      axes: new Map([['A', [{ axis: 'iron uptake', verdict: 'supported' }]]]),
      drugs,
      antibodyDrugs: antigens.antigens.flatMap((antigen) => antigen.drugs),
      essential: new Set(['A']),
    },
    {},
    context,
  );
  const tables = [
    surfaceMarkersTable(ranking, cells),
    secretedMarkersTable(secreted, cells),
    rankedMarkerPatientsTable([ranking, secreted], cells),
    antigensTable(antigens),
    ...gateTables(gates),
    ...drugTables(drugs),
    targetsTable(targets),
  ];
  for (const table of tables) {
    for (const { name, description } of table.columns) {
      expect(name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
      expect(description.length, name).toBeGreaterThan(3);
    }
    expect(new Set(table.columns.map(({ name }) => name)).size).toBe(table.columns.length);
  }
  return {
    claims: [
      surfaceClaim(ranking, cells),
      secretedClaim(secreted, cells),
      antigenClaim(antigens),
      gateClaim(gates, { hasCells: true }),
      drugClaim(drugs),
      targetClaim(targets),
    ],
    tables: tables.filter(({ nRows }) => nRows > 0).map(({ name }) => name),
  };
}

describe('claims on markers, drugs and targets', () => {
  it('say what was found, in both languages', async () => {
    const { claims, tables } = await everything(6);
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['markers.surface', 'supported'],
      ['markers.secreted', 'supported'],
      ['markers.antigens', 'supported'],
      ['markers.gates', 'supported'],
      ['weaknesses.drugs', 'supported'],
      ['targets.first', 'supported'],
    ]);
    for (const claim of claims) {
      expect(sentenceFaults(claim), claim.id).toEqual([]);
      for (const name of claim.tables) expect(tables).toContain(name);
    }
    const [, , , gate, drug, target] = claims;
    expect(gate?.sentence.en).toContain('A+');
    expect(drug?.sentence.en).toBe(
      'Of 2 drugs, 1 pushes the programme back by target or by signature, first good. Drugs that would push it further: bad.',
    );
    expect(target?.lines[0]?.id).toBe('A');
    expect(target?.lines[0]?.sentence.en).toContain('core fitness gene');
  });

  it('are not testable with two patients', async () => {
    const { claims } = await everything(2);
    for (const claim of claims) {
      expect([claim.id, claim.verdict]).toEqual([claim.id, 'not testable']);
      expect(sentenceFaults(claim), claim.id).toEqual([]);
    }
  });

  it('say what to install or supply', async () => {
    const study = plantedMarkerStudy({ shared, genes: 300, patients: 6, seed: 1 });
    const none = { drugGenes: null, signatures: null, essential: null };
    const missing = [
      surfaceClaim(surfaceMarkers(study, null, {}, context), null),
      gateClaim(null, { hasCells: false }),
      drugClaim(await matchDrugs(study, none, {}, context)),
    ];
    for (const claim of missing) {
      expect(claim.verdict).toBe('not testable');
      expect(sentenceFaults(claim), claim.id).toEqual([]);
    }
    expect(missing[0]?.sentence.en).toContain('surfaceome');
    expect(missing[2]?.sentence.fr).toContain('Aucun tableau');
  });
});
