import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvePath, serve } from '../../src/headless/serve.mjs';
import { writeHeadersFile } from '../../src/platform/lock/policy';

let folder: string;
let plain: Awaited<ReturnType<typeof serve>>;
let rich: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'understudy-serve-'));
  folder = join(parent, 'dist');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'assets/a.wasm'), 'w');
  writeFileSync(join(folder, '_headers'), writeHeadersFile());
  plain = await serve({ folder, base: '/a/b/' });
  rich = await serve({ folder, headers: true });
});

afterAll(async () => {
  await plain.close();
  await rich.close();
});

/** Sends the path as it is: fetch would tidy it first. */
function ask(
  port: number,
  path: string,
  method = 'GET',
): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('serve', () => {
  it('answers files with their media types under the base path', async () => {
    expect(await ask(plain.port, '/a/b/')).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      text: '<p>page</p>',
    });
    expect(await ask(plain.port, '/a/b/assets/a.wasm?x=1')).toMatchObject({
      status: 200,
      type: 'application/wasm',
    });
    expect(await ask(plain.port, '/a/b/', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('leads to the slash', async () => {
    const response = await fetch(plain.url.slice(0, -1), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([301, '/a/b/']);
  });

  it.each([
    '/',
    '/a/b/nothing',
    '/a/b/../../secret.txt',
    '/a/b/../secret.txt',
    '/a/b/%2e%2e/secret.txt',
    '/a/b/..%2fsecret.txt',
    '/a/b/%zz',
    '/a/b/%00',
    '/a/b/assets',
  ])('answers %s with 404', async (path) => {
    expect(await ask(plain.port, path)).toMatchObject({ status: 404, text: 'Not found\n' });
  });

  it('takes nothing', async () => {
    expect(await ask(plain.port, '/a/b/', 'POST')).toMatchObject({ status: 404 });
  });

  it('sends the headers only when told to', async () => {
    const isolated = async (url: string) => (await fetch(url)).headers.get('cross-origin-opener-policy');
    expect([await isolated(plain.url), await isolated(rich.url)]).toEqual([null, 'same-origin']);
    const missing = await fetch(`${rich.url}nothing`);
    expect(missing.headers.get('connection-allowlist')).toBe('(response-origin);webrtc=block');
  });

  it('rejects with EADDRINUSE on a busy port', async () => {
    await expect(serve({ folder, port: plain.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('resolvePath', () => {
  it('never leaves the folder', () => {
    expect(resolvePath('/srv/dist', '/', '/../dist-other/x')).toBeNull();
    expect(resolvePath('/srv/dist', '/', '/x/../y')).toBe('/srv/dist/y');
  });
});
