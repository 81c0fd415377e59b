import { describe, expect, it } from 'vitest';
import { drawScatter, placeLogTicks, type Dot, type XAxis } from '../../../src/ui/charts/scatter';

const frame = { width: 500, height: 300, top: 20, right: 20, bottom: 40, left: 40 };
const log: XAxis = { kind: 'log', format: String };
const linear: XAxis = { kind: 'linear', format: (value) => value.toFixed(2) };
const dot = (id: string, x: number, y: number): Dot => ({ id, label: id, x, y });

describe('a scatter', () => {
  it('puts more time further right, by factors, and better further up', () => {
    const { dots } = drawScatter([dot('a', 1, 0.8), dot('b', 10, 0.9), dot('c', 100, 0.95)], [], log, frame);
    const at = Object.fromEntries(dots.map(({ id, x, y }) => [id, { x, y }]));
    expect((at['b']?.x ?? 0) - (at['a']?.x ?? 0)).toBeCloseTo((at['c']?.x ?? 0) - (at['b']?.x ?? 0), 0);
    expect(at['c']?.y).toBeLessThan(at['a']?.y ?? 0);
  });

  it('keeps dots and levels inside the frame', () => {
    const levels = [
      { id: 'floor', label: 'floor', y: 0.2 },
      { id: 'ceiling', label: 'ceiling', y: 0.99 },
    ] as const;
    const picture = drawScatter([dot('a', 1, 0.9), dot('b', 3, 0.91)], levels, log, frame);
    for (const y of [...picture.dots.map((one) => one.y), ...picture.levels.map(({ at }) => at)]) {
      expect(y).toBeGreaterThanOrEqual(frame.top);
      expect(y).toBeLessThanOrEqual(frame.height - frame.bottom);
    }
    for (const { x } of picture.dots) {
      expect(x).toBeGreaterThanOrEqual(frame.left);
      expect(x).toBeLessThanOrEqual(frame.width - frame.right);
    }
  });

  it('keeps labels of near dots apart, and turns one at the right edge to the left', () => {
    const near = drawScatter(
      [dot('one', 1, 0.9), dot('two', 1, 0.9), dot('three', 1, 0.9)],
      [],
      linear,
      frame,
    );
    const ys = near.dots.map(({ labelY }) => labelY).sort((a, b) => a - b);
    expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeGreaterThanOrEqual(16);
    expect((ys[2] ?? 0) - (ys[1] ?? 0)).toBeGreaterThanOrEqual(16);
    const far = drawScatter([dot('left', 0, 0.5), dot('a long name', 9, 0.9)], [], linear, frame);
    expect(far.dots.find(({ id }) => id === 'a long name')?.anchor).toBe('end');
    expect(far.dots.find(({ id }) => id === 'left')?.anchor).toBe('start');
  });

  it('turns the label of a dot to the left where another dot lies on its right', () => {
    const { dots } = drawScatter(
      [dot('first', 5, 0.9), dot('second', 5.3, 0.9), dot('low', 0, 0.1), dot('high', 9, 0.1)],
      [],
      linear,
      frame,
    );
    const anchors = Object.fromEntries(dots.map(({ id, anchor }) => [id, anchor]));
    expect(anchors).toMatchObject({ first: 'end', second: 'start' });
  });

  it('draws no dot, and one alone', () => {
    expect(drawScatter([], [], log, frame).dots).toEqual([]);
    const [alone] = drawScatter([dot('a', 5, 0.5)], [], log, frame).dots;
    expect(alone?.x).toBeCloseTo((frame.left + frame.width - frame.right) / 2, 0);
  });

  it.each([
    [0, 1, 6, [1, 2, 3, 5, 7, 10]],
    [0, 1, 4, [1, 2, 5, 10]],
    [-1, 2, 5, [0.1, 1, 10, 100]],
    [0.35, 0.4, 5, [] as number[]],
  ])('has ticks at round factors from 10^%d to 10^%d', (min, max, n, values) => {
    const ticks = placeLogTicks({ domain: [min, max], range: [0, 100] }, n);
    expect(ticks.map(({ value }) => value)).toEqual(values);
  });
});
