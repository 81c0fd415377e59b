import type { FinishedMeasure } from '../../../../src/measure/measure';

/** A measure of fidelity, halfway between floor and ceiling unless `patch` says otherwise. */
export function makeMeasure(id: string, patch: Partial<FinishedMeasure> = {}): FinishedMeasure {
  return {
    id,
    family: 'fidelity',
    value: 0.8,
    interval: { low: 0.78, high: 0.82 },
    n: 10,
    direction: 'higher-is-better',
    floor: 0.5,
    ceiling: 0.9,
    sentence: '',
    parts: [],
    seed: 1,
    ...patch,
  };
}

/** An attack whose success exceeds the control by `value`, give or take 0.02. */
export function makeAttack(id: string, value: number, baseline: number | null = 0.1): FinishedMeasure {
  const around = (middle: number) => ({
    value: middle,
    interval: { low: middle - 0.02, high: middle + 0.02 },
  });
  return makeMeasure(id, {
    family: 'privacy',
    direction: 'lower-is-better',
    ...around(value),
    floor: null,
    ceiling: 0,
    attack: {
      nAttempts: 100,
      success: around(0.2 + value),
      control: around(0.2),
      baseline: baseline === null ? null : around(baseline),
    },
  });
}
