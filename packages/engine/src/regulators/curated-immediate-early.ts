export { immediateEarlyGenes } from '../cells/sets/immediate-early.js';

/** Members of the AP-1 family, for which the dissociation control is required; `AP1` is CollecTRI's complex. */
export const ap1Family: ReadonlySet<string> = new Set([
  'AP1',
  'FOS',
  'FOSB',
  'FOSL1',
  'FOSL2',
  'JUN',
  'JUNB',
  'JUND',
  'BATF',
  'BATF2',
  'BATF3',
  'ATF3',
]);

/** AP-1 members whose own expression is not an immediate-early response. */
export const lateAp1Members: readonly string[] = ['FOSL1', 'FOSL2', 'JUND'];
