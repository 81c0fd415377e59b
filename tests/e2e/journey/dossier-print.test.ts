import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { MEMBER } from '../../../src/release/package';
import { makePackage, textOf } from '../../release/sample-package';
import { readPdfPages, type PdfPage } from './pdf-text';

/** dossier.html of a package, opened from a disk as its recipient opens it, and printed. */
const folder = mkdtempSync(join(tmpdir(), 'understudy-dossier-'));
const PAPERS = [
  { format: 'A4', width: 595.3, height: 841.9 },
  { format: 'Letter', width: 612, height: 792 },
] as const;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const path = join(folder, MEMBER.dossierHtml);
  writeFileSync(path, textOf(await makePackage(), MEMBER.dossierHtml));
  context = await launchChromium();
  page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
});

afterAll(async () => {
  await context.close();
  rmSync(folder, { recursive: true });
});

it('is one file of under 2 MB without a script, and without the address of anything else to load', async () => {
  const html = await page.content();
  expect(Buffer.byteLength(html)).toBeLessThan(2_000_000);
  expect(await page.locator('script, link, img, iframe, object').count()).toBe(0);
  expect(html).not.toMatch(/url\(|@import/);
});

it.each(PAPERS)('is printed on $format, every page numbered and every heading on it', async (paper) => {
  const pages = readPdfPages(await page.pdf({ format: paper.format }));
  expect(pages.length).toBeGreaterThan(1);
  for (const [i, { width, height, text }] of pages.entries()) {
    expect(Math.abs(width - paper.width) + Math.abs(height - paper.height)).toBeLessThan(3);
    expect(text).toContain(`Page ${i + 1} of ${pages.length}`);
    expect(text).toContain('Synthetic records: dossier');
  }
  await expectHeadings(pages);
});

/** Every heading of the page is on the paper; letters may be drawn as ligatures. */
async function expectHeadings(pages: readonly PdfPage[]): Promise<void> {
  const bare = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');
  const paper = bare(pages.map(({ text }) => text).join(''));
  const headings = await page.locator('h1, h2, h3').allInnerTexts();
  expect(headings.length).toBeGreaterThan(16);
  expect(headings.filter((heading) => !paper.includes(bare(heading)))).toEqual([]);
}
