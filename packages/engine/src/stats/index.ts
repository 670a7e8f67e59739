export * from './distributions.js';
export * from './multiple-testing.js';
