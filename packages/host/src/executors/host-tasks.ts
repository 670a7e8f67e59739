import { blockTasks, type TaskRegistry } from '@remnant/engine';
import { canRunWasmNmf, fastMetaProgrammeTasks } from '@remnant/kernels/nmf';

/** The block tasks of a host: engine's, with the faster kernel where WebAssembly has what it needs. Both give the same bytes. */
export const hostTasks: TaskRegistry = { ...blockTasks, ...(canRunWasmNmf() ? fastMetaProgrammeTasks() : {}) };
