import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { layNet } from '../../../src/models/argn/place-net';
import { addPulls, findPulls, sortByKey, spreadOver } from '../../../src/models/argn/spread-draws';
import { layInput } from '../../../src/models/argn/column-input';

const rowsUpTo = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('rows in order of their keys', () => {
  it('ascend, those of equal keys as they stood', () => {
    expect([...sortByKey(Float32Array.of(2, -1, 2, 0, 7), Int32Array.of(2, 0, 4, 3, 1))]).toEqual([
      1, 3, 2, 0, 4,
    ]);
    expect([...sortByKey(new Float32Array(3), Int32Array.of(2, 0, 1))]).toEqual([2, 0, 1]);
  });
});

describe('uniform numbers spread over rows', () => {
  const draw = (n: number, seed: string) => {
    const uniforms = new Float32Array(n);
    spreadOver(rowsUpTo(n), uniforms, Rng.fromSeed(seed));
    return uniforms;
  };

  it.each([1, 2, 7, 63, 1000, 1024])('are one in each n-th of the range, of %i rows', (n) => {
    const places = [...draw(n, 'all')].map((u) => Math.floor(u * n)).sort((a, b) => a - b);
    expect(places).toEqual([...rowsUpTo(n)]);
  });

  it('lie evenly within each run of neighbours too', () => {
    const n = 4096;
    const uniforms = draw(n, 'runs');
    for (let from = 0; from < n; from += 64) {
      const parts = [...uniforms.subarray(from, from + 64)].map((u) => Math.floor(u * 64));
      expect(new Set(parts).size).toBe(64);
    }
  });

  it('are uniform for each row, first, middle or last, of an even or odd number', () => {
    for (const n of [5, 8]) {
      const quarters = Array.from({ length: n }, () => new Float64Array(4));
      for (let seed = 0; seed < 4000; seed++)
        draw(n, `${seed}`).forEach((u, row) => {
          const counts = quarters[row];
          if (counts !== undefined) counts[Math.floor(4 * u)] = (counts[Math.floor(4 * u)] ?? 0) + 1;
        });
      // Standard deviation of a count: 27.
      for (const counts of quarters)
        for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(140);
    }
  });

  it('say nothing of the numbers that the same rows got for another column', () => {
    const n = 2048;
    const [a, b] = [draw(n, 'a'), draw(n, 'b')];
    const product = a.reduce((sum, u, row) => sum + (u - 0.5) * ((b[row] ?? 0) - 0.5), 0) / n;
    expect(Math.abs(12 * product)).toBeLessThan(4 / Math.sqrt(n));
  });
});

describe('what a net is pulled by', () => {
  const inputs = [layInput(3, null), layInput(3, null)];
  const layout = layNet(4, 3, inputs);
  const params = new Float32Array(layout.nParams);
  // The first parent's second level lifts the first unit, the other parent hardly; the unit speaks for the last class.
  params[1 * layout.hidden] = 0.1;
  params[2 * layout.hidden] = 2;
  params[(inputs[0]?.nRows ?? 0) * layout.hidden + 2 * layout.hidden] = 0.1;
  params[layout.weights + 2] = 1;
  const counts = Float64Array.of(0, 10, 10);
  const columns = inputs.map((input) => ({ input, classes: { counts } }));
  const pulls = findPulls({ hidden: 4, nClasses: 3, parents: Int32Array.of(0, 1), params }, columns);

  it('are the parents that move it most, and rows go up by their levels', () => {
    expect(pulls.map(({ parent }) => parent)).toEqual([0, 1]);
    const keys = addPulls(pulls, [Uint16Array.of(9, 1, 2), Uint16Array.of(9, 1, 1)], 1, 2);
    expect(keys[1]).toBeGreaterThan(keys[0] ?? NaN);
  });
});
