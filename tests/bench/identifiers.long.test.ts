import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/data/identifiers/kinds';
import { hasIdentifierTables, isTuningName, judgeIdentifierColumns } from './identifier-columns';

describe.skipIf(!hasIdentifierTables)('the identifier detector on public tables', () => {
  it('finds nearly all direct identifiers among columns not looked at, and little else', async () => {
    const judged = await judgeIdentifierColumns();
    const heldOut = judged.filter(
      ({ set, isTuning }) => !isTuning && ['presidio', 'synthea_unmc', 'mimic3_demo'].includes(set),
    );
    const real = heldOut.filter(({ label }) => label !== null && KINDS[label].isDirect);
    const found = heldOut.filter(({ found: finding }) => finding?.isDirect === true);
    const hits = found.filter((column) => real.includes(column));
    expect(real.length).toBeGreaterThan(40);
    expect(hits.length / real.length).toBeGreaterThanOrEqual(0.98);
    expect(hits.length / found.length).toBeGreaterThanOrEqual(0.8);
  }, 300_000);
});

describe('the division of columns', () => {
  it('puts columns of one name on one side, in any case of letters', () => {
    expect(isTuningName('PATIENT')).toBe(isTuningName('patient'));
    const names = Array.from({ length: 200 }, (_, i) => `column ${i}`);
    const nTuning = names.filter(isTuningName).length;
    expect(nTuning).toBeGreaterThan(60);
    expect(nTuning).toBeLessThan(140);
  });
});
