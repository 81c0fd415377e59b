import type { HostKernel } from './host-memory';
import type { RowLayout } from './row-kernels';

/** Logarithm of the smallest σ of a position; the largest is 1 (the range of Xu et al. 2019's code). */
export const MIN_LOG_SIGMA = Math.log(0.01);

const NONE = new Float32Array();

export interface LatentAttributes {
  readonly latentSize: number;
}

/** Latent codes mean + noise · sd from rows of [mean, log variance]; and sd. */
export const DRAW_LATENT: HostKernel<LatentAttributes> = {
  name: 'DrawLatent',
  shapes: (shapeOf) => [shapeOf('noise'), shapeOf('noise')],
  compute(view, [latent = NONE, sd = NONE], { latentSize }) {
    const [code, noise] = [view('code'), view('noise')];
    for (let row = 0, from = 0; row < noise.length; row += latentSize, from += 2 * latentSize) {
      for (let j = 0; j < latentSize; j++) {
        const width = Math.exp(0.5 * (code[from + latentSize + j] as number));
        sd[row + j] = width;
        latent[row + j] = (code[from + j] as number) + width * (noise[row + j] as number);
      }
    }
  },
};

/**
 * Gradient of rows of [mean, log variance] from that of the latent codes and from the divergence of N(mean, variance)
 * from N(0, 1), mean over rows; and that divergence.
 */
export const DRAW_LATENT_GRADIENT: HostKernel<LatentAttributes> = {
  name: 'DrawLatentGradient',
  shapes: (shapeOf) => [shapeOf('code'), [1]],
  compute(view, [result = NONE, loss = NONE], { latentSize }) {
    const [code, gradient] = [view('code'), view('gradient')];
    const [sd, noise] = [view('sd'), view('noise')];
    const perRow = latentSize / gradient.length;
    let divergence = 0;
    for (let row = 0, from = 0; row < gradient.length; row += latentSize, from += 2 * latentSize) {
      for (let j = 0; j < latentSize; j++) {
        const [at, slope] = [from + j, gradient[row + j] as number];
        const mean = code[at] as number;
        const logVariance = code[at + latentSize] as number;
        const width = sd[row + j] as number;
        const excess = width * width - 1;
        result[at] = slope + mean * perRow;
        result[at + latentSize] = 0.5 * (slope * width * (noise[row + j] as number) + excess * perRow);
        divergence += mean * mean + excess - logVariance;
      }
    }
    loss[0] = 0.5 * perRow * divergence;
  },
};

export interface ReconstructAttributes {
  readonly layout: RowLayout;
  readonly factor: number;
  /** Positions count where the mask says so; false = there are none. */
  readonly hasPositions: boolean;
}

/**
 * Reconstruction loss of a batch and its gradients: of the logits [n, width], of log σ before its bounds [nAlpha], and
 * the loss itself [1]. See `reconstruct`.
 */
export const RECONSTRUCT_ROWS: HostKernel<ReconstructAttributes> = {
  name: 'ReconstructRows',
  shapes: (shapeOf) => [shapeOf('logits'), shapeOf('freeSigma'), [1]],
  compute(view, [gradient = NONE, sigmaGradient = NONE, loss = NONE], { layout, factor, hasPositions }) {
    const [rows, logits, freeSigma] = [view('rows'), view('logits'), view('freeSigma')];
    const perRow = (factor * layout.width) / logits.length;
    const blockLoss = reconstructBlocks(rows, logits, gradient, layout, perRow);
    sigmaGradient.fill(0);
    const positionLoss = hasPositions
      ? reconstructPositions(
          rows,
          view('alphaMask'),
          logits,
          freeSigma,
          gradient,
          sigmaGradient,
          layout,
          perRow,
        )
      : 0;
    loss[0] = perRow * (blockLoss + positionLoss);
  },
};

function reconstructBlocks(
  rows: Float32Array,
  logits: Float32Array,
  gradient: Float32Array,
  { width, starts }: RowLayout,
  perRow: number,
): number {
  let loss = 0;
  for (let row = 0; row < logits.length; row += width) {
    for (let b = 0; b + 1 < starts.length; b++) {
      const from = row + (starts[b] as number);
      const to = row + (starts[b + 1] as number);
      let top = -Infinity;
      for (let j = from; j < to; j++) if ((logits[j] as number) > top) top = logits[j] as number;
      let total = 0;
      for (let j = from; j < to; j++) {
        const weight = Math.exp((logits[j] as number) - top);
        gradient[j] = weight;
        total += weight;
      }
      const scale = perRow / total;
      const logTotal = Math.log(total) + top;
      for (let j = from; j < to; j++) {
        const target = rows[j] as number;
        gradient[j] = (gradient[j] as number) * scale - perRow * target;
        if (target !== 0) loss += target * (logTotal - (logits[j] as number));
      }
    }
  }
  return loss;
}

function reconstructPositions(
  rows: Float32Array,
  mask: Float32Array,
  logits: Float32Array,
  freeSigma: Float32Array,
  gradient: Float32Array,
  sigmaGradient: Float32Array,
  { width, nAlpha }: RowLayout,
  perRow: number,
): number {
  let loss = 0;
  for (let j = 0; j < nAlpha; j++) {
    const share = 1 / (1 + Math.exp(-(freeSigma[j] as number)));
    const logSigma = (1 - share) * MIN_LOG_SIGMA;
    const precision = Math.exp(-2 * logSigma);
    let slope = 0;
    for (let at = j, m = j; at < logits.length; at += width, m += nAlpha) {
      const counts = mask[m] as number;
      const output = Math.tanh(logits[at] as number);
      const error = output - (rows[at] as number);
      const scaled = counts * error * precision;
      gradient[at] = perRow * scaled * (1 - output * output);
      slope += counts - scaled * error;
      loss += 0.5 * scaled * error + counts * logSigma;
    }
    sigmaGradient[j] = -perRow * slope * share * (1 - share) * MIN_LOG_SIGMA;
  }
  return loss;
}
