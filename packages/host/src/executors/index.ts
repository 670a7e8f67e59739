export { hostTasks } from './host-tasks.js';
export { inlineExecutor } from './inline-executor.js';
export type {
  CancelMessage,
  DoneMessage,
  FailedMessage,
  FromWorker,
  PoolPort,
  RunMessage,
  ToWorker,
  WorkerPort,
} from './protocol.js';
export { serveTasks } from './serve-tasks.js';
export { canShareMemory, shareable, shareableMatrix } from './shareable.js';
export { type WorkerExecutor, type WorkerExecutorOptions, workerExecutor } from './worker-executor.js';
