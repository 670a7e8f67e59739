import type { TaskRegistry } from '../core/executor.js';
import { geneSetNullBlock } from './gene-set-null.js';
import { voteNullBlock } from './vote-null.js';

/** The block tasks of the shared programme, by the names its methods ask an executor for. */
export const programmeTasks: TaskRegistry = {
  'programme/gene-set-null': geneSetNullBlock,
  'programme/vote-null': voteNullBlock,
};
