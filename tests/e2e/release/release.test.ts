import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packRelease } from '../../../src/headless/release-archive.mjs';
import type { BuildList } from '../../../src/platform/lock/build-list';
import { dist, repository } from '../journey/app';
import { copyRepository, releaseElsewhere } from './elsewhere';

const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as BuildList;
const name = `understudy-${version}.zip`;
let out: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'understudy-release-'));
  execFileSync(process.execPath, ['src/headless/release.mjs', '--dist', dist, '--out', out], {
    cwd: repository,
    stdio: 'ignore',
  });
});

afterAll(() => rmSync(out, { recursive: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const readOut = (file: string): string => readFileSync(join(out, file), 'utf8');

/** `sha256  path` lines as pairs. */
const readSums = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('  '));

describe('the release', () => {
  it('is a zip with its sum and the hash of the build beside it', () => {
    expect(readdirSync(out).sort()).toEqual(['BUILD-HASH', 'SHA256SUMS', name]);
    expect(readSums(readOut('SHA256SUMS'))).toEqual([[sha256(readFileSync(join(out, name))), name]]);
    const { hash } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as BuildList;
    expect(readOut('BUILD-HASH')).toBe(`${hash}\n`);
  });

  it('holds the build unchanged in one folder, with what a person needs to check and serve it', () => {
    const files = unzipSync(readFileSync(join(out, name)));
    const top = `understudy-${version}/`;
    const paths = Object.keys(files).map((path) => (path.startsWith(top) ? path.slice(top.length) : path));
    const built = readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name).slice(dist.length + 1));
    const texts = ['HOSTING.md', 'LICENSE', 'README.txt', 'SECURITY.md', 'SHA256SUMS'];
    expect([...paths].sort()).toEqual([...texts, ...built.map((path) => `dist/${path}`)].sort());
    for (const path of built)
      expect(Buffer.from(files[`${top}dist/${path}`] ?? []).equals(readFileSync(join(dist, path)))).toBe(
        true,
      );

    const text = (path: string) => Buffer.from(files[`${top}${path}`] ?? []).toString();
    const sums = readSums(text('SHA256SUMS'));
    expect(sums.map(([, path]) => path)).toEqual(paths.filter((path) => path !== 'SHA256SUMS'));
    for (const [sum, path = ''] of sums) expect(sha256(files[`${top}${path}`] ?? Buffer.of())).toBe(sum);
    expect(text('README.txt')).toContain(`Build ${readOut('BUILD-HASH')}`);
    expect(text('README.txt')).not.toContain('{{');
    expect(text('dist/THIRD-PARTY-NOTICES.txt')).toContain('svelte');
  });

  it('is the same byte for byte from another folder, on another day, with other settings', () => {
    const folder = copyRepository();
    try {
      const other = releaseElsewhere(folder);
      for (const file of ['SHA256SUMS', 'BUILD-HASH'])
        expect([file, readFileSync(join(other, file), 'utf8')]).toEqual([file, readOut(file)]);
      expect(readFileSync(join(other, name)).equals(readFileSync(join(out, name)))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('packing', () => {
  const copyDist = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-dist-'));
    cpSync(dist, folder, { recursive: true });
    return folder;
  };

  it.each([
    ['changed', (folder: string) => appendFileSync(join(folder, 'index.html'), '\n')],
    ['added', (folder: string) => writeFileSync(join(folder, 'assets/extra.js'), '')],
    ['missing', (folder: string) => rmSync(join(folder, 'THIRD-PARTY-NOTICES.txt'))],
    ['listed nowhere', (folder: string) => rmSync(join(folder, 'build.json'))],
  ])('refuses a folder of which a file is %s', (_what, spoil) => {
    const folder = copyDist();
    spoil(folder);
    expect(() => packRelease(repository, folder)).toThrow(/build\.json/);
    rmSync(folder, { recursive: true });
  });
});
