import { describe, expect, it } from 'vitest';
import { examineDesign } from './design.js';
import { type Arm, examine, finding, idsAt, question, studyOf } from './design.test-helper.js';

describe('confounding', () => {
  it('flags a patient whose stages come from different technologies, and leaves it out', () => {
    const report = examine([
      ...['P1', 'P2', 'P3'].flatMap((p): Arm[] => [
        [`${p} naive - 10x`, 2],
        [`${p} persister AC 10x`, 2],
      ]),
      ['P4 naive - array', 2],
      ['P4 persister AC 10x', 2],
    ]);
    const flagged = finding(report, 'stage-confounded-with-technology');
    expect(flagged?.level).toBe('warning');
    expect(flagged?.text.en).toBe(
      'Stage is confounded with technology in P4: no technology holds both untreated samples and residual samples, so the two differences cannot be told apart.',
    );
    expect(question(report, 'shared-programme').why.en).toBe('3 patients can be compared with themselves, 1 cannot.');
    expect(question(report, 'patient-by-patient').why.en).toContain('3 patients of 3');
  });

  it('blocks when no patient is left', () => {
    const report = examine([
      ['P1 naive - array', 2],
      ['P1 persister AC 10x', 2],
      ['P2 naive - 10x B1', 2],
      ['P2 persister AC 10x B2', 2],
    ]);
    expect(idsAt(report, 'blocking')).toEqual(['stage-confounded-with-technology', 'stage-confounded-with-batch']);
    expect(question(report, 'reversal').why.en).toBe('Stage is confounded with technology or batch in every patient.');
  });

  it('speaks of batches only where there are some', () => {
    const arms = (batch: string): readonly Arm[] => [
      [`P1 naive - 10x ${batch}`, 2],
      ['P1 persister AC 10x B1', 2],
    ];
    expect(finding(examine(arms('B1')), 'stage-separate-from-batch')?.text.en).toBe(
      'The compared stages share one batch (B1).',
    );
    expect(finding(examine(arms('B2')), 'stage-confounded-with-batch')?.level).toBe('blocking');
    const without = examine([
      ['P1 naive - 10x', 2],
      ['P1 persister AC 10x', 2],
    ]); // prettier-ignore
    expect(without.findings.some(({ id }) => id.includes('batch'))).toBe(false);
  });

  it('tells overlap in part', () => {
    const report = examine([
      ['P1 naive - 10x', 2],
      ['P1 persister AC 10x', 2],
      ['P1 persister AC array', 2],
    ]);
    expect(finding(report, 'stage-partly-confounded-with-technology')?.level).toBe('warning');
    expect(question(report, 'patient-by-patient').testable).toBe('yes');
  });

  it('does not test reversal where the way back was measured apart', () => {
    const report = examine([
      ['P1 naive - 10x', 2],
      ['P1 persister AC 10x', 2],
      ['P1 relapse AC array', 2],
    ]);
    expect(finding(report, 'way-back-confounded')?.text.en).toContain(
      'In P1 the relapse samples were measured in another technology',
    );
    expect(question(report, 'reversal').testable).toBe('no');
  });

  it('notes stages that come from different tables', () => {
    const study = studyOf(
      [
        ['P1 naive - array', 2],
        ['P1 persister AC array', 2],
      ],
      {},
      'table',
    ); // prettier-ignore
    expect(finding(examineDesign(study), 'stages-in-different-tables')?.level).toBe('note');
  });
});

describe('treatments', () => {
  it('confounded with patient when each was given to one patient only', () => {
    const report = examine([
      ['P1 naive - 10x', 2],
      ['P1 persister AC 10x', 2],
      ['P2 naive - 10x', 2],
      ['P2 persister cisplatin 10x', 2],
    ]);
    expect(finding(report, 'treatments')?.level).toBe('warning');
    expect(finding(report, 'treatments')?.text.en).toContain('treatment is confounded with patient');
    expect(question(report, 'treatments-between-patients').testable).toBe('no');
    expect(question(report, 'treatments-within-patients').testable).toBe('no');
  });

  it('within one patient only: partly', () => {
    const report = examine([
      ['P1 naive - 10x', 2],
      ['P1 persister AC 10x', 2],
      ['P1 persister cisplatin 10x', 2],
    ]);
    expect(question(report, 'treatments-within-patients')).toMatchObject({
      testable: 'partly',
      why: { en: 'P1 (AC, cisplatin), in this patient only.' },
    });
  });

  it('notes residual samples without a treatment', () => {
    const report = examine([
      ['P1 naive - 10x', 1],
      ['P1 persister - 10x', 1],
    ]);
    expect(finding(report, 'treatment-unnamed')?.text.en).toContain('no treatment is named for P1_persister_1_0;');
    expect(question(report, 'treatments-between-patients').why.en).toContain('Fewer than two treatments');
  });
});
