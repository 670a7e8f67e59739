import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { faultsInText, sentenceFaults } from '../../../../tests/support/sentence-faults.js';
import { weaknessTables } from '../pipeline/tables/weakness-tables.js';
import { plantedCells, type PlantedKind } from '../weaknesses/planted-cells.test-helper.js';
import { asProgramme, plantedAxes } from '../weaknesses/planted.test-helper.js';
import { axesByGene } from '../weaknesses/axis-evidence.js';
import { curatedAxes } from '../weaknesses/sets/index.js';
import type { WeaknessAxes } from '../weaknesses/types.js';
import { weaknessAxes } from '../weaknesses/weakness-axes.js';
import type { Claim } from './claim.js';
import { weaknessClaims } from './weakness-claims.js';

const context = inlineContext({});

function signed(id: string): (gene: string) => number {
  const signs = new Map(curatedAxes.find((axis) => axis.id === id)?.genes.map(({ gene, sign }) => [gene, sign]));
  return (gene) => signs.get(gene) ?? 0;
}

function analyse(
  effectOf: (gene: string, patient: number) => number,
  programme: readonly string[] = [],
  more: { readonly patients?: number; readonly kinds?: readonly PlantedKind[] } = {},
): WeaknessAxes {
  const study = plantedAxes({ seed: 4, effectOf, patients: more.patients ?? 6 });
  const cells = more.kinds === undefined ? null : plantedCells(more.kinds, { seed: 4 });
  const data = { ...study, cells, programmeGenes: asProgramme(programme), allSamples: null };
  return weaknessAxes(data, { permutations: 100 }, context);
}

const persister: PlantedKind = { label: 'tumour', tumour: true, called: 1, nCells: 30, effectOf: signed('lysosome') };
const other: PlantedKind = { ...persister, called: 0, effectOf: () => 0 };
const cd8: PlantedKind = {
  label: 'normal: CD8 T cell',
  tumour: false,
  called: -1,
  nCells: 40,
  effectOf: (gene, stage) => (stage === 'residual' ? 1.5 * signed('ahr-targets')(gene) : 0),
};

const overloaded = analyse(signed('iron-overload'), ['GPX4', 'B2M', 'CASP8']);
const starved = analyse(signed('iron-starvation'));
const nothing = analyse(() => 0, ['CD44']);
const alone = analyse(() => 0, [], { patients: 1 });
const lost = analyse((gene, p) => (p === 1 ? -2 * signed('antigen-presentation')(gene) : 0));
const inCells = analyse(() => 0, [], { kinds: [persister, other, cd8] });
const studies = { overloaded, starved, nothing, alone, lost, inCells };

const claimOf = (found: WeaknessAxes, id: string): Claim =>
  weaknessClaims(found).find((claim) => claim.id === `weakness.${id}`) as Claim;

describe('weaknessClaims', () => {
  it.each(Object.entries(studies))('are whole sentences in both languages: %s', (_, found) => {
    expect(weaknessClaims(found).flatMap(sentenceFaults)).toEqual([]);
  });

  it('name experiment and escape in whole sentences', () => {
    const texts = curatedAxes.flatMap(({ experiment, escape }) => [experiment, escape]);
    expect(texts.flatMap(faultsInText)).toEqual([]);
  });

  it('never print a share killed, and say what RNA cannot show', () => {
    for (const found of Object.values(studies)) {
      for (const claim of weaknessClaims(found))
        expect(JSON.stringify(claim)).not.toMatch(/kill(s|ed)? \d|\d+ % (of|des) /);
      expect(claimOf(found, 'iron-overload').sentence.en).toContain('cannot measure labile iron');
    }
  });

  it('give each hypothesis its verdict', () => {
    const verdicts = (found: WeaknessAxes): string[] =>
      ['iron-overload', 'iron-starvation', 'iron-pattern', 'ahr'].map((id) => claimOf(found, id).verdict);
    expect(verdicts(overloaded)).toEqual(['supported', 'contradicted', 'not supported', 'not testable']);
    expect(verdicts(starved).slice(0, 2)).toEqual(['contradicted', 'supported']);
    expect(verdicts(nothing)).toEqual(['not supported', 'not supported', 'not supported', 'not testable']);
    expect(verdicts(alone)).toEqual(['not testable', 'not testable', 'not testable', 'not testable']);
    expect(claimOf(inCells, 'ahr').verdict).toBe('supported');
  });

  it('list the genes of the programme they left out', () => {
    for (const claim of weaknessClaims(overloaded).filter(({ id }) => id !== 'weakness.iron-pattern')) {
      const text = JSON.stringify([
        claim.sentence.en,
        claim.control.en,
        claim.lines.map(({ sentence }) => sentence.en),
      ]);
      expect(text, claim.id).toMatch(/belongs? to the programme|Taken out here/);
    }
    expect(claimOf(overloaded, 'iron-overload').sentence.en).toContain('belong to the programme: GPX4.');
    expect(claimOf(overloaded, 'immune-visibility').control.en).toContain('Taken out here: B2M and CASP8.');
    expect(claimOf(nothing, 'iron-pattern').sentence.en).toContain('CD44 belongs to the programme too');
  });

  it('flag loss of class I, and show persisters apart', () => {
    expect(claimOf(lost, 'immune-visibility').sentence.en).toContain('MHC class I is lost in P1');
    const lines = weaknessClaims(inCells).flatMap((claim) => claim.lines.map(({ id }) => id));
    expect(lines).toContain('persister-other-to');
  });

  it('are none where weaknesses were not looked for', () => {
    expect(weaknessClaims(null)).toEqual([]);
    expect(weaknessTables(null)).toEqual([]);
  });
});

describe('weaknessTables', () => {
  it('hold one row per unit, and every gene with its reason', () => {
    const rows = new Map(weaknessTables(inCells).map(({ name, nRows }) => [name, nRows]));
    const nTumour = curatedAxes.filter(({ readIn }) => readIn === 'tumour').length;
    expect(rows.get('weakness_axes')).toBe(4 * nTumour + 3);
    expect(rows.get('weakness_genes')).toBe(curatedAxes.reduce((sum, { genes }) => sum + genes.length, 0));
    expect(rows.get('iron_pattern')).toBe(6);
    expect(rows.get('weakness_states')).toBe(nTumour * 16);
    expect(rows.get('mhc_loss')).toBe(10);
    expect(weaknessTables(nothing).map(({ name }) => name)).not.toContain('weakness_states');
  });
});

describe('axesByGene', () => {
  it('holds the scored genes of weaknesses, none of the programme', () => {
    const found = axesByGene(overloaded);
    expect(found.get('ACSL4')).toContainEqual({ axis: 'iron-overload', verdict: 'supported' });
    expect(found.has('GPX4')).toBe(false);
    expect([...found.values()].flat().some(({ axis }) => axis === 'quiescence')).toBe(false);
  });
});
