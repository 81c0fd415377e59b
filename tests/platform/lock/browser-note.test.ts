import { describe, expect, it } from 'vitest';
import { describeBrowser, hasAllowlist, readChromiumVersion } from '../../../src/platform/lock/browser-note';
import { listLayers } from '../../../src/platform/lock/layers';

const chrome = (version: number) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${String(version)}.0.0.0 Safari/537.36`;
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';

describe('what a browser refuses by itself', () => {
  it('is read from its version', () => {
    expect([chrome(156), chrome(151), firefox, safari].map(readChromiumVersion)).toEqual([
      156,
      151,
      null,
      null,
    ]);
    expect(readChromiumVersion(chrome(156).replace('Chrome/', 'HeadlessChrome/'))).toBe(156);
    expect([152, 151].map((version) => hasAllowlist(chrome(version)))).toEqual([true, false]);
  });

  it('is said without a promise where it is left to script', () => {
    expect(describeBrowser(chrome(156))).toContain('This browser itself refuses every connection');
    expect(describeBrowser(chrome(151))).toContain('version 152 and later');
    for (const agent of [firefox, safari])
      expect(describeBrowser(agent)).toContain("not the browser's guarantee");
  });
});

describe('listLayers', () => {
  const found = {
    pagePolicy: true,
    trustedTypes: true,
    served: true,
    hashed: true,
    lockedDown: true,
    hardened: true,
    userAgent: chrome(156),
  };
  const off = (parts: Partial<typeof found>) =>
    listLayers({ ...found, ...parts })
      .filter(({ status }) => status === 'off')
      .map(({ id }) => id);

  it('shows each missing layer as off', () => {
    expect(off({})).toEqual([]);
    expect(off({ pagePolicy: false })).toEqual(['page-policy']);
    expect(off({ trustedTypes: false })).toEqual(['trusted-types']);
    expect(off({ served: false })).toEqual(['service-worker', 'connection-allowlist']);
    expect(off({ hashed: false })).toEqual(['checked-files']);
    expect(off({ lockedDown: false })).toEqual(['lockdown']);
    expect(off({ hardened: false })).toEqual(['hardening']);
    expect(off({ userAgent: firefox })).toEqual(['connection-allowlist']);
  });
});
