import type { HostKernel } from './host-memory';
import type { VectorPiece } from './unpack-kernel';

export interface AdamAttributes {
  readonly names: readonly string[];
  readonly pieces: readonly VectorPiece[];
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  readonly stepSize: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
  /** Decay of the moving average at this update. */
  readonly decay: number;
}

/**
 * One update of Adam over a whole vector, from a gradient a parameter (inputs named after them). Outputs: weights, first
 * moment, second moment, average.
 */
export const ADAM_UPDATE: HostKernel<AdamAttributes> = {
  name: 'AdamUpdate',
  shapes: (shapeOf) => Array.from({ length: 4 }, () => shapeOf('weights')),
  compute(view, outputs, attributes) {
    const held = ['weights', 'firstMoment', 'secondMoment', 'average'].map(view);
    attributes.pieces.forEach(({ offset }, i) => {
      const gradient = view(attributes.names[i] ?? '');
      const cut = (vector: Float32Array) => vector.subarray(offset, offset + gradient.length);
      updatePiece(gradient, held.map(cut), outputs.map(cut), attributes);
    });
  },
};

const NONE = new Float32Array();

function updatePiece(
  gradient: Float32Array,
  [weights = NONE, first = NONE, second = NONE, average = NONE]: readonly Float32Array[],
  [nextWeights = NONE, nextFirst = NONE, nextSecond = NONE, nextAverage = NONE]: readonly Float32Array[],
  { beta1, beta2, weightDecay, stepSize, epsilon, decay }: AdamAttributes,
): void {
  for (let i = 0; i < gradient.length; i++) {
    const weight = weights[i] as number;
    const slope = (gradient[i] as number) + weightDecay * weight;
    const m = beta1 * (first[i] as number) + (1 - beta1) * slope;
    const v = beta2 * (second[i] as number) + (1 - beta2) * slope * slope;
    const next = weight - (stepSize * m) / (Math.sqrt(v) + epsilon);
    nextFirst[i] = m;
    nextSecond[i] = v;
    nextWeights[i] = next;
    nextAverage[i] = decay * (average[i] as number) + (1 - decay) * next;
  }
}
