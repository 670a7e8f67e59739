/** An element met in a document, for tests that compare structure. */
export interface MetElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const token =
  /<!DOCTYPE html>|<\?xml [^<>]*\?>|<\/([a-zA-Z][\w-]*)>|<([a-zA-Z][\w-]*)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)|</g;

/**
 * Reads markup strictly as XML: every element closed in order, every attribute quoted, no bare ampersand or angle bracket.
 *
 * @returns the elements in document order
 * @throws Error naming the first fault
 */
export function parseStrictly(markup: string): readonly MetElement[] {
  const open: string[] = [];
  const met: MetElement[] = [];
  for (const match of markup.matchAll(token)) {
    const [whole, closing, opening, attributes = '', selfClosing, text] = match;
    if (closing !== undefined) {
      const expected = open.pop();
      if (expected !== closing) throw new Error(`</${closing}> closes <${expected ?? 'nothing'}>`);
    } else if (opening !== undefined) {
      met.push({ name: opening, attributes: readAttributes(attributes) });
      if (selfClosing !== '/') open.push(opening);
    } else if (text !== undefined) checkReferences(text);
    else if (whole === '<') throw new Error(`bare "<" before ${markup.slice(match.index, match.index + 60)}`);
  }
  if (open.length > 0) throw new Error(`<${open.join('> <')}> left open`);
  return met;
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in found) throw new Error(`attribute ${name} given twice`);
    checkReferences(value);
    found[name] = value;
  }
  return found;
}

function checkReferences(text: string): void {
  const bare = /&(?!(?:amp|lt|gt|quot|#39);)/.exec(text);
  if (bare !== null) throw new Error(`bare "&" in ${text.slice(0, 60)}`);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/.test(text))
    throw new Error('control character');
}
