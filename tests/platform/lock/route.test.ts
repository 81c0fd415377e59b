import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cachePrefix, nameCache, routeRequest } from '../../../src/platform/lock/route';

const scope = 'https://host.test/a/b/';
const paths = new Set(['index.html', 'assets/page.js', 'sample/cohort.csv']);

describe('routeRequest', () => {
  it.each([
    ['', 'index.html'],
    ['#step-2', 'index.html'],
    ['index.html', 'index.html'],
    ['index.html#x?y', 'index.html'],
    ['assets/page.js', 'assets/page.js'],
  ])('answers %j with %j', (path, expected) => {
    expect(routeRequest(scope + path, scope, paths)).toBe(expected);
  });

  it.each([
    '?q=1',
    'index.html?',
    'index.html/',
    'INDEX.HTML',
    'assets/page.js?v=1',
    'assets//page.js',
    'assets',
    'assets/',
    'assets%2Fpage.js',
    './index.html',
    '//evil.test/index.html',
    'sw.js',
  ])('refuses %j', (path) => {
    expect(routeRequest(scope + path, scope, paths)).toBeNull();
  });

  it.each([
    'https://host.test/a/b',
    'https://host.test/a/',
    'https://evil.test/a/b/',
    'https://host.test.evil/a/b/',
  ])('refuses %s outside of the scope', (url) => {
    expect(routeRequest(url, scope, paths)).toBeNull();
  });

  it('answers only files of the list, whatever is asked', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, tail) => {
        for (const asked of [url, scope + tail]) {
          const path = routeRequest(asked, scope, paths);
          expect(path === null || paths.has(path)).toBe(true);
          if (asked.split('#')[0]?.includes('?')) expect(path).toBeNull();
        }
      }),
    );
  });
});

describe('cache names', () => {
  it('hold the path of the scope and the build', () => {
    expect(nameCache(scope, 'abc')).toBe('understudy /a/b/ abc');
  });

  it('of a scope are not those of a scope inside of it', () => {
    expect(nameCache('https://host.test/a/b/', 'x').startsWith(cachePrefix('https://host.test/a/'))).toBe(
      false,
    );
    expect(nameCache('https://host.test/', 'x').startsWith(cachePrefix('https://host.test/a/'))).toBe(false);
  });
});
