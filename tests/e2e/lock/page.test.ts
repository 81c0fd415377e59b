import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { readState, serveLogged } from './open-page';

/** The real page behind the lock; what it does there is the matter of other journeys. */
const folder = join(import.meta.dirname, '../../../dist');

/** The page's test of its own lockdown leaves these two lines in the console. */
const expected = [
  /violates the following Content Security Policy directive: "connect-src blob: data:"/,
  /^Fetch API cannot load/,
];

it.each([
  { base: '/', headers: true },
  { base: '/a/b/', headers: false },
])(
  'locks the real page at $base, breaks no policy and starts again without its server',
  async ({ base, headers }) => {
    const server = await serveLogged({ folder, base, headers });
    const context = await launchChromium();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.url);
    expect(await readState(page)).toBe('locked');

    server.log.length = 0;
    await page.waitForTimeout(3_000);
    expect(new Set([...server.log, `GET ${base}sw.js`])).toEqual(new Set([`GET ${base}sw.js`]));
    expect(errors.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
    expect(errors).toHaveLength(2);

    await server.close();
    await page.reload();
    expect(await readState(page)).toBe('locked');
    await context.close();
  },
);
