/**
 * Breaks a line at spaces so that it fits a width; every line starts with `indent`.
 * A word longer than the width, such as a path, stays whole.
 */
export function wrap(line: string, width: number, indent = ''): string {
  const own = /^\s*/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.trim().split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width - own.length) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current].map((text) => `${indent}${own}${text}`).join('\n');
}
