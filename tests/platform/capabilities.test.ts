import { describe, expect, it } from 'vitest';
import { describeCapabilities } from '../../src/platform/capabilities';
import type { DeviceFacts } from '../../src/platform/capabilities';

const best: DeviceFacts = {
  webgpu: 'real',
  wasmSimd: true,
  nCores: 8,
  deviceMemoryGib: 8,
  indexedDb: true,
  opfs: true,
  locks: true,
  persisted: true,
};
const worst: DeviceFacts = {
  webgpu: 'none',
  wasmSimd: false,
  nCores: null,
  deviceMemoryGib: null,
  indexedDb: false,
  opfs: false,
  locks: false,
  persisted: false,
};

describe('capabilities in words', () => {
  it('give every fact one sentence', () => {
    for (const facts of [best, worst]) {
      const described = describeCapabilities(facts);
      expect(described.map(({ id }) => id)).toEqual(Object.keys(best));
      for (const { sentence } of described) expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
    }
  });

  it('call everything good only when it is', () => {
    expect(describeCapabilities(best).map(({ level }) => level)).toEqual(Array(8).fill('good'));
    expect(describeCapabilities(worst).filter(({ level }) => level === 'good')).toEqual([]);
  });

  it('do not take an imitated graphics processor for one', () => {
    const [webgpu] = describeCapabilities({ ...best, webgpu: 'fallback' });
    expect(webgpu?.level).toBe('limited');
    expect(webgpu?.sentence).toContain('imitates');
  });

  it('count one core in the singular', () => {
    expect(describeCapabilities({ ...best, nCores: 1 })[2]?.sentence).toContain('use 1 core,');
  });
});
