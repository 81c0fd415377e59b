import { describe, expect, it } from 'vitest';
import { designRows, fitDesign } from '../../../src/math/learners/design-matrix';
import type { FeatureColumn } from '../../../src/math/learners/features';
import { fitLogistic, fitRidge, scoreRows } from '../../../src/math/learners/linear-models';
import { Rng } from '../../../src/math/rng';

const allRows = (n: number): Int32Array => Int32Array.from({ length: n }, (_, row) => row);

function lay(columns: readonly FeatureColumn[], n: number) {
  const design = fitDesign(columns, allRows(n));
  return { design, rows: designRows(design, columns, allRows(n)) };
}

describe('a design', () => {
  it('standardises numbers and says where they are missing', () => {
    const column: FeatureColumn = { kind: 'number', values: Float64Array.of(1, 3, NaN, 5) };
    const { design, rows } = lay([column], 4);
    expect(design.width).toBe(2);
    const scale = Math.sqrt(3 / 8);
    const expected = [-2 * scale, 0, 0, 0, 0, 1, 2 * scale, 0];
    expect(rows.values.length).toBe(expected.length);
    expected.forEach((value, i) => expect(rows.values[i]).toBeCloseTo(value, 12));
  });

  it('gives known levels a place each, and missing and unknown ones two more', () => {
    const column = (...codes: number[]): FeatureColumn => ({
      kind: 'level',
      codes: Int32Array.from(codes),
      levels: { length: 3 },
    });
    const { design } = lay([column(1, 1, 0)], 3);
    expect(design.width).toBe(4);
    expect([...designRows(design, [column(1, 0, -1, 2)], allRows(4)).places]).toEqual([0, 1, 2, 3]);
  });

  it('leaves a constant number at 0', () => {
    const { rows } = lay([{ kind: 'number', values: Float64Array.of(7, 7) }], 2);
    expect([...rows.values]).toEqual([0, 0]);
  });
});

describe('ridge regression', () => {
  it('solves a hand-made case', () => {
    // Standardised x is −1 and 1; y − mean is −2 and 2; slope = 4 / (2 + λ).
    const { design, rows } = lay([{ kind: 'number', values: Float64Array.of(0, 2) }], 2);
    const beta = fitRidge(rows, design.width, Float64Array.of(1, 5), 2);
    expect(beta[0]).toBeCloseTo(1, 6);
    expect(beta[1]).toBeCloseTo(3, 6);
  });
});

describe('logistic regression', () => {
  const n = 400;
  const rng = Rng.fromSeed('logistic');
  const values = Float64Array.from({ length: n }, () => rng.normal());
  const codes = Int32Array.from({ length: n }, () => rng.int(3));
  const columns: readonly FeatureColumn[] = [
    { kind: 'number', values },
    { kind: 'level', codes, levels: { length: 3 } },
  ];
  const isPositive = Uint8Array.from(values, (value, i) =>
    rng.float() < 1 / (1 + Math.exp(-(2 * value + (codes[i] === 1 ? 1 : 0) - 0.5))) ? 1 : 0,
  );
  const { design, rows } = lay(columns, n);

  it('finds the point at which the slope of its loss is 0', () => {
    const beta = fitLogistic(rows, design.width, isPositive, 0.5);
    const slope = new Float64Array(design.width + 1);
    scoreRows(rows, beta).forEach((eta, i) => {
      const pull = 1 / (1 + Math.exp(-eta)) - (isPositive[i] ?? 0);
      for (let at = i * rows.nEntries; at < (i + 1) * rows.nEntries; at++) {
        const place = rows.places[at] ?? 0;
        slope[place] = (slope[place] ?? 0) + pull * (rows.values[at] ?? 0);
      }
      slope[design.width] = (slope[design.width] ?? 0) + pull;
    });
    for (let j = 0; j < design.width; j++) expect((slope[j] ?? 0) + 0.5 * (beta[j] ?? 0)).toBeCloseTo(0, 2);
    expect(slope[design.width]).toBeCloseTo(0, 2);
    expect(beta[0]).toBeGreaterThan(1);
  });

  it('stays finite where the classes are fully apart', () => {
    const beta = fitLogistic(
      rows,
      design.width,
      Uint8Array.from(values, (value) => (value > 0 ? 1 : 0)),
    );
    expect(beta.every(Number.isFinite)).toBe(true);
  });
});
