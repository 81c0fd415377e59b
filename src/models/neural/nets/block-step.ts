import * as tf from '@tensorflow/tfjs-core';
import { BETA1, BETA2, EPSILON } from '../../kernels/net-kernel';
import { hasHostKernel, runHostKernel } from '../host-memory';
import {
  FIND_ERRORS,
  FIND_SLOPES,
  GATHER_ROWS,
  RUN_HIDDEN,
  RUN_LOGITS,
  UPDATE_STATE,
  type BlockProgram,
} from './block-programs';
import { countParams, type BlockSizes } from './block-sizes';

/** Tensors of a block that do not change: {@link BlockTables}, flat. */
export type TableTensors = Readonly<
  Record<'places' | 'targets' | 'parents' | 'starts' | 'inputRows', tf.Tensor1D>
>;

/** What differs from step to step. */
export interface BlockBatch {
  /** Rows of the table; the one after the last where a net has none. [nNets, batch] */
  readonly rows: tf.Tensor1D;
  /** Adam's rate, its unbias, decay, and a row's share of the mean. [nNets, 4] */
  readonly rates: tf.Tensor1D;
}

export interface BlockStep {
  /** Parameters and Adam's two moments. [3, nNets, parameters] */
  readonly state: tf.Tensor1D;
  /** Softmax less the class, times the share: gradients by the logits. [nNets, batch, classes] */
  readonly errors: tf.Tensor1D;
}

/** One step of gradient descent of all nets of a block: six programs on WebGPU. */
export function takeBlockStep(
  state: tf.Tensor1D,
  tables: TableTensors,
  { rows, rates }: BlockBatch,
  sizes: BlockSizes,
): BlockStep {
  const { places, targets, parents, starts, inputRows } = tables;
  const run = (
    program: BlockProgram,
    inputs: Readonly<Record<string, tf.Tensor1D>>,
    compose: () => tf.Tensor,
  ): tf.Tensor1D =>
    hasHostKernel(program.name)
      ? (runHostKernel(program, inputs, { sizes })[0] as tf.Tensor1D)
      : tf.tidy(() => tf.reshape(compose(), [-1]) as tf.Tensor1D);
  const net = cutState(state, sizes);
  const seen = run(GATHER_ROWS, { places, targets, parents, rows }, () => gather(tables, rows, sizes));
  const units = run(RUN_HIDDEN, { state, seen, starts }, () => {
    const { inputs, hiddenBias } = net();
    return tf.relu(tf.add(tf.matMul(spread(seen, inputRows, sizes), inputs), hiddenBias));
  });
  const logits = run(RUN_LOGITS, { state, units }, () => {
    const { weights, classBias } = net();
    return tf.add(tf.matMul(shapeUnits(units, sizes), weights), classBias);
  });
  const errors = run(FIND_ERRORS, { logits, seen, rates }, () =>
    findErrors(shapeErrors(logits, sizes), seen, rates, sizes),
  );
  const slopes = run(FIND_SLOPES, { state, units, errors }, () => {
    const back = tf.matMul(shapeErrors(errors, sizes), net().weights, false, true);
    return tf.mul(back, tf.step(shapeUnits(units, sizes)));
  });
  const next = run(UPDATE_STATE, { state, seen, units, errors, slopes, inputs: inputRows, rates }, () => {
    const twoHot = spread(seen, inputRows, sizes);
    const [h, e, s] = [shapeUnits(units, sizes), shapeErrors(errors, sizes), shapeUnits(slopes, sizes)];
    const parts = [
      tf.matMul(twoHot, s, true, false),
      tf.matMul(h, e, true, false),
      tf.sum(s, 1),
      tf.sum(e, 1),
    ];
    const gradient = tf.concat(
      parts.map((part) => tf.reshape(part, [sizes.nNets, -1])),
      1,
    );
    return updateByAdam(state, gradient, rates, sizes);
  });
  return { state: next, errors };
}

const shapeUnits = (units: tf.Tensor1D, { nNets, batch, hidden }: BlockSizes) =>
  tf.reshape(units, [nNets, batch, hidden]) as tf.Tensor3D;
const shapeErrors = (errors: tf.Tensor1D, { nNets, batch, classes }: BlockSizes) =>
  tf.reshape(errors, [nNets, batch, classes]) as tf.Tensor3D;

interface NetTensors {
  readonly inputs: tf.Tensor3D;
  readonly weights: tf.Tensor3D;
  readonly hiddenBias: tf.Tensor3D;
  readonly classBias: tf.Tensor3D;
}

/** The parts of all nets' parameters, cut when asked for. */
function cutState(state: tf.Tensor1D, sizes: BlockSizes): () => NetTensors {
  const { nNets, inputRows, hidden, classes } = sizes;
  const nParams = countParams(sizes);
  return () => {
    const params = tf.reshape(tf.slice1d(state, 0, nNets * nParams), [nNets, nParams]) as tf.Tensor2D;
    let at = 0;
    const cut = (rows: number, columns: number) => {
      const piece = tf.slice2d(params, [0, at], [nNets, rows * columns]);
      at += rows * columns;
      return tf.reshape(piece, [nNets, rows, columns]) as tf.Tensor3D;
    };
    return {
      inputs: cut(inputRows, hidden),
      weights: cut(hidden, classes),
      hiddenBias: cut(1, hidden),
      classBias: cut(1, classes),
    };
  };
}

/** Places of what each net sees of its rows, and their classes. [nNets, batch, parents + 1] */
function gather(
  { places, targets, parents }: TableTensors,
  rows: tf.Tensor1D,
  { nNets, batch, parents: nParents, nRows }: BlockSizes,
): tf.Tensor {
  const row = tf.reshape(rows, [nNets, batch, 1]);
  const column = tf.mul(tf.reshape(parents, [nNets, 1, nParents]), tf.scalar(nRows + 1, 'int32'));
  const net = tf.reshape(tf.range(0, nNets, 1, 'int32'), [nNets, 1, 1]);
  const target = tf.add(tf.mul(net, tf.scalar(nRows + 1, 'int32')), row);
  return tf.concat([tf.gather(places, tf.add(column, row)), tf.gather(targets, target)], 2);
}

/** Weights by which rows of T are added. [nNets, batch, inputRows] */
function spread(
  seen: tf.Tensor1D,
  inputRows: tf.Tensor1D,
  { nNets, batch, parents, inputRows: nInputRows }: BlockSizes,
): tf.Tensor3D {
  const [parent, place] = tf.unstack(tf.reshape(inputRows, [nNets, 1, nInputRows, 2]), 3);
  if (parent === undefined || place === undefined) throw new RangeError('input rows are pairs');
  const row = tf.reshape(tf.range(0, nNets * batch, 1, 'int32'), [nNets, batch, 1]);
  const at = tf.add(tf.mul(row, tf.scalar(parents + 1, 'int32')), parent);
  const distance = tf.abs(tf.sub(tf.gather(seen, at), tf.cast(place, 'float32')));
  return tf.relu(tf.sub(1, distance)) as tf.Tensor3D;
}

function findErrors(
  logits: tf.Tensor3D,
  seen: tf.Tensor1D,
  rates: tf.Tensor1D,
  { nNets, batch, parents, classes }: BlockSizes,
): tf.Tensor {
  const chances = tf.softmax(logits);
  const target = tf.slice(tf.reshape(seen, [nNets, batch, parents + 1]), [0, 0, parents], [-1, -1, 1]);
  const all = tf.reshape(tf.range(0, classes, 1, 'float32'), [1, 1, classes]);
  const own = tf.cast(tf.equal(target, all), 'float32');
  const share = tf.reshape(tf.slice2d(tf.reshape(rates, [nNets, 4]), [0, 3], [nNets, 1]), [nNets, 1, 1]);
  const known = tf.cast(tf.greaterEqual(target, 0), 'float32');
  return tf.mul(tf.sub(chances, own), tf.mul(share, known));
}

function updateByAdam(
  state: tf.Tensor1D,
  gradient: tf.Tensor,
  rates: tf.Tensor1D,
  sizes: BlockSizes,
): tf.Tensor {
  const { nNets, hidden, classes } = sizes;
  const nParams = countParams(sizes);
  const nDecayed = nParams - hidden - classes;
  const [weights, first, second] = tf.unstack(tf.reshape(state, [3, nNets, nParams]));
  const [rate, unbias, decay] = tf.split(tf.reshape(rates, [nNets, 4]), 4, 1);
  if (!weights || !first || !second || !rate || !unbias || !decay)
    throw new RangeError('a state has three parts and a rate four');
  const decays = tf.concat([tf.ones([1, nDecayed]), tf.zeros([1, nParams - nDecayed])], 1);
  const slope = tf.add(gradient, tf.mul(tf.mul(decay, decays), weights));
  const nextFirst = tf.add(tf.mul(first, BETA1), tf.mul(slope, 1 - BETA1));
  const nextSecond = tf.add(tf.mul(second, BETA2), tf.mul(tf.square(slope), 1 - BETA2));
  const root = tf.add(tf.sqrt(tf.mul(nextSecond, unbias)), EPSILON);
  const next = tf.sub(weights, tf.div(tf.mul(rate, nextFirst), root));
  return tf.stack([next, nextFirst, nextSecond]);
}
