import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { serve } from '../../../src/headless/serve.mjs';
import {
  button,
  dist,
  openApp,
  small,
  startProject,
  startTraining,
  type TrainingOrder,
} from '../journey/app';
import { makeClinicTable } from '../journey/clinic-table';

export const file = { name: 'clinic.csv', content: makeClinicTable(200).csv };
export const long: TrainingOrder = {
  model: 'TVAE',
  settings: { ...small, Epochs: '1500', Patience: '100000' },
};

/** Where a trouble happens: one browser for a file of tests, as new for each of them. */
export interface Scene {
  readonly url: string;
  readonly context: BrowserContext;
  page: Page;
}

/** Registers the hooks; the scene is filled when the first test begins. */
export function setScene(): Scene {
  const scene = {} as { url: string; context: BrowserContext; page: Page };
  beforeAll(async () => {
    const server = await serve({ folder: dist, headers: true });
    scene.url = server.url;
    scene.context = await launchChromium();
    return async () => {
      await scene.context.close();
      await server.close();
    };
  });
  beforeEach(async () => {
    scene.page = await openApp(scene.context, scene.url);
  });
  afterEach(() => clearBrowser(scene));
  return scene;
}

async function clearBrowser({ context, url }: Scene): Promise<void> {
  const [blank, ...used] = context.pages();
  for (const one of used) await one.close();
  if (blank === undefined) return;
  const session = await context.newCDPSession(blank);
  const storageTypes = 'indexeddb,local_storage,file_systems';
  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes });
  await session.detach();
}

/** The sentence of the one alert on the screen. */
export async function readAlert(of: Page): Promise<string> {
  const alert = of.getByRole('alert').first();
  await alert.waitFor().finally(() => shoot(of));
  return (await alert.innerText()).replace(/\s+/g, ' ');
}

/** A picture for a person to look at; only where one is asked for. */
export async function shoot(of: Page): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder === undefined) return;
  const name = (expect.getState().currentTestName ?? 'x').replace(/\W+/g, '-').slice(-60);
  await of.screenshot({ path: join(folder, `${name}-${Date.now() % 100000}.png`) });
}

export function live(of: Page): Locator {
  return of.locator('dt:text-is("Step") + dd');
}

/** Trains until a checkpoint is stored, and goes on. */
export async function trainPastCheckpoint(of: Page): Promise<void> {
  await startProject(of, file);
  await startTraining(of, long);
  await live(of).waitFor();
  await button(of, 'Pause').click();
  await of.getByText(/last checkpoint, saved at step/).waitFor();
  await button(of, 'Resume').click();
}

/** From here on the browser stores nothing more of this page: every write is answered as when the quota is used up. */
export async function fillStorage(of: Page): Promise<void> {
  await of.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    Object.assign(globalThis, { makeRoom: () => (IDBObjectStore.prototype.put = put) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota is used up.', 'QuotaExceededError');
    };
  });
}
