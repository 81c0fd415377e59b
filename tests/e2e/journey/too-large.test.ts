import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { button, dist, goTo, listenForErrors, openApp, train, type } from './app';
import { makeClinicTable } from './clinic-table';

/** A device that says it has so little memory that a table of 20,000 rows is beyond half of it. */
const TINY_GIB = 0.002;
const N = 20_000;
const N_WRITTEN = 30_000;

let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let errors: readonly string[];
let page: Page;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  await context.addInitScript((gib) => {
    Object.defineProperty(navigator, 'deviceMemory', { value: gib });
  }, TINY_GIB);
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
});

afterAll(async () => {
  await context.close();
  await server.close();
  expect(errors).toEqual([]);
});

describe('a table that would not fit', () => {
  it('is refused in a sentence, and read as a sample by one press', async () => {
    const content = makeClinicTable(N).csv;
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    const sentence = await alert.locator('p.message').innerText();
    const nth = Number(/Every (\d+)(?:st|nd|rd|th) row would fit/.exec(sentence)?.[1]);
    expect(nth).toBeGreaterThan(1);
    await page.getByRole('button', { name: /^Read every \d+(?:st|nd|rd|th) row$/ }).click();
    await page.getByText(' was read as ').waitFor();
    expect(await alert.count()).toBe(0);
    const nRead = Math.ceil(N / nth);
    expect(await page.locator('.finding').innerText()).toMatch(new RegExp(`${nRead}`));
    await page.getByText(`one in ${nth} is read`).waitFor();
  });

  it('goes the whole way as that sample, to a file of more rows written as a stream', async () => {
    await train(page, { model: 'Independent columns' });
    await goTo(page, 'Export');
    await type(page.getByLabel('Records to write'), String(N_WRITTEN));
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Download synthetic records').click(),
    ]);
    const text = Buffer.concat((await (await saved.createReadStream()).toArray()) as Buffer[]).toString();
    expect(text.trimEnd().split('\n')).toHaveLength(N_WRITTEN + 1);
    const kept = await page.evaluate(async () => {
      const names: string[] = [];
      const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
        for await (const entry of (
          folder as unknown as { values(): AsyncIterable<FileSystemHandle> }
        ).values())
          if (entry.kind === 'directory') await walk(entry as FileSystemDirectoryHandle);
          else names.push(entry.name);
      };
      await walk(await navigator.storage.getDirectory());
      return names.length;
    });
    expect(kept, 'files in the private file system').toBe(1);
  });
});
