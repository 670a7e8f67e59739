export { webExecutor } from './executor.js';
export { webPoolPort } from './pool-port.js';
export { startWebWorker } from './start-worker.js';
