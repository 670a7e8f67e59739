/** Advance widths of Helvetica for the characters 32 to 126, in thousandths of the font size. */
const advance = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

const special: Readonly<Record<string, number>> = {
  '\u00a0': 278,
  '\u202f': 180,
  '−': 584,
  '×': 584,
  '–': 556,
  '…': 1000,
  '≥': 584,
  '≤': 584,
  '→': 1000,
  '’': 222,
  '₂': 350,
};

/** Bold Helvetica is about this much wider than regular. */
const boldFactor = 1.07;

/**
 * Width of a text in pixels, from the Helvetica metrics that Arial and Liberation Sans share. Good to a few per cent for
 * Latin text; accents are ignored, what is not in the table counts as an average wide letter.
 */
export function textWidth(text: string, size: number, bold?: 'bold'): number {
  let total = 0;
  for (const character of text.normalize('NFD')) total += widthOf(character);
  return (total / 1000) * size * (bold === undefined ? 1 : boldFactor);
}

function widthOf(character: string): number {
  const known = special[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x300 && code <= 0x36f) return 0;
  if (code >= 0x2070 && code <= 0x209f) return 350;
  if (code >= 0x2e80) return 1000;
  return advance[code - 32] ?? 650;
}

/** The text, cut with an ellipsis when it is wider than `width` pixels. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Words laid into lines no wider than `width` pixels; a word wider than that is cut. */
export function wrapText(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n\t]+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, size) <= width) line = longer;
    else {
      lines.push(fitText(line, width, size));
      line = word;
    }
  }
  return line === '' ? lines : [...lines, fitText(line, width, size)];
}
