import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { findChromium, findOrInstallChromium } from '../../../src/headless/chromium.mjs';

/**
 * What a person's browser has, less its own errands. Playwright's usual flags are left out, since some of them change
 * what a browser connects to ahead of time; QUIC stays on, since it is a way out.
 */
const flags = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-sandbox',
  '--password-store=basic',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-sync',
];

export interface LaunchOptions {
  /** Where the profile is made. */
  readonly folder: string;
  /** Makes of the path of Chromium the program to start. */
  readonly wrap?: (program: string) => string;
  readonly args?: readonly string[];
}

/** Starts Chromium with an ordinary profile of its own; it is steered over pipes, never over the network. */
export async function launchPlain(options: LaunchOptions): Promise<BrowserContext> {
  const { folder, wrap = (program) => program, args = [] } = options;
  const profile = mkdtempSync(join(folder, 'profile-'));
  const program = (await findChromium()) ?? (await findOrInstallChromium());
  return chromium.launchPersistentContext(profile, {
    executablePath: wrap(program),
    ignoreDefaultArgs: true,
    acceptDownloads: true,
    args: [...flags, `--user-data-dir=${profile}`, ...args, 'about:blank'],
  });
}
