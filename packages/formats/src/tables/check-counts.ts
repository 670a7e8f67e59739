import { type ExpressionMatrix, FormatError } from '@remnant/engine';

/**
 * Checks that a table holds raw counts: whole numbers, none negative.
 *
 * @param table - genes × samples
 * @param file - its name, for the error
 * @throws FormatError naming the gene and the sample of the first value that is not a count
 */
export function checkCounts(table: ExpressionMatrix, file: string): void {
  const { values, samples } = table;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value >= 0 && value === Math.floor(value) && value !== Infinity) continue;
    const gene = table.genes[Math.floor(i / samples.length)] as string;
    const sample = samples[i % samples.length] as string;
    throw notACount(value, gene, sample, file);
  }
}

/** The error for a value that is not a raw count. */
export function notACount(value: number, gene: string, sample: string, file: string): FormatError {
  const what = value < 0 ? 'negative' : Number.isFinite(value) ? 'fractional' : 'not finite';
  return new FormatError(`These are not raw counts: a value is ${what}.`, {
    file,
    column: sample,
    expected: 'whole numbers, zero or more',
    found: `${String(value)} for gene "${gene}" in "${sample}"`,
    hint: 'Give raw counts, or state the scale of the table as intensity or log2.',
  });
}
