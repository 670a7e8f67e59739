import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reportPolicy, reportPolicySources } from './policy.js';
import { script } from './script.js';
import { styles } from './styles.js';

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('content security policy', () => {
  it('names the style and the script by their hash, and allows nothing else', () => {
    expect(reportPolicySources).toEqual({ style: hashed(styles), script: hashed(script) });
    expect(reportPolicy).toContain("default-src 'none'");
    expect(reportPolicy).not.toMatch(/unsafe|https?:/);
  });

  it('rests on a style and a script that are ASCII and loads nothing', () => {
    for (const text of [styles, script]) {
      expect(text).toMatch(/^[\x09\x0a\x20-\x7e]*$/);
      expect(text).not.toMatch(/[<&]|url\(|@import|https?:|fetch|innerHTML/);
    }
  });
});
