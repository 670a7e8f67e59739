import { type DesignFinding, noResources, type Study } from '@remnant/engine';
import { loadStudy } from '@remnant/formats';
import { checkStudy, resourceReadings } from '@remnant/host';
import type { CheckView, PackView, Subject } from '../protocol.js';
import { tryResources } from './resources.js';
import { type OpenStudy, openSubject } from './subject.js';

/** Reads what the user gave without its data: packs, and what the design of the study can and cannot answer. */
export async function checkSubject(
  subject: Subject,
): Promise<{ readonly packs: PackView; readonly check: CheckView | null }> {
  const { packs, study } = await openSubject(subject);
  return { packs, check: study === null ? null : await checkOpened(study) };
}

async function checkOpened(opened: OpenStudy): Promise<CheckView> {
  const { source, studyPath } = opened;
  const study = await loadStudy(source, studyPath);
  const { resources, failure } = await tryResources(study, opened);
  const found = await checkStudy({ source, studyPath, packs: (resources ?? noResources).packs });
  const absent: readonly DesignFinding[] =
    failure === null ? [] : [{ id: 'resources', level: 'blocking', text: failure }];
  return {
    title: study.title,
    nSamples: study.samples.length,
    nPatients: new Set(study.samples.map(({ patient }) => patient)).size,
    stages: stageCounts(study),
    technologies: [...new Set(study.samples.map(({ technology }) => technology))],
    packs: (resources ?? noResources).packs.map(({ name, version }) => `${name} (${version})`),
    readings: [...found.readings, ...(resources === null ? [] : resourceReadings(study, resources))],
    findings: [...absent, ...found.findings],
    questions: found.questions,
    cost: found.cost,
    canRun: resources !== null,
  };
}

function stageCounts({ samples }: Study): [string, number][] {
  const count = (stage: string): number => samples.filter((sample) => sample.stage === stage).length;
  return (['untreated', 'residual', 'relapse'] as const).map((stage) => [stage, count(stage)]);
}
