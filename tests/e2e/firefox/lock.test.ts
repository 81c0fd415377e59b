import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHeadersFile } from '../../../src/platform/lock/policy';
import { buildFixture } from '../lock/build-fixture';
import { listOpenChannels, loudChannels, quietChannels, type ProbedPage } from '../lock/channels';
import { detours, followDetours } from '../lock/detours';
import { serveLogged, type LoggedServer } from '../lock/open-page';
import { openSink, type Sink } from '../lock/sink';
import { hasFirefox, openFirefox, whereFirefox, type OpenFirefox } from './firefox-app';

/** What Firefox itself closes and what it leaves to script, judged by what arrives at a counting server. */
describe.skipIf(!hasFirefox)(`the lock in Firefox ${whereFirefox}`, () => {
  let firefox: OpenFirefox;
  let sink: Sink;
  const servers: LoggedServer[] = [];

  beforeAll(async () => {
    sink = await openSink();
    firefox = await openFirefox();
  });

  afterAll(async () => {
    await firefox.close();
    for (const { close } of [...servers, sink]) await close();
  });

  async function open(url: string): Promise<Page> {
    const page = await firefox.browser.newPage();
    await page.goto(url);
    return page;
  }

  async function openLocked(url: string): Promise<Page> {
    const page = await open(url);
    await page.waitForSelector('html[data-lock=locked]');
    return page;
  }

  async function start(folder: string, headers: boolean): Promise<LoggedServer> {
    const server = await serveLogged({ folder, headers });
    servers.push(server);
    return server;
  }

  function bareFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-bare-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Bare</title>');
    writeFileSync(
      join(folder, 'probe-worker.js'),
      "onmessage = (event) => fetch(event.data, { mode: 'no-cors' });\n",
    );
    writeFileSync(join(folder, '_headers'), writeHeadersFile());
    return folder;
  }

  const openChannels = (prepare: () => Promise<Page>) =>
    listOpenChannels(sink, prepare as () => Promise<ProbedPage>);

  it('reaches the sink by every channel when nothing is locked', async () => {
    const { url } = await start(bareFolder(), false);
    const all = [...quietChannels, ...loudChannels].filter((name) => name !== 'webrtc' || sink.stun !== null);
    expect(await openChannels(() => open(url))).toEqual(all.sort());
  });

  it('leaves WebRTC, hints, navigation and pop-ups open under the policies alone', async () => {
    const { url } = await start(bareFolder(), true);
    const left = ['preconnect', 'webrtc', ...loudChannels].filter(
      (name) => name !== 'webrtc' || sink.stun !== null,
    );
    expect(await openChannels(() => open(url))).toEqual(left.sort());
  });

  it('lets nothing out of the locked page, and asks its own host for nothing but sw.js', async () => {
    const server = await start(await buildFixture(), false);
    await (await openLocked(server.url)).close();
    server.log.length = 0;
    expect(await openChannels(() => openLocked(server.url))).toEqual([]);
    expect(new Set([...server.log, 'GET /sw.js'])).toEqual(new Set(['GET /sw.js']));
  });

  it('is led into no document made from a blob, where a bare page is by each of these ways', async () => {
    const bare = await start(bareFolder(), false);
    const locked = await start(await buildFixture(), false);
    expect(await followDetours(() => open(bare.url))).toEqual(detours.map(() => 'blob:'));
    expect(await followDetours(() => openLocked(locked.url))).toEqual(detours.map(() => locked.url));
  });
});
