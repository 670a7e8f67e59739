/** Orders text by UTF-16 code unit: the same in every host and locale. */
export function compareText(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
