import { sha256Hex } from '@remnant/engine';
import { script } from './script.js';
import { styles } from './styles.js';

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The two inline sources of a report, as a content security policy names them. */
export interface ReportPolicySources {
  readonly style: string;
  readonly script: string;
}

/** What a host page that shows a report in a frame has to allow besides its own sources: this style and this script, by hash. */
export const reportPolicySources: ReportPolicySources = { style: sourceOf(styles), script: sourceOf(script) };

/** The policy each report carries: its own style and script by hash, and nothing else from anywhere. */
export const reportPolicy: string = [
  "default-src 'none'",
  `style-src ${reportPolicySources.style}`,
  `script-src ${reportPolicySources.script}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function sourceOf(ascii: string): string {
  const bytes = Uint8Array.from(ascii, (character) => character.charCodeAt(0));
  return `'sha256-${base64OfHex(sha256Hex(bytes))}'`;
}

/** Three bytes to four digits, padded; written out because the engine's hosts share no encoder. */
function base64OfHex(hex: string): string {
  const groups = hex.match(/.{1,6}/g) ?? [];
  return groups
    .map((group) => {
      const bits = parseInt(group.padEnd(6, '0'), 16);
      const digits = [18, 12, 6, 0].map((shift) => base64Digits.charAt((bits >> shift) & 63)).join('');
      return digits.slice(0, group.length / 2 + 1).padEnd(4, '=');
    })
    .join('');
}
