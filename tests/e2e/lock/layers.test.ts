import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleWorker } from '../../../src/build/bundle-worker';
import { putPolicyFirst } from '../../../src/build/lock-plugin';
import { sealFolder } from '../../../src/build/seal-folder';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { lockdownPolicy } from '../../../src/platform/lock/policy';
import { listOpenChannels, loudChannels, quietChannels } from './channels';
import { openSink, type Sink } from './sink';

/** Each layer alone, on a page that has no other; the bare page is the positive control. */
const root = join(import.meta.dirname, '../../..');
const bare =
  '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>x</title></head><body></body></html>';
const probeWorker = "onmessage = (event) => fetch(event.data, { mode: 'no-cors' });\n";
const noAssets = {
  workers: { ingest: null, synthesize: null, evaluate: null, 'self-test': null },
  wasm: {},
  sample: { cohortCsv: null, finishedProject: null },
  documents: { measures: null },
};

let sink: Sink;
let context: BrowserContext;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  sink = await openSink();
  context = await launchChromium();
  closers.push(
    () => sink.close(),
    () => context.close(),
  );
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function serveFolder(html: string, headers: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-layer-'));
  writeFileSync(join(folder, 'index.html'), html);
  writeFileSync(join(folder, 'probe-worker.js'), probeWorker);
  await sealFolder(root, folder, noAssets);
  const server = await serve({ folder, headers });
  closers.push(() => server.close());
  return server.url;
}

async function open(url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Channels that can be judged here: without a network interface no browser sends a STUN packet. */
function all(): string[] {
  return [...quietChannels, ...loudChannels].filter((name) => name !== 'webrtc' || sink.stun !== null).sort();
}

function allBut(...closed: string[]): string[] {
  return all().filter((name) => !closed.includes(name));
}

function only(...left: string[]): string[] {
  return all().filter((name) => left.includes(name));
}

it('reaches the sink by every channel when nothing is locked', async () => {
  const url = await serveFolder(bare, false);
  expect(await listOpenChannels(sink, () => open(url))).toEqual(all());
});

it('closes requests and workers by the policy in the page alone', async () => {
  const url = await serveFolder(putPolicyFirst(bare), false);
  const left = only('preconnect', 'webrtc', 'popup', 'navigation', 'download');
  expect(await listOpenChannels(sink, () => open(url))).toEqual(left);
});

it('closes every channel by the headers of the host alone', async () => {
  const url = await serveFolder(bare, true);
  expect(await listOpenChannels(sink, () => open(url))).toEqual([]);
});

it('closes every channel by the headers of the service worker alone', async () => {
  const url = await serveFolder(bare, false);
  const first = await open(url);
  await first.evaluate(async () => {
    await navigator.serviceWorker.register('sw.js');
    await navigator.serviceWorker.ready;
  });
  await first.close();
  const isolated = await open(url);
  expect(await isolated.evaluate(() => crossOriginIsolated)).toBe(true);
  await isolated.close();
  expect(await listOpenChannels(sink, () => open(url))).toEqual([]);
});

it('closes requests and workers by the lockdown alone', async () => {
  const url = await serveFolder(bare, false);
  const locked = async () => {
    const page = await open(url);
    await page.evaluate((policy) => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'Content-Security-Policy';
      meta.content = policy;
      document.head.append(meta);
    }, lockdownPolicy);
    return page;
  };
  const left = only('preconnect', 'webrtc', 'popup', 'navigation', 'download');
  expect(await listOpenChannels(sink, locked)).toEqual(left);
});

it('closes what policies leave open by the script alone', async () => {
  const url = await serveFolder(bare, false);
  const { text: source } = await bundleWorker({
    root,
    entry: 'tests/e2e/lock/fixture/harden-entry.ts',
    minify: false,
  });
  const hardened = async () => {
    const page = await open(url);
    await page.evaluate(source);
    expect(await page.evaluate('hardened')).toBe(true);
    return page;
  };
  const closed = [
    'xhr',
    'beacon',
    'websocket',
    'eventsource',
    'iframe',
    'preconnect',
    'webrtc',
    'url-worker',
    'blob-worker',
    'blob-worker-import',
    'nested-url-worker',
    ...loudChannels,
  ];
  expect(await listOpenChannels(sink, hardened)).toEqual(allBut(...closed));
});
