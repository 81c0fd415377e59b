import { describe, expect, it } from 'vitest';
import { measureShortfall, placeMeasure, tellPlace } from '../../../../src/ui/steps/evidence/place';
import { makeAttack, makeMeasure } from './made-measure';

const at = (value: number, patch: Parameters<typeof makeMeasure>[1] = {}) =>
  makeMeasure('density', { value, interval: { low: value - 0.01, high: value + 0.01 }, ...patch });
const low = { direction: 'lower-is-better', floor: 0.9, ceiling: 0.5 } as const;

describe('placeMeasure', () => {
  it.each([
    [0.95, 'reached'],
    [0.895, 'reached'],
    [0.85, 'near'],
    [0.6, 'far'],
    [0.5, 'floor'],
    [0.4, 'floor'],
  ])('puts %d between floor 0.5 and ceiling 0.9: %s', (value, place) => {
    expect(placeMeasure(at(value))).toBe(place);
  });

  it.each([
    [0.4, 'reached'],
    [0.505, 'reached'],
    [0.6, 'near'],
    [0.8, 'far'],
    [0.95, 'floor'],
  ])('puts %d where lower is better: %s', (value, place) => {
    expect(placeMeasure(at(value, low))).toBe(place);
  });

  it('knows no place without a ceiling, and none near a floor that is no worse', () => {
    expect(placeMeasure(at(0.8, { ceiling: null }))).toBe('unknown');
    expect(placeMeasure(at(0.8, { floor: null }))).toBe('far');
    expect(placeMeasure(at(0.8, { floor: 1 }))).toBe('far');
  });
});

describe('measureShortfall', () => {
  it('runs from 0 at the ceiling to 1 at the floor, whichever is better', () => {
    expect(measureShortfall(at(0.9))).toBe(0);
    expect(measureShortfall(at(0.7))).toBeCloseTo(0.5);
    expect(measureShortfall(at(0.9, low))).toBe(1);
  });

  it('is not a number without both, or where they are one', () => {
    expect(measureShortfall(at(0.7, { floor: null }))).toBeNaN();
    expect(measureShortfall(at(0.7, { floor: 0.9 }))).toBeNaN();
  });
});

describe('tellPlace', () => {
  it('tells attacks by their control, and other measures by their ceiling', () => {
    expect(tellPlace(makeAttack('linkability', 0.01))).toBe('not above the control');
    expect(tellPlace(makeAttack('linkability', 0.3))).toBe('above the control');
    expect(tellPlace(at(0.95))).toBe('at the ceiling');
    expect(tellPlace(at(0.5))).toBe('no better than the floor');
  });

  it('tells no place where the floor is better than the ceiling', () => {
    const crossed = 'not told: the floor is better than the ceiling';
    for (const value of [0.6, 0.95, 0.97])
      expect(tellPlace(at(value, { floor: 0.96, ceiling: 0.9 }))).toBe(crossed);
    expect(tellPlace(at(0.7, { ...low, floor: 0.4 }))).toBe(crossed);
  });
});
