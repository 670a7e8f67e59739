export { type KernelsIdentity, kernelsOnExecutor } from './kernels-on-executor.js';
export { serveWebKernels } from './serve-web-kernels.js';
export { webKernels } from './web-kernels.js';
