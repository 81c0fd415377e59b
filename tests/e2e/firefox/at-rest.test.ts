import type { Page as Chromium } from 'playwright-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../src/headless/serve.mjs';
import { dist } from '../journey/app';
import { countStored, findStored } from '../journey/stored';
import {
  drop,
  goTo,
  hasFirefox,
  listenForErrors,
  openFirefox,
  press,
  type,
  waitForLock,
  waitForText,
  whereFirefox,
  type OpenFirefox,
} from './firefox-app';

/** A project under a passphrase in Firefox: what is kept of it, its lock, its passphrase, and the end of everything. */
const PASSPHRASE = 'four words of mine';
const CANARIES = ['canaryColumn', 'canary-cell', 'canary-ward'] as const;
const table = Array.from({ length: 120 }, (_, i) => `${20 + (i % 50)},${i % 2 ? 'canary-cell' : 'other'}`);

describe.skipIf(!hasFirefox)(`at rest in Firefox ${whereFirefox}`, () => {
  let server: Awaited<ReturnType<typeof serve>>;
  let firefox: OpenFirefox;
  let page: Page;
  let errors: readonly string[];

  beforeAll(async () => {
    server = await serve({ folder: dist, headers: true });
    firefox = await openFirefox();
    page = await firefox.browser.newPage();
    page.setDefaultTimeout(30_000);
    errors = listenForErrors(page);
    await page.goto(server.url);
    await waitForLock(page);
  });

  afterAll(async () => {
    await firefox.close();
    await server.close();
    expect(errors).toEqual([]);
  });

  /** The two browsers' pages evaluate alike. */
  const stored = () => findStored(page as unknown as Chromium, CANARIES);

  async function unlock(passphrase: string): Promise<void> {
    await type(page, 'Passphrase', passphrase);
    await press(page, 'Unlock');
  }

  it('keeps nothing of it in clear', async () => {
    await press(page, 'begin with a passphrase');
    await type(page, 'Passphrase', PASSPHRASE);
    await type(page, 'The same once more', PASSPHRASE);
    await press(page, 'Begin the project');
    await page.waitForSelector('::-p-aria([name="Protected"][role="button"])');
    await drop(page, 'canary-ward.csv', ['age,canaryColumn', ...table].join('\n'));
    await waitForText(page, 'was read as 120 rows');
    await goTo(page, 'Train');
    await page.locator('input[type=radio][value=independent]').click();
    await press(page, 'Start training');
    await page
      .locator('button:not([aria-disabled=true]) ::-p-text(Continue to synthetic data)')
      .setTimeout(120_000)
      .click();
    await page.waitForSelector('.finding', { timeout: 60_000 });
    await waitForText(page, 'Saved on this device');
    expect(await stored()).toEqual([]);
  });

  it('locks, and tells a wrong passphrase from a project that was altered', async () => {
    await press(page, 'Protected');
    await press(page, 'Lock now');
    await waitForText(page, 'The project is locked');
    await waitForLock(page);
    expect(await page.content()).not.toContain('canary');
    expect(await stored()).toEqual([]);
    await press(page, 'Open Locked project');
    await unlock('not the right one');
    await waitForText(page, 'This passphrase does not open the project.');
    await press(page, 'Leave it locked');
    await flipRecord(page);
    await press(page, 'Open Locked project');
    await unlock(PASSPHRASE);
    await waitForText(page, 'was changed or damaged in this browser');
    await flipRecord(page);
    await page.reload();
    await waitForLock(page);
    await press(page, 'Open Locked project');
    await unlock(PASSPHRASE);
    await page.waitForSelector('h1 ::-p-text(Synthetic data)');
  });

  it('erases everything, and says what it was', async () => {
    await press(page, 'Understudy');
    await press(page, 'Erase everything on this device');
    await press(page, 'Erase everything');
    await waitForText(page, 'Everything is erased');
    const left = await countStored(page as unknown as Chromium);
    expect(left).toEqual({ databases: 0, files: 0, settings: 0, caches: 0, workers: 0 });
  });
});

/** Turns one bit of the sealed record of every project over; a second time puts it back. */
async function flipRecord(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ask = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('not read'));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name));
      if (database.objectStoreNames.contains('projects')) {
        const store = database.transaction('projects', 'readwrite').objectStore('projects');
        for (const key of await ask(store.getAllKeys())) {
          const record = (await ask(store.get(key))) as { readonly boxes: readonly Uint8Array[] };
          const [box] = record.boxes;
          box?.set([(box[40] ?? 0) ^ 1], 40);
          await ask(store.put(record, key));
        }
      }
      database.close();
    }
  });
}
