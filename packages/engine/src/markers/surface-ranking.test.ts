import { describe, expect, it } from 'vitest';
import { plainContext } from './planted-markers.test-helper.js';
import { plantedMarkerStudy } from './planted-study.test-helper.js';
import { secretedGenes } from './secreted-genes.js';
import { secretedMarkers } from './secreted-ranking.js';
import { surfaceMarkers } from './surface-ranking.js';

const listed = ['BEST', 'GOOD', 'DOWN', ...Array.from({ length: 60 }, (_, g) => `G${String(g)}`), 'ABSENT'];
const surface = { pack: 'surfaceome', genes: new Set(listed) };
const planted = { shared: { BEST: 2.5, GOOD: 1.8, DOWN: -2, HIDDEN: 4 }, genes: 400, patients: 8, seed: 2 };

describe('surfaceMarkers', () => {
  it('ranks the genes of the pack by what the patients share, and nothing else', () => {
    const ranking = surfaceMarkers(plantedMarkerStudy(planted), surface, {}, plainContext());
    expect(ranking).toMatchObject({ status: 'ok', nListed: 64, nMeasured: 63, rankedBy: 'patient-level' });
    expect(ranking.rows.slice(0, 2).map(({ gene }) => gene)).toEqual(['BEST', 'GOOD']);
    expect(ranking.rows.at(-1)).toMatchObject({ gene: 'DOWN', direction: -1 });
    expect(ranking.rows.some(({ gene }) => gene === 'HIDDEN')).toBe(false);
    const [best] = ranking.rows;
    expect(best).toMatchObject({ verdict: 'shared', agree: 8, asked: 8, votes: 8, called: 1 });
    expect(best?.stability).toMatchObject({ kept: 8, asked: 8 });
    expect(best?.stability?.worst).toBeLessThanOrEqual(2);
    expect(best?.pFamilyWise).toBe(1 / 256);
    expect(best?.fixedEffect?.rank).toBe(2);
  });

  it('finds no gene family-wise where patients share nothing', () => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const study = plantedMarkerStudy({ ...planted, shared: {}, patients: 6, seed });
      return surfaceMarkers(study, surface, {}, plainContext(seed)).rows[0]?.pFamilyWise ?? NaN;
    });
    expect(found.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(4);
  });

  it('draws labellings at random beyond eleven patients', () => {
    const ranking = surfaceMarkers(plantedMarkerStudy({ ...planted, patients: 14 }), surface, {}, plainContext());
    expect(ranking.null).toMatchObject({ exact: false, nDraws: 2000 });
    expect(ranking.rows[0]?.pFamilyWise).toBe(1 / 2001);
  });

  it('says what is missing', () => {
    const study = plantedMarkerStudy(planted);
    expect(surfaceMarkers(study, null, {}, plainContext()).reasons).toEqual([
      'no pack of surface proteins is installed (surfaceome)',
    ]);
    const published = surfaceMarkers({ ...study, perPatient: null }, surface, {}, plainContext());
    expect(published).toMatchObject({ status: 'not testable', rankedBy: 'fixed-effect', null: null });
    expect(published.rows[0]?.gene).toBe('BEST');
    expect(() => surfaceMarkers(study, surface, { top: 0 }, plainContext())).toThrow(/top/);
    expect(() => surfaceMarkers(study, surface, { fdr: 2 }, plainContext())).toThrow(/fdr/);
  });
});

describe('secretedMarkers', () => {
  it('ranks its own list, each gene once with a reason and a DOI', () => {
    const ranking = secretedMarkers(
      plantedMarkerStudy({ ...planted, shared: { GDF15: 2, LCN2: -2 } }),
      {},
      plainContext(),
    );
    expect(ranking.rows.map(({ gene }) => gene)).toEqual(['GDF15', 'LCN2']);
    expect(new Set(secretedGenes.map(({ gene }) => gene)).size).toBe(secretedGenes.length);
    for (const { reason, doi } of secretedGenes) {
      expect(reason.length).toBeGreaterThan(10);
      for (const one of doi) expect(one).toMatch(/^10\.\d{4,}\//);
    }
  });
});
