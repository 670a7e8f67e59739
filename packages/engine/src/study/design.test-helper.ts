import type { DesignFacts } from './data-findings.js';
import type { DesignFinding } from './design-finding.js';
import type { DesignQuestion, DesignQuestionId } from './design-question.js';
import { type DesignReport, examineDesign } from './design.js';
import { readStudy } from './read-study.js';
import type { Study } from './types.js';

/** Samples of one stage of one patient: `patient stage treatment technology [batch]`, repeated. */
export type Arm = readonly [arm: string, n: number];

export const studyOf = (arms: readonly Arm[], extra: object = {}, input: 'cells' | 'table' = 'cells'): Study => {
  const columns = ['sample', 'patient', 'stage', 'treatment', 'technology', 'batch'];
  const data = input === 'cells' ? ['counts'] : ['expression', 'column'];
  const rows = arms.flatMap(([arm, n], i) => {
    const [patient = '', stage = '', treatment = '', technology = '', batch = ''] = arm.split(' ');
    return Array.from({ length: n }, (_, j) => {
      const name = `${patient}_${stage}_${String(i)}_${String(j)}`;
      const place = input === 'cells' ? [`${name}.h5`] : [`${stage}.csv`, name];
      return [name, patient, stage, treatment, technology, batch, ...place];
    });
  });
  const sheet = { columns: [...columns, ...data], rows, file: 'samples.csv', firstRow: 2 };
  return readStudy({ remnant: 1, samples: 'samples.csv', ...extra }, sheet, { file: 'study.yaml' });
};
export const examine = (arms: readonly Arm[], extra: object = {}, facts: DesignFacts = {}): DesignReport => {
  return examineDesign(studyOf(arms, extra), facts);
};
export const finding = (report: DesignReport, id: string): DesignFinding | undefined =>
  report.findings.find((f) => f.id === id);
export const question = (report: DesignReport, id: DesignQuestionId): DesignQuestion => {
  const found = report.questions.find((q) => q.id === id);
  if (found === undefined) throw new Error(`no question ${id}`);
  return found;
};
export const idsAt = (report: DesignReport, level: DesignFinding['level']): string[] => {
  return report.findings.filter((f) => f.level === level).map(({ id }) => id);
};
