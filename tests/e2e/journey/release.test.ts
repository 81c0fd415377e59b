import { createHmac } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EditsFile } from '../../../src/data/edits/edits-file';
import { tellEdit } from '../../../src/data/edits/tell-edit';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { readReleaseArchive } from '../../../src/platform/release-archive';
import type { LogFile, Members } from '../../../src/release/package';
import type { Dossier } from '../../../src/release/dossier';
import { answer, textIn } from '../../ui/state/release-answers';
import { verify } from '../../release/sample-package';
import {
  button,
  chooseFile,
  dist,
  download,
  goTo,
  listenForErrors,
  openApp,
  stepButton,
  type,
  waitUntilSaved,
} from './app';
import { buildPackage, finishProject, makeKey, signAsAuthor, stateNeeded } from './release-steps';

/** The author's way of a package: stated, built, signed, sent, approved elsewhere, released. */
let server: Awaited<ReturnType<typeof serve>>;
let context: BrowserContext;
let page: Page;
let errors: readonly string[];
let source = '';
let sent: Members = new Map();

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  context = await launchChromium();
  errors = listenForErrors(context);
  page = await openApp(context, server.url);
  source = await finishProject(page);
});

afterAll(async () => {
  await context.close();
  await server.close();
});

async function downloadPackage(name: string): Promise<Members> {
  const { bytes } = await download(page, name);
  const { members, problem } = await readReleaseArchive(new Blob([new Uint8Array(bytes)]));
  expect(problem).toBeNull();
  return members;
}

it('asks for the sign-off where plain records are exported for more than testing', async () => {
  await goTo(page, 'Export');
  await page.getByText(/^An author and a reviewer have not signed these records off/).waitFor();
  expect(await button(page, 'Download synthetic records').isEnabled()).toBe(false);
  await button(page, 'Go to Release').click();
});

it('warns of columns that may hold identifiers and were learnt, and leads to Schema', async () => {
  const notice = page.getByText('Columns that may hold identifiers were learnt', { exact: true });
  await notice.waitFor();
  await page.getByText(/admitted.*: the handling proposed on the Schema step/).waitFor();
  await button(page, 'Go to Schema').click();
  await page.getByRole('heading', { name: 'Identifiers', exact: true }).waitFor();
  await goTo(page, 'Release');
});

it('builds a package of what was stated, says what was not, and holds no record of the source', async () => {
  await page.getByText('Statements', { exact: true }).click();
  await type(page.getByLabel('Purpose in words'), 'To teach.');
  await page.getByText('1 of 22 made').waitFor();
  await page.getByText('Not stated', { exact: true }).click();
  await page.locator('.unsaid').getByText('Recipient', { exact: true }).waitFor();
  await page
    .getByText(/^Not stated, and needed for “Sharing with the course \(external.*”: “Recipient”, /)
    .waitFor();
  await stateNeeded(page);
  expect(await page.locator('.unsaid li').first().textContent()).toBe('Release model');
  await buildPackage(page);
  await page.getByText('Read the dossier', { exact: true }).click();
  await page.getByText('1. Purpose, recipient and legal basis').click();
  await page.getByText('To teach.').first().waitFor();
  const { bytes } = await download(page, 'Download dossier.html');
  expect(bytes.toString()).toContain('<dd>To teach.</dd>');
});

it('is signed by its author with a key of this browser, and sent for review', async () => {
  await makeKey(page, 'Author’s laptop');
  await signAsAuthor(page, 'Ada Author');
  sent = await downloadPackage('Download the review package');
  const { isIntact, problems, signers } = await verify(sent);
  expect(isIntact).toBe(true);
  expect(problems.map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(/No reviewer has approved/),
  ]);
  expect(signers).toMatchObject([{ name: 'Ada Author', role: 'author', decision: 'approve' }]);
  const { edits, split } = JSON.parse(textIn(sent, 'run.json')) as { edits: EditsFile; split: object };
  const { entries } = JSON.parse(textIn(sent, 'audit-log.json')) as LogFile;
  expect(entries.find(({ act }) => act === 'training')?.detail).toMatchObject({
    model: 'independent',
    split: { seed: 1, fraction: 0.2 },
    handling: { changes: edits.edits.map(tellEdit) },
  });
  expect(split).toMatchObject({ seed: 1, fraction: 0.2 });
  const ids = source
    .split('\r\n')
    .slice(1, -1)
    .map((row) => row.split(';')[0] ?? '');
  expect(ids).toHaveLength(300);
  const key = /hexkey:(\w+)/.exec((await download(page, 'Save the key of the commitment')).bytes.toString());
  const dossier = JSON.parse(textIn(sent, 'dossier.json')) as Dossier;
  const committed = createHmac('sha256', Buffer.from(key?.[1] ?? '', 'hex'))
    .update(source)
    .digest('hex');
  expect(dossier.sourceCommitment?.value).toBe(committed);
  for (const [name, bytes] of sent)
    expect([name, ids.filter((id) => Buffer.from(bytes).includes(id))]).toEqual([name, []]);
});

it('takes what the reviewer signed elsewhere, and nothing that was changed on the way', async () => {
  const file = Buffer.from(await (await answer(sent)).arrayBuffer()).toString();
  const take = (content: string) =>
    chooseFile(page, { name: 'sign-offs.json', content }, 'Take the reviewer’s answer');
  await take(file.replace('R. Eviewer', 'R. Eviewex'));
  await page.getByText(/^The signature of R\. Eviewex \(reviewer\) does not hold/).waitFor();
  await take(file);
  await page.getByText('Taken: 1 signature that holds over these files.').waitFor();
  await page.getByText('R. Eviewer, reviewer, approved').waitFor();
  expect(await page.getByText(/made by a key of this very browser/).count()).toBe(0);
});

it('is released, which anybody can verify, and plain records may then leave too', async () => {
  const released = await downloadPackage('Release');
  expect(await verify(released)).toMatchObject({ problems: [], isReleasable: true });
  await page.getByText('Released', { exact: true }).waitFor();
  await goTo(page, 'Export');
  expect(await page.getByText(/have not signed/).count()).toBe(0);
  await download(page, 'Download synthetic records');
  await type(page.getByLabel('Records to write'), '17');
  await page.getByText(/^What was signed are \d+ records of seed \d+; these are others\.$/).waitFor();
});

it('is out of date once something is stated otherwise, after a new visit too', async () => {
  await waitUntilSaved(page);
  await page.reload();
  await page.locator('.room[data-lock="locked"]').waitFor();
  await stepButton(page, 'Release').click();
  await page.getByText('R. Eviewer, reviewer, approved').waitFor();
  await page.getByText('Statements', { exact: true }).click();
  await type(page.getByLabel('Recipient', { exact: true }), 'The course.');
  await page.getByText(/what is stated was changed/).waitFor();
  expect(await page.getByText('R. Eviewer, reviewer, approved').count()).toBe(0);
  expect(errors).toEqual([]);
});
