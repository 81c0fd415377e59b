import { afterEach, beforeEach, expect, vi } from 'vitest';

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
