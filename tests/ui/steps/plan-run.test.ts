import { describe, expect, it } from 'vitest';
import { CTGAN_DEFAULTS, ctganRecipe } from '../../../src/models/neural/ctgan';
import { chooseBatchSize, planSteps, readNeuralSettings } from '../../../src/models/neural/settings';
import { isSliceHeldBack } from '../../../src/models/neural/stop-score';
import { tvaeRecipe } from '../../../src/models/neural/tvae';
import { describePlan, planRun } from '../../../src/ui/steps/train/plan-run';

type Config = Readonly<Record<string, number | string>>;

/** Steps as `prepareRun` counts them. */
function planOfModel(model: 'tvae' | 'ctgan', config: Config, nTrain: number): number {
  const settings =
    model === 'tvae'
      ? readNeuralSettings(tvaeRecipe.presets, config)
      : readNeuralSettings(ctganRecipe.presets, config);
  const { stopShare } = settings;
  const nAside = isSliceHeldBack(nTrain, stopShare) ? Math.min(Math.round(stopShare * nTrain), 2000) : 0;
  const nRows = nTrain - nAside;
  const batchSize = chooseBatchSize(
    settings,
    nRows,
    model === 'ctgan' ? Number(config['pac'] ?? CTGAN_DEFAULTS.pac) : 1,
  );
  return planSteps(settings, Math.max(Math.floor(nRows / batchSize), 1));
}

describe('the plan shown with the settings', () => {
  it.each([60, 480, 999, 1000, 4000, 25_000, 1_000_000])('is that of the models for %d rows', (nTrain) => {
    const configs: Config[] = [
      {},
      { preset: 'paper' },
      { preset: 'paper', epochs: 3 },
      { epochs: 3 },
      { epochs: 3, minSteps: 40 },
      { epochs: 9000, maxSteps: 70 },
      { minSteps: 0 },
    ];
    for (const model of ['tvae', 'ctgan'] as const)
      for (const config of [...configs, { batchSize: 64, stopShare: 0 }])
        expect(planRun(model, config, nTrain).nSteps).toBe(planOfModel(model, config, nTrain));
  });

  it('says what decides', () => {
    expect(describePlan(planRun('ctgan', {}, 4000))).toBe(
      'At most 2000 steps, which is 286 epochs of 7: “Steps at most” decides, as the epochs would be more steps.',
    );
    expect(planRun('ctgan', {}, 100_000).decides).toBe('maxSteps');
    expect(planRun('tvae', { epochs: 2 }, 4000).decides).toBe('epochs');
  });
});
