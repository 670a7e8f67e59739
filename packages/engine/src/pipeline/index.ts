export * from './options.js';
export * from './step.js';
