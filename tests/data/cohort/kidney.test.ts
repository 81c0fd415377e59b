import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creatinineForGfr, estimateGfr, stageOfGfr, UMOL_PER_MG_DL } from '../../../src/data/cohort/kidney';

/** By hand from Inker 2021: 142 · (S/κ)^(α or −1.2) · 0.9938^age · (1.012 for women), S in mg/dL. */
const BY_HAND: readonly (readonly [sex: 'female' | 'male', age: number, mgDl: number, gfr: number])[] = [
  ['female', 55, 0.9, 142 * 0.73965 * 0.710305 * 1.012],
  ['male', 50, 0.9, 142 * 0.73274],
  ['male', 70, 2.0, 142 * 0.383579 * 0.647038],
  ['female', 30, 0.5, 142 * 1.084468 * 0.829793 * 1.012],
];

describe('estimateGfr', () => {
  it.each(BY_HAND)('of a %s of %d with %d mg/dL', (sex, age, mgDl, gfr) => {
    expect(estimateGfr(mgDl * UMOL_PER_MG_DL, age, sex)).toBeCloseTo(gfr, 2);
  });

  it('is undone by creatinineForGfr on both sides of the bend', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 140, noNaN: true }),
        fc.integer({ min: 20, max: 100 }),
        fc.constantFrom('female' as const, 'male' as const),
        (gfr, age, sex) => {
          expect(estimateGfr(creatinineForGfr(gfr, age, sex), age, sex)).toBeCloseTo(gfr, 6);
        },
      ),
    );
  });
});

describe('stageOfGfr', () => {
  it.each([
    [60, null],
    [59, 'G3a'],
    [45, 'G3a'],
    [44, 'G3b'],
    [30, 'G3b'],
    [29, 'G4'],
    [15, 'G4'],
    [14, 'G5'],
  ])('puts %d into %s', (gfr, stage) => {
    expect(stageOfGfr(gfr)).toBe(stage);
  });
});
