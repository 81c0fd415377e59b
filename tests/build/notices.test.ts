import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findPackageFolder, listBundledPackages, readLicence } from '../../src/build/bundled-packages';
import { writeNotices } from '../../src/build/notices';

const root = mkdtempSync(join(tmpdir(), 'understudy-notices-'));
const apache = 'Apache License text, which names no holder';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writePackage(name: string, licence: string, files: Readonly<Record<string, string>> = {}): void {
  write(
    `node_modules/${name}/package.json`,
    JSON.stringify({ name, version: '1.2.3', license: licence, ...files }),
  );
  for (const [path, text] of Object.entries(files)) write(`node_modules/${name}/${path}`, text);
}

beforeAll(() => {
  write('LICENSE', apache);
  writePackage('plain', 'MIT', { LICENSE: 'Copyright Plain\r\nMIT text\n' });
  writePackage('twin', 'MIT', { 'license.md': 'Copyright Plain\nMIT text\n' });
  writePackage('@scope/readme', 'MIT', {
    'README.md': '# readme\n\nUse it.\n\nLICENSE (MIT)\n-------------\n\nCopyright Readme\n',
  });
  writePackage('google', 'Apache-2.0');
  writePackage('noted', 'Apache-2.0', { NOTICE: 'Noted by Noted' });
  writePackage('mute', 'MIT', { 'README.md': '# mute\n\n## License\n\nMIT\n' });
  writePackage('@tensorflow/tfjs-backend-wasm', 'Apache-2.0');
});

const pathIn = (name: string) => join(root, 'node_modules', name, 'index.js');
const find = (name: string) => {
  const [found] = listBundledPackages([pathIn(name)]);
  if (found === undefined) throw new Error(`no package ${name}`);
  return found;
};

describe('findPackageFolder', () => {
  it.each([
    ['/a/node_modules/x/lib/y.js', '/a/node_modules/x'],
    ['/a/node_modules/@s/x/y.js?url', '/a/node_modules/@s/x'],
    ['/a/node_modules/x/node_modules/y/z.js', '/a/node_modules/x/node_modules/y'],
    ['\0/a/node_modules/x/y.js?commonjs-module', '/a/node_modules/x'],
    ['C:\\a\\node_modules\\x\\y.js', 'C:/a/node_modules/x'],
    ['/a/src/main.ts', null],
    ['\0rolldown/runtime.js', null],
    ['index.html', null],
  ])('%s → %s', (path, folder) => {
    expect(findPackageFolder(path)).toBe(folder);
  });
});

describe('licences of what is bundled', () => {
  it('are those of the files, each package once and in order', () => {
    const paths = [...['twin', 'twin', 'plain'].map(pathIn), join(root, 'src/x.ts'), '\0runtime'];
    expect(listBundledPackages(paths).map(({ name, version }) => `${name} ${version}`)).toEqual([
      'plain 1.2.3',
      'twin 1.2.3',
    ]);
  });

  it('come from a file, a README, or the common text of Apache-2.0 with the notice', () => {
    expect(readLicence(find('plain'), apache)).toBe('Copyright Plain\nMIT text');
    expect(readLicence(find('@scope/readme'), apache)).toBe('Copyright Readme');
    expect(readLicence(find('google'), apache)).toBe(apache);
    expect(readLicence(find('noted'), apache)).toBe(`${apache}\n\nNoted by Noted`);
  });

  it('must exist: a package without one stops the build', () => {
    expect(() => readLicence(find('mute'), apache)).toThrow('mute 1.2.3 (MIT) carries no text');
  });
});

describe('writeNotices', () => {
  it('names packages under the same text together, whatever order they come in', () => {
    const text = writeNotices(root, ['twin', 'google', 'plain'].map(pathIn));
    expect(text).toContain('plain 1.2.3 (MIT)\ntwin 1.2.3 (MIT)\n\nCopyright Plain\nMIT text\n');
    expect(text.match(/MIT text/g)).toHaveLength(1);
    expect(writeNotices(root, ['plain', 'google', 'twin'].map(pathIn))).toBe(text);
  });

  it('adds what the tfjs binaries have compiled in', () => {
    const text = writeNotices(root, [pathIn('@tensorflow/tfjs-backend-wasm')]);
    for (const part of ['compiled into @tensorflow/tfjs-backend-wasm 1.2.3', 'XNNPACK', 'Emscripten', 'musl'])
      expect(text).toContain(part);
  });
});
