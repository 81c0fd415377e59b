import { describe, expect, it } from 'vitest';
import { staysInside } from '../../../src/platform/lock/harden-rules';
import { mayGo, type Journey } from '../../../src/platform/lock/harden-navigation';

const journey = (parts: Partial<Journey>): Journey => ({
  navigationType: 'push',
  hashChange: false,
  downloadRequest: null,
  destination: { url: 'https://evil.test/' },
  ...parts,
});

describe('staysInside', () => {
  it.each(['', '#step', 'blob:https://host.test/1'])('admits %j', (address) => {
    expect(staysInside(address)).toBe(true);
  });

  it.each([
    'https://evil.test',
    '//evil.test',
    '/x',
    'x',
    ' #x',
    'javascript:1',
    'data:text/html,x',
    'BLOB:x',
    'mailto:a@b',
  ])('refuses %j', (address) => {
    expect(staysInside(address)).toBe(false);
  });
});

describe('mayGo', () => {
  it('lets fragments, reloads and downloads of own blobs pass', () => {
    expect(mayGo(journey({ hashChange: true }))).toBe(true);
    expect(mayGo(journey({ navigationType: 'reload' }))).toBe(true);
    expect(
      mayGo(journey({ downloadRequest: 'x.csv', destination: { url: 'blob:https://host.test/1' } })),
    ).toBe(true);
  });

  it('stops everything else', () => {
    expect(mayGo(journey({}))).toBe(false);
    expect(mayGo(journey({ navigationType: 'replace' }))).toBe(false);
    expect(mayGo(journey({ navigationType: 'traverse' }))).toBe(false);
    expect(mayGo(journey({ downloadRequest: 'x.csv' }))).toBe(false);
    expect(mayGo(journey({ destination: { url: 'blob:https://host.test/1' } }))).toBe(false);
  });
});
