import type { BackendChoice } from '../../api/synthesize';
import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type { RunRecord } from '../../platform/projects/types';
import type { TrainingChoice } from './training.svelte';

/** What a person has chosen for the next run; each model keeps its own changed settings. */
export class TrainingDraft {
  /** The model a person chose; null until then. */
  private chosen = $state<ModelId | null>(null);
  seed = $state(1);
  backend = $state<BackendChoice>('auto');
  /** True while the model is the one that suits the size of the table. */
  readonly suggested = $derived(this.chosen === null);
  private configs = $state.raw<Partial<Record<ModelId, ModelConfig>>>({});

  /** @param nTrain about how many rows train has; null while there is no table */
  constructor(private readonly nTrain: () => number | null) {}

  get model(): ModelId {
    return this.chosen ?? suggestModel(this.nTrain());
  }

  set model(model: ModelId) {
    this.chosen = model;
  }

  /** Settings that differ from the model's defaults. */
  readonly config = $derived<ModelConfig>(this.configs[this.model] ?? {});
  readonly choice = $derived<TrainingChoice>({
    model: this.model,
    config: this.config,
    seed: this.seed,
    backend: this.backend,
  });

  /** Sets one setting of the chosen model; null takes the default again. */
  set(key: string, value: ModelConfig[string] | null): void {
    const others = Object.entries(this.config).filter(([other]) => other !== key);
    const entries = value === null ? others : [...others, [key, value] as const];
    this.configs = { ...this.configs, [this.model]: Object.fromEntries(entries) };
  }

  /** Takes over the choices of an earlier run. */
  take(run: RunRecord): void {
    this.model = run.model;
    this.seed = run.seed;
    this.backend = run.backend;
    this.configs = { ...this.configs, [run.model]: run.config };
  }
}

/** Rows of train below which a network learns too little to be offered first. */
export const FEW_ROWS = 1000;

/** The model that is offered first for a table of this size. */
export function suggestModel(nTrain: number | null): ModelId {
  return nTrain !== null && nTrain < FEW_ROWS ? 'copula' : 'tvae';
}
