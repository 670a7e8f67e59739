import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { createRng, shuffleInPlace } from '../core/rng.js';
import type { CellProgramme } from './cell-programme.js';
import { mergeProgrammes } from './merge-programmes.js';
import { programmeNumber } from './programme-number.js';
import { ownProgrammes, robustProgrammes } from './robust-programmes.js';
import { checkRules, founderRule, metaProgrammeRules as rules } from './rules.js';

/** Fifty genes: `own` from a family's sixty, the rest private to the programme. */
function programme(of: { patient: string; rank?: number; family: string; own?: number; key?: string }): CellProgramme {
  const { patient, rank = 4, family, own = 40, key = '' } = of;
  const pool = Array.from({ length: 60 }, (_, g) => `${family}${String(g)}`);
  shuffleInPlace(pool, createRng(1, `${patient}/${family}/${key}`));
  const rest = Array.from({ length: 50 - own }, (_, g) => `${patient}-${family}-${key}-${String(g)}`);
  return {
    ...{ sample: `${patient}-s`, patient, rank, index: 1, usageShare: 0.2 },
    genes: [...pool.slice(0, own), ...rest],
    weights: Float64Array.from({ length: 50 }, (_, g) => 50 - g),
  };
}

/** The same programme at two ranks. */
function twice(of: Parameters<typeof programme>[0]): CellProgramme[] {
  return [programme({ ...of, rank: 4 }), programme({ ...of, rank: 5 })];
}

const patients = ['A', 'B', 'C', 'D', 'E', 'F'];
const study = patients.flatMap((patient) => [
  ...twice({ patient, family: 'shared' }),
  ...(patient < 'E' ? twice({ patient, family: 'common' }) : []),
  ...twice({ patient, family: `private${patient}` }),
]);

describe('robustProgrammes', () => {
  it('keeps one programme of those found at two ranks and in another patient', () => {
    const { kept, tally } = robustProgrammes(study, rules, 'patients');
    expect(kept.map((i) => study[i]?.genes[0]?.replace(/\d+$/, ''))).not.toContain('privateA');
    expect(tally[0]).toEqual({ sample: 'A-s', patient: 'A', found: 6, robust: 6, recurrent: 4, kept: 2 });
    expect(tally[5]).toEqual({ sample: 'F-s', patient: 'F', found: 4, robust: 4, recurrent: 2, kept: 1 });
  });

  it('leaves out what only one rank has, and what only the same patient has', () => {
    const once = patients.map((patient) => programme({ patient, family: 'shared' }));
    expect(robustProgrammes(once, rules, 'patients').kept).toEqual([]);
    const twoSamples = ['one', 'two'].flatMap((sample) =>
      twice({ patient: 'A', family: 'shared', key: sample }).map((p) => ({ ...p, sample })),
    );
    expect(robustProgrammes(twoSamples, rules, 'patients').kept).toEqual([]);
    expect(robustProgrammes(twoSamples, rules, 'samples').kept).toHaveLength(2);
  });

  it('picks the programmes of one patient without the others', () => {
    const own = ownProgrammes(
      study.filter(({ patient }) => patient === 'A'),
      rules,
    );
    expect(own).toHaveLength(3);
  });
});

describe('mergeProgrammes', () => {
  const founder = founderRule(rules, 6, 6);
  const { kept } = robustProgrammes(study, rules, 'patients');
  const candidates = kept.map((i) => study[i] as CellProgramme);
  const merged = mergeProgrammes(candidates, rules, founder);

  it('makes the planted meta-programmes, largest first, of fifty genes by frequency', () => {
    expect(merged.map(({ members }) => members.length)).toEqual([6, 4]);
    for (const [m, family] of ['shared', 'common'].entries()) {
      const { genes, frequency } = merged[m]!;
      expect(genes).toHaveLength(50);
      expect(genes.every((gene) => gene.startsWith(family))).toBe(true);
      expect([...frequency]).toEqual([...frequency].sort((a, b) => b - a));
    }
  });

  it('does not depend on the order of the programmes', () => {
    const other = mergeProgrammes(candidates.toReversed(), rules, founder);
    expect(other.map(({ members }) => members.length)).toEqual([6, 4]);
    expect(other.map(({ genes }) => [...genes].sort())).toEqual(merged.map(({ genes }) => [...genes].sort()));
  });

  it('makes none where no founder has enough partners', () => {
    const published = founderRule({ ...rules, founderPartners: 6 }, 6, 6);
    expect(mergeProgrammes(candidates, rules, published)).toEqual([]);
  });
});

describe('founderRule', () => {
  it('scales the published six to the number of patients', () => {
    expect([1, 2, 3, 4, 5, 8, 11, 40].map((n) => founderRule(rules, n, n).partners)).toEqual([1, 1, 2, 2, 3, 4, 6, 6]);
    expect(founderRule(rules, 40, 80).sentence).toBe(
      'A meta-programme starts from a programme that shares at least 10 genes with a programme of 6 or more other patients (as published).',
    );
    expect(founderRule(rules, 1, 6)).toMatchObject({ unit: 'samples', nUnits: 6, partners: 3 });
  });

  it('refuses rules that are no numbers of genes', () => {
    expect(() => {
      checkRules({ ...rules, mergeMin: 0 });
    }).toThrow(/Rule mergeMin must be a whole number/);
  });
});

describe('programmeNumber', () => {
  const options = { rules, founder: founderRule(rules, 6, 6), shuffles: 99, pValueMax: 0.05 };
  const context = inlineContext({});

  it('chooses the planted number, with chance far below', () => {
    const found = programmeNumber(study, 6, options, context);
    expect(found.chosen).toBe(2);
    expect(found.patients).toEqual(patients);
    expect(found.curve.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    const [one, two] = found.curve;
    expect(two!.gap).toBeGreaterThan(one!.gap);
    expect(two!.pValue).toBe(0.01);
    expect(found.reason).toMatch(/largest gap to chance/);
  });

  it('chooses none where patients share nothing', () => {
    const own = patients.flatMap((patient) =>
      ['x', 'y', 'z'].flatMap((family) => twice({ patient, family: `${family}${patient}` })),
    );
    const found = programmeNumber(own, 3, options, context);
    expect(found).toMatchObject({ status: 'ok', chosen: 0 });
    expect(found.reason).toMatch(/no more than shuffled genes/);
  });

  it('cannot leave out one of two patients', () => {
    const two = study.filter(({ patient }) => patient < 'C');
    expect(programmeNumber(two, 3, options, context)).toMatchObject({
      status: 'not-testable',
      chosen: null,
      curve: [],
    });
  });
});
