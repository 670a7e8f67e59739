import type { TaskRegistry, TaskSignal } from '../core/executor.js';
import { consensusBlock, type ConsensusOfRank, type ConsensusPayload } from './consensus-block.js';
import { logSumsBlock } from './mean-expression.js';
import { openNmfKernel, type OpenNmfKernel } from './nmf-kernel.js';
import { nmfRunsBlock, type NmfRuns, type NmfRunsPayload } from './nmf-runs.js';

/** The block tasks of the meta-programmes on a given kernel; the results are the same bytes on every kernel. */
export function metaProgrammeTasksOn(open: OpenNmfKernel): TaskRegistry {
  return {
    'metaprogrammes/nmf-runs': (payload: NmfRunsPayload, signal: TaskSignal): NmfRuns =>
      nmfRunsBlock(open, payload, signal),
    'metaprogrammes/consensus': (payload: ConsensusPayload): ConsensusOfRank => consensusBlock(open, payload),
    'metaprogrammes/log-sums': logSumsBlock,
  };
}

/** The block tasks of the meta-programmes in plain TypeScript. */
export const metaProgrammeTasks: TaskRegistry = metaProgrammeTasksOn(openNmfKernel);
