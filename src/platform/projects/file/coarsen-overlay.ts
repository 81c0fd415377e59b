import type { ColumnOverlay } from '../../../models/synthesizer';

/** Fewest rows of train that a name in a file without source stands for. */
export const MIN_ROWS = 5;

/** Fewest slots of a picture of numbers of which both outer pairs can be put together. */
const MIN_SLOTS = 5;

/**
 * A picture in which no level of fewer than {@link MIN_ROWS} rows of train has a name, and no end of a range; none where too
 * little would be left of it.
 */
export function coarsenOverlay(
  overlay: ColumnOverlay,
  nTrain: number,
  isNumeric: boolean,
): readonly ColumnOverlay[] {
  const nRows = overlay.train.map((share) => Math.round(share * nTrain));
  return isNumeric ? openEnds(overlay, nRows) : poolRare(overlay, nRows);
}

/** Levels with too few rows in one last slot, with those that had no name before. */
function poolRare(overlay: ColumnOverlay, nRows: readonly number[]): readonly ColumnOverlay[] {
  const isRare = overlay.labels.map((_, slot) => (nRows[slot] ?? 0) < MIN_ROWS);
  if (!isRare.includes(true)) return [overlay];
  const places = overlay.labels.map((_, slot) => slot);
  const [common, rare] = [false, true].map((wanted) => places.filter((slot) => isRare[slot] === wanted));
  return [regroup(overlay, [...(common ?? []).map((slot) => [slot]), rare ?? []], nameLevels)];

  function nameLevels(slots: readonly number[], at: number): string {
    const isLast = at === (common ?? []).length;
    return isLast ? 'other levels' : (overlay.labels[slots[0] ?? 0] ?? '');
  }
}

/** The outer slots of numbers put together until each stands for enough rows, with labels that are open to their side. */
function openEnds(overlay: ColumnOverlay, nRows: readonly number[]): readonly ColumnOverlay[] {
  const n = overlay.labels.length;
  const first = widen(nRows);
  const last = n - 1 - widen([...nRows].reverse());
  if (n < MIN_SLOTS || first >= last - 1) return [];
  const between = Array.from({ length: last - first - 1 }, (_, i) => [first + 1 + i]);
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return [
    regroup(overlay, [range(0, first), ...between, range(last, n - 1)], (slots, at) => {
      if (at === 0) return `≤ ${endsOf(overlay.labels[first] ?? '').at(-1) ?? ''}`;
      if (slots.includes(n - 1)) return `≥ ${endsOf(overlay.labels[last] ?? '')[0] ?? ''}`;
      return overlay.labels[slots[0] ?? 0] ?? '';
    }),
  ];
}

/** The last slot of those from one end that hold enough rows together; two at least. */
function widen(nRows: readonly number[]): number {
  let [slot, sum] = [0, nRows[0] ?? 0];
  while (slot < 1 || (sum < MIN_ROWS && slot < nRows.length)) sum += nRows[++slot] ?? 0;
  return slot;
}

/** The ends of a slot as its label writes them. */
function endsOf(label: string): readonly string[] {
  return label.replace(/^[≤≥] /, '').split(' to ');
}

function regroup(
  overlay: ColumnOverlay,
  groups: readonly (readonly number[])[],
  name: (slots: readonly number[], at: number) => string,
): ColumnOverlay {
  const add = (shares: readonly number[]) =>
    groups.map((slots) => slots.reduce((sum, slot) => sum + (shares[slot] ?? 0), 0));
  const { holdout } = overlay;
  return {
    ...overlay,
    labels: groups.map(name),
    train: add(overlay.train),
    synthetic: add(overlay.synthetic),
    ...(holdout === undefined ? {} : { holdout: { ...holdout, shares: add(holdout.shares) } }),
  };
}
