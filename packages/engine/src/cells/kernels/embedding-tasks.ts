import type { TaskRegistry } from '../../core/executor.js';
import { geneMomentsBlock } from './gene-moments.js';
import { selectGenesBlock } from './select-genes.js';

/** The block tasks of the standard steps, by the names their methods ask an executor for. */
export const embeddingTasks: TaskRegistry = {
  'cells/gene-moments': geneMomentsBlock,
  'cells/select-genes': selectGenesBlock,
};
