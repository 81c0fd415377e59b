import type { Schema } from '../../data/schema';
import type { OverlayKind } from '../charts/overlay';

/** How each column is drawn: numbers and dates as touching bins, everything else as separate levels. */
export function overlayKinds(schema: Schema | null): (column: string) => OverlayKind {
  const numeric = new Set(
    schema?.columns
      .filter(({ type }) => type === 'integer' || type === 'continuous' || type === 'datetime')
      .map((column) => column.name),
  );
  return (column) => (numeric.has(column) ? 'bins' : 'levels');
}
