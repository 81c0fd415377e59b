/**
 * The first `nRows` rows of delimited text that our own writer made (cells quoted by `"`, quotes doubled), as cells.
 * Empty lines at the end are no rows.
 */
export function readPreview(text: string, delimiter: string, nRows: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length && rows.length < nRows; i++) {
    const letter = text.charAt(i);
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(i + 1) === '"') cell += text.charAt(++i);
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === delimiter) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text.charAt(i + 1) === '\n') i++;
      endRow();
    } else cell += letter;
  }
  if (rows.length < nRows) endRow();
  return rows;
}
