export { webExecutor } from './executor.js';
export { fileListSource } from './file-list-source.js';
export { webPoolPort } from './pool-port.js';
export { startWebWorker } from './start-worker.js';
