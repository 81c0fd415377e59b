import { chooseDomain, placeTicks, project, type Scale, type Tick } from './scale';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly id: string;
  readonly label: string;
  /** In order of x; a point that is not finite breaks the line. */
  readonly points: readonly Point[];
  /** Colour of what the line is of; colours go by order where left out. */
  readonly tone?: 'train' | 'synthetic' | 'faint';
}

/** Size of a drawing in pixels and the room its axes take. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface LinePicture {
  readonly paths: readonly { readonly id: string; readonly d: string }[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly x: Scale;
  readonly y: Scale;
}

export interface LineOptions {
  /** Fixed ends of the axes; read off the points where left out. */
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
}

const PIXELS_A_TICK = { x: 90, y: 26 };

/** Lines over a common x axis. */
export function drawLines(series: readonly Series[], frame: Frame, options: LineOptions = {}): LinePicture {
  const points = series.flatMap((one) => one.points);
  const nX = Math.max(1, Math.floor((frame.width - frame.left - frame.right) / PIXELS_A_TICK.x));
  const nY = Math.max(1, Math.floor((frame.height - frame.top - frame.bottom) / PIXELS_A_TICK.y));
  const x: Scale = {
    domain: options.xDomain ?? spanOf(points.map((point) => point.x)),
    range: [frame.left, frame.width - frame.right],
  };
  const y: Scale = {
    domain:
      options.yDomain ??
      chooseDomain(
        points.map((point) => point.y),
        nY,
      ),
    range: [frame.height - frame.bottom, frame.top],
  };
  return {
    paths: series.map(({ id, points: own }) => ({ id, d: tracePath(own, x, y) })),
    xTicks: placeTicks(x, nX),
    yTicks: placeTicks(y, nY),
    x,
    y,
  };
}

/** An SVG path through the points; a single point becomes a dot-long stroke so that it shows. */
export function tracePath(points: readonly Point[], x: Scale, y: Scale): string {
  let d = '';
  let pen: 'M' | 'L' = 'M';
  let nInPiece = 0;
  for (const point of points) {
    if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) {
      if (nInPiece === 1) d += 'h0.01';
      pen = 'M';
      nInPiece = 0;
      continue;
    }
    d += `${pen}${round(project(x, point.x))} ${round(project(y, point.y))}`;
    pen = 'L';
    nInPiece++;
  }
  return nInPiece === 1 ? `${d}h0.01` : d;
}

/** Tenths of a pixel keep paths short. */
export function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function spanOf(values: readonly number[]): readonly [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : [0, 1];
}
