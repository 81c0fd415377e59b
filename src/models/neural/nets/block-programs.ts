import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { BlockSizes } from './block-sizes';
import {
  ERRORS,
  GATHER,
  HIDDEN,
  LOGITS,
  SIZE_UNIFORMS,
  THREADS,
  UNIT_GRADIENT,
  UPDATE,
} from './block-shaders';

/** One of the six programs of a step on WebGPU; elsewhere compositions of tensor operations stand in. All tensors are flat. */
export interface BlockProgram {
  readonly name: string;
  /** Names of its inputs in the shader, in the order of the bindings. */
  readonly inputs: readonly string[];
  readonly code: string;
  /** Numbers of its output. */
  readonly size: (sizes: BlockSizes) => number;
  /** Numbers that one thread sees to. */
  readonly perThread: (sizes: BlockSizes) => number;
}

const rowsOf = ({ nNets, batch }: BlockSizes) => nNets * batch;
const one = () => 1;

export const GATHER_ROWS: BlockProgram = {
  name: 'NetsGatherRows',
  inputs: ['places', 'targets', 'parents', 'rows'],
  code: GATHER,
  size: (sizes) => rowsOf(sizes) * (sizes.parents + 1),
  perThread: one,
};

export const RUN_HIDDEN: BlockProgram = {
  name: 'NetsRunHidden',
  inputs: ['state', 'seen', 'starts'],
  code: HIDDEN,
  size: (sizes) => rowsOf(sizes) * sizes.hidden,
  perThread: one,
};

export const RUN_LOGITS: BlockProgram = {
  name: 'NetsRunLogits',
  inputs: ['state', 'units'],
  code: LOGITS,
  size: (sizes) => rowsOf(sizes) * sizes.classes,
  perThread: one,
};

export const FIND_ERRORS: BlockProgram = {
  name: 'NetsFindErrors',
  inputs: ['logits', 'seen', 'rates'],
  code: ERRORS,
  size: (sizes) => rowsOf(sizes) * sizes.classes,
  perThread: ({ classes }) => classes,
};

export const FIND_SLOPES: BlockProgram = {
  name: 'NetsFindSlopes',
  inputs: ['state', 'units', 'errors'],
  code: UNIT_GRADIENT,
  size: (sizes) => rowsOf(sizes) * sizes.hidden,
  perThread: one,
};

/** Outputs the state that follows: parameters and Adam's two moments of all nets, one after another. */
export const UPDATE_STATE: BlockProgram = {
  name: 'NetsUpdateState',
  inputs: ['state', 'seen', 'units', 'errors', 'slopes', 'inputs', 'rates'],
  code: UPDATE,
  size: ({ nNets, inputRows, hidden, classes }) =>
    3 * nNets * ((inputRows + 1) * hidden + (hidden + 1) * classes),
  perThread: () => 3,
};

const PROGRAMS = [GATHER_ROWS, RUN_HIDDEN, RUN_LOGITS, FIND_ERRORS, FIND_SLOPES, UPDATE_STATE];

/** Registers the programs for WebGPU once. */
export function registerBlockPrograms(): void {
  if (tf.getKernel(GATHER_ROWS.name, 'webgpu') !== undefined) return;
  for (const program of PROGRAMS) {
    tf.registerKernel({
      kernelName: program.name,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, backend, attrs }) => {
        const { sizes } = attrs as unknown as { sizes: BlockSizes };
        const infos = program.inputs.map((name) => inputs[name] as tf.TensorInfo);
        const webgpu = backend as WebGPUBackend;
        return [webgpu.runWebGPUProgram(describe(program, sizes), infos, 'float32', listSizes(sizes))];
      },
    });
  }
}

function describe(program: BlockProgram, sizes: BlockSizes): WebGPUProgram {
  const size = program.size(sizes);
  const nThreads = Math.ceil(size / program.perThread(sizes));
  return {
    variableNames: [...program.inputs],
    outputShape: [size],
    uniforms: SIZE_UNIFORMS,
    shaderKey: program.name,
    workgroupSize: [THREADS, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(nThreads / THREADS), 1, 1],
    getUserCode: () => program.code,
  };
}

function listSizes({ nNets, batch, parents, inputRows, hidden, classes, nRows }: BlockSizes) {
  const numbers = [nNets, batch, parents, inputRows, hidden, classes, nRows];
  return numbers.map((n) => ({ type: 'int32', data: [n] }));
}
