import { type Bilingual, isRemnantError, OptionError, type Resources, type Study } from '@remnant/engine';
import { loadResources, type Pack, packs } from '@remnant/host';
import type { OpenStudy } from './subject.js';

/** The resources of a study, or why it cannot have them. */
export type ResourceReading =
  | { readonly resources: Resources; readonly failure: null }
  | { readonly resources: null; readonly failure: Bilingual };

/**
 * Reads the resources of a study. A pack it names is looked for among all files; a study that names none uses the packs
 * given as such, as the command line uses those installed.
 *
 * @throws OptionError for a pack that is not among the files, FormatError for a damaged one
 */
export async function studyResources(study: Study, opened: OpenStudy): Promise<Resources> {
  const absent = await absentPacks(study, opened);
  if (absent.length > 0) throw new OptionError(absent.map(({ en }) => en).join('\n'));
  const { library } = study.resources.length > 0 ? opened.allPacks : opened.packs;
  return loadResources(study, { source: opened.source, studyPath: opened.studyPath, library });
}

/** `studyResources` for a check, where what is missing is a finding and not an error. */
export async function tryResources(study: Study, opened: OpenStudy): Promise<ResourceReading> {
  const absent = await absentPacks(study, opened);
  const inLanguage = (language: keyof Bilingual): string => absent.map((pack) => pack[language]).join('\n');
  if (absent.length > 0) return { resources: null, failure: { en: inLanguage('en'), fr: inLanguage('fr') } };
  try {
    return { resources: await studyResources(study, opened), failure: null };
  } catch (error) {
    if (!isRemnantError(error)) throw error;
    return { resources: null, failure: { en: error.message, fr: error.message } };
  }
}

/** A sentence for each pack that a study names and cannot have yet. */
async function absentPacks({ resources }: Study, { allPacks }: OpenStudy): Promise<Bilingual[]> {
  const installed = new Set((await allPacks.library.installed()).map(({ pack }) => pack.name));
  const absent = packs.filter(({ name }) => resources.includes(name) && !installed.has(name));
  return absent.map((pack) => {
    const found = allPacks.view.packs.find(({ name }) => name === pack.name);
    return found?.missing.length === 0 ? notAccepted(pack) : notGiven(pack);
  });
}

function notGiven(pack: Pack): Bilingual {
  const files = filesOf(pack);
  return {
    en: `The study names the pack “${pack.name}”, whose files are not here. Add ${files} under “Resource packs”. Source: ${pack.source}`,
    fr: `L’étude nomme le paquet « ${pack.name} », dont les fichiers ne sont pas là. Ajoutez ${files} sous « Paquets de ressources ». Source : ${pack.source}`,
  };
}

function notAccepted({ name }: Pack): Bilingual {
  return {
    en: `The study names the pack “${name}”, and the copy given is not one Remnant knows. Accept it under “Resource packs” if you trust it.`,
    fr: `L’étude nomme le paquet « ${name} », et la copie donnée n’est pas connue de Remnant. Acceptez-la sous « Paquets de ressources » si vous lui faites confiance.`,
  };
}

/** The names a pack's files are known by. */
function filesOf({ files }: Pack): string {
  return files
    .filter((file) => file.required)
    .map((file) => [file.name, ...file.alsoNamed].join(' / '))
    .join(', ');
}
