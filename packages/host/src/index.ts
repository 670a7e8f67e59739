export * from './executors/index.js';
export { type DraftStudy, draftStudy } from './init/draft-study.js';
export * from './kernels/index.js';
export * from './output/index.js';
export * from './packs/index.js';
export * from './run/index.js';
export { remnantVersion } from './version.js';
