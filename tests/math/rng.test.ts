import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Rng } from '../../src/math/rng';

function draw(rng: Rng, n = 8): number[] {
  return Array.from({ length: n }, () => rng.uint32());
}

/** Chi-square of counts against equal shares, in standard deviations from its mean. */
function excess(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const degrees = counts.length - 1;
  return (chi - degrees) / Math.sqrt(2 * degrees);
}

describe('streams', () => {
  it('repeat for an equal seed, text or number, and differ for another', () => {
    expect(draw(Rng.fromSeed(7))).toEqual(draw(Rng.fromSeed('7')));
    expect(draw(Rng.fromSeed(7))).not.toEqual(draw(Rng.fromSeed(8)));
    expect(draw(Rng.fromSeed(0))).not.toEqual(draw(Rng.fromSeed('')));
  });

  it('fork by key alone: draws before a fork change nothing, and a fork moves no stream', () => {
    const fresh = Rng.fromSeed('root');
    const used = Rng.fromSeed('root');
    draw(used, 1000);
    used.normal();
    expect(draw(used.fork('a'))).toEqual(draw(fresh.fork('a')));

    const plain = Rng.fromSeed('root');
    const forked = Rng.fromSeed('root');
    draw(forked.fork('a'));
    expect(draw(forked)).toEqual(draw(plain));
  });

  it('fork the same by path or step by step, and apart by name', () => {
    const root = Rng.fromSeed('root');
    expect(draw(root.fork('a/b'))).toEqual(draw(root.fork('a').fork('b')));
    expect(draw(root.fork('a'))).not.toEqual(draw(root.fork('b')));
    expect(draw(root.fork('a'))).not.toEqual(draw(root));
  });

  it('of neighbouring names are uncorrelated', () => {
    const root = Rng.fromSeed('root');
    const n = 4000;
    const [a, b] = [root.fork('column/1'), root.fork('column/2')];
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a.float() - 0.5) * (b.float() - 0.5) * 12;
    expect(Math.abs(sum / Math.sqrt(n))).toBeLessThan(4);
  });

  it('go on exactly from a saved state, in the middle of a normal pair too', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), fc.boolean(), (seed, n, half) => {
        const rng = Rng.fromSeed(seed);
        draw(rng, n);
        if (half) rng.normal();
        const again = Rng.restore(structuredClone(rng.save()));
        expect([again.normal(), again.normal(), again.uint32()]).toEqual([
          rng.normal(),
          rng.normal(),
          rng.uint32(),
        ]);
        expect(draw(again.fork('x'))).toEqual(draw(rng.fork('x')));
      }),
    );
  });

  it('hand over a state that later draws do not touch', () => {
    const rng = Rng.fromSeed(1);
    const saved = rng.save();
    const copy = structuredClone(saved);
    draw(rng);
    expect(saved).toEqual(copy);
  });
});

describe('whole numbers', () => {
  it('are spread evenly, also where a plain remainder would not be', () => {
    for (const n of [2, 3, 7, 10, 1000]) {
      const rng = Rng.fromSeed(`int/${n}`);
      const counts = new Array<number>(n).fill(0);
      for (let i = 0; i < n * 200; i++) {
        const value = rng.int(n);
        counts[value] = (counts[value] ?? 0) + 1;
      }
      expect(Math.abs(excess(counts))).toBeLessThan(5);
    }
    // n = 3·2³⁰: a remainder of 32 bits would give its first third twice the weight of the others.
    const rng = Rng.fromSeed('int/wide');
    const thirds = [0, 0, 0];
    for (let i = 0; i < 6000; i++) {
      const third = Math.floor(rng.int(3 * 2 ** 30) / 2 ** 30);
      thirds[third] = (thirds[third] ?? 0) + 1;
    }
    expect(Math.abs(excess(thirds))).toBeLessThan(5);
  });

  it('refuse a range outside 1 … 2³²', () => {
    const rng = Rng.fromSeed(1);
    for (const n of [0, -1, 0.5, NaN, 2 ** 32 + 1]) expect(() => rng.int(n)).toThrow(RangeError);
    expect(rng.int(1)).toBe(0);
    expect(rng.int(2 ** 32)).toBeLessThan(2 ** 32);
  });
});

describe('real numbers', () => {
  const n = 40_000;
  const moments = (next: () => number): number[] => {
    const values = Array.from({ length: n }, next);
    return [1, 2, 3, 4].map((power) => values.reduce((sum, value) => sum + value ** power, 0) / n);
  };

  it('float and open have the moments of a uniform', () => {
    const rng = Rng.fromSeed('moments');
    for (const next of [() => rng.float(), () => rng.open()]) {
      moments(next).forEach((moment, i) => expect(moment).toBeCloseTo(1 / (i + 2), 2));
    }
  });

  it('normal has the moments of a standard normal', () => {
    const rng = Rng.fromSeed('moments');
    const [mean, square, cube, fourth] = moments(() => rng.normal());
    // Standard errors at this n: 0.005, 0.007, 0.019, 0.049.
    expect(Math.abs(mean ?? NaN)).toBeLessThan(0.02);
    expect(Math.abs((square ?? NaN) - 1)).toBeLessThan(0.03);
    expect(Math.abs(cube ?? NaN)).toBeLessThan(0.08);
    expect(Math.abs((fourth ?? NaN) - 3)).toBeLessThan(0.2);
  });

  it('open is never 0 or 1 even at the ends of the words', () => {
    const rng = Rng.fromSeed(1);
    rng.uint32 = () => 0;
    expect(rng.open()).toBeGreaterThan(0);
    rng.uint32 = () => 2 ** 32 - 1;
    expect(rng.open()).toBeLessThan(1);
    expect(rng.float()).toBeLessThan(1);
  });

  it('fill as single draws would', () => {
    const [a, b] = [Rng.fromSeed(3), Rng.fromSeed(3)];
    const filled = new Float64Array(5);
    a.fillNormal(filled);
    expect([...filled]).toEqual(Array.from({ length: 5 }, () => b.normal()));
    a.fillOpen(filled);
    expect([...filled]).toEqual(Array.from({ length: 5 }, () => b.open()));
  });
});

describe('orders and picks', () => {
  it('a permutation holds every index once', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer(), (n, seed) => {
        const order = Rng.fromSeed(seed).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it('all six orders of three are equally likely', () => {
    const rng = Rng.fromSeed('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = rng.permutation(3).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    expect(Math.abs(excess([...counts.values()]))).toBeLessThan(5);
  });

  it('shuffles in place', () => {
    const list = ['a', 'b', 'c'];
    expect(Rng.fromSeed(1).shuffle(list)).toBe(list);
  });

  it('picks by weight and never a weight of 0', () => {
    const rng = Rng.fromSeed('pick');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 8000; i++) {
      const index = rng.pick([0, 1, 1, 4]);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(counts[0]).toBe(0);
    expect(counts[2]).toBe(0);
    expect((counts[1] ?? 0) / 8000).toBeCloseTo(0.25, 1);
  });

  it('refuses weights that sum to nothing', () => {
    const rng = Rng.fromSeed(1);
    for (const weights of [[], [0], [0, 0], [NaN]]) expect(() => rng.pick(weights)).toThrow(RangeError);
  });
});
