import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { describeHandlingControls } from '../../src/data/handling-controls';

describe('describeHandlingControls', () => {
  it('names the floor and the caps with their k', () => {
    const controls = describeHandlingControls({ ...DEFAULT_HANDLING, k: 7 }, null);
    expect(controls).toHaveLength(3);
    expect(controls[1]).toContain('fewer than 7 rows');
    expect(controls[2]).toContain('at least 7 rows');
  });

  it('says which identifier is counted instead of rows', () => {
    const controls = describeHandlingControls(DEFAULT_HANDLING, 'pid').join(' ');
    expect(controls).toContain('fewer than 5 different values of "pid"');
    expect(controls).toContain('at least 5 different values of "pid"');
    expect(controls).not.toContain('rows');
  });

  it('claims nothing that is switched off', () => {
    const off = { ...DEFAULT_HANDLING, poolRareLevels: false, capExtremes: false };
    expect(describeHandlingControls(off, null)).toEqual(['identifiers and free text never enter training']);
  });
});
