import { type DesignFinding, noResources, type Progress, type Study } from '@remnant/engine';
import { loadStudy } from '@remnant/formats';
import { checkStudy, resourceReadings } from '@remnant/host';
import type { CheckView, PackView, Subject } from '../protocol.js';
import { tryResources } from './resources.js';
import { type OpenStudy, openSubject } from './subject.js';

/** What a check finds. */
export interface CheckedSubject {
  readonly packs: PackView;
  readonly check: CheckView | null;
}

/** Reads what the user gave without its data: packs, and what the design of the study can and cannot answer. */
export async function checkSubject(
  subject: Subject,
  onProgress: (progress: Progress) => void,
): Promise<CheckedSubject> {
  const { packs, study: opened } = await openSubject(subject, onProgress);
  if (opened === null) return { packs: packs.view, check: null };
  const study = await loadStudy(opened.source, opened.studyPath);
  return { packs: packsToShow(study, opened), check: await checkOpened(study, opened) };
}

/** The packs given as such, and those among the other files that the study names. */
function packsToShow({ resources }: Study, { packs, allPacks }: OpenStudy): PackView {
  const given = new Set(packs.view.packs.map(({ name }) => name));
  const shown = allPacks.view.packs.filter(({ name }) => given.has(name) || resources.includes(name));
  return { packs: shown, strangers: packs.view.strangers };
}

async function checkOpened(study: Study, opened: OpenStudy): Promise<CheckView> {
  const { source, studyPath } = opened;
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
