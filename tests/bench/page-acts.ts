import type { Page } from 'playwright-core';
import { button, type } from '../e2e/journey/app';

/** Gives a file to the start page; answers when table, schema and profile are shown. */
export async function importFile(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByText(' was read as ').waitFor();
  await page.locator('dd', { hasText: '%' }).first().waitFor();
}

/** Writes a file of so many synthetic rows in the Export step; answers when the browser has saved it. */
export async function writeRows(page: Page, nRows: string): Promise<void> {
  await type(page.getByLabel('Records to write'), nRows);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Download synthetic records').click(),
  ]);
  await saved.delete();
}
