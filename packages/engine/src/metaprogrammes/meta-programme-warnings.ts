import type { Warning } from '../core/method.js';
import type { MetaProgrammes } from './meta-programmes.js';

/** What a reader of the meta-programmes should know. */
export function metaProgrammeWarnings(found: Omit<MetaProgrammes, 'warnings'>): readonly Warning[] {
  const { samples, founder, metaProgrammes, number } = found;
  const warnings: Warning[] = [];
  const warn = (code: string, names: readonly string[], message: string): void => {
    if (names.length > 0) warnings.push({ code, message: `${message}: ${names.join(', ')}.` });
  };
  const withStatus = (status: string): readonly string[] =>
    samples.filter((sample) => sample.status === status).map(({ sample }) => sample);
  warn('programmes-not-testable', withStatus('not-testable'), 'Samples with too few cells or genes for programmes');
  warn('programmes-unstable', withStatus('unstable'), 'Samples in which no number of programmes is stable');
  warn(
    'programmes-subsampled',
    samples.filter((sample) => sample.nCellsUsed < sample.nCells).map(({ sample }) => sample),
    'Samples factorised on some of their cells, drawn at random',
  );
  warn(
    'programmes-not-converged',
    samples.filter((sample) => sample.ranks.some((rank) => rank.notConverged > 0)).map(({ sample }) => sample),
    'Samples with factorisations stopped before they converged',
  );
  if (founder.unit === 'samples' && samples.length > 1) {
    warnings.push({
      code: 'meta-programmes-one-patient',
      message: 'All programmes come from one patient: meta-programmes recur between its samples, not between patients.',
    });
  }
  warn(
    'meta-programme-unsupported',
    metaProgrammes.filter(({ supported }) => supported === false).map(({ name }) => name),
    `Meta-programmes beyond the ${String(number.chosen)} that left-out patients support`,
  );
  for (const { name, confounders } of metaProgrammes) {
    const flagged = (confounders ?? []).filter((overlap) => overlap.flagged);
    const sets = flagged.map(({ set, overlap }) => `${set} (${String(overlap)} genes)`);
    warn('meta-programme-confounder', sets, `${name} overlaps with`);
  }
  return warnings;
}
