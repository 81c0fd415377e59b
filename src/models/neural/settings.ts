import { FailureError } from '../../data/failure';
import type { NumberCoding } from '../encode/fit-encoding';
import type { ModelConfig } from '../synthesizer';
import type { Schedule } from './schedule';

/**
 * Ways to train: Understudy's own, or as the paper's authors have it (Xu et al. 2019). A preset brings defaults for all
 * other settings, and what cannot be set one by one: see {@link habitsOf}.
 */
export type Preset = 'understudy' | 'paper';

/** What a preset decides beside the numbers. */
export interface Habits {
  readonly coding: NumberCoding;
  readonly schedule: Schedule;
  /** The last bias is corrected so that margins agree with train's. */
  readonly isCalibrated: boolean;
  /** The state that is kept at the end. */
  readonly keeps: 'best' | 'last';
}

export function habitsOf(preset: Preset): Habits {
  return preset === 'paper'
    ? { coding: 'modes', schedule: 'constant', isCalibrated: false, keeps: 'last' }
    : { coding: 'bins', schedule: 'cosine', isCalibrated: true, keeps: 'best' };
}

/** Settings both networks share; each adds its own. */
export interface NeuralSettings {
  readonly preset: Preset;
  readonly epochs: number;
  /** Steps taken at least, however few the rows: a small table has too few steps in its epochs. */
  readonly minSteps: number;
  /** Steps taken at most, however many the rows. */
  readonly maxSteps: number;
  readonly batchSize: number;
  readonly latentSize: number;
  readonly hidden: readonly number[];
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Decay of the average of the weights that rows are drawn from; 0 = the last weights. */
  readonly averageDecay: number;
  /** Share of train held back for the stop score, 0–0.5; 0 = no early stop. */
  readonly stopShare: number;
  /** Weight of the distance from train's two-way margins; 0 = none. */
  readonly pairWeight: number;
  /** Scores without improvement before training ends, asked in the second half of the planned steps. */
  readonly patience: number;
}

/**
 * Fills in defaults and checks every entry: same type as the default, finite, not negative. Throws FailureError naming
 * the first entry that is unknown or wrong.
 */
export function readSettings<S extends object>(defaults: S, config: ModelConfig): S {
  const known = defaults as Record<string, unknown>;
  for (const [key, value] of Object.entries(config)) {
    if (!(key in known)) {
      throw invalid(`There is no setting named "${key}"; known are ${Object.keys(known).join(', ')}.`);
    }
    const problem = findProblem(known[key], value);
    if (problem !== null) throw invalid(`The setting "${key}" ${problem}.`);
  }
  return { ...defaults, ...config } as S;
}

/** More steps than any run takes. */
const UNBOUNDED_STEPS = 1e9;

/** What both papers' runs share: 300 epochs whatever the table, no early stop, the last weights. */
export const PAPER_RUN = {
  preset: 'paper',
  epochs: 300,
  minSteps: 0,
  maxSteps: 1_000_000,
  averageDecay: 0,
  stopShare: 0,
  patience: 1000,
  pairWeight: 0,
} as const;

/** Defaults of a model by preset. */
export type Presets<S extends NeuralSettings> = Readonly<Record<Preset, S>>;

/**
 * As {@link readSettings}, and takes a number of epochs that a person gave at its word: the bounds on steps serve the
 * default number, so they then hold only where they were given too. Early stopping still applies.
 */
export function readNeuralSettings<S extends NeuralSettings>(presets: Presets<S>, config: ModelConfig): S {
  const preset = config['preset'] ?? 'understudy';
  if (preset !== 'understudy' && preset !== 'paper') {
    throw invalid('The setting "preset" must be "understudy" or "paper".');
  }
  const defaults = presets[preset];
  const settings = readSettings(defaults, config);
  if (!('epochs' in config)) return settings;
  return {
    ...settings,
    minSteps: 'minSteps' in config ? settings.minSteps : 0,
    maxSteps: 'maxSteps' in config ? settings.maxSteps : UNBOUNDED_STEPS,
  };
}

function findProblem(expected: unknown, value: unknown): string | null {
  if (Array.isArray(expected)) {
    const fits =
      Array.isArray(value) &&
      value.length === expected.length &&
      value.every((size) => Number.isInteger(size) && size >= 1);
    return fits ? null : `must be a list of ${expected.length} whole numbers of at least 1`;
  }
  if (typeof expected !== typeof value) return `must be a ${typeof expected}`;
  if (typeof value === 'number' && !(Number.isFinite(value) && value >= 0)) {
    return 'must be a finite number of at least 0';
  }
  return null;
}

/** Checks of the settings every network has. Throws FailureError. */
export function checkSettings(settings: NeuralSettings): void {
  const whole: [string, number][] = [
    ['epochs', settings.epochs],
    ['batchSize', settings.batchSize],
    ['latentSize', settings.latentSize],
    ['maxSteps', settings.maxSteps],
    ['patience', settings.patience],
  ];
  for (const [name, value] of whole) {
    if (!Number.isInteger(value) || value < 1)
      throw invalid(`The setting "${name}" must be a whole number of at least 1.`);
  }
  if (!(settings.learningRate > 0)) throw invalid('The setting "learningRate" must be above 0.');
  if (!(settings.averageDecay < 1)) throw invalid('The setting "averageDecay" must be below 1.');
  if (!(settings.stopShare <= 0.5)) throw invalid('The setting "stopShare" must be at most 0.5.');
}

/** Planned steps of a run over `nRows` rows. */
export function planSteps(settings: NeuralSettings, nStepsPerEpoch: number): number {
  const wanted = Math.max(settings.epochs * nStepsPerEpoch, settings.minSteps);
  return Math.min(wanted, settings.maxSteps);
}

/**
 * Rows of one step: the setting, but at most a quarter of the table so that an epoch has several steps, and a
 * multiple of `multiple`.
 */
export function chooseBatchSize(settings: NeuralSettings, nRows: number, multiple: number): number {
  const most = Math.min(settings.batchSize, Math.max(Math.floor(nRows / 4), 1));
  return Math.max(Math.floor(most / multiple), 1) * multiple;
}

function invalid(message: string): FailureError {
  return new FailureError({ code: 'option-invalid', message });
}
