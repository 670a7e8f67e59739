import { type Bilingual, isRemnantError, OptionError, type Resources, type Study } from '@remnant/engine';
import { loadResources, type Pack, packs } from '@remnant/host';
import type { OpenStudy } from './subject.js';

/** The resources of a study, or why it cannot have them. */
export type ResourceReading =
  | { readonly resources: Resources; readonly failure: null }
  | { readonly resources: null; readonly failure: Bilingual };

/**
 * Reads the resources of a study. A pack it names is looked for among all files; a study that names none uses the packs
 * dropped as such, as the command line uses those installed.
 *
 * @throws OptionError for a pack that is not among the files, FormatError for a damaged one
 */
export async function studyResources(study: Study, opened: OpenStudy): Promise<Resources> {
  const library = study.resources.length > 0 ? opened.wideLibrary : opened.library;
  const absent = await absentPacks(study, opened);
  if (absent.length > 0) throw new OptionError(absenceOf(absent).en);
  return loadResources(study, { source: opened.source, studyPath: opened.studyPath, library });
}

/** `studyResources` for a check, where what is missing is a finding and not an error. */
export async function tryResources(study: Study, opened: OpenStudy): Promise<ResourceReading> {
  const absent = await absentPacks(study, opened);
  if (absent.length > 0) return { resources: null, failure: absenceOf(absent) };
  try {
    return { resources: await studyResources(study, opened), failure: null };
  } catch (error) {
    if (!isRemnantError(error)) throw error;
    return { resources: null, failure: { en: error.message, fr: error.message } };
  }
}

/** Packs a study names whose files were not given. */
async function absentPacks({ resources }: Study, { wideLibrary }: OpenStudy): Promise<Pack[]> {
  const installed = new Set((await wideLibrary.installed()).map(({ pack }) => pack.name));
  return packs.filter(({ name }) => resources.includes(name) && !installed.has(name));
}

function absenceOf(absent: readonly Pack[]): Bilingual {
  const lines = (named: (pack: Pack, files: string) => string): string =>
    absent.map((pack) => named(pack, filesOf(pack))).join('\n');
  return {
    en: lines(
      (pack, files) =>
        `The study names the pack “${pack.name}”, whose files are not here. Add ${files} under “Resource packs”; source: ${pack.source}`,
    ),
    fr: lines(
      (pack, files) =>
        `L’étude nomme le paquet « ${pack.name} », dont les fichiers ne sont pas là. Ajoutez ${files} sous « Paquets de ressources » ; source : ${pack.source}`,
    ),
  };
}

/** The names a pack's files are known by. */
function filesOf({ files }: Pack): string {
  return files
    .filter((file) => file.required)
    .map((file) => [file.name, ...file.alsoNamed].join(' / '))
    .join(', ');
}
