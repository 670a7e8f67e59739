import { describe, expect, it } from 'vitest';
import { type Arm, examine, finding, idsAt, question, studyOf } from './design.test-helper.js';
import { examineDesign } from './design.js';

/** The eight patients of the reference study. */
const referenceArms: readonly Arm[] = [
  ...[
    'HBCx172 capecitabine',
    'HBCx218 AC',
    'HBCx221 capecitabine',
    'HBCx39 capecitabine',
    'HBCx95 capecitabine',
  ].flatMap((name): Arm[] => {
    const [patient = '', drug = ''] = name.split(' ');
    return [
      [`${patient} chemonaive - 10x`, 1],
      [`${patient} persister ${drug} 10x`, 1],
    ];
  }),
  ['HBCx10 chemonaive - microarray', 8],
  ['HBCx10 persister AC microarray', 8],
  ['HBCx10 relapse AC microarray', 8],
  ['HBCx33 chemonaive - microarray', 7],
  ['HBCx33 persister cisplatin microarray', 7],
  ['HBCx33 persister capecitabine microarray', 7],
  ['HBCx33 relapse cisplatin microarray', 7],
  ['HBCx33 relapse capecitabine microarray', 7],
  ['HBCx14 chemonaive - bulk', 3],
  ['HBCx14 persister AC bulk', 5],
  ['HBCx14 persister carboplatin bulk', 5],
  ['HBCx14 persister cisplatin bulk', 5],
];

describe('the reference study', () => {
  const report = examine(referenceArms, { resources: ['collectri'] });

  it('counts patients, samples and stages', () => {
    expect(finding(report, 'patients')?.text).toEqual({
      en: '8 patients, 87 samples (untreated 23, residual 42, relapse 22). Patients with both untreated samples and residual samples: 8; of these, with relapse samples: 2.',
      fr: '8 patients, 87 échantillons (non traité 23, résiduel 42, rechute 22). Patients ayant des échantillons non traités et des échantillons résiduels\u00a0: 8\u00a0; parmi eux, ayant des échantillons de rechute\u00a0: 2.',
    });
    expect(idsAt(report, 'blocking')).toEqual([]);
    expect(idsAt(report, 'warning')).toEqual([]);
  });

  it('says that three patients dominate a model that counts samples', () => {
    expect(finding(report, 'unequal-weights')?.text.en).toContain(
      '37 of the 42 residual samples come from 3 patients of 8 (HBCx10, HBCx14 and HBCx33).',
    );
  });

  it('says that technologies differ between patients but not within', () => {
    const mixed = finding(report, 'stage-separate-from-technology');
    expect(mixed?.level).toBe('note');
    expect(mixed?.text.en).toContain(
      'The study mixes 3 technologies (10x, bulk and microarray; Cramér’s V with stage 0.25)',
    );
    expect(mixed?.text.fr).toContain('V de Cramér avec le stade 0,25');
  });

  it('names patients with a single sample and patients without relapse', () => {
    const five = 'HBCx172, HBCx218, HBCx221, HBCx39 and HBCx95';
    expect(finding(report, 'single-samples')?.text.en).toContain(`(${five})`);
    expect(finding(report, 'single-samples')?.text.en).toContain('an area under the curve there is only a sign');
    expect(finding(report, 'without-way-back')?.text.en).toContain(
      'HBCx14, HBCx172, HBCx218, HBCx221, HBCx39 and HBCx95',
    );
  });

  it('answers each question', () => {
    expect(report.questions.map(({ id, testable }) => [id, testable])).toEqual([
      ['shared-programme', 'yes'],
      ['patient-by-patient', 'partly'],
      ['treatments-within-patients', 'yes'],
      ['treatments-between-patients', 'yes'],
      ['regulators', 'yes'],
      ['reversal', 'partly'],
      ['persisters', 'yes'],
      ['origin', 'partly'],
      ['markers', 'yes'],
      ['response', 'no'],
      ['relapse-forecast', 'no'],
    ]);
    expect(question(report, 'patient-by-patient').why.en).toContain('in 3 patients of 8');
    expect(question(report, 'treatments-within-patients').why.en).toBe(
      'HBCx14 (AC, carboplatin, cisplatin) and HBCx33 (capecitabine, cisplatin).',
    );
    expect(question(report, 'treatments-between-patients').why.en).toBe(
      'In several patients: AC, capecitabine and cisplatin. In one patient only, so confounded with that patient: carboplatin.',
    );
    expect(question(report, 'reversal').why.en).toBe(
      'Testable in HBCx10 and HBCx33. Not testable, for want of a comparable way back, in HBCx14, HBCx172, HBCx218, HBCx221, HBCx39 and HBCx95.',
    );
    expect(question(report, 'regulators').why.en).toBe('Lines of evidence without data: chromatin and perturbation.');
  });
});

describe('one library per arm (PC9)', () => {
  const report = examine([
    ['PC9 control - Drop-seq', 1],
    ['PC9 persister erlotinib Drop-seq', 1],
  ]);

  it('is confounded and unreplicated, whatever the number of cells', () => {
    expect(finding(report, 'unreplicated')?.level).toBe('blocking');
    expect(finding(report, 'unreplicated')?.text.en).toMatch(
      /^Confounded and unreplicated: PC9 has one sample per stage/,
    );
    expect(finding(report, 'one-patient')?.text.en).toContain('shared between patients is not testable');
    expect(report.questions.filter(({ testable }) => testable !== 'no')).toEqual([]);
    expect(question(report, 'patient-by-patient').why.en).toContain('no variation to judge a difference by');
    expect(question(report, 'persisters')).toEqual({
      id: 'persisters',
      question: { en: 'Which cells are persisters?', fr: 'Quelles cellules sont persistantes ?' },
      testable: 'no',
      why: {
        en: 'What a persister looks like is learned from other patients, at least 2; there are none. Within one patient a persister state cannot be told from a difference between its libraries, whatever the number of cells.',
        fr: 'L’état persistant s’apprend sur d’autres patients, au moins 2\u00a0; il n’y en a aucun. Chez un seul patient, il ne se distingue pas d’une différence entre ses préparations, quel que soit le nombre de cellules.',
      },
    });
  });
});

describe('too few patients', () => {
  const patients = (n: number): Arm[] => {
    return Array.from({ length: n }, (_, i): Arm[] => [
      [`P${String(i)} naive - 10x`, 2],
      [`P${String(i)} persister drug 10x`, 2],
    ]).flat();
  };

  it('one patient with replicates: patient by patient yes, shared no', () => {
    const report = examine(patients(1));
    expect(question(report, 'shared-programme').testable).toBe('no');
    expect(question(report, 'patient-by-patient').testable).toBe('yes');
    expect(finding(report, 'unreplicated')).toBeUndefined();
  });

  it('two patients: partly, with the smallest possible sign-test P', () => {
    const report = examine(patients(2));
    expect(question(report, 'shared-programme').testable).toBe('partly');
    expect(finding(report, 'few-patients')).toMatchObject({ level: 'warning' });
    expect(finding(report, 'few-patients')?.text.en).toContain('P = 0.500 (two-sided)');
  });

  it('five patients: a note; six: none', () => {
    expect(finding(examine(patients(5)), 'few-patients')).toMatchObject({ level: 'note' });
    expect(finding(examine(patients(5)), 'few-patients')?.text.fr).toContain('P = 0,063 (bilatéral)');
    expect(finding(examine(patients(6)), 'few-patients')).toBeUndefined();
    expect(question(examine(patients(5)), 'shared-programme').testable).toBe('yes');
  });
});

describe('which cells are persisters', () => {
  const cells = (patients: readonly string[]): Arm[] => {
    return patients.flatMap((p): Arm[] => [
      [`${p} naive - 10x`, 1],
      [`${p} persister AC 10x`, 1],
    ]);
  };

  it('needs two other patients to learn from', () => {
    expect(question(examine(cells(['P1', 'P2'])), 'persisters').why.en).toContain('at least 2; there is 1.');
    expect(question(examine(cells(['P1', 'P2'])), 'persisters').why.fr).toContain('il n’y en a qu’un.');
    expect(question(examine(cells(['P1', 'P2', 'P3'])), 'persisters')).toMatchObject({
      testable: 'yes',
      why: { en: 'In P1, P2 and P3, each by a caller learned from the others.' },
    });
  });

  it('needs single cells of both stages from one technology', () => {
    const tables = studyOf(cells(['P1', 'P2', 'P3']), {}, 'table');
    const none = examineDesign(tables).questions.find(({ id }) => id === 'persisters');
    expect(none).toMatchObject({
      testable: 'no',
      why: { en: 'No comparable patient has single cells of both untreated samples and residual samples.' },
    });
    const apart: readonly Arm[] = [...cells(['P1', 'P2', 'P3']), ['P4 naive - 10x', 1], ['P4 persister AC smart', 1]];
    expect(question(examine(apart), 'persisters')).toMatchObject({
      testable: 'partly',
      why: {
        en: 'In P1, P2 and P3, each by a caller learned from the others. No comparable single cells of both stages in P4.',
      },
    });
  });

  it('learns from tables too, and calls where there are cells', () => {
    const all = studyOf(cells(['P1', 'P2', 'P3']));
    const samples = all.samples.map((s) => (s.patient === 'P1' ? s : { ...s, input: 'table' as const }));
    const found = examineDesign({ ...all, samples }).questions.find(({ id }) => id === 'persisters');
    expect(found?.testable).toBe('partly');
    expect(found?.why.fr).toBe(
      'Chez P1, chacun par un classifieur appris sur les autres. Pas de cellules uniques comparables aux deux stades chez P2 et P3.',
    );
  });
});

describe('stages', () => {
  it('a missing stage blocks', () => {
    const report = examine([['P1 naive - 10x', 3]]);
    expect(idsAt(report, 'blocking')).toEqual(['stage-missing-residual']);
    expect(question(report, 'shared-programme')).toMatchObject({ testable: 'no' });
    expect(finding(report, 'stage-missing-residual')?.text.fr).toContain('n’a pas d’échantillons résiduels\u00a0:');
  });

  it('stages in different patients are confounded with patient', () => {
    const report = examine([
      ['P1 naive - 10x', 3],
      ['P2 persister AC 10x', 3],
    ]);
    expect(idsAt(report, 'blocking')).toEqual(['stage-confounded-with-patient']);
    expect(question(report, 'shared-programme').why.en).toBe(
      'No patient has both untreated samples and residual samples.',
    );
  });

  it('names patients that lack a stage', () => {
    const report = examine([
      ['P1 naive - 10x', 2],
      ['P1 persister AC 10x', 2],
      ['P2 naive - 10x', 2],
      ['P3 persister AC 10x', 1],
    ]);
    expect(finding(report, 'patients-without-a-stage')?.text.en).toBe(
      'Patients that cannot be compared with themselves (without untreated samples: P3; without residual samples: P2).',
    );
  });

  it('follows the contrast of the study', () => {
    const arms: readonly Arm[] = [
      ['P1 naive - 10x', 2],
      ['P1 relapse AC 10x', 2],
    ];
    expect(idsAt(examine(arms), 'blocking')).toEqual(['stage-missing-residual']);
    expect(idsAt(examine(arms, { contrast: { to: 'relapse', back: 'residual' } }), 'blocking')).toEqual([]);
  });
});

describe('facts from opened files', () => {
  const arms: readonly Arm[] = [
    ['P1 naive - 10x', 2],
    ['P1 persister AC 10x', 1],
  ];

  it('samples with too few cells, and too few genes', () => {
    const cellsPerSample = { P1_naive_0_0: 0, P1_naive_0_1: 60, P1_persister_1_0: 2000 };
    const report = examine(arms, {}, { cellsPerSample, genes: 300 });
    expect(finding(report, 'too-few-cells')?.text.en).toBe(
      '1 sample with fewer than 10 cells: P1_naive_0_0 (0). The sum over so few cells is mostly noise.',
    );
    expect(finding(report, 'few-cells')?.text.en).toContain('P1_naive_0_1 (60)');
    expect(finding(report, 'few-genes')?.level).toBe('warning');
    expect(finding(examine(arms, {}, { genes: 15_000 }), 'few-genes')).toBeUndefined();
  });
});

describe('other inputs', () => {
  const three = ['P1', 'P2', 'P3'].flatMap((p): Arm[] => [
    [`${p} naive - 10x`, 2],
    [`${p} persister AC 10x`, 2],
    [`${p} relapse AC 10x`, 2],
  ]);

  it('regulators and markers need packs', () => {
    const report = examine(three);
    expect(question(report, 'regulators').testable).toBe('partly');
    expect(question(report, 'regulators').why.en).toContain('regulons (no pack at hand)');
    expect(question(report, 'markers').testable).toBe('partly');
    expect(question(examine(three, {}, { packs: ['collectri'] }), 'regulators').testable).toBe('yes');
    const full = examine(three, { resources: ['collectri'], chromatin: 'c.csv', perturbation: 'p.csv' });
    expect(question(full, 'regulators').why.en).toBe('Expression, regulons, chromatin and perturbation are all given.');
    expect(question(full, 'reversal')).toMatchObject({ testable: 'yes', why: { en: 'Testable in P1, P2 and P3.' } });
  });

  it('assays that are given are not yet analysed, which is said', () => {
    const report = examine(three, { assays: { tumourVolume: 'v.csv' } });
    expect(question(report, 'relapse-forecast').testable).toBe('partly');
    expect(question(report, 'relapse-forecast').why.en).toBe(
      'tumourVolume: the study gives these data; this version does not analyse them yet.',
    );
  });

  it('origin is asked of barcodes and mutations, or of copy number in single cells', () => {
    const given = question(examine(three, { assays: { lineages: 'b.csv' } }), 'origin');
    expect(given).toMatchObject({
      testable: 'yes',
      why: { en: 'From lineages and copy number from the expression of single cells.' },
    });
    expect(question(examine(three), 'origin').testable).toBe('partly');
    const bulk = examineDesign(studyOf(three, {}, 'table'));
    expect(question(bulk, 'origin').testable).toBe('no');
  });
});
