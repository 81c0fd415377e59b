import { countOtherLevels, MIN_OPEN_ROWS } from '../../../data/overlay-columns';
import type { ColumnOverlay } from '../../../models/synthesizer';

/** Fewest rows of train that a name or a slot in a file without source stands for. */
export const MIN_ROWS = 5;

/** Fewest slots of a picture of numbers of which both outer pairs can be put together. */
const MIN_SLOTS = 5;

/** Slots of a picture that are told as one. */
interface Group {
  readonly slots: readonly number[];
  readonly label: string;
}

/**
 * A picture in which every slot, and what is missing, stands for no row of train or for {@link MIN_ROWS} of them at least, and
 * no end of a range has a name; none where too little would be left of it. What is too small is put together with something
 * else and never left out, so that no rest can be worked out from the others.
 *
 * @param nTrain rows of train that the shares are of
 */
export function coarsenOverlay(
  overlay: ColumnOverlay,
  nTrain: number,
  isNumeric: boolean,
): readonly ColumnOverlay[] {
  const { labels } = overlay;
  const nRows = overlay.train.map((share) => Math.round(share * nTrain));
  const groups = isNumeric ? groupNumbers(labels, nRows) : groupLevels(labels, nRows);
  return groups === null ? [] : hideMissing(regroup(overlay, groups), nTrain);
}

/** Whether a number of rows may be told. */
function isTellable(nRows: number): boolean {
  return nRows === 0 || nRows >= MIN_ROWS;
}

/**
 * Levels with too few rows in one last slot, with those that had no name before and, where that is not enough, the next
 * rarest. A name without a row of train is pooled too: it may be that of a few rows of the holdout.
 */
function groupLevels(labels: readonly string[], nRows: readonly number[]): readonly Group[] | null {
  const rowsOf = (slot: number) => nRows[slot] ?? 0;
  const alone = (slot: number): Group => ({ slots: [slot], label: labels[slot] ?? '' });
  const places = labels.map((_, slot) => slot);
  const rest = countOtherLevels(labels) > 0 ? labels.length - 1 : -1;
  const rare = places.filter((slot) => rowsOf(slot) < MIN_ROWS || slot === rest);
  if (rare.every((slot) => rowsOf(slot) >= MIN_ROWS)) return places.map(alone);
  const next = places.filter((slot) => !rare.includes(slot)).sort((a, b) => rowsOf(a) - rowsOf(b));
  let sum = rare.reduce((all, slot) => all + rowsOf(slot), 0);
  while (!isTellable(sum) && next.length > 0) {
    const slot = next.shift() ?? 0;
    rare.push(slot);
    sum += rowsOf(slot);
  }
  if (next.length === 0) return null;
  const common = places.filter((slot) => !rare.includes(slot));
  return [...common.map(alone), { slots: rare.sort((a, b) => a - b), label: 'other levels' }];
}

/**
 * Numbers: the outer slots put together until each stands for enough rows, two at least, with labels that are open to their
 * side; and inner slots with those after them until they do.
 */
function groupNumbers(labels: readonly string[], nRows: readonly number[]): readonly Group[] | null {
  const n = labels.length;
  const first = widen(nRows);
  const last = n - 1 - widen([...nRows].reverse());
  // The ends of a picture of so few rows are the values of single ones, and follow from the width of its slots.
  if (nRows.reduce((sum, each) => sum + each, 0) < MIN_OPEN_ROWS) return null;
  if (n < MIN_SLOTS || first >= last - 1) return null;
  const inner: number[][] = [];
  let open: number[] = [];
  for (const slot of range(first + 1, last - 1)) {
    open.push(slot);
    if (!isTellable(open.reduce((sum, each) => sum + (nRows[each] ?? 0), 0))) continue;
    inner.push(open);
    open = [];
  }
  const upper = [...open, ...range(last, n - 1)];
  return [
    { slots: range(0, first), label: `≤ ${endsOf(labels[first] ?? '').at(-1) ?? ''}` },
    ...inner.map((slots) => ({ slots, label: nameRange(labels, slots) })),
    { slots: upper, label: `≥ ${endsOf(labels[upper[0] ?? last] ?? '')[0] ?? ''}` },
  ];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** The last slot of those from one end that hold enough rows together; two at least. */
function widen(nRows: readonly number[]): number {
  let [slot, sum] = [0, nRows[0] ?? 0];
  while (slot < 1 || (sum < MIN_ROWS && slot < nRows.length)) sum += nRows[++slot] ?? 0;
  return slot;
}

function nameRange(labels: readonly string[], slots: readonly number[]): string {
  const [from, to] = [labels[slots[0] ?? 0] ?? '', labels[slots.at(-1) ?? 0] ?? ''];
  return from === to ? from : `${endsOf(from)[0] ?? ''} to ${endsOf(to).at(-1) ?? ''}`;
}

/** The ends of a slot as its label writes them. */
function endsOf(label: string): readonly string[] {
  return label.replace(/^[≤≥] /, '').split(' to ');
}

/** Without the holdout: a fifth of the rows in slots that were made for train leaves too few in most. */
function regroup(overlay: ColumnOverlay, groups: readonly Group[]): ColumnOverlay {
  const { column, train, synthetic, trainMissing, syntheticMissing } = overlay;
  const add = (shares: readonly number[]) =>
    groups.map(({ slots }) => slots.reduce((sum, slot) => sum + (shares[slot] ?? 0), 0));
  return {
    column,
    labels: groups.map(({ label }) => label),
    train: add(train),
    synthetic: add(synthetic),
    trainMissing,
    syntheticMissing,
  };
}

/** Missing values of too few rows are put to the smallest slot that has rows; no picture where none has. */
function hideMissing(overlay: ColumnOverlay, nTrain: number): readonly ColumnOverlay[] {
  const { train, trainMissing, syntheticMissing, synthetic, labels } = overlay;
  if (isTellable(Math.round(trainMissing * nTrain))) return [overlay];
  const [least = -1] = [...train.keys()]
    .filter((slot) => (train[slot] ?? 0) > 0)
    .sort((a, b) => (train[a] ?? 0) - (train[b] ?? 0));
  if (least === -1) return [];
  const add = (shares: readonly number[], more: number) =>
    shares.map((share, slot) => (slot === least ? share + more : share));
  return [
    {
      ...overlay,
      labels: labels.map((label, slot) => (slot === least ? `${label}, or missing` : label)),
      train: add(train, trainMissing),
      synthetic: add(synthetic, syntheticMissing),
      trainMissing: 0,
      syntheticMissing: 0,
    },
  ];
}
