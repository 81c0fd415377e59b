import { expect, it } from 'vitest';
import { readDeviceFacts } from '../../../src/platform/capabilities';
import { browserClock } from '../../../src/platform/clock';

it('reads the facts of this Chromium', async () => {
  const facts = await readDeviceFacts();
  expect(facts).toMatchObject({ wasmSimd: true, indexedDb: true, opfs: true, locks: true });
  expect(facts.nCores).toBeGreaterThanOrEqual(1);
  expect(['real', 'fallback', 'none']).toContain(facts.webgpu);
});

it('reads two clocks', () => {
  expect(browserClock.now()).toBeGreaterThan(Date.UTC(2024, 0));
  const before = browserClock.elapsed();
  expect(browserClock.elapsed()).toBeGreaterThanOrEqual(before);
});
