/** Makes an element with attributes and children; text is always set as text, never as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** A button with an action. */
export function button(
  label: string,
  attributes: Readonly<Record<string, string>>,
  action: () => void,
): HTMLButtonElement {
  const node = element('button', { type: 'button', ...attributes }, label);
  node.addEventListener('click', action);
  return node;
}

/**
 * A part of the page that is redrawn only when something it is drawn from has changed, so that focus, scrolling, open
 * lists and the report elsewhere stay as they are. Focus inside it goes to the element of the same id.
 *
 * @param host - element that holds the part
 * @param inputs - what it is drawn from
 */
export function panel<T extends unknown[]>(
  host: HTMLElement,
  inputs: () => [...T],
  draw: (...inputs: T) => readonly Node[],
): () => void {
  let drawn: T | null = null;
  return () => {
    const next = inputs();
    if (drawn?.every((value, i) => Object.is(value, next[i])) === true) return;
    drawn = next;
    const focused = host.contains(document.activeElement) ? (document.activeElement?.id ?? '') : '';
    const nodes = draw(...next);
    host.replaceChildren(...nodes);
    host.hidden = nodes.length === 0;
    if (focused !== '') document.getElementById(focused)?.focus();
  };
}

/** Offers bytes as a file to save; nothing leaves the browser. */
export function save(name: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content]));
  element('a', { href: address, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}
