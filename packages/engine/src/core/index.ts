export * from './context.js';
export * from './errors.js';
export * from './executor.js';
export * from './method.js';
export * from './pinned-math.js';
export * from './rng.js';
export * from './step-store.js';
export * from './sum.js';
