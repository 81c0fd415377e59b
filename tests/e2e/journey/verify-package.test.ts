import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import { readReleaseArchive, writeReleaseArchive } from '../../../src/platform/release-archive';
import { canonicalise } from '../../../src/release/canonical-json';
import { assemblePackage, UNSIGNED } from '../../../src/release/package';
import { makePackage, replace, textOf } from '../../release/sample-package';
import { ACTS, digest, noteOf, sampleEvaluation, writeLog } from '../../release/sample-release';
import { button, chooseFile, dist, download, goTo, heading, listenForErrors, openApp, type } from './app';
import { buildPackage, finishProject, makeKey, signAsAuthor, stateNeeded } from './release-steps';

/** A release from its author to whoever receives it, each in a browser profile of their own. */
let server: Awaited<ReturnType<typeof serve>>;
const contexts: BrowserContext[] = [];
const errors: (readonly string[])[] = [];
let author: Page;
let reviewer: Page;
let recipient: Page;
let sent: Buffer;
let signOff: Buffer;
let released: Buffer;

async function openProfile(): Promise<Page> {
  const context = await launchChromium();
  contexts.push(context);
  errors.push(listenForErrors(context));
  return openApp(context, server.url);
}

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  author = await openProfile();
  await finishProject(author);
  await goTo(author, 'Release');
  await stateNeeded(author);
  await buildPackage(author);
  await makeKey(author, 'Author’s laptop');
  await signAsAuthor(author, 'Ada Author');
  sent = (await download(author, 'Download the review package')).bytes;
});

afterAll(async () => {
  for (const context of contexts) await context.close();
  await server.close();
});

/** Opens the page that checks packages, and gives it one. */
async function check(page: Page, name: string, content: Uint8Array | string): Promise<void> {
  const opener = button(page, 'Check a release package');
  if ((await heading(page, 'Check a release package').count()) === 0) await opener.click();
  const browse = page.getByRole('button', { name: /^Choose (a|another) package$/ });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), browse.click()]);
  await chooser.setFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(content) });
}

/** One criterion is less than what is proposed for sharing, which everybody should know. */
const APPROVED = 'Intact and approved, with what should be known';

/** Waits for a verdict on the package that is shown. */
async function waitForVerdict(page: Page, title: string): Promise<void> {
  await page.getByRole('region', { name: 'Can you rely on it?' }).getByText(title, { exact: true }).waitFor();
}

it('shows the reviewer what holds, what was worked out again, and what is missing', async () => {
  reviewer = await openProfile();
  await check(reviewer, 'clinic-for-review.zip', sent);
  await waitForVerdict(reviewer, 'Intact, and not yet approved');
  await reviewer.getByText(/No reviewer has approved the release/).waitFor();
  await reviewer.getByText('Ada Author, author, approved').waitFor();
  await reviewer.getByText('The criteria were fixed before results were seen.').waitFor();
  for (const says of [
    /Holds: \d+ files are what the package lists .* was worked out again/,
    /Holds: 1 of 1 signature holds/,
    /Holds: The log is whole/,
    /Holds: 1 finding was worked out again .* with the same result/,
    /Holds: synthetic\.csv was read: 240 rows and \d+ columns, as the dossier and the data dictionary say/,
    /Holds: synthetic\.parquet was read: 240 rows and \d+ columns/,
  ])
    await reviewer.getByRole('listitem').filter({ hasText: says }).waitFor();
  await reviewer.getByText('Show the evidence', { exact: true }).click();
  await reviewer.getByRole('region', { name: 'Privacy evidence', exact: true }).waitFor();
  const { bytes } = await download(reviewer, 'Download policy.json');
  expect(JSON.parse(bytes.toString())).toMatchObject({ name: 'Sharing with the course' });
});

it('lets the reviewer reject with a reason only, and a rejection is no release', async () => {
  await makeKey(reviewer, 'Reviewer’s desk');
  await type(reviewer.getByLabel('Your name'), 'Rui Reviewer');
  await reviewer.getByRole('radio', { name: /^Reject/ }).check();
  expect(await button(reviewer, 'Reject and sign').getAttribute('aria-disabled')).toBe('true');
  await type(reviewer.getByLabel('Reason', { exact: true }), 'The holdout is too small.');
  await button(reviewer, 'Reject and sign').click();
  await waitForVerdict(reviewer, 'Intact, and rejected');
  const { bytes, name } = await download(reviewer, 'Download the package with it');
  expect(name).toBe('clinic-for-review-signed.zip');
  recipient = await openProfile();
  await check(recipient, name, bytes);
  await waitForVerdict(recipient, 'Intact, and rejected');
  await recipient.getByText('“The holdout is too small.”').waitFor();
});

it('lets the reviewer approve, and hands out the signature for the author', async () => {
  await check(reviewer, 'clinic-for-review.zip', sent);
  await waitForVerdict(reviewer, 'Intact, and not yet approved');
  await type(reviewer.getByLabel('Your name'), 'Rui Reviewer');
  await reviewer.getByRole('radio', { name: /^Approve/ }).check();
  await button(reviewer, 'Approve and sign').click();
  await waitForVerdict(reviewer, APPROVED);
  const file = await download(reviewer, 'Download the sign-off');
  expect(file.name).toBe('clinic-for-review-sign-off-reviewer.json');
  signOff = file.bytes;
});

it('lets the author take that signature and release', async () => {
  await chooseFile(author, { name: 'answer.json', content: signOff }, 'Take the reviewer’s answer');
  await author.getByText('Rui Reviewer, reviewer, approved').waitFor();
  released = (await download(author, 'Release')).bytes;
});

it('shows the recipient who signed, with the codes that the signers see', async () => {
  await check(recipient, 'clinic-release.zip', released);
  await waitForVerdict(recipient, APPROVED);
  const codes = recipient.getByRole('region', { name: 'Who signed' }).locator('code');
  const shown = await codes.allTextContents();
  const own = await Promise.all(
    [author, reviewer].map((page) => page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).allTextContents()),
  );
  expect(shown).toHaveLength(2);
  expect(shown.map((code, i) => own[i]?.includes(code))).toEqual([true, true]);
});

it('names the file in which one bit was flipped, and lets nobody sign it', async () => {
  const flipped = Buffer.from(released);
  const { members } = await readReleaseArchive(new Blob([new Uint8Array(released)]));
  const at = flipped.indexOf(members.get('synthetic.csv') ?? '') + 200;
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  await check(recipient, 'clinic-release.zip', flipped);
  await waitForVerdict(recipient, 'Altered: do not rely on this package');
  await recipient.getByText(/^synthetic\.csv: this file was changed after it was signed/).waitFor();
  await recipient
    .getByText(/^This package is not as it was made/)
    .first()
    .waitFor();
});

it('refuses a second signature by the key of the author', async () => {
  await button(author, 'All projects').click();
  await check(author, 'clinic-for-review.zip', sent);
  await waitForVerdict(author, 'Intact, and not yet approved');
  await type(author.getByLabel('Your name'), 'Ada Author');
  await author.getByRole('radio', { name: /^Approve/ }).check();
  await author
    .getByText(/^This key signed as author \(Ada Author\) already: two people are needed/)
    .first()
    .waitFor();
  expect(await button(author, 'Approve and sign').getAttribute('aria-disabled')).toBe('true');
});

it('gives a key back from its backup, and says so when the passphrase is another', async () => {
  await button(recipient, 'Make a key').click();
  await recipient.getByLabel('Name of the key').fill('Recipient');
  await recipient.getByLabel('Passphrase of the backup').fill('correct horse battery');
  await recipient.getByLabel('The same once more').fill('correct horse battery');
  const backup = await download(recipient, 'Make the key');
  expect(backup.name).toBe('Recipient-key-backup.json');
  await button(recipient, 'Done').click();
  const codes = recipient.getByRole('group', { name: 'Your key' }).locator('li code');
  const [code] = await codes.allTextContents();
  await button(recipient, 'Forget the key Recipient').click();
  await button(recipient, 'Forget the key').click();
  await recipient.getByText('This browser has no key yet.').waitFor();
  await button(recipient, 'Open the backup of a key').click();
  await recipient
    .getByLabel('Backup file')
    .setInputFiles({ name: backup.name, mimeType: 'application/json', buffer: backup.bytes });
  await recipient.getByLabel('Passphrase', { exact: true }).fill('correct horse batterz');
  await button(recipient, 'Open the backup').click();
  await recipient.getByText(/^This passphrase does not open the backup/).waitFor();
  await recipient.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
  await button(recipient, 'Open the backup').click();
  await codes.first().waitFor();
  expect(await codes.allTextContents()).toEqual([code]);
});

it('keeps to the rest where evidence and dossier are not of a form that it can show', async () => {
  const members = await makePackage({ signers: [], later: [] });
  const dossier = JSON.parse(textOf(members, 'dossier.json')) as Record<string, unknown>;
  const whole = sampleEvaluation();
  const measures = whole.measures.map((measure) => ({ ...measure, parts: null as unknown as [] }));
  const evidence = { ...whole, measures };
  const odd = { ...dossier, modelCard: [null], evidence };
  const entries = await writeLog(
    ACTS.map(([act, detail]) => [act, act === 'evaluation' ? noteOf(evidence) : detail]),
  );
  const files = replace(members, 'dossier.json', canonicalise(odd));
  const signed = new Map([...files].filter(([name]) => !UNSIGNED.includes(name)));
  const archive = await writeReleaseArchive(await assemblePackage(signed, entries, [], digest));
  await check(recipient, 'odd.zip', new Uint8Array(await archive.arrayBuffer()));
  await waitForVerdict(recipient, 'Intact, and signed by nobody');
  await recipient.getByText('Show the evidence', { exact: true }).click();
  const notes = recipient.getByText(/^This part is not written as this version writes it/);
  await notes.nth(1).waitFor();
  await button(recipient, 'Download dossier.html').waitFor();
});

it('says of other files what they are', async () => {
  await check(recipient, 'table.csv', 'a,b\n1,2\n');
  await recipient
    .getByRole('alert')
    .getByText(/not a release package/)
    .waitFor();
  await check(recipient, 'answer.json', signOff);
  await recipient
    .getByRole('alert')
    .getByText(/file of signatures without the package/)
    .waitFor();
  await button(recipient, 'Back to the start page').click();
  await button(recipient, 'Check a release package').waitFor();
  expect(errors.flat()).toEqual([]);
});
