/** JSON as Remnant writes it: two spaces, a final line end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
