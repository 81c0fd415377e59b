import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { buildLatent, estimateLatentCorrelation } from '../../src/models/copula-dependence';
import type { Latent } from '../../src/models/copula-dependence';
import { orderLevels } from '../../src/models/copula-level-order';
import { readPresentShare, tabulatePresentShares } from '../../src/models/copula-presence';
import { normalCdf } from '../../src/math/normal';

const N = 20_000;

/** Cells of two latent normals of known correlation, each cut at the given cumulative shares. */
function drawPair(rho: number, sharesA: readonly number[], sharesB: readonly number[]): [Latent, Latent] {
  const rng = Rng.fromSeed(`pair/${rho}/${sharesA.length}/${sharesB.length}`);
  const a = new Int32Array(N);
  const b = new Int32Array(N);
  const cell = (z: number, shares: readonly number[]): number =>
    shares.findIndex((share) => normalCdf(z) <= share);
  for (let i = 0; i < N; i++) {
    const z = rng.normal();
    a[i] = cell(z, sharesA);
    b[i] = cell(rho * z + Math.sqrt(1 - rho * rho) * rng.normal(), sharesB);
  }
  return [buildLatent(a, Float64Array.from(sharesA)), buildLatent(b, Float64Array.from(sharesB))];
}

const scoreAt = (latent: Latent, row: number): number => latent.scoreOf[(latent.cells[row] ?? -1) + 1] ?? NaN;

const even = (n: number): number[] => Array.from({ length: n }, (_, i) => (i + 1) / n);

describe('correlation of latent values', () => {
  it.each([
    [0, even(200), even(200)],
    [0.6, even(200), even(200)],
    [-0.8, even(200), [0.5, 1]],
    [0.5, [0.9, 1], even(5)],
    [0.7, [0.3, 1], [0.7, 1]],
    [-0.4, [0.95, 1], [0.95, 1]],
  ])('%d is found again through ties', (rho, sharesA, sharesB) => {
    const [a, b] = drawPair(rho, sharesA, sharesB);
    // Three standard errors of a tetrachoric correlation at these shares and rows, the widest being the last case.
    expect(Math.abs(estimateLatentCorrelation(a, b, 20) - rho)).toBeLessThan(
      sharesA.length === 2 ? 0.09 : 0.03,
    );
  });

  it('plain scores would be too small: the correction is at work', () => {
    const [a, b] = drawPair(0.7, [0.3, 1], [0.7, 1]);
    let raw = 0;
    for (let i = 0; i < N; i++) raw += (scoreAt(a, i) * scoreAt(b, i)) / N;
    expect(raw / (a.sd * b.sd)).toBeLessThan(0.5);
  });

  it('is 0 without enough common rows or without variation', () => {
    const a = buildLatent(Int32Array.of(0, 1, -1, -1), Float64Array.of(0.5, 1));
    const b = buildLatent(Int32Array.of(-1, -1, 0, 1), Float64Array.of(0.5, 1));
    expect(estimateLatentCorrelation(a, b, 1)).toBe(0);
    expect(estimateLatentCorrelation(a, a, 20)).toBe(0);
    const flat = buildLatent(new Int32Array(4), Float64Array.of(1));
    expect(flat.sd).toBe(0);
    expect(estimateLatentCorrelation(a, flat, 1)).toBe(0);
  });

  it('scores have the moments of cut normals', () => {
    const half = buildLatent(Int32Array.of(0, 1), Float64Array.of(0.5, 1));
    expect([scoreAt(half, 0), scoreAt(half, 1)]).toEqual(
      [-Math.sqrt(2 / Math.PI), Math.sqrt(2 / Math.PI)].map((v) => expect.closeTo(v, 12) as number),
    );
    expect(half.sd).toBeCloseTo(Math.sqrt(2 / Math.PI), 12);
    // Parseval: the squared coefficients sum to the variance, slowly for a step.
    const sum = half.hermite.reduce((total, coefficient) => total + coefficient ** 2, 0);
    expect(sum).toBeGreaterThan(0.85 * half.sd ** 2);
    expect(sum).toBeLessThan(half.sd ** 2);
    // First coefficient: E[g(Z)·Z] = Var(E[Z | cell]).
    expect(half.hermite[0]).toBeCloseTo(half.sd ** 2, 12);
  });
});

describe('order of levels', () => {
  it('follows a number the levels depend on', () => {
    // Cells 0, 1, 2, 3 have mean scores 2, −1, 1, −2.
    const cells = Int32Array.from({ length: 400 }, (_, i) => i % 4);
    const scoreOf = Float64Array.of(NaN, 2, -1, 1, -2);
    const order = [...orderLevels(cells, 4, [{ kind: 'scores', cells, scoreOf }])].join('');
    expect(['3120', '0213']).toContain(order);
  });

  it('puts levels with the same company side by side', () => {
    const cells = Int32Array.from({ length: 400 }, (_, i) => i % 4);
    const codeOf = Int32Array.of(0, 0, 1, 1, 0);
    const order = [...orderLevels(cells, 4, [{ kind: 'codes', cells, codeOf, nCodes: 2 }])];
    expect(Math.abs(order.indexOf(0) - order.indexOf(3))).toBe(1);
    expect(Math.abs(order.indexOf(1) - order.indexOf(2))).toBe(1);
  });

  it('stays as it is without company or without any relation', () => {
    const cells = Int32Array.of(0, 1, 2, 0, 1, 2);
    expect([...orderLevels(cells, 3, [])]).toEqual([0, 1, 2]);
    const scoreOf = new Float64Array(4).fill(NaN);
    expect([...orderLevels(cells, 3, [{ kind: 'scores', cells, scoreOf }])]).toEqual([0, 1, 2]);
  });
});

describe('shares among present rows', () => {
  it('are the plain ones when presence does not depend on the value', () => {
    const shares = tabulatePresentShares(0, 0.3);
    for (const z of [-3, -1, 0, 0.7, 2.5]) expect(readPresentShare(shares, z)).toBeCloseTo(normalCdf(z), 4);
  });

  it('equal a simulation when it does, and end at 0 and 1', () => {
    const [rho, cut] = [0.7, -0.2];
    const shares = tabulatePresentShares(rho, cut);
    const rng = Rng.fromSeed('presence');
    let nPresent = 0;
    let nBelow = 0;
    for (let i = 0; i < 50_000; i++) {
      const z = rng.normal();
      if (rho * z + Math.sqrt(1 - rho * rho) * rng.normal() > cut) continue;
      nPresent += 1;
      if (z <= -0.5) nBelow += 1;
    }
    expect(Math.abs(readPresentShare(shares, -0.5) - nBelow / nPresent)).toBeLessThan(0.012);
    expect(readPresentShare(shares, 20)).toBeCloseTo(1, 12);
    expect(readPresentShare(shares, -20)).toBeCloseTo(0, 12);
  });
});
