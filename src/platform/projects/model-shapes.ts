import type { BackendChoice } from '../../api/synthesize';
import type { ModelId } from '../../models/synthesizer';
import { oneOf } from './shape';

/** The models that a run of a record can name. */
export const model = oneOf<ModelId>({
  independent: true,
  copula: true,
  trees: true,
  argn: true,
  tvae: true,
  ctgan: true,
});

/** Where a person wished a run to be computed. */
export const backend = oneOf<BackendChoice>({ auto: true, webgpu: true, wasm: true, cpu: true });
