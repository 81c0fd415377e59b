import type { ModelConfig, ModelId } from '../../../models/synthesizer';
import { formatCount, formatItems } from '../../parts/NumberText';
import { settingsOf } from './settings';

/** How long a run of a network is planned to be. A test holds it equal to what the models plan. */
export interface RunPlan {
  readonly nSteps: number;
  readonly nStepsPerEpoch: number;
  /** The setting that decides. */
  readonly decides: 'epochs' | 'minSteps' | 'maxSteps';
}

/** Rows kept aside for stopping at most, and fewest that are. */
const MAX_SLICE_ROWS = 2000;
const MIN_SLICE_ROWS = 100;

/** Plan of a run over `nTrain` rows of train under settings that differ from the defaults by `config`. */
export function planRun(model: ModelId, config: ModelConfig, nTrain: number): RunPlan {
  const settings = settingsOf(model, config);
  const read = (key: string): number =>
    Number(config[key] ?? settings.find((setting) => setting.key === key)?.preset ?? 1);
  const nStepsPerEpoch = countStepsPerEpoch(read, model === 'ctgan' ? read('pac') : 1, nTrain);
  const ownEpochs = 'epochs' in config;
  const min = ownEpochs && !('minSteps' in config) ? 0 : read('minSteps');
  const max = ownEpochs && !('maxSteps' in config) ? Infinity : read('maxSteps');
  const wanted = read('epochs') * nStepsPerEpoch;
  const nSteps = Math.min(Math.max(wanted, min), max);
  const decides = wanted > max || min > max ? 'maxSteps' : wanted < min ? 'minSteps' : 'epochs';
  return { nSteps, nStepsPerEpoch, decides };
}

function countStepsPerEpoch(read: (key: string) => number, nTogether: number, nTrain: number): number {
  const share = read('stopShare');
  const nAside = share * nTrain >= MIN_SLICE_ROWS ? Math.min(Math.round(share * nTrain), MAX_SLICE_ROWS) : 0;
  const nLearned = nTrain - nAside;
  const most = Math.min(read('batchSize'), Math.max(Math.floor(nLearned / 4), 1));
  const batchSize = Math.max(Math.floor(most / nTogether), 1) * nTogether;
  return Math.max(Math.floor(nLearned / batchSize), 1);
}

const DECIDERS: Readonly<Record<RunPlan['decides'], string>> = {
  epochs: 'the number of epochs decides',
  minSteps: '“Steps at least” decides, as the epochs would be fewer steps',
  maxSteps: '“Steps at most” decides, as the epochs would be more steps',
};

/** The plan as a sentence. */
export function describePlan({ nSteps, nStepsPerEpoch, decides }: RunPlan): string {
  const nEpochs = Math.ceil(nSteps / nStepsPerEpoch);
  return `At most ${formatItems(nSteps, 'step')}, which is ${formatItems(nEpochs, 'epoch')} of ${formatCount(nStepsPerEpoch)}: ${DECIDERS[decides]}.`;
}
