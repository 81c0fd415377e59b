import type { BackendChoice } from '../src/api/synthesize';
import { argn, createArgn } from '../src/models/argn/argn';
import { describeArgnControls, readArgnSettings } from '../src/models/argn/settings';
import { copula } from '../src/models/copula';
import { describeMarginControl, readMarginSettings } from '../src/models/copula-settings';
import { independent } from '../src/models/independent';
import type { BackendHost } from '../src/models/neural/backends';
import { openFirstBackend } from '../src/models/neural/choose-backend';
import { createCtgan, ctganRecipe } from '../src/models/neural/ctgan';
import type { NeuralSynthesizer } from '../src/models/neural/neural-synthesizer';
import { createNetsDevice } from '../src/models/neural/nets/nets-device';
import { createTvae, tvaeRecipe } from '../src/models/neural/tvae';
import { describeTreesControls, readTreesSettings } from '../src/models/trees/settings';
import { trees } from '../src/models/trees/trees';
import type { ModelConfig, ModelId, ModelState, Synthesizer, TrainedModel } from '../src/models/synthesizer';

/** A synthesizer as the worker uses it. */
export interface WorkerSynthesizer extends Synthesizer {
  /** The settings a run with `config` takes, defaults filled in. */
  settingsInForce(config: ModelConfig): ModelConfig;
  /** Controls against memorisation in force, in words. */
  describeControls(config: ModelConfig, nRows: number, nColumns: number): readonly string[];
  /** Null for models that need no forecast of their own. */
  readonly forecast: NeuralSynthesizer['forecast'] | null;
}

/** The model of that name; neural ones and nets on the backend wished for. */
export function openSynthesizer(id: ModelId, backend: BackendChoice, host: BackendHost): WorkerSynthesizer {
  switch (id) {
    case 'independent':
      return statistical(
        independent,
        'only margins are kept, no rows; a row of train can come back by chance only',
      );
    case 'copula':
      return statistical(copula, 'only margins and one correlation matrix are kept, no rows');
    case 'trees':
      return {
        ...trees,
        settingsInForce: (config) => ({ ...trees.defaults, ...config }),
        describeControls: (config, nRows, nColumns) =>
          describeTreesControls(readTreesSettings(config), nRows, nColumns),
        forecast: null,
      };
    case 'argn':
      return {
        ...createArgn(createNetsDevice(backend, host)),
        settingsInForce: (config) => ({ ...argn.defaults, ...config }),
        describeControls: (config, nRows) => describeArgnControls(readArgnSettings(config), nRows),
        forecast: null,
      };
    case 'tvae':
      return createTvae(backend, host);
    case 'ctgan':
      return createCtgan(backend, host);
  }
}

function statistical(synthesizer: Synthesizer, control: string): WorkerSynthesizer {
  const describeControls = (config: ModelConfig): string[] => [
    control,
    describeMarginControl(readMarginSettings(synthesizer.id, config)),
  ];
  const settingsInForce = (config: ModelConfig) => ({ ...synthesizer.defaults, ...config });
  return { ...synthesizer, settingsInForce, describeControls, forecast: null };
}

/** Opens a fitted model on a backend for drawing rows. */
export async function openForSampling(
  state: ModelState,
  backend: BackendChoice,
  host: BackendHost,
): Promise<TrainedModel> {
  const isNeural = state.model === tvaeRecipe.id || state.model === ctganRecipe.id;
  if (isNeural) await openFirstBackend(backend, host);
  return openSynthesizer(state.model, backend, host).restore(state);
}
