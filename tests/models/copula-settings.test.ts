import { expect, it } from 'vitest';
import { describeMarginControl, readMarginSettings } from '../../src/models/copula-settings';

it('reads k over its default and says it in the control it stands for', () => {
  expect(readMarginSettings('copula', {})).toEqual({ k: 5 });
  expect(readMarginSettings('independent', { k: 11 })).toEqual({ k: 11 });
  expect(describeMarginControl({ k: 11 })).toMatch(/at least 11 rows of train .* at least 11 rows/);
});

it('names the model and the setting it refuses', () => {
  expect(() => readMarginSettings('independent', { rows: 3 })).toThrow(
    /"independent" has no setting "rows"; it has: k/,
  );
  expect(() => readMarginSettings('copula', { k: '5' })).toThrow(/"k" of the model "copula"/);
});
