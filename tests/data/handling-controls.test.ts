import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { describeHandlingControls } from '../../src/data/handling-controls';

describe('describeHandlingControls', () => {
  it('names the floor and the caps with their k', () => {
    const controls = describeHandlingControls({ ...DEFAULT_HANDLING, k: 7 });
    expect(controls).toHaveLength(3);
    expect(controls[1]).toContain('fewer than 7 rows');
    expect(controls[2]).toContain('at least 7 rows');
  });

  it('claims nothing that is switched off', () => {
    const off = { ...DEFAULT_HANDLING, poolRareLevels: false, capExtremes: false };
    expect(describeHandlingControls(off)).toEqual(['identifiers and free text never enter training']);
  });
});
