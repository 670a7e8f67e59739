/** A piece of finished markup. Only the functions of this file make one, so nothing reaches a page unescaped. */
export interface Markup {
  readonly markup: string;
}

/** What may stand inside an element: text (escaped), numbers, markup, lists of those, or nothing. */
export type Child = string | number | Markup | null | undefined | false | readonly Child[];

/** Attributes by name. `true` writes the bare attribute, `null` and `false` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Elements of HTML that have no content and no closing tag. */
const voidElements = new Set(['br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);

/**
 * One element. Text children and attribute values are escaped; the result reads the same as HTML and as XML.
 *
 * @param name - element name, a constant of the source
 * @param attributes - written in the order given
 */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  const opening = `<${name}${writeAttributes(attributes)}`;
  const content = writeChildren(children);
  if (voidElements.has(name)) return { markup: `${opening} />` };
  return { markup: `${opening}>${content}</${name}>` };
}

/** Children side by side, without an element around them. */
export function fragment(...children: readonly Child[]): Markup {
  return { markup: writeChildren(children) };
}

/**
 * Text as it stands, for a style sheet or a script written in this package. Never for anything that came from a study.
 */
export function verbatim(constant: string): Markup {
  return { markup: constant };
}

/** Escapes the five characters that markup gives a meaning, and drops what XML forbids altogether. */
export function escapeMarkup(text: string): string {
  return dropForbidden(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text without control characters and lone surrogates, which XML and addresses do not allow. */
export function dropForbidden(text: string): string {
  return Array.from(text)
    .filter((character) => isAllowed(character.codePointAt(0) ?? 0))
    .join('');
}

function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  const isControl = code >= 0x7f && code <= 0x9f;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return !isControl && !isSurrogate && code !== 0xfffe && code !== 0xffff;
}

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => ` ${name}="${escapeMarkup(value === true ? '' : String(value))}"`)
    .join('');
}

function writeChildren(children: readonly Child[]): string {
  return children.map(writeChild).join('');
}

function writeChild(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (typeof child === 'string') return escapeMarkup(child);
  if (typeof child === 'number') return String(child);
  if ('markup' in child) return child.markup;
  return writeChildren(child);
}
