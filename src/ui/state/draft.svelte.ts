import type { BackendChoice } from '../../api/synthesize';
import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type { RunRecord } from '../../platform/projects/types';
import type { TrainingChoice } from './training.svelte';

/** The model that is offered first: the most faithful at every size of table, in seconds (docs/trees.md). */
const FIRST_MODEL: ModelId = 'trees';

/** What a person has chosen for the next run; each model keeps its own changed settings. */
export class TrainingDraft {
  model = $state<ModelId>(FIRST_MODEL);
  seed = $state(1);
  backend = $state<BackendChoice>('auto');
  private configs = $state.raw<Partial<Record<ModelId, ModelConfig>>>({});

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
