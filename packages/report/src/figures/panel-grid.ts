import { fullWidth } from './figure.js';

/** Where one of several small panels stands. */
export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Panels in rows, and where the last row ends. */
export interface PanelGrid {
  readonly places: readonly PanelPlace[];
  readonly bottom: number;
}

/** Places panels of the given heights row by row; a row is as high as its highest panel. */
export function panelGrid(
  heights: readonly number[],
  { columns, gap, top }: { readonly columns: number; readonly gap: number; readonly top: number },
): PanelGrid {
  const width = (fullWidth - gap * (columns - 1)) / columns;
  const places: PanelPlace[] = [];
  let bottom = top;
  for (let first = 0; first < heights.length; first += columns) {
    const row = heights.slice(first, first + columns);
    row.forEach((_, column) => places.push({ left: column * (width + gap), top: bottom, width }));
    bottom += Math.max(...row) + gap;
  }
  return { places, bottom: bottom - (heights.length === 0 ? 0 : gap) };
}
