/** Row and column of a cell, from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** The place that `B3` names, or null where the text names none. */
export function parseCellPlace(text: string): CellPlace | null {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(text);
  if (match === null) return null;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]) - 1, column: column - 1 };
}
