import { round, type Frame } from './lines';
import { chooseDomain, placeTicks, project, type Scale, type Tick } from './scale';

/** One thing at a place of two figures. */
export interface Dot {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** A value of the y axis that dots are held against. */
export interface Level {
  readonly id: 'floor' | 'ceiling';
  readonly label: string;
  readonly y: number;
}

export interface PlacedDot {
  readonly id: string;
  readonly label: string;
  /** Middle of the dot in pixels. */
  readonly x: number;
  readonly y: number;
  readonly labelX: number;
  readonly labelY: number;
  readonly anchor: 'start' | 'end';
}

export interface ScatterPicture {
  readonly dots: readonly PlacedDot[];
  readonly levels: readonly { readonly id: Level['id']; readonly label: string; readonly at: number }[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

/** How x is laid out: `log` for positive figures that differ by factors. */
export type XAxis = { readonly kind: 'linear' | 'log'; readonly format: (value: number) => string };

const PIXELS_A_TICK = { x: 70, y: 30 };
const LABEL_GAP = 12;
const LABEL_HEIGHT = 16;
/** Pixels that a letter takes, about. */
const LETTER = 7;

/** Dots with their labels kept apart, on axes wide enough for the levels too. */
export function drawScatter(
  dots: readonly Dot[],
  levels: readonly Level[],
  axis: XAxis,
  frame: Frame,
): ScatterPicture {
  const ys = [...dots, ...levels].map(({ y }) => y);
  const y: Scale = {
    domain: padDomain(chooseDomain(ys, countTicks(frame.height - frame.top - frame.bottom, PIXELS_A_TICK.y))),
    range: [frame.height - frame.bottom, frame.top],
  };
  const place = axis.kind === 'log' ? Math.log10 : (value: number) => value;
  const x: Scale = {
    domain: padDomain(spanOf(dots.map((dot) => place(dot.x)))),
    range: [frame.left, frame.width - frame.right],
  };
  const nX = countTicks(frame.width - frame.left - frame.right, PIXELS_A_TICK.x);
  const xTicks = axis.kind === 'log' ? placeLogTicks(x, nX) : placeTicks(x, nX);
  return {
    dots: placeLabels(
      dots.map((dot) => ({ ...dot, x: round(project(x, place(dot.x))), y: round(project(y, dot.y)) })),
      frame,
    ),
    levels: levels.map(({ id, label, y: at }) => ({ id, label, at: round(project(y, at)) })),
    xTicks: xTicks.map((tick) => ({ ...tick, label: axis.format(tick.value) })),
    yTicks: placeTicks(y, countTicks(frame.height - frame.top - frame.bottom, PIXELS_A_TICK.y)),
  };
}

function countTicks(pixels: number, each: number): number {
  return Math.max(2, Math.floor(pixels / each));
}

/** A twentieth more at either end, so that no dot lies on an edge. */
function padDomain([min, max]: readonly [number, number]): readonly [number, number] {
  const pad = max === min ? 0.5 : (max - min) / 20;
  return [min - pad, max + pad];
}

function spanOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
}

/** Which multiples of powers of ten are ticks, the densest first. */
const MANTISSAS = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]] as const;

/** Ticks at 1, 2, 5 … times a power of ten, on a scale of logarithms; about `n` at most. */
export function placeLogTicks(scale: Scale, n: number): readonly Tick[] {
  const [min, max] = scale.domain;
  const listed = MANTISSAS.map((mantissas) => listValues(mantissas, min, max));
  const values = listed.find((list) => list.length > 0 && list.length <= n) ?? listed.at(-1) ?? [];
  return values.map((value) => ({ value, label: String(value), at: project(scale, Math.log10(value)) }));
}

function listValues(mantissas: readonly number[], min: number, max: number): readonly number[] {
  const values: number[] = [];
  for (let power = Math.floor(min); power <= max; power++) {
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${power}`);
      if (Math.log10(value) >= min && Math.log10(value) <= max) values.push(value);
    }
  }
  return values;
}

/** Labels beside their dots, on a side that has room and no other dot; where two would touch, the lower moves down. */
function placeLabels(dots: readonly Dot[], frame: Frame): readonly PlacedDot[] {
  const placed: (PlacedDot & Span)[] = [];
  for (const dot of [...dots].sort((a, b) => a.y - b.y)) {
    const isRight = liesRight(dot, dots, frame);
    const span = spanLabel(dot, isRight);
    const touched = placed.filter((one) => one.from < span.to && span.from < one.to);
    placed.push({
      id: dot.id,
      label: dot.label,
      x: dot.x,
      y: dot.y,
      labelX: dot.x + (isRight ? LABEL_GAP : -LABEL_GAP),
      labelY: touched.reduce((y, one) => Math.max(y, one.labelY + LABEL_HEIGHT), dot.y + 4),
      anchor: isRight ? 'start' : 'end',
      ...span,
    });
  }
  return placed.map(({ id, label, x, y, labelX, labelY, anchor }) => ({
    id,
    label,
    x,
    y,
    labelX,
    labelY,
    anchor,
  }));
}

/** What a label takes across, its dot included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function spanLabel({ x, label }: Dot, isRight: boolean): Span {
  const room = label.length * LETTER + LABEL_GAP;
  return isRight ? { from: x, to: x + room } : { from: x - room, to: x };
}

function liesRight(dot: Dot, dots: readonly Dot[], { width, right, left }: Frame): boolean {
  const fits = {
    right: spanLabel(dot, true).to <= width - right + LABEL_GAP,
    left: spanLabel(dot, false).from >= left,
  };
  if (!fits.right || !fits.left) return fits.right || !fits.left;
  const countWithin = ({ from, to }: Span): number =>
    dots.filter(
      (one) => one !== dot && Math.abs(one.y - dot.y) < LABEL_HEIGHT && one.x >= from && one.x <= to,
    ).length;
  return countWithin(spanLabel(dot, true)) <= countWithin(spanLabel(dot, false));
}
