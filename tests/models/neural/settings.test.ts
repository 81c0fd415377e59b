import { describe, expect, it } from 'vitest';
import { planSteps, readNeuralSettings } from '../../../src/models/neural/settings';
import { tvaeRecipe } from '../../../src/models/neural/tvae';

const N_STEPS_PER_EPOCH = 8;
const stepsFor = (config: Record<string, number | string>): number =>
  planSteps(readNeuralSettings(tvaeRecipe.presets, config), N_STEPS_PER_EPOCH);

describe('planned steps', () => {
  it('bounds the default number of epochs', () => {
    expect(stepsFor({})).toBe(2400);
    expect(stepsFor({ minSteps: 2600 })).toBe(2600);
    expect(stepsFor({ maxSteps: 50, minSteps: 0 })).toBe(50);
  });

  it('takes epochs that a person gave at their word', () => {
    expect(stepsFor({ epochs: 3 })).toBe(24);
    expect(stepsFor({ epochs: 100_000 })).toBe(800_000);
  });

  it('keeps bounds on steps that were given with the epochs', () => {
    expect(stepsFor({ epochs: 3, minSteps: 40 })).toBe(40);
    expect(stepsFor({ epochs: 30, maxSteps: 40 })).toBe(40);
  });
});
