import type { BackendChoice, Purpose } from '../../../api/synthesize';
import type { ModelId } from '../../../models/synthesizer';

/** What a person should know about a generator before choosing it. */
export interface ModelNote {
  readonly id: ModelId;
  readonly name: string;
  readonly how: string;
  readonly good: string;
  readonly weak: string;
  /** Order of magnitude; the forecast gives a figure for the table and machine at hand. */
  readonly time: string;
}

export const MODEL_NOTES: readonly ModelNote[] = [
  {
    id: 'independent',
    name: 'Independent columns',
    how: 'Draws every column on its own from its distribution in train.',
    good: 'Keeps single columns. It is the floor that every other model has to beat.',
    weak: 'Loses every relation between columns, so no analysis of two of them means anything.',
    time: 'seconds',
  },
  {
    id: 'copula',
    name: 'Gaussian copula',
    how: 'Ties the columns together by one matrix of correlations.',
    good: 'Steady on small tables, keeps each column and rising or falling relations.',
    weak: 'Misses curved relations, interactions and subgroups.',
    time: 'seconds',
  },
  {
    id: 'trees',
    name: 'Sequential trees',
    how: 'Draws the columns one after another, each from a tree over those before it.',
    good: 'Faithful in seconds, at any size; a date that follows another stays behind it.',
    weak: 'Fine details within groups of fewer than thirty records are not kept, so that they do not come back.',
    time: 'seconds',
  },
  {
    id: 'argn',
    name: 'Autoregressive nets',
    how: 'Draws the columns one after another, each from a small net over those before it.',
    good: 'The most faithful on tables of thousands of records, with smoother relations, in seconds.',
    weak: 'Weaker than trees on small tables, where its nets are kept too small to learn records by heart.',
    time: 'seconds',
  },
  {
    id: 'tvae',
    name: 'TVAE',
    how: 'A variational autoencoder: squeezes records into a few numbers and learns to write them back.',
    good: 'The usual first choice among networks: learns relations of any shape and trains smoothly.',
    weak: 'Tends to blur the tails and to write rare levels less often than train has them.',
    time: 'minutes',
  },
  {
    id: 'ctgan',
    name: 'CTGAN',
    how: 'Two networks compete: one writes records, one tries to tell them from train.',
    good: 'Trained on rare levels as often as on common ones, so that it keeps more of them.',
    weak: 'Several times slower, less steady, and weak below a few thousand rows.',
    time: 'minutes to an hour',
  },
];

/** The model's name for a person. */
export function nameModel(id: ModelId): string {
  return MODEL_NOTES.find((note) => note.id === id)?.name ?? id;
}

/** True for models that train for many steps on a neural backend. */
export function isNeural(id: ModelId): boolean {
  return id === 'tvae' || id === 'ctgan';
}

/** Where a run is computed, as a person chooses it. */
export interface BackendOption {
  readonly id: BackendChoice;
  readonly name: string;
}

const BACKENDS: readonly BackendOption[] = [
  { id: 'auto', name: 'Automatic: the fastest after a few timed steps' },
  { id: 'webgpu', name: 'WebGPU (graphics processor)' },
  { id: 'wasm', name: 'WebAssembly (processor, repeatable)' },
  { id: 'cpu', name: 'Plain JavaScript (slow, repeatable)' },
];

/** Where a model can be computed; empty where there is nothing to choose. */
export function listBackends(model: ModelId): readonly BackendOption[] {
  if (isNeural(model)) return BACKENDS;
  return model === 'argn' ? BACKENDS.filter(({ id }) => id !== 'cpu') : [];
}

/** What a choice means for a model: the nets' own kernel is never slow JavaScript where WebAssembly runs. */
export function readBackend(model: ModelId, chosen: BackendChoice): BackendChoice {
  return model === 'argn' && chosen === 'cpu' ? 'wasm' : chosen;
}

/** What records may be for, as a person reads it. */
export const PURPOSES: readonly { readonly id: Purpose; readonly name: string }[] = [
  { id: 'testing', name: 'Internal testing' },
  { id: 'analytics', name: 'Internal analytics' },
  { id: 'model-training', name: 'Model training' },
  { id: 'sharing', name: 'External sharing under agreement' },
  { id: 'public-release', name: 'Public release' },
];
