import { describe, expect, it } from 'vitest';
import { assessRisk } from '../../../src/measure/privacy/attack-risk';
import { hasVectors, loadVectors } from '../../reference-vectors';

const of = (nSuccesses: number, nAttempts = 500) => ({ nSuccesses, nAttempts });

describe('residual risk', () => {
  it('is 0, with an interval around it, where control does as well as attack', () => {
    const { residual, risk, residualInterval, interval, beatsBaseline } = assessRisk(of(30), of(30), of(30));
    expect(residual).toBe(0);
    expect(risk).toBe(0);
    expect(residualInterval.low).toBeCloseTo(-residualInterval.high, 12);
    expect(interval).toEqual({ low: 0, high: residualInterval.high });
    expect(beatsBaseline).toBe(false);
  });

  it('is below 0 where control does better, and the risk is then 0', () => {
    const { residual, risk } = assessRisk(of(10), of(50), of(5));
    expect(residual).toBeLessThan(0);
    expect(risk).toBe(0);
  });

  it('cannot be stated without attempts', () => {
    expect(() => assessRisk(of(0, 0), of(1), of(1))).toThrow(RangeError);
  });
});

interface Vector {
  readonly n: number;
  readonly attack: number;
  readonly control: number;
  readonly attack_rate: number;
  readonly attack_err: number;
  readonly control_rate: number;
  readonly residual: number;
  readonly risk: number;
  readonly ci_lo: number;
  readonly ci_hi: number;
}

describe.skipIf(!hasVectors)("residual risk equals Anonymeter's", () => {
  it('on every reference vector', () => {
    const vectors = loadVectors<readonly Vector[]>('anonymeter_risk');
    expect(vectors.length).toBeGreaterThan(4);
    for (const vector of vectors) {
      const found = assessRisk(of(vector.attack, vector.n), of(vector.control, vector.n), of(0, vector.n));
      expect(found.attack.rate).toBeCloseTo(vector.attack_rate, 12);
      expect(found.attack.error).toBeCloseTo(vector.attack_err, 12);
      expect(found.control.rate).toBeCloseTo(vector.control_rate, 12);
      expect(found.residual).toBeCloseTo(vector.residual, 12);
      expect(found.risk).toBeCloseTo(vector.risk, 12);
      expect(found.interval.low).toBeCloseTo(vector.ci_lo, 12);
      expect(found.interval.high).toBeCloseTo(vector.ci_hi, 12);
    }
  });
});
