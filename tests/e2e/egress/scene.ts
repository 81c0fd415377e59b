import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import { dist, openApp, startProject } from '../journey/app';
import { keeperText } from './probes/tools';
import type { Moment, Witness } from './witness';

/** A browser under the eyes of a witness, with pages under one guard. */
export interface Scene {
  /** Short word that the names of its sinks carry. */
  readonly name: string;
  readonly context: BrowserContext;
  readonly url: string;
  readonly port: number;
  /** When the first page stood as the guard leaves it. */
  readonly since: Moment;
  open(): Promise<Page>;
  /** A worker of a page that stays open. */
  openWorker(): Promise<Worker>;
  openServiceWorker(): Promise<Worker>;
}

const bare =
  '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>x</title></head><body></body></html>';
/** Runs what it is told, as hostile code would that can be loaded by an address. */
const obedient =
  'const obey = ({ data }) => (0, eval)(data); self.onmessage = obey; self.onconnect = ({ ports }) => (ports[0].onmessage = obey);\n';
const csv = `age,sex\n${Array.from({ length: 50 }, (_, i) => `${String(20 + i)},${i % 2 === 0 ? 'f' : 'm'}`).join('\n')}\n`;

function makeBareFolder(within: string): string {
  const folder = mkdtempSync(join(within, 'bare-'));
  writeFileSync(join(folder, 'index.html'), bare);
  writeFileSync(join(folder, 'probe-sw.js'), "addEventListener('fetch', () => undefined);\n");
  writeFileSync(join(folder, 'probe-worker.js'), obedient);
  return folder;
}

/** The build beside a file of somebody else on the same host. */
function makeRealFolder(within: string): string {
  const folder = mkdtempSync(join(within, 'dist-'));
  cpSync(dist, folder, { recursive: true });
  writeFileSync(join(folder, 'probe-worker.js'), obedient);
  return folder;
}

async function findServiceWorker(context: BrowserContext, name: string): Promise<Worker> {
  const here = context.serviceWorkers().find((worker) => worker.url().endsWith(name));
  return here ?? context.waitForEvent('serviceworker');
}

async function openBare(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Opens the control: nothing of the lock is there. */
export async function openControl(witness: Witness): Promise<Scene> {
  const { url, port } = await witness.serve({ folder: makeBareFolder(witness.folder) });
  const context = await witness.launch();
  const open = () => openBare(context, url);
  return {
    name: 'control',
    since: await witness.now(port),
    context,
    url,
    port,
    open,
    openWorker: async () => {
      const page = await open();
      const started = page.waitForEvent('worker');
      await page.evaluate(
        () => void new Worker(URL.createObjectURL(new Blob(['onmessage = () => undefined']))),
      );
      return started;
    },
    openServiceWorker: async () => {
      const page = await open();
      await page.evaluate(() =>
        navigator.serviceWorker.register('probe-sw.js').then(() => navigator.serviceWorker.ready),
      );
      await page.reload();
      return findServiceWorker(context, 'probe-sw.js');
    },
  };
}

export interface Guard {
  readonly name: string;
  /** Whether the host sends the headers of the lock itself. */
  readonly headers: boolean;
  /**
   * True for hostile code that ran before the boot and kept every function that the hardening takes away, so that the
   * browser alone must hold.
   */
  readonly kept: boolean;
}

/** Opens the real build, locked. */
export async function openLocked(witness: Witness, { name, headers, kept }: Guard): Promise<Scene> {
  const { url, port } = await witness.serve({ folder: makeRealFolder(witness.folder), headers });
  const context = await witness.launch();
  if (kept) await context.addInitScript(keeperText);
  const open = () => openApp(context, url);
  await (await open()).close();
  return {
    name,
    since: await witness.now(port),
    context,
    url,
    port,
    open,
    openWorker: async () => {
      const page = await open();
      const again = page.getByRole('button', { name: 'All projects', exact: true });
      if (await again.isVisible()) await again.click();
      await startProject(page, { name: 'probe.csv', content: csv });
      const [worker] = page.workers();
      if (worker === undefined) throw new Error('The page reads a file without a worker.');
      return worker;
    },
    openServiceWorker: async () => {
      await open();
      return findServiceWorker(context, 'sw.js');
    },
  };
}
