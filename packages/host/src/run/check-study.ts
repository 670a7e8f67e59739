import {
  type CostEstimate,
  type DesignReport,
  estimateCost,
  examineDesign,
  type FileSize,
  type PackUse,
  type Study,
} from '@remnant/engine';
import { type FileSource, joinPath, loadStudy } from '@remnant/formats';
import { dataPath, studyFolder } from './study-paths.js';

/** What `remnant check` finds. */
export interface CheckResult extends DesignReport {
  readonly study: Study;
  /** What was read as a synonym or taken by default. */
  readonly readings: readonly string[];
  readonly cost: CostEstimate;
  /** Inputs that do not exist, as written in the sheet. */
  readonly missing: readonly string[];
}

/** What a check may use. */
export interface CheckRequest {
  readonly source: FileSource;
  readonly studyPath: string;
  /** Packs a run would use; they open questions such as regulators. */
  readonly packs?: readonly PackUse[];
}

/**
 * Reads a study without its data: what was found, how it was read, what its design can answer, and what a run will cost.
 *
 * @throws FormatError for a study file or sample sheet that cannot be read
 */
export async function checkStudy({ source, studyPath, packs = [] }: CheckRequest): Promise<CheckResult> {
  const study = await loadStudy(source, studyPath);
  const folder = await studyFolder(source, studyPath);
  const sizes: Record<string, FileSize> = {};
  const missing: string[] = [];
  for (const path of new Set(study.samples.map((sample) => sample.path))) {
    const place = dataPath(folder, path);
    if ((await source.kind(place)) === 'missing') missing.push(path);
    else sizes[path] = { bytes: await sizeOf(source, place) };
  }
  for (const path of besidePaths(study)) {
    if ((await source.kind(dataPath(folder, path))) === 'missing') missing.push(path);
  }
  const report = examineDesign(study, { packs: packs.map((pack) => pack.name) });
  const absent = missing.map((path) => ({
    id: `missing-${path}`,
    level: 'blocking' as const,
    text: { en: `${path} does not exist.`, fr: `${path} n’existe pas.` },
  }));
  return {
    study,
    findings: [...absent, ...report.findings],
    questions: report.questions,
    confounded: report.confounded,
    readings: study.readings,
    cost: estimateCost(study, sizes),
    missing,
  };
}

/** Tables of the study beside its samples. */
function besidePaths({ assays, chromatin, perturbation, cellLabels }: Study): readonly string[] {
  const labels = cellLabels?.kind === 'table' ? cellLabels.path : null;
  return [...Object.values(assays), chromatin, perturbation, labels].filter((path) => path !== null);
}

async function sizeOf(source: FileSource, path: string): Promise<number> {
  if ((await source.kind(path)) === 'file') return source.size(path);
  let total = 0;
  for (const name of await source.list(path)) total += await sizeOf(source, joinPath(path, name));
  return total;
}
