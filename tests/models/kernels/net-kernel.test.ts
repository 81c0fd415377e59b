import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/build/kernel-plugin';
import { Rng } from '../../../src/math/rng';
import { layInput } from '../../../src/models/argn/column-input';
import { layNet, placeNet, Room } from '../../../src/models/argn/place-net';
import { placeColumn } from '../../../src/models/argn/train-net';
import text from '../../../src/models/kernels/assembly/net.ts?kernel';
import { decodeBase64 } from '../../../src/models/kernels/decode-base64';
import { BETA1, type NetKernel, type NetPlaces } from '../../../src/models/kernels/net-kernel';
import { openKernel } from '../../../src/models/kernels/open-kernel';
import { openPlainKernel } from '../../../src/models/kernels/plain-kernel';
import { openSimdKernel } from '../../../src/models/kernels/simd-kernel';

interface Shape {
  readonly name: string;
  readonly hidden: number;
  readonly nClasses: number;
  /** Classes of each parent; negative = levels. */
  readonly parents: readonly number[];
  readonly nRows: number;
  readonly scale?: number;
}

const shapes: readonly Shape[] = [
  { name: 'one class', hidden: 8, nClasses: 1, parents: [5], nRows: 12 },
  { name: 'no parent', hidden: 8, nClasses: 9, parents: [], nRows: 12 },
  { name: 'one parent of one class', hidden: 4, nClasses: 3, parents: [1], nRows: 7 },
  { name: 'hidden units that fill no vector', hidden: 6, nClasses: 5, parents: [12, -4], nRows: 20 },
  { name: 'a single hidden unit', hidden: 1, nClasses: 2, parents: [-3], nRows: 9 },
  { name: 'one row', hidden: 16, nClasses: 10, parents: [7, -2, 30], nRows: 1 },
  { name: 'rows that fill no tile', hidden: 16, nClasses: 101, parents: [101, -7], nRows: 131 },
  { name: 'exactly one tile', hidden: 12, nClasses: 8, parents: [50], nRows: 64 },
  { name: 'classes of one vector and one half', hidden: 32, nClasses: 12, parents: [9, 9, 9], nRows: 66 },
  { name: 'logits far apart', hidden: 8, nClasses: 20, parents: [6], nRows: 33, scale: 30 },
];

/** A net with random parameters and columns of random classes, some of them not learnt. */
function place(kernel: NetKernel, { hidden, nClasses, parents, nRows, scale = 1 }: Shape) {
  const rng = Rng.fromSeed('kernel');
  const room = new Room(kernel);
  const draw = (n: number) => Uint16Array.from({ length: nRows }, () => rng.int(n));
  const target = placeColumn(kernel, room, draw(nClasses + (nRows > 4 ? 1 : 0)));
  const inputs = parents.map((n) => layInput(Math.abs(n), n > 0 ? 6 : null));
  const placed = inputs.map((input, p) => ({
    input,
    column: placeColumn(kernel, room, draw(Math.abs(parents[p] ?? 1) + 1)),
  }));
  const layout = layNet(hidden, nClasses, inputs);
  const params = new Float32Array(layout.nParams);
  rng.fillNormal(params);
  const isPadding = (i: number) => i >= layout.classBias + nClasses;
  const net = {
    hidden,
    nClasses,
    params: params.map((value, i) => (isPadding(i) ? -1e9 : value * scale)),
  };
  const places = placeNet(kernel, room, net, placed, target, true);
  const rows = room.take(4 * nRows);
  new Uint32Array(kernel.buffer()).set(rng.permutation(nRows), rows / 4);
  const out = room.take(4 * nRows);
  return { places, rows, out, layout };
}

const floats = (kernel: NetKernel, at: number, n: number) =>
  Array.from(new Float32Array(kernel.buffer(), at, n));

/** Largest difference, relative to the larger of one and the value. */
function differ(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? NaN)) / Math.max(1, Math.abs(x))), 0);
}

function simd(): NetKernel {
  const kernel = openSimdKernel();
  if (kernel === null) throw new Error('this Node has no WebAssembly SIMD');
  return kernel;
}

/** Gradients of a first step: Adam's first moment is a share of them. */
function gradientsOf(kernel: NetKernel, { first, nParams }: NetPlaces): number[] {
  return floats(kernel, first, nParams).map((m) => m / (1 - BETA1));
}

describe('the SIMD kernel', () => {
  it('is the one that is opened here', () => {
    expect(openKernel().name).toBe('simd');
  });

  it.each(shapes)('learns as its twin does: $name', (shape) => {
    const [fast, plain] = [simd(), openPlainKernel()];
    const [a, b] = [place(fast, shape), place(plain, shape)];
    const still = { rate: 0, unbias: 100, decay: 0 };
    const losses = [
      fast.step(a.places, a.rows, shape.nRows, still),
      plain.step(b.places, b.rows, shape.nRows, still),
    ];
    expect(Math.abs((losses[0] ?? NaN) - (losses[1] ?? NaN))).toBeLessThan(
      1e-4 * Math.max(1, losses[1] ?? 0),
    );
    const gradients = gradientsOf(plain, b.places);
    expect(differ(gradients, gradientsOf(fast, a.places))).toBeLessThan(1e-4);
    const rates = { rate: 0.01, unbias: 50, decay: 1e-4 };
    for (let i = 0; i < 3; i++) {
      fast.step(a.places, a.rows, shape.nRows, rates);
      plain.step(b.places, b.rows, shape.nRows, rates);
    }
    const [x, y] = [a, b].map(({ places }, i) =>
      floats(i === 0 ? fast : plain, places.params, places.nParams),
    );
    // Adam divides by the size of the gradient, so that one that is 0 but for rounding may move either way.
    const isMoved = (i: number) => Math.abs(gradients[i] ?? 0) > 1e-5;
    const far = (x ?? []).filter((value, i) => isMoved(i) && Math.abs(value - (y?.[i] ?? NaN)) > 1e-3);
    expect(far).toEqual([]);
  });

  it.each(shapes)('scores and draws as its twin does: $name', (shape) => {
    const [fast, plain] = [simd(), openPlainKernel()];
    const [a, b] = [place(fast, shape), place(plain, shape)];
    const { nRows } = shape;
    fast.score(a.places, nRows, a.out);
    plain.score(b.places, nRows, b.out);
    expect(differ(floats(plain, b.out, nRows), floats(fast, a.out, nRows))).toBeLessThan(1e-4);
    const uniforms = Float32Array.from({ length: nRows }, (_, i) => (i + 0.5) / nRows);
    const [drawn, expected] = [
      { kernel: fast, placed: a },
      { kernel: plain, placed: b },
    ].map(({ kernel, placed: { places, out } }) => {
      new Float32Array(kernel.buffer()).set(uniforms, out / 4);
      kernel.draw(places, nRows, out);
      return Array.from(new Uint16Array(kernel.buffer(), places.target, nRows));
    });
    expect(drawn?.every((c) => c < shape.nClasses)).toBe(true);
    expect(drawn).toEqual(expected);
  });

  it('is compiled to the same bytes each time, which are WebAssembly', async () => {
    const path = join(import.meta.dirname, '../../../src/models/kernels/assembly/net.ts');
    expect(readFileSync(path, 'utf8')).toContain('export function step');
    expect(await compileKernel(path)).toBe(text);
    expect(Array.from(decodeBase64(text).subarray(0, 4))).toEqual([0, 0x61, 0x73, 0x6d]);
  });

  it('brings nothing of its own into the memory, which the caller lays out from the start', () => {
    const bytes = decodeBase64(text);
    const sections: number[] = [];
    for (let at = 8; at < bytes.length;) {
      sections.push(bytes[at++] ?? 0);
      let [size, shift] = [0, 0];
      for (let more = true; more; shift += 7) {
        const byte = bytes[at++] ?? 0;
        size |= (byte & 127) << shift;
        more = byte > 127;
      }
      at += size;
    }
    expect(sections).toContain(10);
    expect(sections).not.toContain(11);
  });

  it('keeps what its memory holds when that grows', () => {
    for (const kernel of [simd(), openPlainKernel()]) {
      kernel.grow(100_000);
      new Float32Array(kernel.buffer())[20_000] = 7;
      kernel.grow(10_000_000);
      expect(kernel.buffer().byteLength).toBeGreaterThanOrEqual(10_000_000);
      expect(new Float32Array(kernel.buffer())[20_000]).toBe(7);
    }
  });
});

describe('the plain kernel', () => {
  it.each(shapes.filter(({ scale }) => scale === undefined))(
    'has the gradient of its loss: $name',
    (shape) => {
      const kernel = openPlainKernel();
      const { places, rows, out } = place(kernel, shape);
      kernel.step(places, rows, shape.nRows, { rate: 0, unbias: 100, decay: 0 });
      const gradients = gradientsOf(kernel, places);
      const memory = new Float32Array(kernel.buffer());
      const lossAt = (i: number, shift: number) => {
        const at = places.params / 4 + i;
        const held = memory[at] ?? 0;
        memory[at] = held + shift;
        kernel.score(places, shape.nRows, out);
        memory[at] = held;
        return -floats(kernel, out, shape.nRows).reduce((sum, x) => sum + x, 0) / shape.nRows;
      };
      const rng = Rng.fromSeed('which');
      let nWrong = 0;
      const nTried = 200;
      for (let t = 0; t < nTried; t++) {
        const i = rng.int(places.nParams);
        const expected = (lossAt(i, 0.01) - lossAt(i, -0.01)) / 0.02;
        const gradient = gradients[i] ?? NaN;
        if (!(Math.abs(gradient - expected) <= 1e-3 + 0.02 * Math.abs(expected))) nWrong++;
      }
      // A unit that is switched off within the difference has no derivative there.
      expect(nWrong).toBeLessThanOrEqual(0.03 * nTried);
    },
  );
});

describe('bytes as text', () => {
  it('come back, whatever their number', () => {
    for (let n = 0; n < 8; n++) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 89 + 7) & 255);
      expect(Array.from(decodeBase64(Buffer.from(bytes).toString('base64')))).toEqual(Array.from(bytes));
    }
  });

  it('are refused when the text is not theirs', () => {
    expect(() => decodeBase64('ab!d')).toThrow(RangeError);
  });
});
