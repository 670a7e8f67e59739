export {
  emptyLibrary,
  type FileCheck,
  findPack,
  type InstalledFile,
  type InstalledPack,
  isNamed,
  knownCopy,
  type PackLibrary,
} from './library.js';
export { loadResources, type ResourceHost, resourceReadings } from './load-resources.js';
export type { KnownCopy, Pack, PackFile, PackParser, PackRole } from './pack.js';
export { packs } from './packs.js';
