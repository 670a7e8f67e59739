import type { Words } from './words.js';

/** `3 of 8 patients`; in French zero and one are singular. */
export function patientsOf(w: Words, agree: number, asked: number): string {
  return w.pick(
    `${String(agree)} of ${String(asked)} patients`,
    `${w.count(agree, ['', ''], ['patient', 'patients'])} sur ${String(asked)}`,
  );
}
