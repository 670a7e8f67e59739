import type { Bilingual } from '../core/text.js';

/** One line of the design check. */
export interface DesignFinding {
  readonly id: string;
  readonly level: 'ok' | 'note' | 'warning' | 'blocking';
  readonly text: Bilingual;
}
