/** The colours of Okabe and Ito, which people with the common colour-vision deficiencies tell apart. */
export const okabeIto = {
  orange: '#E69F00',
  skyBlue: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  blue: '#0072B2',
  vermillion: '#D55E00',
  purple: '#CC79A7',
} as const;

/** Greys of text, axes and what is not called. */
export const ink = {
  text: '#1c2127',
  muted: '#59636e',
  axis: '#8b95a1',
  grid: '#e6e9ed',
  pale: '#c3cad2',
  band: '#eef3f1',
  paper: '#ffffff',
} as const;

/** Ground of a row that was asked for by name. */
export const namedGround = '#fbf3d9';

/** Up and down, here and in every figure: vermillion is more in the stage looked at, blue is less. */
export const direction: Readonly<Record<'up' | 'down' | 'none', string>> = {
  up: okabeIto.vermillion,
  down: okabeIto.blue,
  none: ink.pale,
};

const stageColours: Readonly<Record<string, string>> = {
  untreated: okabeIto.blue,
  residual: okabeIto.vermillion,
  relapse: okabeIto.green,
};

/** Colour of a stage; grey for a stage this version does not know. */
export function stageColour(stage: string): string {
  return stageColours[stage] ?? ink.axis;
}

/**
 * Colour of a correlation between −1 and 1: blue, white, vermillion. Linear in each channel.
 *
 * @returns a hexadecimal colour; grey when the value is missing
 */
export function divergingColour(value: number): string {
  if (!Number.isFinite(value)) return ink.grid;
  const strength = Math.min(1, Math.abs(value));
  const [red, green, blue] = value >= 0 ? [0xd5, 0x5e, 0x00] : [0x00, 0x72, 0xb2];
  const channels = [red, green, blue].map((channel) => Math.round(255 + (channel - 255) * strength));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

const categories: readonly string[] = [
  ...[okabeIto.blue, okabeIto.vermillion, okabeIto.green, okabeIto.purple, okabeIto.orange, okabeIto.skyBlue],
  ...['#6b4c9a', '#8c6d31', '#4d4d4d', '#b3b300', '#a6cee3', '#fb9a99', '#b2df8a', '#cab2d6', '#fdbf6f', '#999999'],
];

/** Colour of the nth of many categories, such as patients; they come round again after sixteen. */
export function categoryColour(index: number): string {
  return categories[index % categories.length] as string;
}

const clones: readonly string[] = [
  ...[okabeIto.purple, okabeIto.orange, okabeIto.skyBlue, '#6b4c9a', '#8c6d31', '#b3b300', '#2b8a7e', '#a6cee3'],
  ...['#4d4d4d', '#cab2d6', '#fdbf6f', '#b2df8a'],
];

/** Colour of a copy-number clone, counted from 1; none is the colour of a stage, of a gain or of a loss. */
export function cloneColour(clone: number): string {
  return clones[(clone - 1) % clones.length] as string;
}

/** Ink that reads on a ground of that colour: white on dark ones, dark on light ones. */
export function inkOn(fill: string): string {
  const channel = (at: number): number => parseInt(fill.slice(at, at + 2), 16);
  const brightness = 0.299 * channel(1) + 0.587 * channel(3) + 0.114 * channel(5);
  return brightness < 135 ? ink.paper : ink.text;
}
