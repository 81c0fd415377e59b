import type { HostKernel } from './host-memory';

/** Matrix columns: positions 0 … nAlpha − 1, then blocks from starts[b] to starts[b + 1]. */
export interface RowLayout {
  readonly width: number;
  readonly nAlpha: number;
  readonly starts: Int32Array;
}

export interface RowAttributes {
  readonly layout: RowLayout;
  readonly temperature: number;
}

/** tanh of positions, softmax of each block at a temperature. */
export const ACTIVATE_ROWS: HostKernel<RowAttributes> = {
  name: 'ActivateRows',
  shapes: (shapeOf) => [shapeOf('logits')],
  compute(view, [result = new Float32Array()], { layout, temperature }) {
    activateRows(view('logits'), result, layout, temperature);
  },
};

/** Gradient of {@link ACTIVATE_ROWS} from its output. */
export const ACTIVATE_ROWS_GRADIENT: HostKernel<RowAttributes> = {
  name: 'ActivateRowsGradient',
  shapes: (shapeOf) => [shapeOf('output')],
  compute(view, [result = new Float32Array()], { layout, temperature }) {
    backwardRows(view('output'), view('gradient'), result, layout, temperature);
  },
};

function activateRows(
  input: Float32Array,
  output: Float32Array,
  layout: RowLayout,
  temperature: number,
): void {
  const { width, nAlpha, starts } = layout;
  const nBlocks = starts.length - 1;
  for (let row = 0; row < input.length; row += width) {
    for (let j = row; j < row + nAlpha; j++) output[j] = Math.tanh(input[j] as number);
    for (let b = 0; b < nBlocks; b++) {
      const from = row + (starts[b] as number);
      const to = row + (starts[b + 1] as number);
      let top = -Infinity;
      for (let j = from; j < to; j++) if ((input[j] as number) > top) top = input[j] as number;
      let total = 0;
      for (let j = from; j < to; j++) {
        const weight = Math.exp(((input[j] as number) - top) / temperature);
        output[j] = weight;
        total += weight;
      }
      for (let j = from; j < to; j++) output[j] = (output[j] as number) / total;
    }
  }
}

function backwardRows(
  output: Float32Array,
  gradient: Float32Array,
  result: Float32Array,
  layout: RowLayout,
  temperature: number,
): void {
  const { width, nAlpha, starts } = layout;
  const nBlocks = starts.length - 1;
  for (let row = 0; row < output.length; row += width) {
    for (let j = row; j < row + nAlpha; j++) {
      const y = output[j] as number;
      result[j] = (gradient[j] as number) * (1 - y * y);
    }
    for (let b = 0; b < nBlocks; b++) {
      const from = row + (starts[b] as number);
      const to = row + (starts[b + 1] as number);
      let sum = 0;
      for (let j = from; j < to; j++) sum += (output[j] as number) * (gradient[j] as number);
      for (let j = from; j < to; j++) {
        result[j] = ((output[j] as number) * ((gradient[j] as number) - sum)) / temperature;
      }
    }
  }
}
