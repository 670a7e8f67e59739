export * from './marker-table.js';
export * from './named-marker.js';
