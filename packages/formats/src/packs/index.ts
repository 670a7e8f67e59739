export { parseGeneClasses, parseGmt } from './gene-sets.js';
export { type ParsedRegulons, parseRegulons } from './regulons.js';
export { parseSurfaceome } from './surfaceome.js';
