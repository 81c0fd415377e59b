import { FailureError } from '../data/failure';
import type { ModelConfig, ModelId, TrainingInput, TrainingRun } from './synthesizer';

/** Settings shared by the models that draw from margins. */
export interface MarginSettings {
  /** Fewest rows of train a drawn number or range of numbers stands for. */
  readonly k: number;
}

export const MARGIN_DEFAULTS: MarginSettings & ModelConfig = { k: 5 };

/** Reads a config over the defaults. Throws `option-invalid` for an unknown key or a k that is not an integer of 1 or more. */
export function readMarginSettings(model: ModelId, config: ModelConfig): MarginSettings {
  const unknown = Object.keys(config).find((key) => !(key in MARGIN_DEFAULTS));
  if (unknown !== undefined) {
    throw new FailureError({
      code: 'option-invalid',
      message: `The model "${model}" has no setting "${unknown}"; it has: ${Object.keys(MARGIN_DEFAULTS).join(', ')}.`,
    });
  }
  const { k } = { ...MARGIN_DEFAULTS, ...config };
  if (typeof k === 'number' && Number.isInteger(k) && k >= 1) return { k };
  throw new FailureError({
    code: 'option-invalid',
    message: `The setting "k" of the model "${model}" must be a whole number of at least 1.`,
  });
}

/** The control against memorisation that these models carry, in words for run.json. */
export function describeMarginControl({ k }: MarginSettings): string {
  return `numbers are drawn from values shared by at least ${k} rows of train or evenly from ranges of at least ${k} rows`;
}

/** Throws `nothing-to-model` without columns, `too-few-rows` below k rows, `schema-invalid` when schema and table differ. */
export function checkTrainingInput({ table, schema }: TrainingInput, k: number): void {
  if (table.columns.length === 0) {
    throw new FailureError({
      code: 'nothing-to-model',
      message: 'No column is left to model; include at least one column in the schema.',
    });
  }
  if (table.nRows < k) {
    throw new FailureError({
      code: 'too-few-rows',
      message: `Train has ${table.nRows} rows; at least ${k} are needed. Use more records or a smaller holdout.`,
    });
  }
  const differs = table.columns.some((column, i) => column.name !== schema.columns[i]?.name);
  if (differs || table.columns.length !== schema.columns.length) {
    throw new FailureError({
      code: 'schema-invalid',
      message: 'The schema does not list the columns of the training table in their order.',
    });
  }
}

/** Lets messages in, waits while paused, and throws `cancelled` when asked to. A stop changes nothing: these fits take seconds. */
export async function awaitTurn(run: TrainingRun): Promise<void> {
  await run.breathe();
  while (run.command() === 'pause') await run.breathe();
  if (run.command() === 'cancel') {
    throw new FailureError({ code: 'cancelled', message: 'Training was cancelled; nothing was kept.' });
  }
}
