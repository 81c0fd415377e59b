import * as tf from '@tensorflow/tfjs-core';

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

/**
 * A kernel of our own for the backends whose tensors live in memory JavaScript can reach. Every call has its outputs
 * allocated before any view is taken, because making one may move the views of all others. Outputs are not cleared.
 */
export interface HostKernel<A> {
  readonly name: string;
  /** Shapes of the outputs. */
  shapes(shapeOf: (input: string) => number[], attributes: A): number[][];
  compute(view: (input: string) => Float32Array, outputs: readonly Float32Array[], attributes: A): void;
}

interface KernelCall {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly backend: unknown;
  readonly attrs?: unknown;
}

/** Registers a kernel for cpu and wasm. */
export function registerHostKernel<A>(kernel: HostKernel<A>): void {
  for (const backendName of ['cpu', 'wasm'] as const) {
    const memory = MEMORIES[backendName];
    const kernelFunc = ({ inputs, backend, attrs }: KernelCall): tf.TensorInfo[] => {
      const infoOf = (name: string) => required(inputs, name);
      const attributes = attrs as A;
      const shapes = kernel.shapes((name) => infoOf(name).shape, attributes);
      const outputs = shapes.map((shape) => memory.allocate(backend, shape));
      kernel.compute(
        (name) => memory.view(backend, infoOf(name)),
        outputs.map((info) => memory.view(backend, info)),
        attributes,
      );
      return outputs;
    };
    tf.registerKernel({ kernelName: kernel.name, backendName, kernelFunc });
  }
}

function required(inputs: tf.NamedTensorInfoMap, name: string): tf.TensorInfo {
  const info = inputs[name];
  if (info === undefined) throw new RangeError(`kernel input "${name}" is missing`);
  return info;
}

/** True when the current backend has the kernel; elsewhere compositions of tensor operations stand in. */
export function hasHostKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a registered kernel on the current backend. */
export function runHostKernel<A>(
  { name }: Pick<HostKernel<A>, 'name'>,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: A,
): tf.Tensor[] {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor[];
}
