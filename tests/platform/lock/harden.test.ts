import { describe, expect, it } from 'vitest';
import { hardenWorker } from '../../../src/platform/lock/harden-worker';
import { staysInside } from '../../../src/platform/lock/harden-rules';
import { makeGate, mayGo, type Journey } from '../../../src/platform/lock/harden-navigation';

const journey = (parts: Partial<Journey>): Journey => ({
  navigationType: 'push',
  hashChange: false,
  downloadRequest: null,
  destination: { url: 'https://evil.test/' },
  link: null,
  saves: false,
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

describe('makeGate', () => {
  const link = {};
  const blob = { url: 'blob:https://host.test/1' };
  const announced = journey({ downloadRequest: 'x.csv', destination: blob, link, saves: true });
  const again = journey({ destination: blob, link, saves: true });

  it('lets the second announcement of a download pass once', () => {
    const mayPass = makeGate();
    expect([again, announced, again, again].map(mayPass)).toEqual([false, true, true, false]);
  });

  it.each([
    ['by script', journey({ destination: blob })],
    ['by another link', journey({ destination: blob, link: {}, saves: true })],
    ['by the link once its name is gone', journey({ destination: blob, link })],
    ['to another blob', journey({ destination: { url: 'blob:https://host.test/2' }, link, saves: true })],
  ])('stops what follows a download %s', (_, after) => {
    const mayPass = makeGate();
    expect([announced, after].map(mayPass)).toEqual([true, false]);
  });

  it('gives nothing to a download without a link', () => {
    const mayPass = makeGate();
    const bare = journey({ downloadRequest: 'x.csv', destination: blob });
    expect([bare, journey({ destination: blob, saves: true })].map(mayPass)).toEqual([true, false]);
  });
});

describe('hardenWorker', () => {
  it('takes away for good what a worker has no use for, and leaves the rest', () => {
    const scope = { EventSource: Map, WebSocket: Map, fetch: Map } as Record<string, unknown>;
    hardenWorker(scope);
    expect(Object.entries(Object.getOwnPropertyDescriptors(scope))).toMatchObject([
      ['EventSource', { value: undefined, writable: false, configurable: false }],
      ['WebSocket', { value: undefined, writable: false, configurable: false }],
      ['fetch', { value: Map, writable: true }],
    ]);
    expect(() => (scope.WebSocket = Map)).toThrow(TypeError);
    expect('WebTransport' in scope).toBe(false);
  });
});
