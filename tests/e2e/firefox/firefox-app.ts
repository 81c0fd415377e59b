import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, JSHandle, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { findFirefox, launchFirefox } from '../../../src/headless/firefox.mjs';

/** The built page in Firefox, handled by what is on the screen: the parts of ../journey/app.ts that its tests need. */
export const hasFirefox = findFirefox() !== null;
export const whereFirefox = '(skipped where no Firefox is installed; FIREFOX_PATH names one)';

export interface OpenFirefox {
  readonly browser: Browser;
  readonly downloads: string;
  close(): Promise<void>;
}

export async function openFirefox(): Promise<OpenFirefox> {
  const downloads = mkdtempSync(join(tmpdir(), 'understudy-downloads-'));
  const browser = await launchFirefox({ downloads });
  const close = async () => {
    await browser.close();
    rmSync(downloads, { recursive: true });
  };
  return { browser, downloads, close };
}

/** What the page's own test of its lock leaves in the console. */
const expectedErrors = [
  /\(connect-src\) at \S+\/build\.json because it violates .*“connect-src blob: data:”/,
];

/** Collects what a page complains about, without the line of the lock. */
export function listenForErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  const note = (text: string) => {
    if (!expectedErrors.some((pattern) => pattern.test(text))) errors.push(text);
  };
  page.on('pageerror', (error) => note(error instanceof Error ? error.message : String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') note(message.text());
  });
  return errors;
}

export async function waitForLock(page: Page): Promise<void> {
  await page.waitForSelector('.room[data-lock="locked"]');
}

export async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForSelector(`::-p-text(${text})`);
}

export async function press(page: Page, name: string): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
}

/** Drops a file on the page, as from a folder's window. */
export async function drop(page: Page, name: string, text: string): Promise<void> {
  const put = (fileName: string, content: string) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], fileName));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  };
  await page.evaluate(put, name, text);
}

/** Goes to a step by the numbered list. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.locator(`nav[aria-label="Steps"] button ::-p-text(${step})`).click();
  await page.waitForSelector(`h1 ::-p-text(${step})`);
}

/** Opens a disclosure that is closed. */
export async function unfold(page: Page, summary: string): Promise<void> {
  await page.locator(`details:not([open]) > summary ::-p-text(${summary})`).click();
}

/** A field by the words of its label. */
export function field(page: Page, label: string): Promise<JSHandle<HTMLInputElement | HTMLSelectElement>> {
  const find = (words: string) =>
    [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')].find(
      (each) =>
        each.getAttribute('aria-label') === words ||
        [...(each.labels ?? [])].some((one) => one.innerText.trim().split('\n')[0] === words),
    );
  return page.waitForFunction(find, {}, label) as Promise<JSHandle<HTMLInputElement | HTMLSelectElement>>;
}

/** Types into a field and leaves it, as its change counts only then. */
export async function type(page: Page, label: string, text: string): Promise<void> {
  const input = await field(page, label);
  await input.evaluate((each) => {
    each.scrollIntoView({ block: 'center' });
    each.focus();
    if (each instanceof HTMLInputElement) each.select();
  });
  await page.keyboard.type(text);
  await input.evaluate((each) => each.blur());
}

/** What a button lets the browser save. */
export async function download(
  { downloads }: OpenFirefox,
  page: Page,
  button: string,
  name: string,
): Promise<Buffer> {
  const path = join(downloads, name);
  rmSync(path, { force: true });
  await press(page, button);
  await expect
    .poll(() => existsSync(path) && !existsSync(`${path}.part`) && readFileSync(path).length > 0, {
      timeout: 20_000,
    })
    .toBe(true);
  return readFileSync(path);
}
