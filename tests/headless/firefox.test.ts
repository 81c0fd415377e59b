import { afterEach, expect, it, vi } from 'vitest';
import { findFirefox } from '../../src/headless/firefox.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('takes the Firefox that FIREFOX_PATH names, and says when there is none there', () => {
  vi.stubEnv('FIREFOX_PATH', process.execPath);
  expect(findFirefox()).toBe(process.execPath);
  vi.stubEnv('FIREFOX_PATH', '/nowhere/firefox');
  expect(() => findFirefox()).toThrow('FIREFOX_PATH is "/nowhere/firefox", but there is no such file.');
});
