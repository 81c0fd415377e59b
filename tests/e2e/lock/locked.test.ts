import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { buildFixture } from './build-fixture';
import { listOpenChannels } from './channels';
import { openPage, readReason, readState, serveLogged, type LoggedServer } from './open-page';
import { openSink } from './sink';

/** The whole lock, once as a host with headers at the root serves it and once as a plain host does in a folder. */
const hosts = [
  { name: 'at the root, with headers', base: '/', headers: true },
  { name: 'in a folder, without headers', base: '/a/b/', headers: false },
];

let folder: string;

beforeAll(async () => {
  folder = await buildFixture();
});

describe.each(hosts)('served $name', ({ base, headers }) => {
  let server: LoggedServer;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    server = await serveLogged({ folder, base, headers });
    context = await launchChromium();
    page = await openPage(context, server.url);
  });

  afterAll(async () => {
    await context.close();
    await server.close();
  });

  it('is locked, with every layer on', async () => {
    const report = await page.evaluate(async () => (await window.fixture.booted).report);
    expect(report).toMatchObject({ state: 'locked', reason: null, sharedOrigin: base !== '/' });
    expect(report.scope).toBe(server.url);
    expect(report.layers.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'page-policy on',
      'trusted-types on',
      'service-worker on',
      'checked-files on',
      'connection-allowlist on',
      'lockdown on',
      'hardening on',
    ]);
  });

  it('sees every way out refused by its self-test', async () => {
    const rows = await page.evaluate(async () => {
      const { startWorker } = await window.fixture.booted;
      return window.fixture.runSelfTest(startWorker);
    });
    expect(rows.filter(({ result }) => result !== 'refused')).toEqual([]);
    const count = (context: string) => rows.filter((row) => row.context === context).length;
    expect([count('page'), count('worker'), count('nested worker')]).toEqual([28, 8, 8]);
  });

  it('goes on drawing: components, styles, fonts and blob: downloads work behind the lock', async () => {
    await page.click('#more');
    await page.click('#more');
    const look = await page.evaluate(() => {
      const item = document.querySelectorAll('li').item(1);
      const { width, color, paddingLeft } = getComputedStyle(item);
      const fonts = Array.from(document.fonts, (font) => `${font.family} ${font.status}`);
      return { width, color, paddingLeft, body: getComputedStyle(document.body).color, fonts };
    });
    expect(look).toEqual({
      width: '20px',
      color: 'rgb(1, 2, 1)',
      paddingLeft: '7px',
      body: 'rgb(10, 20, 30)',
      fonts: ['Probe loaded', 'Unused loaded'],
    });
    const downloading = page.waitForEvent('download');
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['a,b\n']));
      link.download = 'synthetic.csv';
      link.click();
    });
    expect((await downloading).suggestedFilename()).toBe('synthetic.csv');
  });

  it('goes on hearing forms that are sent to nobody', async () => {
    const heard = await page.evaluate(() => {
      const form = document.createElement('form');
      const button = document.createElement('button');
      form.append(button);
      document.body.append(form);
      let nSubmits = 0;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        nSubmits++;
      });
      button.click();
      form.remove();
      return nSubmits;
    });
    expect([heard, page.url()]).toEqual([1, server.url]);
  });

  it('hands the tfjs binary to a worker by a blob: URL', async () => {
    const nBytes = await page.evaluate(async () => {
      const { assets } = await window.fixture.booted;
      const response = await fetch(assets.wasmUrls['tfjs-backend-wasm-simd.wasm'] ?? '');
      const bytes = await response.arrayBuffer();
      await WebAssembly.compile(bytes);
      return bytes.byteLength;
    });
    expect(nBytes).toBeGreaterThan(100_000);
  });

  it('lets no packet out to another host, and asks its own host for nothing but sw.js', async () => {
    const sink = await openSink();
    const open = async () => {
      const fresh = await openPage(context, server.url);
      await fresh.evaluate(() => sessionStorage.setItem('canary', 'CANARY-93'));
      return fresh;
    };
    await open();
    server.log.length = 0;
    expect(await listOpenChannels(sink, open)).toEqual([]);
    await sink.close();
    expect(new Set(server.log)).toEqual(new Set([`GET ${base}sw.js`]));
  });

  it('cannot be led to another page of its own host', async () => {
    const outside = new URL('/outside?q=CANARY', server.url).href;
    const attempts = [
      `location.href = '${outside}'`,
      `location.replace('${outside}')`,
      `navigation.navigate('${outside}')`,
      `history.pushState(null, '', '${outside}')`,
      `window.open('${outside}')`,
      `new Image().src = '${outside}'`,
      `document.cookie = 'q=CANARY'`,
      `Object.assign(document.createElement('a'), { href: '${outside}' }).click()`,
    ];
    server.log.length = 0;
    for (const attempt of attempts) {
      const victim = await openPage(context, server.url);
      await victim.evaluate(`try { ${attempt} } catch { undefined }`).catch(() => undefined);
      await victim.waitForTimeout(300);
      await victim.reload();
      await victim.close();
    }
    expect(server.log.filter((line) => line !== `GET ${base}sw.js`)).toEqual([]);
  });

  it('answers navigations from its list: file name, made-up query, unknown file', async () => {
    const other = await context.newPage();
    await other.goto(`${server.url}index.html`);
    expect(await readState(other)).toBe('locked');
    server.log.length = 0;
    for (const address of ['?q=CANARY', 'index.html?q=CANARY', 'build.json?q=CANARY', 'nothing.js', '%2fx']) {
      const response = await other.goto(server.url + address);
      expect([address, response?.status(), response?.fromServiceWorker()]).toEqual([address, 404, true]);
      expect(await other.evaluate(() => crossOriginIsolated)).toBe(true);
    }
    await other.close();
    expect(server.log.filter((line) => !line.endsWith(`${base}sw.js`))).toEqual([]);
  });

  it('reloads past the service worker into the lock again', async () => {
    const other = await openPage(context, server.url);
    const session = await context.newCDPSession(other);
    const loaded = other.waitForEvent('load');
    await session.send('Page.reload', { ignoreCache: true });
    await loaded;
    await other.waitForFunction(() => navigator.serviceWorker.controller !== null);
    expect(await readState(other)).toBe('locked');
    await other.close();
  });

  it('stays with the sample cohort when the reload is spent and no service worker controls the page', async () => {
    const other = await context.newPage();
    const key = `understudy reloaded ${new URL(server.url).pathname}`;
    await other.addInitScript((name) => sessionStorage.setItem(name, '1'), key);
    await other.goto(`${server.url}`);
    const session = await context.newCDPSession(other);
    const loaded = other.waitForEvent('load');
    await session.send('Page.reload', { ignoreCache: true });
    await loaded;
    expect(await readState(other)).toBe('sample-only');
    expect(await readReason(other)).toContain('without the Shift key');
    await other.close();
  });

  it('runs without its server', async () => {
    await server.close();
    await page.reload();
    expect(await readState(page)).toBe('locked');
    const other = await openPage(context, server.url);
    expect(await readState(other)).toBe('locked');
    await other.close();
  });
});
