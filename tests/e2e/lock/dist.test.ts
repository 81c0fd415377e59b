import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pagePolicy } from '../../../src/platform/lock/policy';
import { noticesPath, workerNames, type BuildList } from '../../../src/platform/lock/build-list';

/** What can be seen in the built folder without running it. */
const dist = join(import.meta.dirname, '../../../dist');

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listFiles(path) : [relative(dist, path)];
  });
}

const read = (path: string): string => readFileSync(join(dist, path), 'utf8');
const files = listFiles(dist).sort();
const html = read('index.html');
const scripts = files.filter((path) => path.endsWith('.js'));
const list = JSON.parse(read('build.json')) as BuildList;

/** Addresses that libraries carry as names or in messages, and names of vocabularies in release packages; none is ever asked for. */
const knownAddresses = [
  /^http:\/\/www\.w3\.org\//,
  /^https:\/\/svelte\.dev\/e\//,
  /^https:\/\/github\.com\/tensorflow\//,
  /^https:\/\/(emscripten\.org|en\.wikipedia\.org|www\.shadertoy\.com)\//,
  /^http:\/\/mlcommons\.org\/croissant\/(1\.0)?$/,
  /^https:\/\/schema\.org\/$/,
  /^http:\/\/purl\.org\/dc\/terms\/$/,
  /^(https|wss):\/\/selftest\.invalid\/$/,
];

describe('the first picture', () => {
  it('needs less than 60 kB compressed: the page, its styles and one script', () => {
    const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.map((path) => path.split('.').at(-1)).sort()).toEqual(['css', 'js']);
    const bytes = ['index.html', ...named].map((path) => gzipSync(readFileSync(join(dist, path))).length);
    expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(60_000);
  });
});

describe('index.html', () => {
  it('is the only page', () => {
    expect(files.filter((path) => /\.(html?|xhtml|svg|xml)$/.test(path))).toEqual(['index.html']);
  });

  it('begins its head with the policy, and names its encoding in the first 1024 bytes', () => {
    const head = html.slice(html.indexOf('<head>') + '<head>'.length).trimStart();
    expect(head.startsWith(`<meta http-equiv="Content-Security-Policy" content="${pagePolicy}"`)).toBe(true);
    expect(html.match(/http-equiv/g)).toHaveLength(1);
    expect(Buffer.from(html).subarray(0, 1024).toString()).toContain('charset="utf-8"');
  });

  it('holds no inline script, style or handler', () => {
    const inline = [
      ...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:/gi),
    ];
    expect(inline.map(([text]) => text)).toEqual([]);
  });

  it('names its files relative to itself', () => {
    const addresses = [...html.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !/^(\.\/|data:image\/)/.test(address))).toEqual([]);
  });
});

describe('scripts', () => {
  it.each(scripts)('%s names no address that could be fetched', (path) => {
    const addresses = [...read(path).matchAll(/\b(?:https?|wss?):\/\/[^\s"'`\\)<>]+/g)].map(([text]) => text);
    expect(addresses.filter((address) => !knownAddresses.some((known) => known.test(address)))).toEqual([]);
  });

  it.each(scripts)('%s starts no worker from an address of the build', (path) => {
    expect(read(path)).not.toMatch(/new (Shared)?Worker\(\s*new URL/);
  });

  it.each(scripts)('%s makes no markup from text', (path) => {
    expect(read(path)).not.toContain('svelte-trusted-html');
  });

  it('of workers are whole: no imports are left', () => {
    const workers = scripts.filter((path) => path.startsWith('assets/worker-'));
    expect(workers).toHaveLength(workerNames.length);
    const open = workers.filter((path) => /^\s*(import|export)\b|\bimport\(/m.test(read(path)));
    expect(open).toEqual([]);
  });
});

describe('the list of the build', () => {
  it('is the folder', () => {
    const own = files.filter((path) => !['build.json', 'sw.js', '_headers'].includes(path));
    expect(list.files.map(({ path }) => path).sort()).toEqual(own);
    for (const { path, sha256 } of list.files) {
      expect([
        path,
        createHash('sha256')
          .update(readFileSync(join(dist, path)))
          .digest('hex'),
      ]).toEqual([path, sha256]);
    }
  });

  it('stands in sw.js with build.json', () => {
    const worker = read('sw.js');
    for (const { path, sha256 } of list.files) {
      expect(worker).toContain(`"path": "${path}"`);
      expect(worker).toContain(sha256);
    }
    expect(worker).toContain(createHash('sha256').update(read('build.json')).digest('hex'));
    expect(worker).toContain(list.hash);
  });

  it('names every worker, binary and document as a file of the build', () => {
    const { workers, wasm, documents } = list.assets;
    const named = [...Object.values(workers), ...Object.values(wasm), documents.measures];
    for (const path of named)
      expect([path, path !== null && existsSync(join(dist, path))]).toEqual([path, true]);
  });

  it('carries the licences of what is in it, of scripts, workers, binaries and fonts', () => {
    const notices = read(noticesPath);
    const known = [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-wasm',
      '@fontsource-variable/newsreader',
    ];
    for (const name of [...known, 'svelte', 'hyparquet', 'compiled into @tensorflow/tfjs-backend-wasm'])
      expect(notices).toContain(`\n${name} `);
    expect(notices).not.toContain('\nvite ');
  });

  it('holds nothing that tells when or where it was built', () => {
    const text = [...scripts, 'build.json', 'index.html'].map(read).join('\n');
    expect(text).not.toContain(join(dist, '..'));
    expect(list.version).toBe(
      (JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')) as BuildList).version,
    );
  });
});
