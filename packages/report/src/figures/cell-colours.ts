import { cloneColour, divergingColour, ink } from '../svg/palette.js';
import { referenceClone } from './cell-blocks.js';

/** Colours are told apart in so many steps each way; equal neighbours are one mark. */
const levels = 10;

/** Colour of a clone in the strip beside the map: reference cells are grey, cells without a clone white. */
export function colourOfClone(clone: string | null): string {
  if (clone === null) return ink.paper;
  return clone === referenceClone ? ink.pale : cloneColour(Number(clone) || 1);
}

/** Colour of a state in its strip. */
export function colourOfState(state: string | null): string {
  if (state === null) return ink.paper;
  return state === 'persister' ? ink.text : ink.pale;
}

/** Colour of a log2 ratio; beyond the limit colours stay as they are. */
export function colourOfRatio(value: number, limit: number): string {
  if (!Number.isFinite(value)) return ink.grid;
  const level = Math.round(Math.max(-1, Math.min(1, value / limit)) * levels);
  return level === 0 ? ink.paper : divergingColour(level / levels);
}
