import { round } from './lines';
import { placeTicks, project, type Scale, type Tick } from './scale';

export interface StripMark {
  readonly id: 'floor' | 'value' | 'ceiling';
  readonly value: number;
  /** Position in pixels. */
  readonly at: number;
  /** Text anchor that keeps the mark's label inside the drawing. */
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface StripPicture {
  readonly marks: readonly StripMark[];
  readonly ticks: readonly Tick[];
}

/** Half the pixels that the longest label, `shuffled columns 0.985`, takes. */
const HALF_LABEL = 74;

/** A value and its yardsticks on a line from 0 to 1; a yardstick that is not known has no mark. */
export function drawStrip(
  value: number,
  floor: number | null,
  ceiling: number | null,
  width: number,
  margin: number,
): StripPicture {
  const scale: Scale = { domain: [0, 1], range: [margin, width - margin] };
  const mark = (id: StripMark['id'], share: number): StripMark => {
    const at = round(project(scale, Math.min(1, Math.max(0, share))));
    return { id, value: share, at, anchor: anchorFor(at, width) };
  };
  const marks = [
    ...(floor === null ? [] : [mark('floor', floor)]),
    ...(ceiling === null ? [] : [mark('ceiling', ceiling)]),
    mark('value', value),
  ];
  return { marks, ticks: placeTicks(scale, width < 360 ? 2 : 5) };
}

function anchorFor(at: number, width: number): StripMark['anchor'] {
  if (at + HALF_LABEL > width) return 'end';
  return at < HALF_LABEL ? 'start' : 'middle';
}
