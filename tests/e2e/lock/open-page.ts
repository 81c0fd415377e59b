import type { IncomingMessage } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import type { Booted, SelfTestRow, StartWorker } from '../../../src/platform/lock/boot';
import { serve } from '../../../src/headless/serve.mjs';

/** What fixture/main.ts puts on the window. */
export interface Fixture {
  readonly booted: Promise<Booted>;
  readonly runSelfTest: (startWorker: StartWorker) => Promise<SelfTestRow[]>;
  readonly nameInScope: (name: string, scope: string) => string;
  readonly state: { offered: boolean };
}

declare global {
  interface Window {
    fixture: Fixture;
  }
}

export interface LoggedServer {
  readonly url: string;
  readonly port: number;
  /** `METHOD PATH` of every request so far, with a note when it carried a cookie. */
  readonly log: string[];
  close(): Promise<void>;
}

/** Serves a folder and writes down every request. */
export async function serveLogged(options: {
  folder: string;
  base?: string;
  headers?: boolean;
  port?: number;
}): Promise<LoggedServer> {
  const log: string[] = [];
  const onRequest = ({ method, url, headers }: IncomingMessage) =>
    log.push(`${method ?? ''} ${url ?? ''}${headers.cookie === undefined ? '' : ' with a cookie'}`);
  const { url, port, close } = await serve({ ...options, onRequest });
  return { url, port, log, close };
}

/** Waits until the page says in which state it ended. */
export async function readState(page: Page): Promise<string | null> {
  await page.waitForSelector('html[data-lock]', { state: 'attached' });
  return page.getAttribute('html', 'data-lock');
}

/** Opens an address in a new page and waits for its state. */
export async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await readState(page);
  return page;
}

/** Reason the page gives for not being locked, null when it is. */
export function readReason(page: Page): Promise<string | null> {
  return page.evaluate(async () => (await window.fixture.booted).report.reason);
}
