import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetMidway, NetTask } from '../../../../src/models/argn/train-net';
import { openBackend } from '../../../../src/models/neural/backends';
import { groupTasks } from '../../../../src/models/neural/nets/block-sizes';
import { openNetsBlock } from '../../../../src/models/neural/nets/nets-block';
import { host } from '../fixtures';
import { farthest, learnPlainly, makeNetTasks, scoreNet } from './net-tasks';

const tasks = makeNetTasks({ nRows: 120, epochs: 3, batchSize: 32 });

async function learnInBlock(own: readonly NetTask[], nSteps: number) {
  const block = openNetsBlock(own);
  try {
    const loss = await block.advance(nSteps);
    return { nets: await block.read(), loss };
  } finally {
    block.dispose();
  }
}

/** Largest differences from the plain kernel after so many steps. */
function compare(nets: readonly NetMidway[], nSteps: number): number[] {
  return tasks.map((task, i) =>
    farthest(learnPlainly(task, nSteps).params, nets[i]?.params ?? new Float32Array()),
  );
}

describe.each(['cpu', 'wasm'] as const)('nets side by side on %s', (backend) => {
  beforeAll(async () => {
    expect(await openBackend(backend, host)).toBe(true);
  });

  it('begin exactly where the kernel begins', async () => {
    expect(compare((await learnInBlock(tasks, 0)).nets, 0)).toEqual(tasks.map(() => 0));
  });

  it('are after a few steps what the plain kernel makes of them, up to rounding', async () => {
    const { nets } = await learnInBlock(tasks, 5);
    expect(Math.max(...compare(nets, 5))).toBeLessThan(1e-5);
    // They have moved, but for the one of a single class.
    const still = compare((await learnInBlock(tasks, 0)).nets, 5);
    expect(still.map((way) => way > 1e-3)).toEqual([true, true, true, false, true, true]);
  });

  it('tell the mean cross-entropy of all nets in a step', async () => {
    const { loss } = await learnInBlock(tasks, 1);
    const plain = tasks.flatMap((task) => learnPlainly(task, 1).loss ?? []);
    expect(loss).toBeGreaterThan(Math.min(...plain));
    expect(loss).toBeLessThan(Math.max(...plain));
  });
});

describe('nets side by side', () => {
  it('reach the loss of the kernel when they are done, and leave no tensor behind', async () => {
    const long = makeNetTasks({ nRows: 300, epochs: 12, batchSize: 32 });
    const nTensors = tf.memory().numTensors;
    const { nets } = await learnInBlock(long, Infinity);
    expect(tf.memory().numTensors).toBe(nTensors);
    long.forEach((task, i) => {
      const plain = scoreNet(task, learnPlainly(task, Infinity).params);
      expect(Math.abs(scoreNet(task, nets[i]?.params ?? new Float32Array()) - plain)).toBeLessThan(1e-4);
    });
    const last = long[4];
    if (last === undefined) throw new Error('there are six nets');
    const untaught = scoreNet(last, learnPlainly(last, 0).params);
    expect(scoreNet(last, nets[4]?.params ?? new Float32Array())).toBeLessThan(untaught - 0.05);
  });

  it('go on where they were, in a block or in the kernel', async () => {
    const straight = (await learnInBlock(tasks, 7)).nets;
    const { nets } = await learnInBlock(tasks, 4);
    const begun = tasks.map((task, i) => ({ ...task, from: nets[i] ?? null }));
    const resumed = (await learnInBlock(begun, 3)).nets;
    begun.forEach((task, i) => {
      const expected = straight[i]?.params ?? new Float32Array();
      expect(resumed[i]?.params).toEqual(expected);
      expect(farthest(learnPlainly(task, 3).params, expected)).toBeLessThan(1e-5);
    });
  });
});

describe('groups of nets', () => {
  it('hold nets next to each other in size, the largest first', () => {
    const [group, ...others] = groupTasks(tasks);
    expect(others).toEqual([]);
    expect(group?.[0]).toBe(4);
    expect(group?.at(-1)).toBe(1);
  });

  it('are as large as tensors may be, and leave out what fits nowhere', () => {
    const [first, , , , large] = tasks;
    if (first === undefined || large === undefined) throw new Error('there are six nets');
    const many = Array.from({ length: 3000 }, () => ({ ...large, hidden: 256 }));
    const groups = groupTasks(many);
    expect(groups.length).toBeGreaterThan(1);
    expect(groups.flat()).toEqual([...many.keys()]);
    const huge = { ...first, hidden: 4096, counts: new Float64Array(5000).fill(1) };
    expect(groupTasks([huge, first])).toEqual([[1]]);
  });

  it('hold nets that have come equally far', () => {
    const [first, second] = tasks;
    if (first === undefined || second === undefined) throw new Error('there are six nets');
    const numbers = learnPlainly(second, 0).params;
    const from = { step: 2, params: numbers, first: numbers, second: numbers };
    expect(groupTasks([first, { ...second, from }])).toEqual([[0], [1]]);
  });
});
