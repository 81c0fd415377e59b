import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { lockHeaders } from '../../../src/platform/lock/policy';
import { button, listenForErrors, openApp } from '../journey/app';
import { hasNginx, hasPython, startPlainNginx, startPython, startRecipeNginx } from './servers';

/** The folder behind the servers that people have, each at the root and in a folder of a host. */
let context: BrowserContext;
let errors: readonly string[];

beforeAll(async () => {
  context = await launchChromium();
  errors = listenForErrors(context);
});

afterAll(() => context.close());

const servers = [
  { name: "python's http.server", here: hasPython, start: startPython, headers: false },
  { name: 'nginx as it comes', here: hasNginx, start: startPlainNginx, headers: false },
  {
    name: 'nginx with the recipe of docs/hosting.md',
    here: hasNginx,
    start: startRecipeNginx,
    headers: true,
  },
];

describe.each(servers)('$name (skipped where it is not installed)', ({ here, start, headers }) => {
  it.skipIf(!here).each(['/', '/tools/understudy/'])('locks at %s and opens the sample', async (base) => {
    const server = await start(base);
    try {
      const names = Object.keys(lockHeaders);
      for (const path of ['', 'sw.js', 'nothing']) {
        const answer = await fetch(server.url + path);
        const sent = Object.fromEntries(names.map((name) => [name, answer.headers.get(name)]));
        const expected = headers ? lockHeaders : Object.fromEntries(names.map((name) => [name, null]));
        expect([path, answer.status, sent]).toEqual([path, path === 'nothing' ? 404 : 200, expected]);
      }
      const typed = base === '/' ? server.url : server.url.slice(0, -1);
      const page = await openApp(context, typed);
      expect(page.url()).toBe(server.url);
      await button(page, 'Try the sample cohort').click();
      await page.getByText(' was read as ').waitFor();
      await page.close();
      expect(errors).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
