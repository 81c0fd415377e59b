import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashBuild, hashBytes, listBuiltFiles } from '../../../src/build/dist-files';
import { putPolicyFirst } from '../../../src/build/lock-plugin';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-dist-'));
  mkdirSync(join(folder, 'assets'));
  for (const path of [
    'index.html',
    'assets/b.js',
    'assets/a.js',
    'Z.txt',
    'sw.js',
    '_headers',
    'build.json',
  ]) {
    writeFileSync(join(folder, path), `text of ${path}`);
  }
  return folder;
}

describe('the list of a build', () => {
  it('holds every file but those a host or the browser reads, in byte order', () => {
    const files = listBuiltFiles(makeFolder());
    expect(files.map(({ path }) => path)).toEqual(['Z.txt', 'assets/a.js', 'assets/b.js', 'index.html']);
    expect(files[3]).toEqual({ path: 'index.html', sha256: hashBytes('text of index.html'), nBytes: 18 });
  });

  it('hashes to what sha256sum prints', () => {
    const folder = makeFolder();
    const command = 'sha256sum Z.txt assets/a.js assets/b.js index.html | sha256sum | cut -d" " -f1';
    const printed = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).trim();
    expect(hashBuild(listBuiltFiles(folder))).toBe(printed);
  });

  it('changes with any byte and with any name', () => {
    const folder = makeFolder();
    const before = hashBuild(listBuiltFiles(folder));
    writeFileSync(join(folder, 'assets/a.js'), 'text of assets/A.js');
    const changed = hashBuild(listBuiltFiles(folder));
    writeFileSync(join(folder, 'assets/c.js'), '');
    expect(new Set([before, changed, hashBuild(listBuiltFiles(folder))]).size).toBe(3);
  });
});

describe('putPolicyFirst', () => {
  it('opens the head with the policy', () => {
    const html = putPolicyFirst('<html><head><meta charset="utf-8"></head></html>');
    expect(html).toMatch(
      /^<html><head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
    );
  });

  it('refuses a page without exactly one head', () => {
    expect(() => putPolicyFirst('<html></html>')).toThrow('exactly one <head>');
    expect(() => putPolicyFirst('<head></head><!-- <head> -->')).toThrow('exactly one <head>');
  });
});
