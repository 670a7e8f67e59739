export * from './knock-out.js';
