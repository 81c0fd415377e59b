import { groupDigits } from '../../data/count-text';

/** A straight-line map from data to pixels. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** Pixel of a value; the middle of the range when the domain is a single point. */
export function project(scale: Scale, value: number): number {
  const [d0, d1] = scale.domain;
  const [r0, r1] = scale.range;
  return d1 === d0 ? (r0 + r1) / 2 : r0 + ((value - d0) / (d1 - d0)) * (r1 - r0);
}

export interface Tick {
  readonly value: number;
  readonly label: string;
  /** Position in pixels. */
  readonly at: number;
}

/**
 * Round steps (1, 2 or 5 times a power of ten) that cut [min, max] into about `n` parts; 0 when the interval is empty
 * or not finite.
 */
export function chooseStep(min: number, max: number, n: number): number {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span) || n < 1) return 0;
  const raw = span / n;
  const power = 10 ** Math.floor(Math.log10(raw));
  const ratio = raw / power;
  const factor = ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10;
  return factor * power;
}

/** Smallest and largest of the values and a little air, widened to round steps. [0, 1] when there is no finite value. */
export function chooseDomain(values: Iterable<number>, nTicks: number): readonly [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return [0, 1];
  if (isFlat(min, max)) return [min - (Math.abs(min) || 1) / 2, max + (Math.abs(max) || 1) / 2];
  const step = chooseStep(min, max, nTicks);
  return [Math.floor(min / step + 1e-9) * step, Math.ceil(max / step - 1e-9) * step];
}

/** True for values that no picture can tell apart: beyond nine digits, or too near to zero to be divided by. */
function isFlat(min: number, max: number): boolean {
  return max - min <= Math.max(1e-9 * Math.max(Math.abs(min), Math.abs(max)), 1e-300);
}

/** Ticks at round values inside the scale's domain. */
export function placeTicks(scale: Scale, n: number): readonly Tick[] {
  const [min, max] = scale.domain;
  const step = chooseStep(min, max, n);
  if (step === 0) return [{ value: min, label: formatTick(min, 1), at: project(scale, min) }];
  const ticks: Tick[] = [];
  const last = Math.floor(max / step + 1e-9);
  for (let i = Math.ceil(min / step - 1e-9); i <= last; i++) {
    const value = i * step;
    ticks.push({ value, label: formatTick(value, step), at: project(scale, value) });
  }
  return ticks;
}

/** A tick's text with the digits its step needs: step 0.05 gives `0.15`. */
export function formatTick(value: number, step: number): string {
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && step < 1e-4)) return value.toExponential(1).replace('-', '−');
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const [whole = '0', fraction] = size.toFixed(digits).split('.');
  const grouped = groupDigits(whole);
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && Number(size.toFixed(digits)) !== 0 ? `−${text}` : text;
}
