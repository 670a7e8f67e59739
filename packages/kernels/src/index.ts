export { canRunWasmNmf, fastMetaProgrammeTasks, openWasmNmfKernel } from './nmf-kernel.js';
export * from './scran/index.js';
