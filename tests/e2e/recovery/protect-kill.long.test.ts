import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { serve } from '../../../src/headless/serve.mjs';
import { Rng } from '../../../src/math/rng';
import { button, dist, startProject, waitUntilSaved } from '../journey/app';
import { makeClinicTable } from '../journey/clinic-table';
import { KillableBrowser } from './browser-process';

/** A page that is killed while a project is protected, or laid open, leaves the one or the other, whole. */
const PASSPHRASE = 'four words of mine';
const N_ROWS = 20_000;
const file = { name: 'clinic.csv', content: makeClinicTable(N_ROWS).csv };
/** Longer than the change takes on a slow machine. */
const LATEST_KILL_MS = 1_500;

let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  return () => server.close();
});

/** Waits until the project is open, unlocking it where it is protected; answers which it was. */
async function reopen(page: Page): Promise<'plain' | 'protected'> {
  const dialog = page.getByRole('dialog');
  const whole = page.getByText('clinic.csv was read as');
  const listed = page.getByRole('button', { name: /^Open (clinic|Locked project)$/ });
  await whole.or(dialog).or(listed).first().waitFor();
  if ((await listed.isVisible()) && !(await dialog.isVisible())) await listed.click();
  await whole.or(dialog).first().waitFor();
  const isProtected = await dialog.isVisible();
  if (isProtected) {
    await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await button(dialog, 'Unlock').click();
  }
  await whole.waitFor();
  return isProtected ? 'protected' : 'plain';
}

/** Clicks what begins the change that the project is open to. */
async function beginChange(page: Page, now: 'plain' | 'protected'): Promise<void> {
  const dialog = page.getByRole('dialog');
  await button(page, now === 'plain' ? 'No passphrase' : 'Protected').click();
  if (now === 'protected') {
    await dialog.getByText('Remove the protection').click();
    return button(dialog, 'Keep it in clear').click({ noWaitAfter: true });
  }
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('The same once more').fill(PASSPHRASE);
  return button(dialog, 'Protect the project').click({ noWaitAfter: true });
}

it('loses nothing when the page is killed while its protection changes', { timeout: 1_800_000 }, async () => {
  const seed = process.env.KILL_SEED ?? '1';
  const rng = Rng.fromSeed(`protect kills/${seed}`);
  const browser = new KillableBrowser(server.url);
  const outcomes: string[] = [];
  let page = await browser.open();
  await startProject(page, file);
  await waitUntilSaved(page);
  for (let i = 0; i < Number(process.env.N_KILLS ?? 30); i++) {
    page = await browser.open();
    const before = await reopen(page);
    await waitUntilSaved(page);
    await beginChange(page, before);
    const waitMs = Math.round(rng.float() * LATEST_KILL_MS);
    await page.waitForTimeout(waitMs);
    await browser.kill(rng.float() < 0.3 ? 'browser' : 'tab');
    page = await browser.open();
    const after = await reopen(page);
    expect(await page.getByText('clinic.csv was read as').innerText()).toMatch(/20.000 rows/);
    outcomes.push(`${waitMs} ms: ${before} → ${after}`);
  }
  await browser.close();
  console.info(`seed ${seed}\n${outcomes.join('\n')}`);
  expect(new Set(outcomes.map((line) => line.replace(/.*: /, ''))).size).toBeGreaterThan(2);
});
