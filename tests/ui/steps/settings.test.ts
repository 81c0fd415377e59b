import { describe, expect, it } from 'vitest';
import { ARGN_DEFAULTS } from '../../../src/models/argn/settings';
import { MARGIN_DEFAULTS } from '../../../src/models/copula-settings';
import { CTGAN_DEFAULTS, CTGAN_PAPER } from '../../../src/models/neural/ctgan';
import { TVAE_DEFAULTS, TVAE_PAPER } from '../../../src/models/neural/tvae';
import { TREES_DEFAULTS } from '../../../src/models/trees/settings';
import { MODEL_IDS, type ModelId } from '../../../src/models/synthesizer';
import { listBackends, MODEL_NOTES, readBackend } from '../../../src/ui/steps/train/models';
import {
  readSetting,
  SETTINGS,
  settingsOf,
  writeSetting,
  type Setting,
} from '../../../src/ui/steps/train/settings';

const defaults: Readonly<Record<ModelId, object>> = {
  independent: MARGIN_DEFAULTS,
  copula: MARGIN_DEFAULTS,
  trees: TREES_DEFAULTS,
  argn: ARGN_DEFAULTS,
  tvae: TVAE_DEFAULTS,
  ctgan: CTGAN_DEFAULTS,
};

function setting(model: ModelId, key: string): Setting {
  const found = SETTINGS[model].find((one) => one.key === key);
  if (found === undefined) throw new Error(`no setting ${key}`);
  return found;
}

describe('settings on the screen', () => {
  it.each(MODEL_IDS)('of %s are the defaults of the model itself, all of them', (model) => {
    const shown = Object.fromEntries(SETTINGS[model].map(({ key, preset }) => [key, preset]));
    expect(shown).toEqual(defaults[model]);
  });

  it.each([
    ['tvae', TVAE_PAPER],
    ['ctgan', CTGAN_PAPER],
  ] as const)('of %s follow the recipe that is chosen', (model, paper) => {
    const shown = settingsOf(model, { preset: 'paper' }).map(({ key, preset }) => [key, preset]);
    expect({ ...Object.fromEntries(shown), preset: 'paper' }).toEqual(paper);
  });

  it('take only recipes that are there', () => {
    expect(readSetting(setting('tvae', 'preset'), 'paper')).toEqual({ value: 'paper' });
    expect(readSetting(setting('tvae', 'preset'), 'mine')).toEqual({
      problem: 'This must be one of understudy, paper.',
    });
  });

  it('come with a note for every model', () => {
    expect(MODEL_NOTES.map((note) => note.id)).toEqual(MODEL_IDS);
  });

  it('are written so that reading them gives them back', () => {
    for (const one of MODEL_IDS.flatMap((model) => SETTINGS[model])) {
      expect(readSetting(one, writeSetting(one.preset))).toEqual({ value: one.preset });
    }
  });

  it.each([
    ['epochs', '0', 'This must be at least 1.'],
    ['epochs', '1.5', 'This must be a whole number.'],
    ['epochs', '', 'This is not a number.'],
    ['epochs', '1e999', 'This is not a number.'],
    ['stopShare', '0.7', 'This must be at most 0.5.'],
    ['hidden', '128', 'This must be 2 whole numbers of at least 1, such as 128 128.'],
    ['hidden', '128 -1', 'This must be 2 whole numbers of at least 1, such as 128 128.'],
  ])('refuse %s = "%s"', (key, text, problem) => {
    expect(readSetting(setting('tvae', key), text)).toEqual({ problem });
  });

  it('take a decimal comma', () => {
    expect(readSetting(setting('tvae', 'learningRate'), ' 0,002 ')).toEqual({ value: 0.002 });
  });
});

describe('where a run is computed', () => {
  it('is chosen for networks and nets, and for nothing else', () => {
    const offered = MODEL_IDS.map((model) => listBackends(model).map(({ id }) => id));
    const all = ['auto', 'webgpu', 'wasm', 'cpu'];
    expect(offered).toEqual([[], [], [], all.slice(0, 3), all, all]);
  });

  it('is WebAssembly for nets where JavaScript was chosen for another model', () => {
    expect(readBackend('argn', 'cpu')).toBe('wasm');
    expect(readBackend('argn', 'webgpu')).toBe('webgpu');
    expect(readBackend('tvae', 'cpu')).toBe('cpu');
  });
});
