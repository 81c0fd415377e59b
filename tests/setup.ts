import fc from 'fast-check';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/**
 * Properties draw the same cases every time, so that a gate never fails by the luck of one draw. `npm run test:long`
 * sets another seed, and prints it, to look further.
 */
fc.configureGlobal({ seed: Number(import.meta.env.VITE_PROPERTY_SEED ?? 1) });

/** A warning printed during a test fails it. A test that expects one silences it by its own spy and checks it. */
const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'warn').mockImplementation((...parts: unknown[]) => void printed.push(parts.join(' ')));
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => void printed.push(parts.join(' ')));
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(printed, 'console warnings and errors during the test').toEqual([]);
});
