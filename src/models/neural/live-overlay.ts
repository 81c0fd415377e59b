import { overlayColumns, type ColumnOverlay } from '../../data/overlay-columns';
import type { Schema } from '../../data/schema';
import { selectColumns, takeRows, type Table } from '../../data/table';

/** Columns of the picture that is redrawn during training. */
const MAX_COLUMNS = 24;
/** Rows of train it rests on. */
const MAX_ROWS = 5000;

/** Compares previews with train, for the first columns and evenly spaced rows: cheap enough to repeat. */
export function createLiveOverlay(
  train: Table,
  schema: Schema,
): (preview: Table) => readonly ColumnOverlay[] {
  const columns = schema.columns.slice(0, MAX_COLUMNS);
  const names = columns.map((column) => column.name);
  const nRows = Math.min(train.nRows, MAX_ROWS);
  const rows = Uint32Array.from({ length: nRows }, (_, i) => Math.floor((i * train.nRows) / nRows));
  const shown = takeRows(selectColumns(train, names), rows);
  return (preview) => overlayColumns(shown, preview, { ...schema, columns });
}
