import { parquetWriteBuffer } from 'hyparquet-writer';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { makeWorkbook, number, text } from '../../workers/read/make-workbook';
import { button, dist, listenForErrors, openApp, startProject, type, unfold } from './app';

/** Files that are no CSV, and the guesses that only some files need, on the page. */
const rows = Array.from({ length: 60 }, (_, i) => ({ age: 30 + (i % 50), ward: `ward ${i % 3}` }));
const workbook = makeWorkbook({
  sheets: [
    { name: 'about', rows: [[text('what'), text('when')], ...rows.map(() => [text('a'), text('b')])] },
    {
      name: 'stays',
      rows: [[text('age'), text('ward')], ...rows.map(({ age, ward }) => [number(age), text(ward)])],
    },
  ],
});
const parquet = parquetWriteBuffer({
  columnData: [
    { name: 'age', data: rows.map(({ age }) => age), type: 'INT32' },
    { name: 'ward', data: rows.map(({ ward }) => ward), type: 'STRING' },
  ],
});
const costs = `cost;ward\n${rows.map(({ age, ward }) => `${age % 2 ? '1.' : ''}${100 + age},50;${ward}`).join('\n')}\n`;

describe('files of other formats', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  let context: BrowserContext;
  let page: Page;
  let errors: readonly string[];

  beforeAll(async () => {
    server = await serve({ folder: dist, headers: true });
    context = await launchChromium();
    errors = listenForErrors(context);
  });

  afterAll(async () => {
    await context.close();
    await server.close();
  });

  const open = async (name: string, content: string | Uint8Array) => {
    page = await openApp(context, server.url);
    if (await button(page, 'All projects').isVisible()) await button(page, 'All projects').click();
    await startProject(page, { name, content });
  };
  const shown = (label: string) =>
    page.getByLabel(label, { exact: true }).locator('option:checked').textContent();

  it('let another sheet of a workbook be chosen, and the choice be undone', async () => {
    await open('stays.xlsx', workbook);
    await page.getByText('stays.xlsx was read as 60 rows and 2 columns.').waitFor();
    expect(await shown('Sheet')).toBe('about');
    expect(await page.getByLabel('Delimiter', { exact: true }).count()).toBe(0);
    await page.getByLabel('Sheet', { exact: true }).selectOption('stays');
    const preview = page.getByRole('region', { name: 'First rows of the table' });
    await preview.getByText('ward 2').first().waitFor();
    await page.getByRole('button', { name: 'Undo: stays opened' }).click();
    await expect.poll(() => shown('Sheet')).toBe('about');
  });

  it('are read every n-th row where a person asks for it, and say so', async () => {
    await open('stays.parquet', new Uint8Array(parquet));
    await page.getByText('stays.parquet was read as 60 rows and 2 columns.').waitFor();
    await unfold(page, 'Rows left out, format');
    expect(await page.getByText('Parquet', { exact: true }).isVisible()).toBe(true);
    await type(page.getByLabel('Every n-th row'), '7');
    await page.getByText('stays.parquet was read as 9 rows and 2 columns.').waitFor();
    expect(await page.getByText('one in 7 is read').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Undo: one row in 7 read' }).isEnabled()).toBe(true);
  });

  it('have their thousands marks found, and read otherwise on request', async () => {
    await open('costs.csv', costs);
    expect([await shown('Decimal mark'), await shown('Thousands mark')]).toEqual([
      'Comma, as in 1,5',
      'Point, as in 12.500',
    ]);
    await unfold(page, 'Quotes, comments, rows left out, format');
    await page.getByLabel('Quotes', { exact: true }).selectOption('No cell is quoted');
    await page.getByText('1 guess overridden').waitFor();
    await page.getByLabel('Thousands mark', { exact: true }).selectOption('None');
    await expect.poll(() => shown('Thousands mark')).toBe('None');
    await button(page, 'Guess everything again').click();
    await expect.poll(() => shown('Thousands mark')).toBe('Point, as in 12.500');
    expect(errors).toEqual([]);
  });
});
