import * as tf from '@tensorflow/tfjs-core';

/**
 * Kernels of our own for the backends whose tensors live in memory JavaScript can reach (cpu, wasm). They replace
 * compositions that are slow there: exp and tanh run one element at a time in tfjs-wasm, `gather` takes 20 ms for
 * 300,000 elements, and `slice` copies the whole source first.
 */
export const ACTIVATE_ROWS = 'ActivateRows';
export const ACTIVATE_ROWS_GRADIENT = 'ActivateRowsGradient';
export const UNPACK_VECTOR = 'UnpackVector';

/** Matrix columns: positions 0 … nAlpha − 1, then blocks from starts[b] to starts[b + 1]. */
export interface RowLayout {
  readonly width: number;
  readonly nAlpha: number;
  readonly starts: Int32Array;
}

export interface VectorPiece {
  readonly offset: number;
  readonly shape: readonly number[];
}

interface WasmMemory {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

interface CpuMemory {
  data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

/** How a kernel reaches the numbers of its tensors on one backend. */
interface HostMemory {
  /** Outputs first: making one may move the views of all others. */
  allocate(backend: unknown, shape: number[]): tf.TensorInfo;
  view(backend: unknown, info: tf.TensorInfo): Float32Array;
}

const MEMORIES: Readonly<Record<'cpu' | 'wasm', HostMemory>> = {
  wasm: {
    allocate: (backend, shape) => (backend as WasmMemory).makeOutput(shape, 'float32'),
    view: (backend, info) => (backend as WasmMemory).typedArrayFromHeap(info),
  },
  cpu: {
    allocate: (backend, shape) =>
      (backend as CpuMemory).makeTensorInfo(shape, 'float32', new Float32Array(tf.util.sizeFromShape(shape))),
    view: (backend, info) => (backend as CpuMemory).data.get(info.dataId).values,
  },
};

/** Registers the kernels once for cpu and wasm. */
export function registerHostKernels(): void {
  if (tf.getKernel(ACTIVATE_ROWS, 'cpu') !== undefined) return;
  for (const backendName of ['cpu', 'wasm'] as const) {
    const memory = MEMORIES[backendName];
    tf.registerKernel({ kernelName: ACTIVATE_ROWS, backendName, kernelFunc: activateWith(memory) });
    tf.registerKernel({ kernelName: ACTIVATE_ROWS_GRADIENT, backendName, kernelFunc: backwardWith(memory) });
    tf.registerKernel({ kernelName: UNPACK_VECTOR, backendName, kernelFunc: unpackWith(memory) });
  }
}

interface KernelCall {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly backend: unknown;
  readonly attrs?: unknown;
}

function activateWith(memory: HostMemory) {
  return ({ inputs, backend, attrs }: KernelCall): tf.TensorInfo => {
    const { layout, temperature } = attrs as { layout: RowLayout; temperature: number };
    const logits = required(inputs, 'logits');
    const result = memory.allocate(backend, logits.shape);
    activateRows(memory.view(backend, logits), memory.view(backend, result), layout, temperature);
    return result;
  };
}

function backwardWith(memory: HostMemory) {
  return ({ inputs, backend, attrs }: KernelCall): tf.TensorInfo => {
    const { layout, temperature } = attrs as { layout: RowLayout; temperature: number };
    const output = required(inputs, 'output');
    const gradient = required(inputs, 'gradient');
    const result = memory.allocate(backend, output.shape);
    backwardRows(
      memory.view(backend, output),
      memory.view(backend, gradient),
      memory.view(backend, result),
      layout,
      temperature,
    );
    return result;
  };
}

function unpackWith(memory: HostMemory) {
  return ({ inputs, backend, attrs }: KernelCall): tf.TensorInfo[] => {
    const { pieces } = attrs as { pieces: readonly VectorPiece[] };
    const vector = required(inputs, 'vector');
    const results = pieces.map((piece) => memory.allocate(backend, [...piece.shape]));
    const source = memory.view(backend, vector);
    pieces.forEach((piece, i) => {
      const result = results[i];
      if (result === undefined) return;
      const size = tf.util.sizeFromShape([...piece.shape]);
      memory.view(backend, result).set(source.subarray(piece.offset, piece.offset + size));
    });
    return results;
  };
}

function required(inputs: tf.NamedTensorInfoMap, name: string): tf.TensorInfo {
  const info = inputs[name];
  if (info === undefined) throw new RangeError(`kernel input "${name}" is missing`);
  return info;
}

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
