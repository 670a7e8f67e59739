import {
  FormatError,
  type GeneSetCollection,
  OptionError,
  type PackUse,
  type Resources,
  type Study,
  sha256Hex,
  UnsupportedError,
} from '@remnant/engine';
import { type FileSource, readTextTable } from '@remnant/formats';
import { dataPath, studyFolder } from '../run/study-paths.js';
import { findPack, type InstalledFile, type InstalledPack, type PackLibrary } from './library.js';
import type { Pack, PackFile } from './pack.js';
import { type PackContent, parsePackFile } from './parse-pack-file.js';

/** Where the resources of a study are. */
export interface ResourceHost {
  readonly source: FileSource;
  /** The study file in the source: resources given by path are relative to it. */
  readonly studyPath: string;
  readonly library: PackLibrary;
}

/** One resource read: what it is for, what it holds, where it came from. */
interface LoadedPack {
  readonly role: Pack['role'];
  readonly name: string;
  readonly contents: readonly PackContent[];
  readonly use: PackUse | null;
}

/**
 * Reads the resources a study names: installed packs by name, files by path (a `.gmt` file holds gene sets; a table with a
 * column `surface_gene` holds genes of surface proteins; one with a
 * column `drug` holds drug–gene pairs, or signatures where it has a column `effect` too; any other is a network: a table with
 * the columns source, target and mor). A study that names none uses every pack installed for its species.
 *
 * Of several networks the first is used; gene sets of all packs are tested, each pack on its own.
 *
 * @param study - its `resources`, and its `organism`: packs for another species are left out
 * @throws OptionError for a pack that is unknown or not installed, UnsupportedError for one of another species,
 *   FormatError for a file that is damaged or is not what it should be
 */
export async function loadResources(
  study: Pick<Study, 'resources' | 'organism'>,
  { source, studyPath, library }: ResourceHost,
): Promise<Resources> {
  const folder = await studyFolder(source, studyPath);
  const installed = await library.installed();
  const loaded: LoadedPack[] = [];
  if (study.resources.length === 0) {
    for (const pack of installed) {
      if (filesFor(pack, study.organism).length > 0) loaded.push(await loadPack(pack, study.organism, library));
    }
  }
  for (const name of study.resources) {
    loaded.push(
      isPath(name)
        ? await loadFile(dataPath(folder, name), name, source)
        : await loadPack(installedPack(name, installed, study.organism), study.organism, library),
    );
  }
  return combine(loaded);
}

/** How the resources of a study were read, for the user to see. */
export function resourceReadings(study: Pick<Study, 'resources'>, resources: Resources): string[] {
  if (study.resources.length > 0) return [];
  const names = resources.packs.map((pack) => pack.name).join(', ');
  return [`resources: not given → ${names === '' ? 'none are installed' : `every installed pack: ${names}`}`];
}

function isPath(name: string): boolean {
  return /[./\\]/.test(name);
}

function installedPack(name: string, installed: readonly InstalledPack[], organism: Study['organism']): InstalledPack {
  const pack = findPack(name);
  const found = installed.find((one) => one.pack === pack);
  if (found === undefined) {
    throw new OptionError(`The resource pack "${name}" is not installed.`, {
      hint: `Install it with "remnant resources add ${name}" (with --from DIR where the files already are).`,
    });
  }
  if (pack.role === 'kept' || filesFor(found, organism).length > 0) return found;
  throw new UnsupportedError(`The resource pack "${name}" has no ${organism} genes.`, {
    hint: 'Name a pack of the species of the study, or give a file by path.',
  });
}

/** The installed files a step reads for a species. */
function filesFor(
  { pack, files }: InstalledPack,
  organism: Study['organism'],
): { own: PackFile; file: InstalledFile }[] {
  return files.flatMap((file) => {
    const own = pack.files.find((one) => one.name === file.name);
    const fits = own !== undefined && own.parser !== null && (own.organism ?? organism) === organism;
    return fits ? [{ own, file }] : [];
  });
}

async function loadPack(
  installed: InstalledPack,
  organism: Study['organism'],
  library: PackLibrary,
): Promise<LoadedPack> {
  const { pack } = installed;
  const read = filesFor(installed, organism);
  const contents: PackContent[] = [];
  for (const { own, file } of read) {
    const bytes = await library.read(pack.name, file.storedAs);
    if (sha256Hex(bytes) !== file.sha256) throw changedFile(pack, file);
    if (own.parser !== null) contents.push(parsePackFile(own.parser, bytes, file.storedAs));
  }
  const use =
    read.length === 0
      ? null
      : packUse(
          pack,
          read.map(({ file }) => file),
        );
  return { role: pack.role, name: pack.name, contents, use };
}

function changedFile(pack: Pack, file: InstalledFile): FormatError {
  return new FormatError('This installed file was changed since it was installed.', {
    file: `${pack.name}/${file.storedAs}`,
    expected: `sha256 ${file.sha256}`,
    hint: `Install it again: remnant resources add ${pack.name}`,
  });
}

/** Several files have the checksum of the list `sha256sum` prints of them. */
function packUse({ name, licence, source }: Pack, files: readonly InstalledFile[]): PackUse {
  const list = files.map(({ sha256, storedAs }) => `${sha256}  ${storedAs}\n`).join('');
  const sha256 = files.length === 1 ? (files[0] as InstalledFile).sha256 : sha256Hex(new TextEncoder().encode(list));
  return { name, version: [...new Set(files.map((file) => file.version))].join('; '), sha256, licence, source };
}

async function loadFile(place: string, path: string, source: FileSource): Promise<LoadedPack> {
  const bytes = await source.read(place);
  const name = path.replace(/^.*[\\/]/, '');
  const kind = kindOfFile(bytes, path);
  const parser = kind === 'gene-sets' ? 'gmt' : kind === 'surface' ? 'surfaceome' : kind;
  const content = parsePackFile(parser, bytes, path);
  const use = { name, version: 'given by path', sha256: sha256Hex(bytes), licence: 'not stated', source: path };
  return { role: kind, name, contents: [content], use };
}

type FileKind = 'gene-sets' | 'regulons' | 'surface' | 'drug-genes' | 'drug-signatures';

/** What a file given by path holds: gene sets by its ending, surface proteins or drugs by its columns, a network otherwise. */
function kindOfFile(bytes: Uint8Array, path: string): FileKind {
  if (/\.gmt(\.gz)?$/i.test(path)) return 'gene-sets';
  const columns = readTextTable(bytes, path).columns.map((name) => name.toLowerCase());
  const has = (...names: readonly string[]): boolean => names.some((name) => columns.includes(name));
  if (has('surface_gene', 'surfaceome label')) return 'surface';
  if (!has('drug', 'drug_name', 'perturbation', 'compound')) return 'regulons';
  return has('effect', 'log2foldchange', 'log2_fold_change', 'logfc', 'score') ? 'drug-signatures' : 'drug-genes';
}

function combine(loaded: readonly LoadedPack[]): Resources {
  const of = (role: Pack['role']): LoadedPack | undefined => loaded.find((one) => one.role === role);
  const [network, surface, meta] = [of('regulons'), of('surface'), of('meta-programmes')];
  const [essential, conjugates] = [of('essential'), of('antibody-drugs')];
  const [pairs, signatures] = [of('drug-genes'), of('drug-signatures')];
  const single = [network, surface, meta, essential, conjugates, pairs, signatures];
  const used = loaded.filter((one) => one.role === 'gene-sets' || single.includes(one));
  return {
    regulons: withContent(network, ({ contents }) => ({
      edges: contents.flatMap((c) => (c.kind === 'regulons' ? c.edges : [])),
    })),
    geneSets: loaded.filter(({ role }) => role === 'gene-sets').map(geneSets),
    metaPrograms: meta === undefined ? null : geneSets(meta),
    surface: withContent(surface, ({ contents }) => ({
      genes: new Set(contents.flatMap((c) => (c.kind === 'surface' ? [...c.genes] : []))),
    })),
    essential: withContent(essential, ({ contents }) => ({
      genes: new Set(contents.flatMap((c) => (c.kind === 'essential' ? [...c.genes] : []))),
    })),
    antibodyDrugs: withContent(conjugates, ({ contents }) => ({
      drugs: contents.flatMap((c) => (c.kind === 'antibody-drugs' ? c.drugs : [])),
    })),
    drugGenes: withContent(pairs, ({ contents }) => ({
      rows: contents.flatMap((c) => (c.kind === 'drug-genes' ? c.rows : [])),
    })),
    drugSignatures: withContent(signatures, ({ contents }) => ({
      signatures: contents.flatMap((c) => (c.kind === 'drug-signatures' ? c.signatures : [])),
    })),
    packs: used.flatMap(({ use }) => (use === null ? [] : [use])),
  };
}

/** What a pack holds, with its name; null where there is no such pack. */
function withContent<T extends object>(
  loaded: LoadedPack | undefined,
  contentOf: (loaded: LoadedPack) => T,
): (T & { readonly pack: string }) | null {
  return loaded === undefined ? null : { pack: loaded.name, ...contentOf(loaded) };
}

function geneSets({ name, contents }: LoadedPack): GeneSetCollection {
  return { name, sets: contents.flatMap((content) => (content.kind === 'gene-sets' ? content.sets : [])) };
}
