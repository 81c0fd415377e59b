import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  download,
  goTo,
  heading,
  listenForErrors,
  openApp,
  startProject,
  type,
  unfold,
  waitForLock,
  waitUntilSaved,
} from './app';
import { makeClinicTable } from './clinic-table';
import { readRunJson } from './run-account';

/** A model chosen for the table, and several held against each other; the tests go on from one another. */
let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
  await startProject(page, { name: 'clinic.csv', content: makeClinicTable(400).csv });
  await goTo(page, 'Train');
});

afterAll(async () => {
  await context.close();
  await server.close();
});

function rowOf(model: string): Locator {
  return page
    .getByRole('region', { name: 'Runs of the tournament' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: model, exact: true }) });
}

async function readScore(cell: Locator): Promise<number> {
  return Number(/[01]\.\d{3}/.exec(await cell.innerText())?.[0]);
}

async function waitForEnd(): Promise<void> {
  await page.getByText(/^Tournament of/).waitFor({ timeout: 120_000 });
}

describe('the model chosen for a table', () => {
  it('is the default, says why, and heeds what the records are for', async () => {
    expect(await page.getByRole('radio', { name: 'Automatic' }).isChecked()).toBe(true);
    const why = page.getByRole('region', { name: 'The model chosen and why' });
    await why.getByRole('heading', { name: 'For this table: Sequential trees' }).waitFor();
    expect(await why.innerText()).toContain('320 records of train are enough');
    await page.getByLabel('What the records are for', { exact: true }).selectOption('Public release');
    await why.getByRole('heading', { name: 'For this table: Gaussian copula' }).waitFor();
    expect(await why.innerText()).toContain('No model here gives a formal guarantee');
    await page.getByLabel('What the records are for', { exact: true }).selectOption('Not said');
    await why.getByRole('heading', { name: 'For this table: Sequential trees' }).waitFor();
  });
});

describe('a tournament', () => {
  it('says for what its beginning will lock the criteria, and leads to them first', async () => {
    await page
      .getByText(/^Figures of a tournament rest on the holdout, so the criteria are locked when it begins/)
      .waitFor();
    await page.getByText(/for “Internal testing”, as nobody has said what the records are for\./).waitFor();
    await button(page, 'Choose purpose and criteria first').click();
    const early = page.locator('details', { hasText: 'Fix the criteria before the first run' }).first();
    expect(await early.locator('..').evaluate((element) => element === document.activeElement)).toBe(true);
    await early.getByLabel('What the records are for', { exact: true }).selectOption('analytics');
    await page.getByText(/for “Internal analytics”\. They can be changed later/).waitFor();
  });

  it('asks once where its models cannot meet a criterion, and locks nothing where a person goes back', async () => {
    await button(page, 'Start the tournament').click();
    const dialog = page.getByRole('dialog', { name: /criteria cannot be met here$/ });
    await dialog
      .getByText(/it takes 1000 rows of holdout, and there are 80/)
      .first()
      .waitFor();
    await button(dialog, 'Go back').click();
    await page.getByText('can wait until Evidence or a tournament').waitFor();
  });

  it('shows its runs as they finish, and goes on with the rest after a reload', async () => {
    await page.getByRole('radio', { name: 'TVAE' }).check();
    await unfold(page, 'Settings of TVAE');
    for (const [label, text] of Object.entries({ 'Steps at least': '20000', Patience: '100000' }))
      await type(page.getByLabel(label, { exact: true }), text);
    await unfold(page, 'Where it is computed');
    await page.getByLabel('Backend').selectOption('wasm');
    await type(page.getByLabel('Minutes for all of them'), '2');
    await button(page, 'Start the tournament').click();
    await button(page, 'Lock them and start').click();
    await rowOf('Sequential trees').filter({ hasText: 'done' }).waitFor({ timeout: 60_000 });
    await button(page, 'Stop and keep the best').waitFor({ timeout: 60_000 });
    expect(await page.getByText(/left for all of them/).innerText()).toMatch(/\d/);
    await waitUntilSaved(page);
    await page.reload();
    await waitForLock(page);
    await heading(page, 'Train').waitFor();
    await button(page, 'Stop and keep the best').click({ timeout: 60_000 });
    await waitForEnd();
  });

  it('puts fidelity, nearness and time side by side, with holdout and shuffled columns, and suggests one run', async () => {
    for (const model of ['Gaussian copula', 'Sequential trees', 'Autoregressive nets', 'TVAE']) {
      const cells = rowOf(model).getByRole('cell');
      expect(await readScore(cells.nth(0))).toBeGreaterThan(0.5);
      expect(await rowOf(model).innerText()).toMatch(/ s\s/);
    }
    const ceiling = await readScore(rowOf('Holdout, for comparison'));
    const floor = await readScore(rowOf('Shuffled columns, for comparison'));
    expect(ceiling).toBeGreaterThan(floor);
    expect(await page.getByText(', suggested').count()).toBe(1);
    const why = page.getByText(/^Shown is .+, the run that the tournament suggests, until you take one\.$/);
    const [, shown = 'none'] = /^Shown is (.+), the run/.exec(await why.innerText()) ?? [];
    expect(await rowOf(shown).innerText()).toContain(', suggested');
    const runs = page.getByRole('region', { name: 'Runs of this project' }).getByRole('row');
    expect(await runs.filter({ hasText: 'finished, shown' }).innerText()).toContain(shown);
    const dot = page.getByRole('button', { name: /^Sequential trees: fidelity/ });
    await dot.focus();
    await page.keyboard.press('Enter');
    expect(await dot.getAttribute('aria-pressed')).toBe('true');
    await page.getByLabel('Across').selectOption('Nearness');
    await page.getByText('share closer to train, 0.5 = neither').waitFor();
  });

  it('waits for a person to choose, and tells of every run in the account of the chosen one', async () => {
    expect(await button(page, 'Continue to synthetic data').getAttribute('aria-disabled')).toBe('true');
    await button(rowOf('TVAE'), 'Go on with TVAE').click();
    await heading(page, 'Synthetic data').waitFor();
    await goTo(page, 'Export');
    const { tournament, model, release, evidence } = readRunJson(
      (await download(page, 'Download run.json')).bytes,
    );
    expect([model.id, model.advice]).toEqual(['tvae', null]);
    const { entries = [], chosen, suggested } = tournament ?? {};
    expect(entries.map((entry) => entry.outcome)).toEqual(['judged', 'judged', 'judged', 'judged']);
    expect(entries.find(({ runId }) => runId === chosen)?.model).toBe('tvae');
    expect(suggested?.why).toMatch(/quality 0\.\d{3}/);
    expect(release).toMatchObject({ purpose: 'analytics', nChanges: 0 });
    expect(Date.parse(release?.lockedAt ?? '')).toBeLessThanOrEqual(Date.parse(tournament?.startedAt ?? ''));
    expect(evidence?.withheld).toBeUndefined();
    for (const { figures } of entries)
      expect(Object.keys(figures)).toEqual(expect.arrayContaining(['sdmetrics-overall', 'closest-records']));
  });

  it('lets one be skipped and all be cancelled, and keeps them with the reason', async () => {
    await goTo(page, 'Train');
    await button(page, 'Start the tournament').click();
    await button(page, 'Skip TVAE').click({ timeout: 60_000 });
    await waitForEnd();
    expect(await rowOf('TVAE').innerText()).toContain('Skipped by the person');
    await button(page, 'Start the tournament').click();
    await button(page, 'Stop and keep the best').waitFor({ timeout: 60_000 });
    await button(page, 'Cancel the tournament').click();
    await button(page, 'Cancel and keep what is done').click();
    await waitForEnd();
    expect(await rowOf('TVAE').innerText()).toContain('The tournament was cancelled while it trained.');
    const runs = page.getByRole('region', { name: 'Runs of this project' }).locator('tbody tr');
    expect(await runs.first().innerText()).toMatch(/TVAE.*tournament.*cancelled/s);
    expect(await runs.count()).toBeGreaterThanOrEqual(5);
    expect(await runs.filter({ hasText: 'Another run of the tournament was gone on with' }).count()).toBe(3);
    expect(errors).toEqual([]);
  });
});
