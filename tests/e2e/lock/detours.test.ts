import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { buildFixture } from './build-fixture';
import { detours, followDetours } from './detours';
import { openPage, serveLogged } from './open-page';

/** The guard of navigations lets downloads through, and nothing in their shadow. */
let context: BrowserContext;

beforeAll(async () => {
  context = await launchChromium();
});

afterAll(() => context.close());

it('is led by each detour into a document of its own on a bare page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bare-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Bare</title>');
  const server = await serveLogged({ folder });
  const open = async () => {
    const page = await context.newPage();
    await page.goto(server.url);
    return page;
  };
  expect(await followDetours(open)).toEqual(detours.map(() => 'blob:'));
  await server.close();
});

it('stays where it is by every detour on the locked page', async () => {
  const server = await serveLogged({ folder: await buildFixture() });
  const ends = await followDetours(() => openPage(context, server.url));
  expect(ends).toEqual(detours.map(() => server.url));
  await server.close();
});
