import type { Column } from './table';

/**
 * Puts the values of columns into memory that threads share, where the surroundings have such memory (a page that is
 * cross-origin isolated): a table then reaches any worker without being copied, and no task of the page grows with its
 * rows. Elsewhere columns stay as they are and are copied on the way. Columns that share an array go on sharing it.
 */
export function createColumnSharer(): (column: Column) => Column {
  const shared = new WeakMap<Values, Values>();
  const share = <T extends Values>(values: T): T => {
    const known = shared.get(values) as T | undefined;
    if (known !== undefined) return known;
    const moved = moveToSharedMemory(values);
    shared.set(values, moved);
    return moved;
  };
  return (column) =>
    column.kind === 'number'
      ? { ...column, values: share(column.values) }
      : { ...column, codes: share(column.codes) };
}

type Values = Float64Array | Int32Array;

function moveToSharedMemory<T extends Values>(values: T): T {
  if (typeof SharedArrayBuffer !== 'function' || values.buffer instanceof SharedArrayBuffer) return values;
  const memory = new SharedArrayBuffer(values.byteLength);
  const moved = values instanceof Float64Array ? new Float64Array(memory) : new Int32Array(memory);
  moved.set(values);
  return moved as T;
}
