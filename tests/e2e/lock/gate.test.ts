import { cpSync, mkdtempSync, appendFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { buildFixture } from './build-fixture';
import { listOpenChannels } from './channels';
import { openPage, readReason, readState, serveLogged, type LoggedServer } from './open-page';
import { openSink } from './sink';

/** What the page does when it cannot be locked, and when a new build appears. */
let first: string;
let second: string;
let context: BrowserContext;
let server: LoggedServer;

beforeAll(async () => {
  first = await buildFixture('first');
  second = await buildFixture('second');
});

beforeEach(async () => {
  context = await launchChromium({ args: ['--host-resolver-rules=MAP hospital.test 127.0.0.1'] });
});

afterEach(async () => {
  await context.close();
  await server.close();
});

it('opens the sample cohort only over plain http, and still closes requests', async () => {
  server = await serveLogged({ folder: first });
  const url = `http://hospital.test:${String(server.port)}/`;
  const page = await openPage(context, url);
  expect(await readState(page)).toBe('sample-only');
  expect(await readReason(page)).toContain('plain http');
  const sink = await openSink();
  const open = await listOpenChannels(sink, () => openPage(context, url));
  await sink.close();
  expect(open).toEqual([]);
});

it('refuses a copy of which a file was changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-changed-'));
  cpSync(first, folder, { recursive: true });
  const style = readdirSync(join(folder, 'assets')).find((name) => name.endsWith('.css')) ?? '';
  appendFileSync(join(folder, 'assets', style), '\n');
  server = await serveLogged({ folder });
  const page = await openPage(context, server.url);
  expect(await readState(page)).toBe('sample-only');
  expect(await readReason(page)).toContain('not the ones of this build');
});

it('leads an address without its last slash to the page', async () => {
  server = await serveLogged({ folder: first, base: '/a/b/' });
  const page = await openPage(context, server.url.slice(0, -1));
  expect([page.url(), await readState(page)]).toEqual([server.url, 'locked']);
});

it('keeps the build in use until a person takes the new one', async () => {
  server = await serveLogged({ folder: first });
  const { port } = server;
  const page = await openPage(context, server.url);
  expect(await page.title()).toContain('first');
  await server.close();
  server = await serveLogged({ folder: second, port });

  await page.reload();
  expect(await readState(page)).toBe('locked');
  expect(await page.title()).toContain('first');
  await page.waitForFunction(() => window.fixture.state.offered);
  await page.reload();
  expect(await readState(page)).toBe('locked');
  expect(await page.title()).toContain('first');

  await page.waitForFunction(() => window.fixture.state.offered);
  const reloaded = page.waitForEvent('load');
  await page.evaluate(async () => void (await window.fixture.booted).acceptUpdate());
  await reloaded;
  expect(await readState(page)).toBe('locked');
  expect(await page.title()).toContain('second');
  const caches = await page.evaluate(() => window.caches.keys());
  expect(caches).toHaveLength(1);
});

it('keeps two copies on one origin apart', async () => {
  server = await serveLogged({ folder: first, base: '/a/' });
  const page = await openPage(context, server.url);
  const names = await page.evaluate(async () => ({
    caches: await window.caches.keys(),
    database: window.fixture.nameInScope('projects', (await window.fixture.booted).report.scope),
  }));
  expect(names.caches).toEqual([expect.stringMatching(/^understudy \/a\/ [0-9a-f]{64}$/)]);
  expect(names.database).toBe('projects /a/');
});

it('answers nothing that was put into its cache in place of its own files', async () => {
  server = await serveLogged({ folder: first });
  const page = await openPage(context, server.url);
  const nChanged = await page.evaluate(async () => {
    const [name = ''] = await window.caches.keys();
    const cache = await window.caches.open(name);
    const all = await cache.keys();
    const page = '<!doctype html><script>document.documentElement.dataset.open = 1</script>';
    const headers = { 'Content-Type': 'text/html' };
    for (const request of all) await cache.put(request, new Response(page, { headers }));
    return all.length;
  });
  expect(nChanged).toBeGreaterThan(5);
  server.log.length = 0;
  const response = await page.reload();
  expect([response?.status(), response?.fromServiceWorker()]).toEqual([404, true]);
  expect(response?.headers()['connection-allowlist']).toBe('(response-origin);webrtc=block');
  expect(await page.evaluate(() => document.body.innerText)).toContain('Remove the data of this site');
  expect(server.log.filter((line) => line !== 'GET /sw.js')).toEqual([]);
});
