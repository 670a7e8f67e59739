export { type KernelCall, type KernelStep, kernelSteps, kernelTasks } from './kernel-tasks.js';
export { noSharedMemory, scranIdentity, scranKernels, type ScranOptions } from './scran-kernels.js';
