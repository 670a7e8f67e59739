import { describe, expect, it } from 'vitest';
import { element, escapeMarkup, fragment } from './markup.js';

describe('element', () => {
  it('escapes text and attribute values', () => {
    expect(element('p', { title: '"><script>' }, "<b> & 'c'").markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt; &amp; &#39;c&#39;</p>',
    );
  });

  it('leaves out null, undefined and false, in attributes and in content', () => {
    expect(element('p', { a: null, b: undefined, c: false, d: 0 }, null, undefined, false, 0, '').markup).toBe(
      '<p d="0">0</p>',
    );
  });

  it('keeps markup as it is, nested as deep as it comes', () => {
    expect(element('ul', {}, [[element('li', {}, 'a')], fragment('b', element('i'))]).markup).toBe(
      '<ul><li>a</li>b<i></i></ul>',
    );
  });

  it('closes void elements as XML wants', () => {
    expect(element('meta', { charset: 'utf-8' }).markup).toBe('<meta charset="utf-8" />');
  });
});

describe('escapeMarkup', () => {
  it('drops what XML forbids and keeps everything else', () => {
    expect(escapeMarkup('a\u0000b\u0008\ud800c\ufffe\u0085 é 基 🧬\n\t')).toBe('abc é 基 🧬\n\t');
  });
});
