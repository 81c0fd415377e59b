import { describe, expect, it } from 'vitest';
import { includesSource, nameProjectFile } from '../../../src/ui/state/project-file';

describe('includesSource', () => {
  it.each([
    ['file', false],
    ['paste', false],
    ['sample', true],
    ['demo', true],
  ] as const)('from %s: %s', (origin, included) => {
    expect(includesSource(origin)).toBe(included);
  });
});

describe('nameProjectFile', () => {
  it('tells a file without the source from one with it', () => {
    expect(nameProjectFile('Ward 3', true)).toBe('Ward-3.understudy');
    expect(nameProjectFile('Ward 3', false)).toBe('Ward-3-without-source.understudy');
    expect(nameProjectFile('…', false)).toBe('project-without-source.understudy');
  });
});
