import { element } from '../dom.js';
import { filesOfDrop, filesOfInput } from '../dropped-files.js';
import type { PathFile } from '../protocol.js';

/** What a place for files says and does. */
export interface FileDropOptions {
  /** Start of the ids of its inputs. */
  readonly id: string;
  readonly drop: string;
  readonly hint: string | null;
  readonly choose: { readonly folder: string; readonly files: string };
  /** What the files are for, said to those who do not see where the buttons are. */
  readonly title: string;
  readonly disabled: boolean;
  readonly take: (files: readonly PathFile[]) => void;
  readonly refuse: () => void;
}

/** A place to drop files or folders on, with inputs that do the same by keyboard. */
export function fileDrop(options: FileDropOptions): HTMLElement {
  const { id, drop, hint, choose } = options;
  const zone = element(
    'div',
    { class: 'drop', id },
    element('p', { class: 'drop-here' }, drop),
    hint === null ? null : element('p', { class: 'quiet' }, hint),
    element(
      'div',
      { class: 'row' },
      chooser(`${id}-folder`, choose.folder, { webkitdirectory: '' }, options),
      chooser(`${id}-files`, choose.files, {}, options),
    ),
  );
  listen(zone, options);
  return zone;
}

function listen(zone: HTMLElement, { disabled, take, refuse }: FileDropOptions): void {
  const mark = (over: boolean): void => {
    zone.classList.toggle('over', over && !disabled);
  };
  zone.addEventListener('dragover', () => {
    mark(true);
  });
  zone.addEventListener('dragleave', () => {
    mark(false);
  });
  zone.addEventListener('drop', ({ dataTransfer }) => {
    mark(false);
    if (!disabled && dataTransfer !== null) filesOfDrop(dataTransfer).then(take, refuse);
  });
}

function chooser(
  id: string,
  label: string,
  attributes: Readonly<Record<string, string>>,
  { title, disabled, take }: FileDropOptions,
): HTMLElement {
  const input = element('input', { type: 'file', multiple: '', id, 'aria-label': `${label}: ${title}`, ...attributes });
  input.disabled = disabled;
  input.addEventListener('change', () => {
    const files = filesOfInput(input.files ?? new DataTransfer().files);
    // Emptied, so that the same files can be chosen again after they were changed.
    input.value = '';
    if (files.length > 0) take(files);
  });
  return element('label', { class: disabled ? 'choose disabled' : 'choose' }, label, input);
}
