import { countOtherLevels } from '../../data/overlay-columns';
import type { ColumnOverlay } from '../../models/synthesizer';
import { formatItems, formatShare } from '../parts/NumberText';
import { round } from './lines';
import { project, type Scale } from './scale';

/** `bins` touch each other (numbers, dates); `levels` stand apart (categories). */
export type OverlayKind = 'bins' | 'levels';

/** How numbers and dates are drawn: shares in bins, or their running sums. */
export type OverlayView = 'histogram' | 'ecdf';

export interface OverlayPicture {
  /** Filled shapes of train. */
  readonly train: string;
  /** Outlines of synthetic. */
  readonly synthetic: string;
  /** The slot of missing values, null when neither side has any. */
  readonly missing: { readonly train: string; readonly synthetic: string; readonly middle: number } | null;
  /** Left and right end of each slot in pixels. */
  readonly slots: readonly (readonly [number, number])[];
  /** Share at the top of the picture. */
  readonly top: number;
}

/** Height of the values in a picture of one column, in pixels. */
export const HEIGHT = 84;

const MISSING_SLOT = { width: 18, gap: 14 };
const LEVEL_GAP = 0.22;

/** One column's shares in train and in synthetic on the same slots, as two paths. */
export function drawOverlay(
  overlay: ColumnOverlay,
  kind: OverlayKind,
  width: number,
  height: number,
): OverlayPicture {
  const room = roomForValues(overlay, width);
  const top = Math.max(highestShare(overlay), Number.MIN_VALUE);
  const y: Scale = { domain: [0, top], range: [height, 0] };
  const slots = cutSlots(overlay.train.length, room, kind === 'bins' ? 0 : LEVEL_GAP);
  const trace = kind === 'bins' ? traceSteps : traceBars;
  return {
    train: traceBars(overlay.train, slots, y, 0),
    synthetic: trace(overlay.synthetic, slots, y, kind === 'bins' ? 0 : 1),
    missing: drawMissing(overlay, width, y),
    slots,
    top,
  };
}

/** Width that is left for the values beside the slot of missing values, which is there where either side has some. */
export function roomForValues(overlay: ColumnOverlay, width: number): number {
  return hasMissing(overlay) ? width - MISSING_SLOT.width - MISSING_SLOT.gap : width;
}

function hasMissing({ trainMissing, syntheticMissing }: ColumnOverlay): boolean {
  return trainMissing > 0 || syntheticMissing > 0;
}

/** The shares of missing values at the right end of a picture; null where neither side has any. */
export function drawMissing(overlay: ColumnOverlay, width: number, y: Scale): OverlayPicture['missing'] {
  if (!hasMissing(overlay)) return null;
  const slot: readonly [number, number] = [width - MISSING_SLOT.width, width];
  return {
    train: traceBars([overlay.trainMissing], [slot], y, 0),
    synthetic: traceBars([overlay.syntheticMissing], [slot], y, 1),
    middle: width - MISSING_SLOT.width / 2,
  };
}

function highestShare(overlay: ColumnOverlay): number {
  return Math.max(...overlay.train, ...overlay.synthetic, overlay.trainMissing, overlay.syntheticMissing);
}

function cutSlots(n: number, width: number, gap: number): readonly (readonly [number, number])[] {
  const slot = width / Math.max(n, 1);
  return Array.from({ length: n }, (_, i) => [
    round(i * slot + (slot * gap) / 2),
    round((i + 1) * slot - (slot * gap) / 2),
  ]);
}

type Slots = readonly (readonly [number, number])[];

/** Separate bars from the base line; `inset` draws them smaller by that many pixels on each side. */
function traceBars(shares: readonly number[], slots: Slots, y: Scale, inset: number): string {
  return slots
    .map(([left, right], i) => {
      const top = round(project(y, shares[i] ?? 0));
      return `M${left + inset} ${y.range[0]}V${top}H${right - inset}V${y.range[0]}Z`;
    })
    .join('');
}

/** One step line over touching bins, from base line to base line. */
function traceSteps(shares: readonly number[], slots: Slots, y: Scale): string {
  const base = y.range[0];
  const steps = slots.map(([, right], i) => `V${round(project(y, shares[i] ?? 0))}H${right}`);
  return slots.length === 0 ? '' : `M${slots[0]?.[0] ?? 0} ${base}${steps.join('')}V${base}`;
}

export interface OverlayGap {
  readonly label: string;
  readonly train: number;
  readonly synthetic: number;
  /** Null where the picture was made without a holdout. */
  readonly holdout: number | null;
}

/** The slot (bin, level or missing) in which the two sides differ most; null for an overlay without slots. */
export function widestGap(overlay: ColumnOverlay): OverlayGap | null {
  let widest: OverlayGap | null = null;
  for (const row of overlayRows(overlay)) {
    if (widest === null || distance(row) > distance(widest)) widest = row;
  }
  return widest;
}

function distance(gap: OverlayGap): number {
  return Math.abs(gap.train - gap.synthetic);
}

/** The picture as a table: every bin or level, then missing. */
export function overlayRows(overlay: ColumnOverlay): readonly OverlayGap[] {
  const rows = overlay.train.map((train, i) => ({
    label: overlay.labels[i] ?? '',
    train,
    synthetic: overlay.synthetic[i] ?? 0,
    holdout: overlay.holdout?.shares[i] ?? null,
  }));
  const missing = {
    label: 'missing',
    train: overlay.trainMissing,
    synthetic: overlay.syntheticMissing,
    holdout: overlay.holdout?.missing ?? null,
  };
  return [...rows, missing];
}

/** Words under a picture of levels too narrow for their names: at the left, and under the last slot. */
export function captionLevels(
  labels: readonly string[],
  roomInLetters: number,
): { readonly left: string; readonly right: string } {
  const nOther = countOtherLevels(labels);
  if (nOther === 0) return { left: formatItems(labels.length, 'level'), right: '' };
  const nNamed = labels.length - 1;
  const short = `${nNamed} of ${formatItems(nNamed + nOther, 'level')}`;
  const [long, right] = [`${short} and the rest`, 'other'];
  return { left: long.length + right.length < roomInLetters ? long : short, right };
}

/**
 * Words under a picture of bins: the names of the first and the last, or the two ends of the range where those would
 * run into each other, or the first end alone. Beside a slot of missing values there is no room for the last.
 */
export function captionBins(
  labels: readonly string[],
  roomInLetters: number,
  hasMissing: boolean,
): { readonly left: string; readonly right: string } {
  const first = labels[0] ?? '';
  const last = labels.length > 1 && !hasMissing ? (labels.at(-1) ?? '') : '';
  const [start, end] = [first.split(' to ')[0] ?? '', last.split(' to ').at(-1) ?? ''];
  const fits = (left: string, right: string): boolean => left.length + right.length + 2 <= roomInLetters;
  if (fits(first, last)) return { left: first, right: last };
  return { left: start, right: fits(start, end) ? end : '' };
}

/** Pixels of a letter of a picture's words, about. */
export const LETTER = 6.2;

/** Words under a picture, each at its place in pixels. */
export interface PlacedWord {
  readonly text: string;
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** What stands under a column's picture: the name of each level where all have room, or else words for its two ends. */
export function captionPicture(
  { labels }: Pick<ColumnOverlay, 'labels'>,
  kind: OverlayKind,
  slots: Slots,
  hasMissing: boolean,
): readonly PlacedWord[] {
  const end = slots.at(-1)?.[1] ?? 0;
  if (kind === 'levels' && labels.every((label) => label.length * LETTER < end / labels.length))
    return labels.map((text, i) => {
      const [left, right] = slots[i] ?? [0, 0];
      return { text, x: (left + right) / 2, anchor: 'middle' };
    });
  return placeEnds(
    kind === 'bins' ? captionBins(labels, end / LETTER, hasMissing) : captionLevels(labels, end / LETTER),
    end,
  );
}

/** Words at the two ends of a picture that is so many pixels wide. */
export function placeEnds(
  { left, right }: { readonly left: string; readonly right: string },
  end: number,
): readonly PlacedWord[] {
  const words: readonly PlacedWord[] = [
    { text: left, x: 0, anchor: 'start' },
    { text: right, x: end, anchor: 'end' },
  ];
  return words.filter(({ text }) => text !== '');
}

/** One sentence for people who do not see the picture. */
export function describeOverlay(overlay: ColumnOverlay): string {
  const gap = widestGap(overlay);
  if (gap === null || distance(gap) < 0.0005) return `${overlay.column}: train and synthetic are alike.`;
  return `${overlay.column}: widest gap at ${gap.label}, train ${formatShare(gap.train)}, synthetic ${formatShare(gap.synthetic)}.`;
}
