import type { Plugin } from 'vite';

/** Puts scran.js, its Wasm and the script of its threads into the bundle. */
export function inlineScran(): Plugin;
