import { describe, expect, it } from 'vitest';
import {
  ARGN_DEFAULTS,
  chooseDecay,
  chooseSize,
  describeArgnControls,
  readArgnSettings,
} from '../../../src/models/argn/settings';

const sizeAt = (nRows: number) => chooseSize(ARGN_DEFAULTS, nRows);

describe('sizes by the rows of a table', () => {
  it.each([
    [50, { binRows: 20, groups: 8, knots: 3, hidden: 8, parents: 4, batchSize: 32, epochs: 15 }],
    [800, { binRows: 40, groups: 17, knots: 3, hidden: 8, parents: 6, batchSize: 32, epochs: 15 }],
    [7284, { binRows: 20, groups: 52, knots: 6, hidden: 12, parents: 17, batchSize: 64, epochs: 15 }],
    [26_049, { binRows: 20, groups: 186, knots: 8, hidden: 20, parents: 32, batchSize: 256, epochs: 15 }],
    [80_000, { binRows: 20, groups: 200, knots: 8, hidden: 20, parents: 48, batchSize: 512, epochs: 6 }],
    [1_000_000, { binRows: 20, groups: 200, knots: 8, hidden: 20, parents: 48, batchSize: 512, epochs: 3 }],
  ])('of %i rows', (nRows, size) => {
    expect(sizeAt(nRows)).toMatchObject(size);
  });

  it('give a net with more rows never less room, and more of it only little by little', () => {
    for (let nRows = 50; nRows < 60_000; nRows = Math.ceil(1.02 * nRows)) {
      const [few, more] = [sizeAt(nRows), sizeAt(Math.ceil(1.02 * nRows))];
      for (const key of ['groups', 'knots', 'hidden', 'parents'] as const) {
        expect(more[key]).toBeGreaterThanOrEqual(few[key]);
        expect(more[key] - few[key]).toBeLessThanOrEqual(4);
      }
    }
  });

  it('hold the weights the more, the more a net looks at and the fewer rows there are', () => {
    const decayOf = (nRows: number, nInputRows: number) => chooseDecay(ARGN_DEFAULTS, nRows, nInputRows);
    expect(decayOf(800, 24)).toBeCloseTo(0.00375, 8);
    expect(decayOf(800, 48)).toBeCloseTo(0.0075, 8);
    expect(decayOf(100, 24)).toBe(0.01);
    expect(decayOf(26_049, 100)).toBe(0.0001);
    expect(decayOf(800, 0)).toBe(0.0001);
  });

  it('give a target more trees where the table is not large, and none where a person wants none', () => {
    const told = (boostRounds: number, nRows: number) =>
      describeArgnControls({ ...ARGN_DEFAULTS, boostRounds }, nRows).join();
    expect(told(45, 7284)).toContain('drawn from 90 small boosted trees');
    expect(told(45, 26_049)).toContain('drawn from 45 small boosted trees');
    expect(told(0, 7284)).not.toContain('boosted');
  });

  it('give way to what a person sets, and are told in words', () => {
    const settings = readArgnSettings({
      hidden: 48,
      epochs: 3,
      learningRate: 30,
      weightDecay: 5,
      binRows: 7,
    });
    expect(chooseSize(settings, 7284)).toMatchObject({ hidden: 48, epochs: 3, binRows: 7, knots: 6 });
    expect(chooseSize(settings, 7284).learningRate).toBeCloseTo(0.003, 9);
    expect(chooseDecay(settings, 7284, 500)).toBeCloseTo(0.0005, 9);
    expect(describeArgnControls(settings, 7284).join()).toMatch(
      /at least 10 rows.*at least 7 rows.*fewer than 5 rows.*48 hidden units.*17 columns.*6 knots.*3 times/,
    );
  });
});
