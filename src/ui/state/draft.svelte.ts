import type { BackendChoice } from '../../api/synthesize';
import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type { RunRecord } from '../../platform/projects/types';
import type { Advisor } from './advisor.svelte';
import type { TrainingChoice } from './training.svelte';

/** What stands in for the advice until it is there: it suits nearly every table (docs/trees.md). */
const LIKELY_MODEL: ModelId = 'trees';

/** What a person has chosen for the next run; each model keeps its own changed settings. */
export class TrainingDraft {
  /** `auto` leaves the model to the advisor. */
  pick = $state<ModelId | 'auto'>('auto');
  seed = $state(1);
  backend = $state<BackendChoice>('auto');
  private configs = $state.raw<Partial<Record<ModelId, ModelConfig>>>({});

  /** The model that would be trained. */
  readonly model = $derived.by<ModelId>(() =>
    this.pick === 'auto' ? (this.advisor.advice?.model ?? LIKELY_MODEL) : this.pick,
  );
  /** Settings that differ from the model's defaults. */
  readonly config = $derived.by<ModelConfig>(() => this.configOf(this.model));
  readonly choice = $derived.by<TrainingChoice>(() => ({
    model: this.model,
    config: this.config,
    seed: this.seed,
    backend: this.backend,
  }));

  constructor(private readonly advisor: Pick<Advisor, 'advice' | 'said'>) {}

  /** Settings of any model that differ from its defaults. */
  configOf(model: ModelId): ModelConfig {
    return this.configs[model] ?? {};
  }

  /** Sets one setting of the model; null takes the default again. */
  set(key: string, value: ModelConfig[string] | null): void {
    const others = Object.entries(this.config).filter(([other]) => other !== key);
    const entries = value === null ? others : [...others, [key, value] as const];
    this.configs = { ...this.configs, [this.model]: Object.fromEntries(entries) };
  }

  /** Takes over the choices of an earlier run. */
  take(run: RunRecord): void {
    this.pick = run.advice === null ? run.model : 'auto';
    if (run.advice !== null) this.advisor.said = run.advice.purpose;
    this.seed = run.seed;
    this.backend = run.backend;
    this.configs = { ...this.configs, [run.model]: run.config };
  }
}
